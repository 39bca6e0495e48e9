import {
  isUnread,
  type ReconcileRecord,
  recordOf,
  seenBySync,
} from '../../lib/core/differences/reconcile-record.ts';
import { type ChecklistRef, checklistKey } from '../../lib/core/refs.ts';
import type { ReconcileReading } from '../../lib/engine/read-reconcile.ts';
import { listJobs } from '../../lib/store/jobs.ts';
import { listReconciles, loadReconcile, saveReconcile } from '../../lib/store/reconciles.ts';
import type { Background } from './ports.ts';
import { readDifferences } from './read-differences.ts';
import { syncPorts } from './sync-ports.ts';

/** Remembers how many differences a look has found, if it could look at all. Only for checklists that are kept up to date: nobody renews it for others. */
export async function rememberPlan(
  background: Background,
  checklist: ChecklistRef,
  { plan, blocker }: Pick<ReconcileReading, 'plan' | 'blocker'>,
): Promise<void> {
  if (isUnread(plan, blocker)) return;
  if ((await background.tracked.find(checklist)) === undefined) return;
  const key = checklistKey(checklist);
  const before = await loadReconcile(background.db, key);
  const record = recordOf(key, plan, before, background.clock.now(), false);
  await rememberRecord(background, checklist, before, record);
}

/** Puts a record in place of the one before, and tells the views if they show it otherwise. */
export async function rememberRecord(
  background: Background,
  checklist: ChecklistRef,
  before: ReconcileRecord | undefined,
  record: ReconcileRecord,
): Promise<void> {
  const sync = await background.syncs.loadRecord(record.key);
  await saveReconcile(background.db, { ...record, ...(sync && { seen: seenBySync(sync) }) });
  if (before?.left !== record.left) background.revisions.bump(checklist);
  await background.toolbar.refresh();
  void background.alerts.look();
}

/** Looks for differences again, so that what is told of them is true. Where GitHub does not answer, it stays as it was. */
export async function lookAgain(background: Background, checklist: ChecklistRef): Promise<void> {
  const tracked = await background.tracked.find(checklist);
  if (tracked === undefined) return;
  const ports = await syncPorts(background, checklist.repo.host, tracked.login);
  if (!ports.ok) return;
  const read = await readDifferences(background, ports.value, checklist);
  if (read.ok) await rememberPlan(background, checklist, read.value);
}

/** Looks again where differences were left and sync has seen a change since: what was mended by hand is not told of any more. */
export async function lookAgainAfterChanges(background: Background): Promise<void> {
  const records = (await listReconciles(background.db)).filter(({ left }) => left > 0);
  if (records.length === 0) return;
  for (const { checklist } of await background.tracked.list()) {
    const key = checklistKey(checklist);
    const record = records.find((one) => one.key === key);
    const sync = record && (await background.syncs.loadRecord(key));
    // What fails for sync would fail here.
    if (sync === undefined || sync.failure !== undefined) continue;
    if (record?.seen === seenBySync(sync)) continue;
    await background.locks.withLock(`look:${key}`, () => lookAgain(background, checklist));
  }
}

/**
 * Looks again where a job has ended since the last look and may have mended something: one look at a time, and none
 * where there was none before.
 */
export async function lookAgainAfterJobs(
  background: Background,
  checklist: ChecklistRef,
): Promise<void> {
  const key = checklistKey(checklist);
  await background.locks.withLock(`look:${key}`, async () => {
    const record = await loadReconcile(background.db, key);
    if (record === undefined) return;
    const jobs = await listJobs(background.db, key);
    const isStale = jobs.some(
      ({ kind, endedAt = 0 }) =>
        endedAt >= record.checkedAt && (kind !== 'generate' || record.left > 0),
    );
    if (isStale) await lookAgain(background, checklist);
  });
}
