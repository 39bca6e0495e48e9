import type { UnverifiedWrite } from '../core/engine/job-facts.ts';
import { isOfLock, stopsAccount } from '../core/failures.ts';
import { checklistIn, checklistKey, sameRepo } from '../core/refs.ts';
import type { SyncRecord, TrackedChecklist } from '../core/sync/tracked.ts';
import { withText } from './checklist-text.ts';
import type { PolledChecklist, PollPorts } from './poll-ports.ts';
import { moveRecord, noteCheck } from './poll-records.ts';
import {
  askRepo,
  isTrouble,
  type RepoAnswer,
  type Watched,
  watchedRepos,
} from './poll-repository.ts';
import { leave, newRound, type Round } from './poll-round.ts';
import { release, syncIfDue } from './poll-sync.ts';
import { verifyWrites } from './verify-writes.ts';

export type { PollPorts } from './poll-ports.ts';

/** A closed master is released after this time by GitHub's clock, in milliseconds. */
const RELEASE_MS = 7 * 24 * 60 * 60_000;

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
  const polled = await withPorts(ports, tracked);
  await finishWrites(ports, polled);
  const round = await newRound(ports);
  const watched = await watchedRepos(ports, polled);
  for (const one of watched) {
    if (ports.clock.now() >= until) return leave(ports, round, 'more');
    await askAbout(ports, round, one);
  }
  for (const one of polled) {
    if (round.gone.has(one.key)) continue;
    await noteCheck(ports, one.tracked, round.troubles.get(one.key));
  }
  for (const one of polled) {
    if (ports.clock.now() >= until) return leave(ports, round, 'more');
    if (!round.gone.has(one.key)) await syncIfDue(ports, round, one);
  }
  return leave(ports, round, 'done');
}

async function withPorts(
  ports: PollPorts,
  tracked: readonly TrackedChecklist[],
): Promise<readonly PolledChecklist[]> {
  const polled: PolledChecklist[] = [];
  for (const one of tracked) {
    const found = await ports.portsFor(one);
    if (found.ok) {
      polled.push({ key: checklistKey(one.checklist), tracked: one, ports: found.value });
    } else if (!isOfLock(found.failure.code)) {
      // That the token waits for its owner is said once, of the account.
      await noteCheck(ports, one, { failure: found.failure, isNew: true });
    }
  }
  return polled;
}

async function finishWrites(ports: PollPorts, polled: readonly PolledChecklist[]): Promise<void> {
  for (const write of await ports.syncs.listUnverified()) {
    const key = checklistKey(write.checklist);
    // A job looks at its own writes.
    if (await ports.isJobOpen(key)) continue;
    const sync = await portsOf(ports, polled, write);
    if (sync === undefined) continue;
    const done = await ports.locks.tryLock(`sync:${key}`, () =>
      verifyWrites(withText(sync), write, sync.newId()),
    );
    if (done?.notice !== undefined) ports.onChange(write.checklist);
  }
}

/** Also a checklist that is not tracked was written, by a click or a job: whose token did it looks at it. */
async function portsOf(
  ports: PollPorts,
  polled: readonly PolledChecklist[],
  write: UnverifiedWrite,
) {
  const key = checklistKey(write.checklist);
  const known = polled.find((one) => one.key === key);
  if (known !== undefined) return known.ports;
  const { checklist, login } = write;
  if (login === undefined) return undefined;
  const found = await ports.portsFor({ checklist, title: '', login, since: 0 });
  return found.ok ? found.value : undefined;
}

async function askAbout(ports: PollPorts, round: Round, watched: Watched): Promise<void> {
  const { stopped, troubles, counts } = round;
  const before = stopped.get(watched.account);
  const answer = await askRepo(ports, watched, before, round.since);
  if (answer.kind === 'known') return;
  if (answer.kind === 'asked') {
    counts.polls++;
    if (answer.changes.kind === 'unchanged') counts.unchanged++;
    return noteMaster(ports, round, watched, answer);
  }
  if (answer.asked) counts.polls++;
  const { failure: problem } = answer;
  if (answer.asked && stopsAccount(problem.code)) stopped.set(watched.account, problem);
  for (const one of watched.polled) {
    if (!isTrouble(problem, watched, one)) continue;
    const isNew = answer.asked || before !== undefined || troubles.get(one.key)?.isNew === true;
    troubles.set(one.key, { failure: problem, isNew });
  }
}

/** What the answer of a master's own repository says of the master: where it is, and whether it is closed for long. */
async function noteMaster(
  ports: PollPorts,
  round: Round,
  { repo, polled }: Watched,
  { changes }: RepoAnswer & { kind: 'asked' },
): Promise<void> {
  for (const { key, tracked } of polled) {
    const { checklist } = tracked;
    if (!sameRepo(checklist.repo, repo)) continue;
    const record = await ports.syncs.loadRecord(key);
    if (record !== undefined && isLongClosed(record, changes.serverAt)) {
      await release(ports, round, tracked);
    } else if (changes.kind === 'changed' && !sameRepo(changes.repo, repo)) {
      round.gone.add(key);
      await moveRecord(ports, tracked, checklistIn(changes.repo, checklist));
    }
  }
}

function isLongClosed({ closedAt, pending }: SyncRecord, serverAt: string): boolean {
  if (closedAt === undefined || pending !== undefined) return false;
  return Date.parse(serverAt) - Date.parse(closedAt) >= RELEASE_MS;
}
