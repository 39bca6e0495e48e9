import { browser } from 'wxt/browser';
import { DEFAULT_PREFERENCES } from '../../lib/core/settings/settings.ts';
import type { Alarms, Wake } from '../../lib/ports.ts';

/** Prefix of the alarms that bring a job back. */
export const JOB_ALARM = 'job:';

/** Name of the alarm that looks after open jobs. */
export const TICK_ALARM = 'tick';

/** Name of the alarm that forgets what is old. */
export const PRUNE_ALARM = 'prune';

/** Name of the alarm that refreshes all tracked checklists again and again. */
export const POLL_ALARM = 'poll';

/** Name of the alarm for what must not wait so long. */
export const POLL_SOON_ALARM = 'poll-soon';

/** Name of the alarm that rings every night. */
export const NIGHTLY_ALARM = 'nightly';

/** Name of the alarm that sends what waits in the outbox. */
export const DELIVER_ALARM = 'deliver';

/** Name of the alarm of the next digest. */
export const DIGEST_ALARM = 'digest';

/** Name of the alarm that checks pasted tokens again, which GitHub could not be asked about. */
export const TOKEN_ALARM = 'token';

/** The shortest that browsers allow to installed extensions. */
const TICK_MINUTES = 0.5;

/** Once a day: a browser may run for months. */
const PRUNE_MINUTES = 24 * 60;

/** How far the time between two polls strays from what the user set: not all browsers of a team ask at once. */
const JITTER = 0.1;

/** The alarms of jobs, in the browser. */
export const wake: Wake = {
  wakeAt: async (jobId, at) => {
    await browser.alarms.create(JOB_ALARM + jobId, { when: at });
  },
  clear: async (jobId) => {
    await browser.alarms.clear(JOB_ALARM + jobId);
  },
};

/** All other alarms, in the browser. `random` gives numbers from 0 to 1, `now` the time in milliseconds since 1970. */
export function createAlarms(random: () => number, now: () => number): Alarms {
  return {
    pollEvery: async (minutes) => {
      const wanted = minutes > 0 ? minutes : DEFAULT_PREFERENCES.pollMinutes;
      const ready = await browser.alarms.get(POLL_ALARM);
      if (ready && isAbout(ready.periodInMinutes, wanted) && isBelievable(ready, now())) return;
      const strayed = wanted * (1 - JITTER + 2 * JITTER * random());
      await browser.alarms.create(POLL_ALARM, { periodInMinutes: strayed });
    },
    pollSoon: async (at) => {
      const ready = await browser.alarms.get(POLL_SOON_ALARM);
      if (ready !== undefined && ready.scheduledTime <= at) return;
      await browser.alarms.create(POLL_SOON_ALARM, { when: at });
    },
    clearPolls: async () => {
      await browser.alarms.clear(POLL_ALARM);
      await browser.alarms.clear(POLL_SOON_ALARM);
    },
    tick: async (on) => {
      if (on) await ringEvery(TICK_ALARM, TICK_MINUTES, now());
      else await browser.alarms.clear(TICK_ALARM);
    },
    ringAt,
  };
}

/** Makes sure that the log is pruned every day; `now` in milliseconds since 1970. */
export function schedulePruning(now: number): Promise<void> {
  return ringEvery(PRUNE_ALARM, PRUNE_MINUTES, now);
}

async function ringEvery(name: string, minutes: number, now: number): Promise<void> {
  const ready = await browser.alarms.get(name);
  if (ready !== undefined && isBelievable(ready, now)) return;
  await browser.alarms.create(name, { periodInMinutes: minutes });
}

async function ringAt(name: string, when: number | undefined): Promise<void> {
  const ready = await browser.alarms.get(name);
  if (when === undefined) {
    if (ready !== undefined) await browser.alarms.clear(name);
  } else if (ready?.scheduledTime !== when) {
    await browser.alarms.create(name, { when });
  }
}

/** Whether an alarm rings within its period. One that is further ahead was set by a clock that was turned back since. */
function isBelievable(
  { scheduledTime, periodInMinutes = 0 }: { scheduledTime: number; periodInMinutes?: number },
  now: number,
): boolean {
  return periodInMinutes === 0 || scheduledTime - now <= 2 * periodInMinutes * 60_000;
}

/** An alarm that rings but once will ring, too: the poll that it starts sees to the next. */
function isAbout(period: number | undefined, minutes: number): boolean {
  return period === undefined || Math.abs(period - minutes) <= minutes * JITTER;
}
