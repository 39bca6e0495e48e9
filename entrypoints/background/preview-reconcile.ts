import type { ReconcilePreview } from '../../lib/core/differences/reconcile-preview.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import type { Protocol } from '../../lib/messages.ts';
import { saveReconcilePreview } from '../../lib/store/reconcile-previews.ts';
import { isBusy } from './job-status.ts';
import { listLeft } from './left-differences.ts';
import { newUlid } from './new-ulid.ts';
import type { Background } from './ports.ts';
import { readDifferences } from './read-differences.ts';
import { rememberPlan } from './remember-reconcile.ts';
import { pageProblem, syncPorts } from './sync-ports.ts';

/** Finds every difference from a fresh read, and keeps them until choices come. Writes nothing at GitHub. */
export async function previewReconcile(
  { checklist, pageUser }: Parameters<Protocol['previewReconcile']>[0],
  background: Background,
): Promise<Result<ReconcilePreview>> {
  // What a run is about to change is no difference yet.
  if (await isBusy(background, checklist)) return fail(failure('job-open'));
  const ports = await syncPorts(background, checklist.repo.host);
  if (!ports.ok) return ports;
  const read = await readDifferences(background, ports.value, checklist);
  if (!read.ok) return read;
  const { plan, facts, rulesFrom, looked, marked } = read.value;
  const { login } = ports.value;
  const other = await pageProblem(background, checklist.repo.host, login, pageUser);
  const blocker = other ?? read.value.blocker;
  const now = background.clock.now();
  const id = newUlid(now);
  await saveReconcilePreview(background.db, checklist, { id, plan, facts, blocker, login }, now);
  await rememberPlan(background, checklist, read.value);
  const left = await listLeft(checklist);
  return succeed({ id, plan, blocker, rulesFrom, looked, left, marked });
}
