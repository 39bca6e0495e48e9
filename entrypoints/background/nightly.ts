import { storage } from 'wxt/utils/storage';
import type { ReconcileRecord } from '../../lib/core/differences/reconcile-record.ts';
import { type Failure, fail, failure, passesHere, type Result } from '../../lib/core/failures.ts';
import { checklistKey } from '../../lib/core/refs.ts';
import type { TrackedChecklist } from '../../lib/core/sync/tracked.ts';
import { type NightlyOutcome, reconcileByItself } from '../../lib/engine/nightly.ts';
import { loadReconcile, saveReconcile } from '../../lib/store/reconciles.ts';
import { isBusy } from './job-status.ts';
import { lastNight } from './nights.ts';
import type { Background } from './ports.ts';
import { reconcileQuery } from './read-differences.ts';
import { lookAgainAfterJobs, rememberRecord } from './remember-reconcile.ts';
import { syncPorts } from './sync-ports.ts';

/** How often a checklist is tried in one night. */
const MOST_TRIES = 3;

/** What went wrong in a night with one checklist. */
interface Tries {
  /** Which night, in milliseconds since 1970. */
  readonly due: number;
  readonly count: number;
  /** Not tried before; in milliseconds since 1970. */
  readonly notBefore: number;
}

/** By `issueKey` of the checklist: outlives the worker. A browser that starts anew tries again. */
const nightTries = storage.defineItem<Readonly<Record<string, Tries>>>('session:nights', {
  fallback: {},
});

/** At the start of a worker: what the night was to do and has not done. Fails never. */
export async function startNights(background: Background): Promise<void> {
  try {
    if (await background.isPaused()) return;
    await runNights(background);
    for (const { checklist } of await background.tracked.list()) {
      await lookAgainAfterJobs(background, checklist);
    }
  } catch (error) {
    console.error(error);
  }
}

/**
 * Reconciles by itself the tracked checklists whose night it was since they were done last, one after the other. Each is
 * remembered when it is done: a killed worker goes on with the rest. Does nothing where another wake-up is at it.
 */
export async function runNights(background: Background): Promise<void> {
  if (await background.isPaused()) return;
  await background.locks.tryLock('nightly', () => runDue(background));
  await background.alerts.look();
  await background.usage.flush();
}

async function runDue(background: Background): Promise<void> {
  const { tracked, clock, carriesOn, pollAlarms } = background;
  const { nightly, timing } = await background.preferences();
  if (!nightly.on || navigator.onLine === false) return;
  const until = clock.now() + timing.sliceMs;
  for (const one of await tracked.list()) {
    const due = lastNight(clock.now(), nightly.hour);
    if (!(await isDue(background, one, due))) continue;
    if (!carriesOn && clock.now() >= until) return pollAlarms.soon(clock.now());
    const problem = await reconcileOne(background, one, due);
    if (problem?.code === 'offline') return;
  }
}

/** Whether a night was since it was done last, or since it is tracked; and it was not tried too often. */
async function isDue(
  { db, clock }: Background,
  { checklist, since }: TrackedChecklist,
  due: number,
): Promise<boolean> {
  const key = checklistKey(checklist);
  const now = clock.now();
  const doneAt = (await loadReconcile(db, key))?.nightlyAt;
  // A clock that was set back must not stop the nights.
  const last = doneAt !== undefined && doneAt <= now ? doneAt : since;
  if (last >= due) return false;
  const tries = (await nightTries.getValue())[key];
  if (tries?.due !== due) return true;
  return tries.count < MOST_TRIES && tries.notBefore <= now;
}

async function reconcileOne(
  background: Background,
  { checklist, login }: TrackedChecklist,
  due: number,
): Promise<Failure | undefined> {
  const key = checklistKey(checklist);
  const before = await loadReconcile(background.db, key);
  const done = await reconcile(background, { checklist, login }, before);
  if (done.ok) {
    await rememberRecord(background, checklist, before, done.value.record);
    if (done.value.updated > 0) background.revisions.bump(checklist);
    return undefined;
  }
  const problem = done.failure;
  if (before !== undefined) await saveReconcile(background.db, { ...before, failure: problem });
  if (!passesHere(problem.code)) await countTry(key, due, problem);
  return problem;
}

async function reconcile(
  background: Background,
  { checklist, login }: Pick<TrackedChecklist, 'checklist' | 'login'>,
  before: ReconcileRecord | undefined,
): Promise<Result<NightlyOutcome>> {
  if (await isBusy(background, checklist)) return fail(failure('job-open'));
  if (background.editors.isOpen(checklistKey(checklist))) return fail(failure('editor-open'));
  const ports = await syncPorts(background, checklist.repo.host, login);
  if (!ports.ok) return ports;
  return reconcileByItself(ports.value, await reconcileQuery(background, checklist), before);
}

async function countTry(key: string, due: number, { retryAt = 0 }: Failure): Promise<void> {
  const all = await nightTries.getValue();
  const count = all[key]?.due === due ? all[key].count + 1 : 1;
  const ofNight = Object.entries(all).filter(([, tries]) => tries.due === due);
  await nightTries.setValue({
    ...Object.fromEntries(ofNight),
    [key]: { due, count, notBefore: retryAt },
  });
}
