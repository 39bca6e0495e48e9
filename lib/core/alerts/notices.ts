import { type Alert, alertSize } from './alert.ts';
import { alertKey, causeKey } from './alert-causes.ts';
import {
  ALERT_KINDS,
  type AlertChannel,
  type AlertKind,
  type AlertSettings,
  keysOf,
  type SendingChannel,
  TEAM_CHANNELS,
  type TeamChannel,
} from './alert-settings.ts';
import { describeAlerts } from './describe-alert.ts';

/** What the user is shown: all alerts of one cause, whatever the checklist. */
export interface Notice {
  /** `causeKey`; the browser's notification carries it too, so that a later one replaces it. */
  readonly id: string;
  readonly alerts: readonly [Alert, ...Alert[]];
  /** Whether it offers to open a prepared email. */
  readonly mailLink: boolean;
}

/** What was sent of one alert: shown as a notification, or queued as a message. */
interface SentAlert {
  /** `alertKey`. */
  readonly key: string;
  readonly kind: AlertKind;
  /** Per channel, what was sent last. */
  readonly by: Readonly<Partial<Record<SendingChannel, Sent>>>;
}

/** When an alert was sent (milliseconds since 1970), and how little there was of it since: nothing once it was resolved. */
interface Sent {
  readonly at: number;
  readonly size: number;
}

/** What is remembered of what was sent. It is stored under these names. */
export interface AlertMemory {
  readonly told: readonly SentAlert[];
  /** The browser's notifications that were shown and not withdrawn, with their words. */
  readonly raised: readonly { readonly id: string; readonly words: string }[];
  /** Per channel, up to when digests said what happened; milliseconds since 1970. */
  readonly digests: Readonly<Partial<Record<TeamChannel, number>>>;
}

/** A browser that has sent nothing yet. */
export const EMPTY_MEMORY: AlertMemory = { told: [], raised: [], digests: {} };

/** What follows from the alerts of now. */
export interface NoticePlan {
  /** Everything there is, the most pressing first: for the popup and the dashboard. */
  readonly show: readonly Notice[];
  /** Notifications of the browser to show: something in them is new. */
  readonly raise: readonly Notice[];
  /** Notifications with nothing new but other words: to be replaced, silently, only where they are still open. */
  readonly refresh: readonly Notice[];
  /** Ids of notifications whose cause is resolved. */
  readonly withdraw: readonly string[];
  /** One message per channel of the team, with the news only. */
  readonly send: readonly { readonly channel: TeamChannel; readonly notices: readonly Notice[] }[];
  /** To be remembered once all this is shown and queued. */
  readonly memory: AlertMemory;
}

/**
 * Compares the alerts of now (`listAlerts`) with what was sent. An alert is sent once per channel; again only when
 * it came back or has grown, and its cooldown is over. `now` in milliseconds since 1970.
 */
export function planNotices(
  alerts: readonly Alert[],
  memory: AlertMemory,
  settings: AlertSettings,
  now: number,
): NoticePlan {
  const show = groupAlerts(alerts, settings);
  const sent = new Map(memory.told.map((one) => [one.key, one]));
  const compared: Compared = { show, sent, settings, now };
  const news = newsFor(compared, 'browser');
  const browser = planBrowser(compared, news, memory.raised);
  const send = TEAM_CHANNELS.map((channel) => ({ channel, notices: newsFor(compared, channel) }));
  const fresh: readonly Fresh[] = [{ channel: 'browser' as const, notices: news }, ...send].map(
    ({ channel, notices }) => ({ channel, alerts: notices.flatMap((notice) => notice.alerts) }),
  );
  const { raised, ...shown } = browser;
  return {
    show,
    ...shown,
    send: send.filter(({ notices }) => notices.length > 0),
    memory: { ...memory, raised, told: rememberSent(memory.told, alerts, fresh, now) },
  };
}

/** Whether this browser uses a channel at all: those of the team only where it sends for the team. */
export function isChannelOn(settings: AlertSettings, channel: AlertChannel): boolean {
  const isOwn = channel === 'browser' || channel === 'mail-link';
  return settings.on[channel] && (isOwn || settings.sendsForTeam);
}

/** The most pressing first. */
const ORDER = keysOf(ALERT_KINDS);

/** The notices of now, and what was sent of them by the alerts' keys. */
interface Compared {
  readonly show: readonly Notice[];
  readonly sent: ReadonlyMap<string, SentAlert>;
  readonly settings: AlertSettings;
  readonly now: number;
}

/** Alerts that a channel sends now. */
interface Fresh {
  readonly channel: SendingChannel;
  readonly alerts: readonly Alert[];
}

function groupAlerts(alerts: readonly Alert[], settings: AlertSettings): readonly Notice[] {
  const distinct = new Map(alerts.map((alert) => [alertKey(alert), alert]));
  const groups = Map.groupBy(distinct.values(), ({ cause }) => causeKey(cause));
  return [...groups]
    .flatMap(([id, members]) => {
      if (!isFilled(members)) return [];
      return [{ id, alerts: members, mailLink: uses(settings, members[0], 'mail-link') }];
    })
    .sort((one, other) => rank(one) - rank(other));
}

function rank({ alerts: [first] }: Notice): number {
  return ORDER.indexOf(first.cause.kind);
}

/** The notices with only those alerts that are new to a channel. */
function newsFor(
  { show, sent, settings, now }: Compared,
  channel: SendingChannel,
): readonly Notice[] {
  return show.flatMap((notice) => {
    if (!uses(settings, notice.alerts[0], channel)) return [];
    const news = notice.alerts.filter((alert) =>
      isNews(alert, sent.get(alertKey(alert)), channel, now),
    );
    return isFilled(news) ? [{ ...notice, alerts: news }] : [];
  });
}

function planBrowser(
  { show, settings }: Compared,
  news: readonly Notice[],
  before: AlertMemory['raised'],
): Pick<NoticePlan, 'raise' | 'refresh' | 'withdraw'> & Pick<AlertMemory, 'raised'> {
  const words = new Map(before.map((raised) => [raised.id, raised.words]));
  const isNew = new Set(news.map(({ id }) => id));
  const shown = show.filter(({ alerts: [first] }) => uses(settings, first, 'browser'));
  const raised = shown.filter(({ id }) => isNew.has(id) || words.has(id));
  const stays = new Set(raised.map(({ id }) => id));
  return {
    raise: raised.filter(({ id }) => isNew.has(id)),
    refresh: raised.filter(
      (notice) => !isNew.has(notice.id) && words.get(notice.id) !== wordsOf(notice),
    ),
    withdraw: before.map(({ id }) => id).filter((id) => !stays.has(id)),
    raised: raised.map((notice) => ({ id: notice.id, words: wordsOf(notice) })),
  };
}

function uses(settings: AlertSettings, { cause }: Alert, channel: AlertChannel): boolean {
  return isChannelOn(settings, channel) && settings.channels[cause.kind].includes(channel);
}

function wordsOf({ alerts }: Notice): string {
  const { title, sentence } = describeAlerts(alerts);
  return `${title}\n${sentence}`;
}

function isFilled<T>(values: readonly T[]): values is readonly [T, ...T[]] {
  return values.length > 0;
}

const HOUR_MS = 3_600_000;

/** An alert that comes back, or grows, is not sent again before this time is over. */
export const COOLDOWN_MS: Readonly<Record<AlertKind, number>> = {
  'sync-failed': 12 * HOUR_MS,
  differences: 24 * HOUR_MS,
  overridden: 24 * HOUR_MS,
  decision: 24 * HOUR_MS,
  'job-ended': 24 * HOUR_MS,
};

/**
 * Whether a channel should send an alert: it never did, or the cooldown is over and the alert came back or has grown.
 * While it only lasts it is not repeated. What the user has just seen is left to the next night.
 */
function isNews(
  alert: Alert,
  sent: SentAlert | undefined,
  channel: SendingChannel,
  now: number,
): boolean {
  if (alert.cause.kind === 'differences' && alert.cause.isSeen) return false;
  const last = sent?.by[channel];
  if (sent === undefined || last === undefined) return true;
  if (isCooling(sent, last, now)) return false;
  return alertSize(alert) > last.size;
}

/** What is remembered: the alerts of now with what is sent of them, and earlier ones until their cooldown is over. */
function rememberSent(
  before: readonly SentAlert[],
  alerts: readonly Alert[],
  fresh: readonly Fresh[],
  now: number,
): readonly SentAlert[] {
  const known = new Map(before.map((sent) => [sent.key, sent]));
  const current = new Map(alerts.map((alert) => [alertKey(alert), alert]));
  const channelsOf = new Map<string, readonly SendingChannel[]>();
  for (const { channel, alerts: news } of fresh) {
    for (const key of news.map(alertKey)) {
      channelsOf.set(key, [...(channelsOf.get(key) ?? []), channel]);
    }
  }
  const lasting = [...current].flatMap(([key, alert]) =>
    rememberOne(key, alert, known.get(key), channelsOf.get(key) ?? [], now),
  );
  const gone = before
    .filter(({ key }) => !current.has(key))
    .filter((sent) => Object.values(sent.by).some((last) => isCooling(sent, last, now)))
    .map((sent) => ({ ...sent, by: shrunk(sent, 0) }));
  return [...lasting, ...gone];
}

function rememberOne(
  key: string,
  alert: Alert,
  known: SentAlert | undefined,
  channels: readonly SendingChannel[],
  now: number,
): readonly SentAlert[] {
  const size = alertSize(alert);
  const earlier = known === undefined ? {} : shrunk(known, size);
  const fresh = Object.fromEntries(channels.map((channel) => [channel, { at: now, size }]));
  const by = { ...earlier, ...fresh };
  return Object.keys(by).length === 0 ? [] : [{ key, kind: alert.cause.kind, by }];
}

/** What has shrunk, or was gone, is news when it grows again. */
function shrunk({ by }: SentAlert, size: number): SentAlert['by'] {
  const sizes = Object.entries(by).map(
    ([channel, last]) => [channel, { ...last, size: Math.min(last.size, size) }] as const,
  );
  return Object.fromEntries(sizes);
}

// A time far ahead was noted before the clock was set back: it counts as long ago.
function isCooling({ kind }: SentAlert, { at }: Sent, now: number): boolean {
  return Math.abs(now - at) < COOLDOWN_MS[kind];
}
