import type { ReconcilePreview } from '../core/differences/reconcile-preview.ts';
import { isUnread } from '../core/differences/reconcile-record.ts';
import { fail, type Result, succeed } from '../core/failures.ts';
import type { ChecklistRef } from '../core/refs.ts';
import { namingOf } from '../core/sync/plan-sync.ts';
import type { Ports } from '../ports.ts';
import { accountPorts, pageProblem } from './account-ports.ts';
import { findBusy } from './job-status.ts';
import { listLeft } from './left-differences.ts';
import { noteReading } from './note-reading.ts';
import { readDifferences } from './read-differences.ts';
import { rememberPlan } from './remember-differences.ts';

/** Finds every difference from a fresh read, and keeps them until choices come. Writes nothing at GitHub. */
export async function previewDifferences(
  {
    checklist,
    pageUser,
  }: { readonly checklist: ChecklistRef; readonly pageUser: string | undefined },
  ports: Ports,
): Promise<Result<ReconcilePreview>> {
  // What a run is about to change is no difference yet.
  const busy = await findBusy(ports, checklist);
  if (busy !== undefined) return fail(busy);
  const acting = await accountPorts(ports, checklist.repo.host);
  if (!acting.ok) return acting;
  const read = await readDifferences(ports, acting.value, checklist);
  if (!read.ok) return read;
  const { plan, facts, rulesFrom, looked, marked } = read.value;
  const { login } = acting.value;
  const other = await pageProblem(ports, checklist.repo.host, login, pageUser);
  const blocker = other ?? read.value.blocker;
  const now = ports.clock.now();
  const id = ports.newId();
  await ports.previews.saveReconcile(checklist, { id, plan, facts, blocker, login }, now);
  await rememberPlan(ports, checklist, read.value);
  if (!isUnread(plan, blocker)) {
    const { items } = read.value;
    await noteReading(ports, { naming: namingOf(facts), items, what: 'resolve', login });
  }
  const left = await listLeft(ports, checklist);
  return succeed({ id, plan, blocker, rulesFrom, looked, left, marked });
}
