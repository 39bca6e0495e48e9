import { countNoun } from '../count-noun.ts';
import type { LogEvent } from '../log/event.ts';
import { checklistKey, checklistUrl, nameChecklist } from '../refs.ts';
import type { Alert, AlertedChecklist } from './alert.ts';
import type { AlertMessage } from './alert-message.ts';
import {
  type AlertSettings,
  type DigestRhythm,
  TEAM_CHANNELS,
  type TeamChannel,
} from './alert-settings.ts';
import { describeAlert, quoteTitle } from './describe-alert.ts';
import { type AlertMemory, isChannelOn } from './notices.ts';

/** What happened to one checklist in a time, and how it stands at its end. */
export interface ChecklistDigest {
  readonly checklist: AlertedChecklist;
  readonly done: number;
  readonly items: number;
  readonly created: number;
  readonly ticked: number;
  readonly unticked: number;
  /** Items that were changed in other ways: links, numbers, names. */
  readonly changed: number;
  readonly needsYou: readonly Alert[];
}

/** What happened between two times; milliseconds since 1970. */
export interface Digest {
  readonly from: number;
  readonly to: number;
  readonly checklists: readonly ChecklistDigest[];
}

/** A checklist with its counts, as this browser knows it. */
export interface DigestFacts {
  readonly checklist: AlertedChecklist;
  readonly done: number;
  readonly items: number;
}

/** Digests go out at this full hour of the local clock, weekly ones on Mondays. */
export const DIGEST_HOUR = 8;

const DAY_MS = 86_400_000;
const MONDAY = 1;

/** When the next digest is due on any channel (milliseconds since 1970); undefined when none is. */
export function nextDigestAt(
  { digests }: AlertMemory,
  settings: AlertSettings,
): number | undefined {
  // Only channels that send digests have a time in the memory.
  const due = TEAM_CHANNELS.flatMap((channel) => {
    const last = digests[channel];
    return last === undefined ? [] : (digestDueAt(settings.digests[channel], last) ?? []);
  });
  return due.length === 0 ? undefined : Math.min(...due);
}

/** When the digest after one at `last` is due: the next morning, or the next Monday's; milliseconds since 1970. Undefined when it is off. */
export function digestDueAt(rhythm: DigestRhythm, last: number): number | undefined {
  if (rhythm === 'off') return undefined;
  const day = new Date(last);
  for (let ahead = 0; ahead <= 7; ahead++) {
    // By the calendar, so that days of 23 and 25 hours count as one.
    const morning = new Date(day.getFullYear(), day.getMonth(), day.getDate() + ahead, DIGEST_HOUR);
    const isDay = rhythm === 'daily' || morning.getDay() === MONDAY;
    if (isDay && morning.getTime() > last) return morning.getTime();
  }
  return last + 7 * DAY_MS;
}

/** The channels whose digest is due at `now`, each with the time from which on it tells. */
export function dueDigests(
  memory: AlertMemory,
  settings: AlertSettings,
  now: number,
): readonly { readonly channel: TeamChannel; readonly from: number }[] {
  return channelsWithDigests(settings).flatMap((channel) => {
    const from = memory.digests[channel];
    const due = from === undefined ? undefined : digestDueAt(settings.digests[channel], from);
    return from === undefined || due === undefined || now < due ? [] : [{ channel, from }];
  });
}

/**
 * The memory after the digests that were due at `now`. A channel's first period begins when it is switched on; one that
 * is switched off forgets, and a time ahead of the clock begins anew.
 */
export function rememberDigests(
  memory: AlertMemory,
  settings: AlertSettings,
  now: number,
): AlertMemory {
  const due = new Set(dueDigests(memory, settings, now).map(({ channel }) => channel));
  const digests = channelsWithDigests(settings).map((channel) => {
    const last = memory.digests[channel];
    const isKept = last !== undefined && last <= now && !due.has(channel);
    return [channel, isKept ? last : now] as const;
  });
  return { ...memory, digests: Object.fromEntries(digests) };
}

/** Counts what happened from the log's events of a time. Undefined when nothing happened and nothing needs anybody: then nothing is sent. */
export function summarizeDigest(
  facts: readonly DigestFacts[],
  alerts: readonly Alert[],
  events: readonly LogEvent[],
  from: number,
  to: number,
): Digest | undefined {
  const within = events.filter(({ at }) => at >= from && at < to);
  const checklists = facts
    .map((each) => summarizeChecklist(each, alerts, within))
    .filter((each) => hasNews(each));
  return checklists.length === 0 ? undefined : { from, to, checklists };
}

function channelsWithDigests(settings: AlertSettings): readonly TeamChannel[] {
  return TEAM_CHANNELS.filter(
    (channel) => isChannelOn(settings, channel) && settings.digests[channel] !== 'off',
  );
}

function summarizeChecklist(
  facts: DigestFacts,
  alerts: readonly Alert[],
  events: readonly LogEvent[],
): ChecklistDigest {
  const key = checklistKey(facts.checklist.ref);
  const own = events.filter(({ checklistKey }) => checklistKey === key);
  const changes = own
    .flatMap((event) => (event.kind === 'write-master' ? (event.rows ?? []) : []))
    .map(({ what }) => what);
  const ticked = changes.filter((what) => what === 'tick').length;
  const unticked = changes.filter((what) => what === 'untick').length;
  return {
    ...facts,
    created: own.filter(({ kind }) => kind === 'create-issue').length,
    ticked,
    unticked,
    changed: changes.length - ticked - unticked,
    needsYou: alerts.filter(({ checklist, cause }) => {
      const isOwn = checklist !== undefined && checklistKey(checklist.ref) === key;
      return isOwn && cause.kind !== 'job-ended' && cause.kind !== 'overridden';
    }),
  };
}

function hasNews({ created, ticked, unticked, changed, needsYou }: ChecklistDigest): boolean {
  return created + ticked + unticked + changed + needsYou.length > 0;
}

/** A digest as a message: per checklist how far it is, what happened, and what needs somebody. */
export function describeDigest(digest: Digest): AlertMessage {
  const { checklists } = digest;
  const [only] = checklists;
  const where =
    checklists.length === 1 && only !== undefined
      ? nameChecklist(only.checklist.ref)
      : countNoun(checklists.length, 'checklist');
  return {
    kind: 'digest',
    subject: `${nameOf(digest)} summary: ${where}`,
    text: checklists.map(sectionOf).join('\n\n'),
  };
}

/** A digest that was late covers more than a day, and is no weekly one for that. */
const WEEKLY_FROM_MS = 5 * 86_400_000;

function nameOf({ from, to }: Digest): string {
  return to - from < WEEKLY_FROM_MS ? 'Daily' : 'Weekly';
}

function sectionOf(digest: ChecklistDigest): string {
  const { checklist, done, items, needsYou } = digest;
  const happened = changesOf(digest);
  return [
    `${quoteTitle(checklist.title)}: ${done} of ${countNoun(items, 'item')} done`,
    ...(happened === '' ? [] : [`Since the last summary: ${happened}.`]),
    ...needsYou.map((alert) => {
      const { sentence, advice } = describeAlert(alert);
      return `- ${sentence} ${advice}`;
    }),
    checklistUrl(checklist.ref),
  ].join('\n');
}

function changesOf({ created, ticked, unticked, changed }: ChecklistDigest): string {
  const parts = [
    [created, countNoun(created, 'issue created', 'issues created')],
    [ticked, countNoun(ticked, 'item ticked', 'items ticked')],
    [unticked, countNoun(unticked, 'item unticked', 'items unticked')],
    [changed, countNoun(changed, 'item changed in other ways', 'items changed in other ways')],
  ] as const;
  return parts.flatMap(([count, words]) => (count > 0 ? [words] : [])).join(', ');
}
