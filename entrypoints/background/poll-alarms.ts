import { browser } from 'wxt/browser';
import { DEFAULT_PREFERENCES } from '../../lib/core/settings/settings.ts';

/** Name of the alarm that checks all tracked checklists again and again. */
export const POLL_ALARM = 'poll';

/** Name of the alarm for what must not wait so long. */
export const POLL_SOON_ALARM = 'poll-soon';

/** How far the time between two checks strays from what the user set: not all browsers of a team ask at once. */
const JITTER = 0.1;

/** The alarms that bring polls: timers die with the worker. */
export interface PollAlarms {
  /** Sees to it that the regular alarm stands ready with about this many minutes between two. One that does is left alone: put anew at each start of the worker, it might never ring. */
  every(minutes: number): Promise<void>;
  /** One more poll, at or soon after a time in milliseconds since 1970. Of two wishes the earlier holds. */
  soon(at: number): Promise<void>;
  /** Nothing is tracked any more. */
  clear(): Promise<void>;
}

/** The alarms of the browser. `random` gives numbers from 0 to 1. */
export function createPollAlarms(random: () => number): PollAlarms {
  return {
    every: async (minutes) => {
      const set = minutes > 0 ? minutes : DEFAULT_PREFERENCES.pollMinutes;
      const ready = await browser.alarms.get(POLL_ALARM);
      if (ready !== undefined && isAbout(ready.periodInMinutes, set)) return;
      const strayed = set * (1 - JITTER + 2 * JITTER * random());
      await browser.alarms.create(POLL_ALARM, { periodInMinutes: strayed });
    },
    soon: async (at) => {
      const ready = await browser.alarms.get(POLL_SOON_ALARM);
      if (ready !== undefined && ready.scheduledTime <= at) return;
      await browser.alarms.create(POLL_SOON_ALARM, { when: at });
    },
    clear: async () => {
      await browser.alarms.clear(POLL_ALARM);
      await browser.alarms.clear(POLL_SOON_ALARM);
    },
  };
}

/** An alarm that rings but once will ring, too: the poll that it starts sees to the next. */
function isAbout(period: number | undefined, minutes: number): boolean {
  return period === undefined || Math.abs(period - minutes) <= minutes * JITTER;
}
