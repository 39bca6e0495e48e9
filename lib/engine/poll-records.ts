import type { LogEvent } from '../core/log/event.ts';
import { type ChecklistRef, checklistKey } from '../core/refs.ts';
import { type Concern, joinConcerns } from '../core/sync/concerns.ts';
import { newRecord, remarksDiffer } from '../core/sync/sync-record.ts';
import type { SyncRecord, TrackedChecklist } from '../core/sync/tracked.ts';
import type { PollPorts } from './poll-ports.ts';
import type { Trouble } from './poll-round.ts';

/** Puts what is to be looked at into a record; a sync that is under way does not take it for its own. */
export function addPending(ports: PollPorts, key: string, concern: Concern): Promise<void> {
  return changeRecord(ports, key, (record) => ({
    ...record,
    pending: joinConcerns(record.pending, concern),
  }));
}

/** What a check of the lists came to: it came through, or failed for a reason that the user sees. */
export async function noteCheck(
  ports: PollPorts,
  tracked: TrackedChecklist,
  trouble: Trouble | undefined,
): Promise<void> {
  const key = checklistKey(tracked.checklist);
  await changeRecord(
    ports,
    key,
    (record) => {
      if (trouble !== undefined) {
        const failures = record.failures + (trouble.isNew ? 1 : 0);
        return { ...record, failure: trouble.failure, failures };
      }
      // A failure with something pending is the sync's own: it stands until the next one.
      const calm = record.pending === undefined && { failure: undefined, failures: 0 };
      return { ...record, ...calm, checkedAt: ports.clock.now() };
    },
    tracked,
  );
}

/** Keeps a record out of the way until a time. */
export function delayRecord(ports: PollPorts, key: string, notBefore: number): Promise<void> {
  return changeRecord(ports, key, (record) => ({ ...record, notBefore }));
}

/** Takes what is known of a checklist over to where it is now. While a write of it is unverified it is read again instead, which brings us here once more. */
export async function moveRecord(
  ports: PollPorts,
  tracked: TrackedChecklist,
  to: ChecklistRef,
): Promise<void> {
  const key = checklistKey(tracked.checklist);
  const unverified = await ports.syncs.listUnverified();
  if (unverified.some(({ checklist }) => checklistKey(checklist) === key)) {
    // Without news nothing else would ever look where it is.
    return addPending(ports, key, 'all');
  }
  const record = await ports.syncs.loadRecord(key);
  if (record !== undefined) {
    await ports.syncs.saveRecord({ ...record, key: checklistKey(to), pending: 'all' });
  }
  await ports.moved(tracked, to);
  await ports.syncs.removeRecord(key);
  ports.onChange(to);
}

async function changeRecord(
  ports: PollPorts,
  key: string,
  change: (record: SyncRecord) => SyncRecord,
  tracked?: TrackedChecklist,
): Promise<void> {
  await ports.locks.withLock(`sync:${key}`, async () => {
    const before = await ports.syncs.loadRecord(key);
    const after = change(before ?? newRecord(key));
    const differs = tracked !== undefined && remarksDiffer(before, after);
    await ports.syncs.saveRecord(after, differs ? [eventOf(ports, tracked, after)] : []);
    if (differs) ports.onChange(tracked.checklist);
  });
}

function eventOf({ clock }: PollPorts, { login }: TrackedChecklist, record: SyncRecord): LogEvent {
  return {
    at: clock.now(),
    kind: 'remark',
    job: '',
    run: '',
    checklistKey: record.key,
    cause: { by: 'background', what: 'sync' },
    login,
    ...(record.failure !== undefined && { notice: record.failure }),
    rows: [],
  };
}
