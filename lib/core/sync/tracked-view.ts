import type { ReconcileRecord } from '../differences/reconcile-record.ts';
import { type Failure, passesByItself } from '../failures.ts';
import { needsYou } from './describe-sync.ts';
import type { SyncRecord, SyncView, TrackedChecklist } from './tracked.ts';

/** What this browser remembers of a checklist. */
interface Remembered {
  readonly record: SyncRecord | undefined;
  readonly tracked: TrackedChecklist | undefined;
  /** Of the last look for differences. */
  readonly reconcile: ReconcileRecord | undefined;
  readonly everyMinutes: number;
  /** Whether a run of it is open now. */
  readonly running: boolean;
}

/** How a checklist is kept up to date. */
export function syncView({
  record,
  tracked,
  reconcile,
  everyMinutes,
  running,
}: Remembered): SyncView {
  // The record was written while a run was open: it may have ended since.
  const waiting = record?.waiting === 'job' && !running ? undefined : record?.waiting;
  const lookFailure = lookFailureOf(record, reconcile);
  return {
    tracked: tracked !== undefined,
    login: tracked?.login,
    checkedAt: record?.checkedAt,
    state: stateOf(record, tracked, waiting),
    waiting,
    failure: record?.failure,
    ruleMistakes: record?.ruleMistakes ?? [],
    rulesFrom: record?.rulesFrom ?? 'browser',
    rows: record?.rows.filter(({ remarks }) => remarks.length > 0) ?? [],
    ...(record?.question && { question: record.question }),
    newItems: record?.newItems ?? 0,
    reconcile: reconcile && {
      at: reconcile.checkedAt,
      left: reconcile.left,
      failure: lookFailure,
    },
    // What sync cannot settle is among the differences: not counted twice.
    needsYou:
      tracked === undefined
        ? 0
        : Math.max(countNeeds(record), reconcile?.left ?? 0, lookFailure ? 1 : 0),
    everyMinutes,
  };
}

/** What passes is told once so many refreshes in a row have failed, and none came through for so long, in milliseconds. */
const LASTING_FAILURES = 3;
const LASTING_MS = 60 * 60_000;

/**
 * Whether people are to be told that the refreshes fail: at once where somebody must resolve it, else once it has
 * lasted. Failures are counted because time alone proves nothing: the computer may have slept.
 */
export function hasLasted(
  { failure, failures, checkedAt }: Pick<SyncRecord, 'failure' | 'failures' | 'checkedAt'>,
  now: number,
): boolean {
  if (failure === undefined) return false;
  if (!passesByItself(failure.code)) return true;
  return failures >= LASTING_FAILURES && Math.abs(now - (checkedAt ?? 0)) >= LASTING_MS;
}

/** What stands in the way of both is told once, as the failure of sync. */
function lookFailureOf(
  record: SyncRecord | undefined,
  reconcile: ReconcileRecord | undefined,
): Failure | undefined {
  const problem = record?.failure === undefined ? reconcile?.failure : undefined;
  return problem !== undefined && passesByItself(problem.code) ? undefined : problem;
}

function stateOf(
  record: SyncRecord | undefined,
  tracked: TrackedChecklist | undefined,
  waiting: SyncRecord['waiting'],
): SyncView['state'] {
  if (tracked === undefined) return 'released';
  if (record?.failure !== undefined) return 'failing';
  return waiting === undefined ? 'ok' : 'waiting';
}

function countNeeds(record: SyncRecord | undefined): number {
  if (record === undefined) return 0;
  const { failure, ruleMistakes, rows, question } = record;
  const isBlocked = failure !== undefined && !passesByItself(failure.code);
  // However many mistakes the rules have, there is one file to correct.
  const causes = isBlocked || ruleMistakes.length > 0 ? 1 : 0;
  const asked = question === undefined ? 0 : 1;
  return causes + asked + rows.filter(({ remarks }) => needsYou(remarks).length > 0).length;
}
