import {
  isUnread,
  type ReconcileRecord,
  recordOf,
  seenBySync,
} from '../core/differences/reconcile-record.ts';
import { kindNamed } from '../core/engine/kinds/registry.ts';
import { type ChecklistRef, checklistKey } from '../core/refs.ts';
import type { Ports } from '../ports.ts';
import { accountPorts } from './account-ports.ts';
import { readDifferences } from './read-differences.ts';
import type { ReconcileReading } from './read-reconcile.ts';

/** Remembers how many differences a look has found, if it could look at all. Only for checklists that are kept up to date: nobody renews it for others. */
export async function rememberPlan(
  ports: Ports,
  checklist: ChecklistRef,
  { plan, blocker }: Pick<ReconcileReading, 'plan' | 'blocker'>,
): Promise<void> {
  if (isUnread(plan, blocker)) return;
  if ((await ports.tracked.find(checklist)) === undefined) return;
  const key = checklistKey(checklist);
  const before = await ports.reconciles.load(key);
  const record = recordOf(key, plan, before, ports.clock.now(), false);
  await rememberRecord(ports, checklist, before, record);
}

/** Puts a record in place of the one before, and tells the views if they show it otherwise. */
export async function rememberRecord(
  ports: Ports,
  checklist: ChecklistRef,
  before: ReconcileRecord | undefined,
  record: ReconcileRecord,
): Promise<void> {
  const sync = await ports.syncs.loadRecord(record.key);
  await ports.reconciles.save({ ...record, ...(sync && { seen: seenBySync(sync) }) });
  if (before?.left !== record.left) ports.onChange(checklist);
  await ports.toolbar.refresh();
  void ports.alerts.refresh();
}

/** Looks for differences again, so that what is told of them is true. Where GitHub does not answer, it stays as it was. */
export async function refreshDifferences(ports: Ports, checklist: ChecklistRef): Promise<void> {
  const tracked = await ports.tracked.find(checklist);
  if (tracked === undefined) return;
  const acting = await accountPorts(ports, checklist.repo.host, tracked.login);
  if (!acting.ok) return;
  const read = await readDifferences(ports, acting.value, checklist);
  if (read.ok) await rememberPlan(ports, checklist, read.value);
}

/** Looks again where differences were left and sync has seen a change since: what was resolved by hand is no longer mentioned. */
export async function refreshDifferencesAfterChanges(ports: Ports): Promise<void> {
  const records = (await ports.reconciles.list()).filter(({ left }) => left > 0);
  if (records.length === 0) return;
  for (const { checklist } of await ports.tracked.list()) {
    const key = checklistKey(checklist);
    const record = records.find((one) => one.key === key);
    const sync = record && (await ports.syncs.loadRecord(key));
    // What fails for sync would fail here.
    if (sync === undefined || sync.failure !== undefined) continue;
    if (record?.seen === seenBySync(sync)) continue;
    await ports.locks.withLock(`differences:${key}`, () => refreshDifferences(ports, checklist));
  }
}

/**
 * Looks again where a job has ended since the last look and may have resolved something: one look at a time, and none
 * where there was none before.
 */
export async function refreshDifferencesAfterJobs(
  ports: Ports,
  checklist: ChecklistRef,
): Promise<void> {
  const key = checklistKey(checklist);
  await ports.locks.withLock(`differences:${key}`, async () => {
    const record = await ports.reconciles.load(key);
    if (record === undefined) return;
    const jobs = await ports.store.listJobs(key);
    const isStale = jobs.some(
      ({ kind, endedAt = 0 }) =>
        endedAt >= (record.checkedAt ?? 0) &&
        (record.left > 0 || kindNamed(kind).back.mayMakeDifferences),
    );
    if (isStale) await refreshDifferences(ports, checklist);
  });
}
