import { browser } from 'wxt/browser';
import type { WakePort } from '../../lib/engine/ports.ts';

/** Prefix of the alarms that bring a job back. */
export const JOB_ALARM = 'job:';

/** The alarms of jobs, in the browser. */
export const jobAlarms: WakePort = {
  wakeAt: async (jobId, at) => {
    await browser.alarms.create(JOB_ALARM + jobId, { when: at });
  },
  clear: async (jobId) => {
    await browser.alarms.clear(JOB_ALARM + jobId);
  },
};

/** Name of the alarm that looks after open jobs. */
export const TICK_ALARM = 'tick';

/** The shortest that browsers allow to installed extensions. */
const TICK_MINUTES = 0.5;

/** Switches the alarm that looks after open jobs. */
export async function switchTick(on: boolean): Promise<void> {
  if (!on) await browser.alarms.clear(TICK_ALARM);
  else if ((await browser.alarms.get(TICK_ALARM)) === undefined) {
    await browser.alarms.create(TICK_ALARM, { periodInMinutes: TICK_MINUTES });
  }
}

/** Name of the alarm that forgets what is old. */
export const PRUNE_ALARM = 'prune';

/** Once a day: a browser may run for months. */
const PRUNE_MINUTES = 24 * 60;

/** Sees to it that the log is pruned every day. */
export async function schedulePruning(): Promise<void> {
  if ((await browser.alarms.get(PRUNE_ALARM)) !== undefined) return;
  await browser.alarms.create(PRUNE_ALARM, { periodInMinutes: PRUNE_MINUTES });
}
