import type { ReconcilePlan } from '../core/differences/difference.ts';
import { type ReconcileRecord, recordOf } from '../core/differences/reconcile-record.ts';
import { blocksWriting, fail, failure, type Result, succeed } from '../core/failures.ts';
import { checklistKey } from '../core/refs.ts';
import type { ReconcilePorts } from '../ports.ts';
import { type ReconcileQuery, readReconcile } from './read-reconcile.ts';
import { syncChecklist } from './sync-checklist.ts';
import { writeByItself } from './write-by-itself.ts';

/** What a run by itself came to. */
export interface NightlyOutcome {
  /** What is left for the user, to be remembered. */
  readonly record: ReconcileRecord;
  /** Items that were changed. */
  readonly updated: number;
}

/**
 * Does to a checklist what is safe without anybody, and counts what is left: first a sync, then transferred links are
 * followed in one write. Nothing is done to any issue. What keeps the text from being looked through until somebody acts
 * stands in `record.failure`; every other failure means that it is to be tried again: also `job-open`, `editor-open` and
 * `written-just-now` (with `retryAt`), where the text must not be written now.
 */
export async function reconcileByItself(
  ports: ReconcilePorts,
  request: ReconcileQuery,
  before: ReconcileRecord | undefined,
): Promise<Result<NightlyOutcome>> {
  const synced = await syncFirst(ports, request);
  if (!synced.ok && !blocksWriting(synced.failure.code)) return synced;
  const read = await readReconcile(ports, request);
  if (!read.ok) return read;
  const blocker = read.value.blocker ?? (synced.ok ? undefined : synced.failure);
  const updated = synced.ok ? synced.value : 0;
  const record = (plan: ReconcilePlan) =>
    recordOf(checklistKey(request.checklist), plan, before, ports.clock.now(), true, blocker);
  if (blocker !== undefined) return succeed({ record: record(read.value.plan), updated });
  const written = await writeByItself(ports, request, read.value);
  if (!written.ok) return written;
  const { plan, updated: more } = written.value;
  return succeed({ record: record(plan), updated: updated + more });
}

/** How many items were changed. */
async function syncFirst(
  ports: ReconcilePorts,
  { checklist, identity }: ReconcileQuery,
): Promise<Result<number>> {
  const cause = { by: 'night', what: 'sync' } as const;
  const synced = await syncChecklist(ports, {
    checklist,
    identity,
    read: 'all',
    cause,
    background: true,
  });
  if (!synced.ok) return synced;
  const { record, updated } = synced.value;
  switch (record.waiting) {
    case 'job':
      return fail(failure('job-open'));
    case 'editor':
      return fail(failure('editor-open'));
    case 'gap': {
      const { notBefore } = record;
      const more = notBefore === undefined ? {} : { retryAt: notBefore };
      return fail(failure('written-just-now', {}, more));
    }
    case undefined:
      return succeed(updated);
  }
}
