import { asksToWait, type Failure, stopsAccount } from '../core/failures.ts';
import { checklistKey, issueChecklist, parseIssueUrl } from '../core/refs.ts';
import { backOff, distance, isDue } from '../core/sync/poll-cursor.ts';
import type { SyncRecord, TrackedChecklist } from '../core/sync/tracked.ts';
import type { PolledChecklist, PollPorts } from './poll-ports.ts';
import { delayRecord, moveRecord, noteCheck } from './poll-records.ts';
import type { Round } from './poll-round.ts';
import { syncChecklist } from './sync-checklist.ts';
import type { Synced } from './sync-run.ts';

/** All links are read again after this time: lists never show what was deleted. In milliseconds. */
const FULL_MS = 24 * 60 * 60_000;

/** Syncs a checklist of which something is pending, or whose links were not all read for a day. */
export async function syncIfDue(
  ports: PollPorts,
  round: Round,
  polled: PolledChecklist,
): Promise<void> {
  const { tracked } = polled;
  if (round.troubles.has(polled.key)) return;
  const account = `${tracked.login}@${tracked.checklist.repo.host}`.toLowerCase();
  const stopped = round.stopped.get(account);
  if (stopped !== undefined) {
    return noteCheck(ports, tracked, { failure: stopped, isNew: true });
  }
  const record = await ports.syncs.loadRecord(polled.key);
  const full = isFullDue(record, ports.clock.now());
  if (!full && record?.pending === undefined) return;
  if (record !== undefined && !mayTry(ports, record)) return;
  const synced = await syncChecklist(polled.ports, {
    checklist: tracked.checklist,
    identity: ports.identity,
    read: full ? 'all' : (record?.pending ?? 'all'),
    cause: { by: 'background', what: 'sync' },
    background: true,
  });
  if (!synced.ok) {
    if (stopsAccount(synced.failure.code)) round.stopped.set(account, synced.failure);
    return noteFailure(ports, round, polled, synced.failure);
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
  return hurry === true && !(failure && asksToWait(failure.code)) && waiting !== 'gap';
}

async function noteFailure(
  ports: PollPorts,
  round: Round,
  { key, tracked }: PolledChecklist,
  problem: Failure,
): Promise<void> {
  const to = problem.code === 'transferred' ? parseIssueUrl(problem.url ?? '') : undefined;
  if (to !== undefined) return moveRecord(ports, tracked, issueChecklist(to));
  if (problem.code === 'gone') return release(ports, round, tracked);
  const record = await ports.syncs.loadRecord(key);
  const waiting = { now: ports.clock.now(), everyMs: ports.everyMs, random: ports.random() };
  const failures = record?.ownFailures ?? 1;
  await delayRecord(ports, key, backOff(problem, failures, waiting));
  if (failures === 1) ports.onChange(tracked.checklist);
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
    question,
  }: SyncRecord) =>
    JSON.stringify({ rows, counts, waiting, failure, newItems, ruleMistakes, textHash, question });
  return notice !== undefined || before === undefined || shown(before) !== shown(after);
}

/** Stops keeping a checklist up to date: it is closed for long, or gone. */
export async function release(
  ports: PollPorts,
  round: Round,
  tracked: TrackedChecklist,
): Promise<void> {
  const key = checklistKey(tracked.checklist);
  round.gone.add(key);
  await ports.release(tracked);
  await ports.syncs.removeRecord(key);
  ports.onChange(tracked.checklist);
}
