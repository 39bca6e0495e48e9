import type { Failure, FailureCode } from '../core/failure.ts';
import type { UnverifiedWrite } from '../core/job/job-facts.ts';
import { issueKey, parseIssueUrl, sameRepo } from '../core/refs.ts';
import { backOff, distance, isDue, isOfAccount } from '../core/sync/poll-cursor.ts';
import type { SyncRecord, TrackedChecklist } from '../core/sync/tracked.ts';
import type { PollPorts, Seat } from './poll-ports.ts';
import { delayRecord, moveRecord, noteCheck } from './poll-records.ts';
import { isTrouble, type Look, lookAtRepo, type Watched, watchedRepos } from './poll-repository.ts';
import { type Synced, syncChecklist } from './sync-checklist.ts';
import { verifyWrites } from './verify-writes.ts';

export type { PollPorts } from './poll-ports.ts';

/** A closed master is released after this time by GitHub's clock, in milliseconds. */
const RELEASE_MS = 7 * 24 * 60 * 60_000;

/** All links are read again after this time: lists never show what was deleted. In milliseconds. */
const FULL_MS = 24 * 60 * 60_000;

/** After one of these nothing else is asked in this poll: the account or the network is at fault. */
const STOPS: readonly FailureCode[] = ['rate-limited', 'offline'];

/**
 * Checks all tracked checklists: finishes writes that no read has confirmed, asks each repository once for what changed,
 * and syncs the checklists that this concerns. Answers `more` when it was not done by `until` (milliseconds since 1970):
 * call again; `busy` when another poll is under way. May be killed anywhere. Rejects only when the storage fails.
 */
export async function poll(ports: PollPorts, until: number): Promise<'done' | 'busy' | 'more'> {
  const end = await ports.locks.tryLock('poll', () => pollAll(ports, until));
  return end ?? 'busy';
}

async function pollAll(ports: PollPorts, until: number): Promise<'done' | 'more'> {
  const tracked = await ports.listTracked();
  const seats = await takeSeats(ports, tracked);
  await finishWrites(ports, seats);
  const round = await newRound(ports);
  const watched = await watchedRepos(ports, seats);
  for (const one of watched) {
    if (ports.clock.now() >= until) return leave(ports, round, 'more');
    await lookAt(ports, round, one);
  }
  for (const seat of seats) {
    if (round.gone.has(seat.key)) continue;
    await noteCheck(ports, seat.tracked, round.troubles.get(seat.key));
  }
  for (const seat of seats) {
    if (ports.clock.now() >= until) return leave(ports, round, 'more');
    if (!round.gone.has(seat.key)) await syncIfDue(ports, round, seat);
  }
  return leave(ports, round, 'done');
}

/** What one poll has found out so far. */
interface Round {
  /** When it began, if an earlier slice did. */
  readonly since: number | undefined;
  readonly startedAt: number;
  /** By account: nothing more is asked of it. */
  readonly stopped: Map<string, Failure>;
  /** By checklist. */
  readonly troubles: Map<string, Failure>;
  /** Released or moved. */
  readonly gone: Set<string>;
  readonly counts: { polls: number; unchanged: number };
}

/** Where the record of a round that is not done stands among the cursors. */
const ROUND = 'round';

async function newRound({ syncs, clock, everyMs }: PollPorts): Promise<Round> {
  const begun = (await syncs.loadCursor(ROUND))?.checkedAt;
  const now = clock.now();
  const since = begun !== undefined && distance(now, begun) < everyMs ? begun : undefined;
  return {
    since,
    startedAt: since ?? now,
    stopped: new Map(),
    troubles: new Map(),
    gone: new Set(),
    counts: { polls: 0, unchanged: 0 },
  };
}

// A round that is not done is remembered, so that the next slice does not ask again what this one asked.
async function leave(
  { syncs, clock }: PollPorts,
  { counts, since, startedAt }: Round,
  end: 'done' | 'more',
): Promise<'done' | 'more'> {
  const day = new Date(clock.now()).toISOString().slice(0, 10);
  if (counts.polls > 0) await syncs.count(day, counts);
  if (end === 'more' || since !== undefined) {
    const checkedAt = end === 'more' ? startedAt : undefined;
    const none = { since: '', etag: undefined, handled: {}, failures: 0 };
    await syncs.saveCursor(ROUND, { ...none, checkedAt, notBefore: undefined, failure: undefined });
  }
  return end;
}

async function takeSeats(
  ports: PollPorts,
  tracked: readonly TrackedChecklist[],
): Promise<readonly Seat[]> {
  const seats: Seat[] = [];
  for (const one of tracked) {
    const found = await ports.portsFor(one);
    if (found.ok) seats.push({ key: issueKey(one.checklist), tracked: one, ports: found.value });
    else await noteCheck(ports, one, found.failure);
  }
  return seats;
}

async function finishWrites(ports: PollPorts, seats: readonly Seat[]): Promise<void> {
  for (const write of await ports.syncs.listUnverified()) {
    const key = issueKey(write.checklist);
    // A job looks at its own writes.
    if (await ports.isJobOpen(key)) continue;
    const sync = await portsOf(ports, seats, write);
    if (sync === undefined) continue;
    const done = await ports.locks.tryLock(`sync:${key}`, () =>
      verifyWrites(sync, write, sync.newRunId()),
    );
    if (done?.notice !== undefined) ports.onChange(write.checklist);
  }
}

/** Also a checklist that is not tracked was written, by a click or a job: whose token did it looks at it. */
async function portsOf(ports: PollPorts, seats: readonly Seat[], write: UnverifiedWrite) {
  const key = issueKey(write.checklist);
  const seat = seats.find((one) => one.key === key);
  if (seat !== undefined) return seat.ports;
  const { checklist, login } = write;
  if (login === undefined) return undefined;
  const found = await ports.portsFor({ checklist, title: '', login, since: 0 });
  return found.ok ? found.value : undefined;
}

async function lookAt(ports: PollPorts, round: Round, watched: Watched): Promise<void> {
  const { stopped, troubles, counts } = round;
  const look = await lookAtRepo(ports, watched, stopped.get(watched.account), round.since);
  if (look.kind === 'known') return;
  if (look.kind === 'asked') {
    counts.polls++;
    if (look.changes.kind === 'unchanged') counts.unchanged++;
    return noteMaster(ports, round, watched, look);
  }
  if (look.asked) counts.polls++;
  const { failure: problem } = look;
  if (look.asked && isStop(problem)) stopped.set(watched.account, problem);
  for (const seat of watched.seats) {
    if (isTrouble(problem, watched, seat)) troubles.set(seat.key, problem);
  }
}

function isStop(problem: Failure): boolean {
  return isOfAccount(problem) || STOPS.includes(problem.code);
}

/** What the answer of a master's own repository says of the master: where it is, and whether it is closed for long. */
async function noteMaster(
  ports: PollPorts,
  round: Round,
  { repo, seats }: Watched,
  { changes }: Look & { kind: 'asked' },
): Promise<void> {
  for (const { key, tracked } of seats) {
    const { checklist } = tracked;
    if (!sameRepo(checklist.repo, repo)) continue;
    const record = await ports.syncs.loadRecord(key);
    if (record !== undefined && isLongClosed(record, changes.serverAt)) {
      await release(ports, round, tracked);
    } else if (changes.kind === 'changed' && !sameRepo(changes.repo, repo)) {
      round.gone.add(key);
      await moveRecord(ports, tracked, { repo: changes.repo, number: checklist.number });
    }
  }
}

function isLongClosed({ closedAt, pending }: SyncRecord, serverAt: string): boolean {
  if (closedAt === undefined || pending !== undefined) return false;
  return Date.parse(serverAt) - Date.parse(closedAt) >= RELEASE_MS;
}

async function release(ports: PollPorts, round: Round, tracked: TrackedChecklist): Promise<void> {
  const key = issueKey(tracked.checklist);
  round.gone.add(key);
  await ports.release(tracked);
  await ports.syncs.removeRecord(key);
  ports.onChange(tracked.checklist);
}

async function syncIfDue(ports: PollPorts, round: Round, seat: Seat): Promise<void> {
  const { tracked } = seat;
  if (round.troubles.has(seat.key)) return;
  const account = `${tracked.login}@${tracked.checklist.repo.host}`.toLowerCase();
  const stopped = round.stopped.get(account);
  if (stopped !== undefined) return noteCheck(ports, tracked, stopped);
  const record = await ports.syncs.loadRecord(seat.key);
  const full = isFullDue(record, ports.clock.now());
  if (!full && record?.pending === undefined) return;
  if (record !== undefined && !mayTry(ports, record)) return;
  const synced = await syncChecklist(seat.ports, {
    checklist: tracked.checklist,
    identity: ports.identity,
    read: full ? 'all' : (record?.pending ?? 'all'),
    cause: 'poll: sync',
    background: true,
  });
  if (!synced.ok) {
    if (isStop(synced.failure)) round.stopped.set(account, synced.failure);
    return noteFailure(ports, round, seat, synced.failure);
  }
  const { updated, record: after, movedTo } = synced.value;
  if (updated > 0 || isNewToSee(record, after, synced.value)) ports.onChange(tracked.checklist);
  if (movedTo !== undefined) await moveRecord(ports, tracked, movedTo);
}

function isFullDue(record: SyncRecord | undefined, now: number): boolean {
  return record?.fullAt === undefined || distance(now, record.fullAt) >= FULL_MS;
}

function mayTry({ clock, hurry }: PollPorts, { notBefore, failure, waiting }: SyncRecord): boolean {
  if (isDue(notBefore, clock.now())) return true;
  return hurry === true && failure?.code !== 'rate-limited' && waiting !== 'gap';
}

async function noteFailure(
  ports: PollPorts,
  round: Round,
  { key, tracked }: Seat,
  problem: Failure,
): Promise<void> {
  const to = problem.code === 'transferred' ? parseIssueUrl(problem.url ?? '') : undefined;
  if (to !== undefined) return moveRecord(ports, tracked, { repo: to.repo, number: to.number });
  if (problem.code === 'gone') return release(ports, round, tracked);
  const record = await ports.syncs.loadRecord(key);
  const waiting = { now: ports.clock.now(), everyMs: ports.everyMs, random: ports.random() };
  await delayRecord(ports, key, backOff(problem, record?.failures ?? 1, waiting));
  if ((record?.failures ?? 1) === 1) ports.onChange(tracked.checklist);
}

/** Whether the views show something else than before. */
function isNewToSee(
  before: SyncRecord | undefined,
  after: SyncRecord,
  { notice }: Synced,
): boolean {
  const shown = ({
    rows,
    counts,
    waiting,
    failure,
    newItems,
    ruleMistakes,
    textHash,
  }: SyncRecord) =>
    JSON.stringify({ rows, counts, waiting, failure, newItems, ruleMistakes, textHash });
  return notice !== undefined || before === undefined || shown(before) !== shown(after);
}
