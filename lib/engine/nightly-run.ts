import { accountKey } from '../core/account.ts';
import type { ReconcileRecord } from '../core/differences/reconcile-record.ts';
import {
  asksToWait,
  type Failure,
  fail,
  failure,
  passesHere,
  type Result,
} from '../core/failures.ts';
import { checklistKey } from '../core/refs.ts';
import type { TrackedChecklist } from '../core/sync/tracked.ts';
import type { Ports } from '../ports.ts';
import { accountPorts } from './account-ports.ts';
import { isBusy } from './job-status.ts';
import { lastNight } from './nightly-schedule.ts';
import { reconcileQuery } from './read-differences.ts';
import { type NightlyOutcome, reconcileByItself } from './reconcile-by-itself.ts';
import { refreshDifferencesAfterJobs, rememberRecord } from './remember-differences.ts';

/** How often a checklist is tried in one night. */
const MOST_TRIES = 3;

/** So many are done at one wake-up, and the next ones after a wait (milliseconds): a night of 500 takes half an hour, not all of GitHub's limit at once. */
const MOST_AT_ONCE = 20;
const NEXT_ONES_MS = 60_000;

/** At the start of a worker: what the night was to do and has not done. Fails never. */
export async function startNightlyRun(ports: Ports): Promise<void> {
  try {
    if (await ports.isPaused()) return;
    await runNightly(ports);
    for (const { checklist } of await ports.tracked.list()) {
      await refreshDifferencesAfterJobs(ports, checklist);
    }
  } catch (error) {
    console.error(error);
  }
}

/**
 * Reconciles by itself the tracked checklists whose night it was since they were done last, one after the other. Each is
 * remembered when it is done: a killed worker goes on with the rest. Does nothing where another wake-up is at it.
 */
export async function runNightly(ports: Ports): Promise<void> {
  if (await ports.isPaused()) return;
  await ports.locks.tryLock('nightly', () => runDue(ports));
  await ports.alerts.refresh();
  await ports.usage.flush();
}

async function runDue(ports: Ports): Promise<void> {
  const { tracked, clock, carriesOn, alarms } = ports;
  const { nightly, timing } = await ports.preferences();
  if (!nightly.on || !ports.isOnline()) return;
  const until = clock.now() + timing.sliceMs;
  const limited = new Set<string>();
  let done = 0;
  for (const one of await inTurn(ports, await tracked.list())) {
    const due = lastNight(clock.now(), nightly.hour);
    const account = accountKey(one.checklist.repo.host, one);
    // What GitHub asks of the account it asks of each of its checklists: they wait for their turn, and have failed at nothing.
    if (limited.has(account) || !(await isDue(ports, one, due))) continue;
    if (done === MOST_AT_ONCE) return alarms.pollSoon(clock.now() + NEXT_ONES_MS);
    if (!carriesOn && clock.now() >= until) return alarms.pollSoon(clock.now());
    done += 1;
    const problem = await reconcileOne(ports, one, due);
    if (problem?.code === 'offline') return;
    if (problem !== undefined && asksToWait(problem.code)) limited.add(account);
  }
}

/** Those that failed at an earlier wake-up come last: they must not keep the others waiting. */
async function inTurn(
  { nightTries }: Ports,
  list: readonly TrackedChecklist[],
): Promise<readonly TrackedChecklist[]> {
  const tries = await nightTries.getValue();
  const countOf = ({ checklist }: TrackedChecklist) => tries[checklistKey(checklist)]?.count ?? 0;
  return list.toSorted((a, b) => countOf(a) - countOf(b));
}

/** Whether a night was since it was done last, or since it is tracked; and it was not tried too often. */
async function isDue(
  { reconciles, nightTries, clock }: Ports,
  { checklist, since }: TrackedChecklist,
  due: number,
): Promise<boolean> {
  const key = checklistKey(checklist);
  const now = clock.now();
  const doneAt = (await reconciles.load(key))?.nightlyAt;
  // A clock that was set back must not stop the nights.
  const last = doneAt !== undefined && doneAt <= now ? doneAt : since;
  if (last >= due) return false;
  const tries = (await nightTries.getValue())[key];
  if (tries?.due !== due) return true;
  return tries.count < MOST_TRIES && tries.notBefore <= now;
}

async function reconcileOne(
  ports: Ports,
  { checklist, login }: TrackedChecklist,
  due: number,
): Promise<Failure | undefined> {
  const key = checklistKey(checklist);
  const before = await ports.reconciles.load(key);
  const done = await reconcile(ports, { checklist, login }, before);
  if (done.ok) {
    await rememberRecord(ports, checklist, before, done.value.record);
    if (done.value.updated > 0) ports.onChange(checklist);
    return undefined;
  }
  const problem = done.failure;
  if (before !== undefined) await ports.reconciles.save({ ...before, failure: problem });
  if (!passesHere(problem.code)) await countTry(ports, key, due, problem);
  return problem;
}

async function reconcile(
  ports: Ports,
  { checklist, login }: Pick<TrackedChecklist, 'checklist' | 'login'>,
  before: ReconcileRecord | undefined,
): Promise<Result<NightlyOutcome>> {
  if (await isBusy(ports, checklist)) return fail(failure('job-open'));
  if (ports.isEditorOpen(checklistKey(checklist))) return fail(failure('editor-open'));
  const acting = await accountPorts(ports, checklist.repo.host, login);
  if (!acting.ok) return acting;
  return reconcileByItself(acting.value, await reconcileQuery(ports, checklist), before);
}

async function countTry(
  { nightTries }: Ports,
  key: string,
  due: number,
  { retryAt = 0 }: Failure,
): Promise<void> {
  const all = await nightTries.getValue();
  const count = all[key]?.due === due ? all[key].count + 1 : 1;
  const ofNight = Object.entries(all).filter(([, tries]) => tries.due === due);
  await nightTries.setValue({
    ...Object.fromEntries(ofNight),
    [key]: { due, count, notBefore: retryAt },
  });
}
