import { type Failure, isOfAccess } from '../failures.ts';
import { hashText } from '../text/hash-text.ts';
import type { ChangedIssue, PollCursor, RepoChanges } from './tracked.ts';

/** Lists lag and clocks of servers differ: this much is listed again whenever the cursor moves, in milliseconds. */
const OVERLAP_MS = 15 * 60_000;

/** A cursor that nobody asked with for this long is given up: everything is read anew instead, in milliseconds. */
const OLDEST_MS = 24 * 60 * 60_000;

/** The longest wait after failures, and the least after one that only the user can resolve, in milliseconds. */
const LONGEST_WAIT_MS = 60 * 60_000;
const AUTH_WAIT_MS = 30 * 60_000;

/** No wait is longer: a later time was set before somebody turned the clock back. */
const UNBELIEVABLE_MS = 2 * 60 * 60_000;

/** What a wait is counted from. Times in milliseconds. */
export interface Waiting {
  readonly now: number;
  readonly everyMs: number;
  /** 0 to 1. */
  readonly random: number;
}

/** The query of the next question: nothing to start with, or where the cursor is too old to be worth its pages. */
export function queryOf(
  cursor: PollCursor | undefined,
  now: number,
): { readonly since: string | undefined; readonly etag: string | undefined } {
  const fresh = cursor?.checkedAt !== undefined && distance(now, cursor.checkedAt) < OLDEST_MS;
  if (!fresh || cursor.since === '') return { since: undefined, etag: undefined };
  return { since: cursor.since, etag: cursor.etag };
}

/** What was listed and not handled before, in the order of the list. */
export function newsOf(
  cursor: PollCursor | undefined,
  changes: RepoChanges,
): readonly ChangedIssue[] {
  if (changes.kind === 'unchanged') return [];
  return changes.issues.filter((issue) => cursor?.handled[issue.number] !== stamp(issue));
}

/**
 * The cursor once the news of an answer are handled. Without news the address stays the same, and so does the ETag's
 * worth; with news it moves up to a quarter of an hour before the answer, by GitHub's clock alone.
 */
export function nextCursor(
  cursor: PollCursor | undefined,
  changes: RepoChanges,
  now: number,
): PollCursor {
  const { since } = queryOf(cursor, now);
  const calm = { failures: 0, notBefore: undefined, failure: undefined, checkedAt: now };
  const overlap = new Date(Date.parse(changes.serverAt) - OVERLAP_MS).toISOString();
  if (cursor === undefined || since === undefined) {
    return { ...calm, since: overlap, etag: undefined, handled: {} };
  }
  if (changes.kind === 'unchanged') return { ...cursor, ...calm };
  if (newsOf(cursor, changes).length === 0) return { ...cursor, ...calm, etag: changes.etag };
  const next = Date.parse(overlap) > Date.parse(since) ? overlap : since;
  const etag = next === since ? changes.etag : undefined;
  return { ...calm, since: next, etag, handled: handledSince(next, cursor, changes.issues) };
}

/** The cursor after a question that failed: it stays where it was, and waits. */
export function failedCursor(
  cursor: PollCursor | undefined,
  problem: Failure,
  waiting: Waiting,
): PollCursor {
  const failures = (cursor?.failures ?? 0) + 1;
  const start = { since: '', etag: undefined, handled: {}, checkedAt: undefined };
  const notBefore = backOff(problem, failures, waiting);
  return { ...start, ...cursor, failures, notBefore, failure: problem };
}

/** When to try again after failures in a row: doubled each time, up to an hour; or when GitHub says. */
export function backOff(problem: Failure, failures: number, waiting: Waiting): number {
  const { now, everyMs, random } = waiting;
  if (problem.retryAt !== undefined && problem.retryAt > now) return problem.retryAt;
  const doubled = Math.min(everyMs * 2 ** Math.min(failures, 10), LONGEST_WAIT_MS);
  const least = isOfAccess(problem.code) ? AUTH_WAIT_MS : 0;
  // Many browsers saw the same outage: they must not all come back at once.
  return now + Math.max(least, doubled) * (0.9 + 0.2 * random);
}

/** Whether a wait is over. A time too far ahead was set by a clock that was wrong. */
export function isDue(notBefore: number | undefined, now: number): boolean {
  return notBefore === undefined || now >= notBefore || notBefore - now > UNBELIEVABLE_MS;
}

/** Milliseconds between two times of this browser: its clock may have been turned back. */
export function distance(a: number, b: number): number {
  return Math.abs(a - b);
}

/** What may be listed again from now on. */
function handledSince(
  since: string,
  cursor: PollCursor,
  issues: readonly ChangedIssue[],
): PollCursor['handled'] {
  const listed = Object.fromEntries(issues.map((issue) => [issue.number, stamp(issue)]));
  const all = Object.entries({ ...cursor.handled, ...listed });
  return Object.fromEntries(all.filter(([, at]) => timeOf(at) >= Date.parse(since)));
}

/** GitHub's times have whole seconds: what changed again within one shows by what it says. */
function stamp({ updatedAt, ...issue }: ChangedIssue): string {
  const { state, stateReason, mergedAt, title, body } = issue;
  return `${updatedAt} ${hashText(JSON.stringify([state, stateReason, mergedAt, title, body]))}`;
}

function timeOf(stamped: string): number {
  return Date.parse(stamped.slice(0, stamped.indexOf(' ')));
}
