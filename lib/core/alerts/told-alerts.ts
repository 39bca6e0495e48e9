import { type Alert, type AlertKind, alertKey, alertSize } from './alert.ts';
import type { SendingChannel } from './alert-settings.ts';

/** What was told of one alert. */
export interface ToldAlert {
  /** `alertKey`. */
  readonly key: string;
  readonly kind: AlertKind;
  /** Per channel, what was told last. */
  readonly by: Readonly<Partial<Record<SendingChannel, Telling>>>;
}

/** When an alert was told (milliseconds since 1970), and how little there was of it since: nothing once it was mended. */
export interface Telling {
  readonly at: number;
  readonly size: number;
}

/** Alerts that are told now by one channel. */
export interface Told {
  readonly channel: SendingChannel;
  readonly alerts: readonly Alert[];
}

const HOUR_MS = 3_600_000;

/** An alert that comes back, or grows, is not told again before this time is over. */
export const COOLDOWN_MS: Readonly<Record<AlertKind, number>> = {
  'sync-failed': 12 * HOUR_MS,
  differences: 24 * HOUR_MS,
  overridden: 24 * HOUR_MS,
  decision: 24 * HOUR_MS,
  'job-ended': 24 * HOUR_MS,
};

/**
 * Whether an alert should be told by a channel: it never was, or its cooldown is over and it came back or has grown.
 * While it only lasts it is not repeated. What the user has just looked at is left to the next night.
 */
export function isNews(
  alert: Alert,
  told: ToldAlert | undefined,
  channel: SendingChannel,
  now: number,
): boolean {
  if (alert.cause.kind === 'differences' && alert.cause.isSeen) return false;
  const last = told?.by[channel];
  if (told === undefined || last === undefined) return true;
  if (isCooling(told, last, now)) return false;
  return alertSize(alert) > last.size;
}

/** What is remembered after a look: what stands, what is told now, and what was told until its cooldown is over. */
export function rememberTold(
  before: readonly ToldAlert[],
  standing: readonly Alert[],
  tellings: readonly Told[],
  now: number,
): readonly ToldAlert[] {
  const known = new Map(before.map((told) => [told.key, told]));
  const stands = new Map(standing.map((alert) => [alertKey(alert), alert]));
  const channelsOf = new Map<string, readonly SendingChannel[]>();
  for (const { channel, alerts } of tellings) {
    for (const key of alerts.map(alertKey)) {
      channelsOf.set(key, [...(channelsOf.get(key) ?? []), channel]);
    }
  }
  const current = [...stands].flatMap(([key, alert]) =>
    rememberStanding(key, alert, known.get(key), channelsOf.get(key) ?? [], now),
  );
  const gone = before
    .filter(({ key }) => !stands.has(key))
    .filter((told) => Object.values(told.by).some((last) => isCooling(told, last, now)))
    .map((told) => ({ ...told, by: shrunk(told, 0) }));
  return [...current, ...gone];
}

function rememberStanding(
  key: string,
  alert: Alert,
  known: ToldAlert | undefined,
  channels: readonly SendingChannel[],
  now: number,
): readonly ToldAlert[] {
  const size = alertSize(alert);
  const earlier = known === undefined ? {} : shrunk(known, size);
  const fresh = Object.fromEntries(channels.map((channel) => [channel, { at: now, size }]));
  const by = { ...earlier, ...fresh };
  return Object.keys(by).length === 0 ? [] : [{ key, kind: alert.cause.kind, by }];
}

/** What has shrunk, or was gone, is news when it grows again. */
function shrunk({ by }: ToldAlert, size: number): ToldAlert['by'] {
  const tellings = Object.entries(by).map(
    ([channel, last]) => [channel, { ...last, size: Math.min(last.size, size) }] as const,
  );
  return Object.fromEntries(tellings);
}

// A time far ahead was noted before the clock was set back: it counts as long ago.
function isCooling({ kind }: ToldAlert, { at }: Telling, now: number): boolean {
  return Math.abs(now - at) < COOLDOWN_MS[kind];
}
