import { type Alert, type AlertKind, alertKey, causeKey } from './alert.ts';
import {
  type AlertChannel,
  type AlertSettings,
  type SendingChannel,
  TEAM_CHANNELS,
  type TeamChannel,
} from './alert-settings.ts';
import { describeAlerts } from './describe-alert.ts';
import { isNews, rememberTold, type ToldAlert } from './told-alerts.ts';

/** What the user is shown: all alerts of one cause, whatever the checklist. */
export interface Notice {
  /** `causeKey`; the browser's notification carries it too, so that a later one replaces it. */
  readonly id: string;
  readonly alerts: readonly [Alert, ...Alert[]];
  /** Whether it offers to open a prepared e-mail. */
  readonly mailLink: boolean;
}

/** What is remembered between two looks. */
export interface AlertMemory {
  readonly told: readonly ToldAlert[];
  /** The browser's notifications that were raised and not withdrawn, with their words. */
  readonly raised: readonly { readonly id: string; readonly words: string }[];
  /** Per channel, up to when digests told what happened; milliseconds since 1970. */
  readonly digests: Readonly<Partial<Record<TeamChannel, number>>>;
}

/** A browser that has told nothing yet. */
export const EMPTY_MEMORY: AlertMemory = { told: [], raised: [], digests: {} };

/** What follows from the alerts of now. */
export interface NoticePlan {
  /** Everything that stands, the most pressing first: for the popup and the dashboard. */
  readonly show: readonly Notice[];
  /** Notifications of the browser to raise: there is news in them. */
  readonly raise: readonly Notice[];
  /** Notifications that changed without news: to be replaced, silently, only where they are still open. */
  readonly refresh: readonly Notice[];
  /** Ids of notifications whose cause is mended. */
  readonly withdraw: readonly string[];
  /** One message per channel of the team, with the news only. */
  readonly send: readonly { readonly channel: TeamChannel; readonly notices: readonly Notice[] }[];
  /** To be remembered once all this is shown and queued. */
  readonly memory: AlertMemory;
}

/**
 * Compares the alerts that stand (`listAlerts`) with what was told. An alert is told once per channel; again only when
 * it came back or has grown, and its cooldown is over. `now` in milliseconds since 1970.
 */
export function planNotices(
  alerts: readonly Alert[],
  memory: AlertMemory,
  settings: AlertSettings,
  now: number,
): NoticePlan {
  const show = groupAlerts(alerts, settings);
  const look: Look = { show, told: toldByKey(memory), settings, now };
  const news = newsFor(look, 'browser');
  const browser = planBrowser(look, news, memory.raised);
  const send = TEAM_CHANNELS.map((channel) => ({ channel, notices: newsFor(look, channel) }));
  const tellings = [{ channel: 'browser' as const, notices: news }, ...send].map(
    ({ channel, notices }) => ({ channel, alerts: notices.flatMap((notice) => notice.alerts) }),
  );
  const { raised, ...shown } = browser;
  return {
    show,
    ...shown,
    send: send.filter(({ notices }) => notices.length > 0),
    memory: { ...memory, raised, told: rememberTold(memory.told, alerts, tellings, now) },
  };
}

/** Whether this browser uses a channel at all: those of the team only where it sends for the team. */
export function isChannelOn(settings: AlertSettings, channel: AlertChannel): boolean {
  const isOwn = channel === 'browser' || channel === 'mail-link';
  return settings.on[channel] && (isOwn || settings.sendsForTeam);
}

/** The most pressing first. */
const ORDER: readonly AlertKind[] = [
  'decision',
  'sync-failed',
  'differences',
  'job-ended',
  'overridden',
];

interface Look {
  readonly show: readonly Notice[];
  readonly told: ReadonlyMap<string, ToldAlert>;
  readonly settings: AlertSettings;
  readonly now: number;
}

function toldByKey(memory: AlertMemory): ReadonlyMap<string, ToldAlert> {
  return new Map(memory.told.map((told) => [told.key, told]));
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

/** The notices with the alerts only that a channel has not told yet. */
function newsFor({ show, told, settings, now }: Look, channel: SendingChannel): readonly Notice[] {
  return show.flatMap((notice) => {
    if (!uses(settings, notice.alerts[0], channel)) return [];
    const news = notice.alerts.filter((alert) =>
      isNews(alert, told.get(alertKey(alert)), channel, now),
    );
    return isFilled(news) ? [{ ...notice, alerts: news }] : [];
  });
}

function planBrowser(
  { show, settings }: Look,
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
