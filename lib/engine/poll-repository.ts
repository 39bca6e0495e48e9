import { asksToWait, type Failure, isOfPlace } from '../core/failures.ts';
import { type RepoRef, repoKey, sameRepo } from '../core/refs.ts';
import { concerns, reposOf } from '../core/sync/concerns.ts';
import { failedCursor, isDue, newsOf, nextCursor, queryOf } from '../core/sync/poll-cursor.ts';
import type { PollCursor, RepoChanges, SyncRecord } from '../core/sync/tracked.ts';
import type { PolledChecklist, PollPorts } from './poll-ports.ts';
import { addPending } from './poll-records.ts';

/** A repository as one account sees it, with all checklists that are about it. */
export interface Watched {
  /** Key of its cursor. */
  readonly key: string;
  /** Key of the account: what stops one question of it stops all. */
  readonly account: string;
  readonly repo: RepoRef;
  readonly polled: readonly PolledChecklist[];
}

/** What came of asking for the changes of a repository. */
export type RepoAnswer =
  | { readonly kind: 'asked'; readonly changes: RepoChanges }
  /** Asked already, by an earlier slice of this round. */
  | { readonly kind: 'known' }
  /** No answer, or a wait after one that failed. `asked` is false for the wait. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly asked: boolean };

/** Every repository to look at, once per account, in the order of the checklists. */
export async function watchedRepos(
  ports: PollPorts,
  polled: readonly PolledChecklist[],
): Promise<readonly Watched[]> {
  const found = new Map<string, Omit<Watched, 'polled'> & { readonly polled: PolledChecklist[] }>();
  for (const one of polled) {
    const record = await ports.syncs.loadRecord(one.key);
    const { checklist, login } = one.tracked;
    const account = `${login}@${checklist.repo.host}`.toLowerCase();
    for (const repo of reposOf(record, checklist.repo)) {
      const key = `${login}@${repoKey(repo)}`.toLowerCase();
      const entry = found.get(key) ?? { key, account, repo, polled: [] };
      entry.polled.push(one);
      found.set(key, entry);
    }
  }
  return [...found.values()];
}

/**
 * Asks for the changes of a repository and puts what they concern into the records; only then the cursor moves, so that
 * nothing is missed when the worker dies between. `stopped` is a failure of the account that needs no further proof;
 * `since` is when a round began that this goes on with.
 */
export async function askRepo(
  ports: PollPorts,
  watched: Watched,
  stopped: Failure | undefined,
  since: number | undefined,
): Promise<RepoAnswer> {
  const cursor = await ports.syncs.loadCursor(watched.key);
  const now = ports.clock.now();
  if (stopped !== undefined) return failed(ports, watched, cursor, stopped, false);
  if (cursor?.failure !== undefined && !mayAsk(ports, cursor, now)) {
    return { kind: 'failed', failure: cursor.failure, asked: false };
  }
  const [first] = watched.polled;
  if (first === undefined || isAsked(cursor, since, now)) return { kind: 'known' };
  const answer = await first.ports.github.listChanges(watched.repo, queryOf(cursor, now));
  if (!answer.ok) return failed(ports, watched, cursor, answer.failure, true);
  await notePending(ports, watched, cursor, answer.value, now);
  await ports.syncs.saveCursor(watched.key, nextCursor(cursor, answer.value, now));
  return { kind: 'asked', changes: answer.value };
}

/** Whether a failure of a repository is one of the checklist; where only an item's link leads there, it is a remark of the item. */
export function isTrouble(
  problem: Failure,
  { repo }: Watched,
  { tracked }: PolledChecklist,
): boolean {
  return sameRepo(tracked.checklist.repo, repo) || !isOfPlace(problem.code);
}

function mayAsk({ hurry }: PollPorts, { notBefore, failure }: PollCursor, now: number): boolean {
  return isDue(notBefore, now) || (hurry === true && !(failure && asksToWait(failure.code)));
}

/** Whether a slice of the same round has asked already. */
function isAsked(cursor: PollCursor | undefined, since: number | undefined, now: number): boolean {
  if (since === undefined || cursor?.checkedAt === undefined) return false;
  const { checkedAt, failure } = cursor;
  // A time to come was noted by a clock that was turned back since.
  return failure === undefined && checkedAt >= since && checkedAt <= now;
}

async function failed(
  ports: PollPorts,
  { key }: Watched,
  cursor: PollCursor | undefined,
  problem: Failure,
  asked: boolean,
): Promise<RepoAnswer> {
  const waiting = { now: ports.clock.now(), everyMs: ports.everyMs, random: ports.random() };
  await ports.syncs.saveCursor(key, failedCursor(cursor, problem, waiting));
  return { kind: 'failed', failure: problem, asked };
}

async function notePending(
  ports: PollPorts,
  { repo, polled }: Watched,
  cursor: PollCursor | undefined,
  changes: RepoChanges,
  now: number,
): Promise<void> {
  if (queryOf(cursor, now).since === undefined) {
    for (const { key } of polled) await addPending(ports, key, 'all');
    return;
  }
  const news = newsOf(cursor, changes);
  if (changes.kind === 'unchanged' || news.length === 0) return;
  const records: SyncRecord[] = [];
  for (const { key } of polled) {
    const record = await ports.syncs.loadRecord(key);
    if (record !== undefined) records.push(record);
  }
  const found = concerns(news, repo, records, changes.repo);
  for (const [key, concern] of found) await addPending(ports, key, concern);
}
