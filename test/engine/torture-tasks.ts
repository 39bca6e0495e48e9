import { parentPort } from 'node:worker_threads';
import { type DriftResult, drift } from './reconcile-torture.ts';
import { race } from './sync-race.ts';
import { takeover } from './takeover.ts';
import { tortureTexts } from './text-torture.ts';
import { torture, tortureNaively } from './torture-run.ts';

/** What the torture does with a seed. In a thread of its own this file does what it is asked (`spread.ts`). */
const TASKS = {
  engine: (seed: number) => torture(seed),
  naive: tortureNaively,
  race: (seed: number) => race(seed),
  takeover: (seed: number) => takeover(seed),
  drift: driftOf,
  texts: tortureTexts,
};

export type TaskName = keyof typeof TASKS;
export type Answer<Name extends TaskName> = Awaited<ReturnType<(typeof TASKS)[Name]>>;

parentPort?.on('message', async ({ name, seed }: { name: TaskName; seed: number }) => {
  parentPort?.postMessage(await TASKS[name](seed));
});

/**
 * 100 actions each by people and by Masterlist, every other time with a worker that dies now and then; then it is
 * reconciled. What throws is a problem of its seed, and no reason to end the torture.
 */
async function driftOf(seed: number): Promise<DriftResult> {
  try {
    return await drift(seed, { kill: seed % 2 === 0 ? 0.02 : 0 });
  } catch (error) {
    const none = { actions: 0, kills: 0, writes: 0, created: 0, resolved: 0 };
    return { ...none, problems: [String(error)] };
  }
}
