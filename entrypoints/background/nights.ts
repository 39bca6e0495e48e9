import { browser } from 'wxt/browser';
import type { Background } from './ports.ts';

/** Name of the alarm that rings every night. */
export const NIGHTLY_ALARM = 'nightly';

/** The last time at or before `now` at which the local clock struck this full hour; in milliseconds since 1970. */
export function lastNight(now: number, hour: number): number {
  const today = atHour(now, 0, hour);
  return today <= now ? today : atHour(now, -1, hour);
}

/** The next time after `now` at which it strikes. An hour that summer time leaves out comes an hour later. */
export function nextNight(now: number, hour: number): number {
  const today = atHour(now, 0, hour);
  return today > now ? today : atHour(now, 1, hour);
}

/** Sees to it that the nightly alarm stands ready for the set hour, or for none. */
export async function scheduleNights({
  preferences,
  tracked,
  clock,
}: Pick<Background, 'preferences' | 'tracked' | 'clock'>): Promise<void> {
  const { nightly } = await preferences();
  const ready = await browser.alarms.get(NIGHTLY_ALARM);
  if (!nightly.on || (await tracked.list()).length === 0) {
    if (ready !== undefined) await browser.alarms.clear(NIGHTLY_ALARM);
    return;
  }
  const when = nextNight(clock.now(), nightly.hour);
  if (ready?.scheduledTime !== when) await browser.alarms.create(NIGHTLY_ALARM, { when });
}

function atHour(now: number, days: number, hour: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, hour).getTime();
}
