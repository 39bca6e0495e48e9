import type { Ports } from '../ports.ts';

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

/** Makes sure that the nightly alarm rings at the set hour, or never. */
export async function scheduleNightlyRun({
  preferences,
  tracked,
  clock,
  alarms,
}: Pick<Ports, 'preferences' | 'tracked' | 'clock' | 'alarms'>): Promise<void> {
  const { nightly } = await preferences();
  const isWanted = nightly.on && (await tracked.list()).length > 0;
  await alarms.ringAt('nightly', isWanted ? nextNight(clock.now(), nightly.hour) : undefined);
}

function atHour(now: number, days: number, hour: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, hour).getTime();
}
