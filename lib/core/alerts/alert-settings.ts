import type { Result } from '../failures.ts';

/** The channels that others read, as tables name them: only a browser that sends for the team uses them. */
const TEAM_NAMES = { relay: 'Email', slack: 'Slack', webhook: 'Webhook' } as const;

/** A channel that others read. What it needs and how it sends is a value in `lib/channels`. */
export type TeamChannel = keyof typeof TEAM_NAMES;

/** Every channel, as tables name it and in their order. */
export const CHANNEL_NAMES = {
  browser: 'Notification',
  'mail-link': 'Email button',
  ...TEAM_NAMES,
} as const;

/** A way to reach the user. The dashboard and the popup show every alert and need no channel. */
export type AlertChannel = keyof typeof CHANNEL_NAMES;

/** Channels that show or send an alert once: what they sent is remembered. */
export type SendingChannel = Exclude<AlertChannel, 'mail-link'>;

export const ALERT_CHANNELS = keysOf(CHANNEL_NAMES);
export const TEAM_CHANNELS = keysOf(TEAM_NAMES);

/** One value for each channel that others read. */
export function ofTeam<T>(make: (channel: TeamChannel) => T): Readonly<Record<TeamChannel, T>> {
  return recordOf(TEAM_CHANNELS, make);
}

/** One value for each of the keys. */
export function recordOf<Key extends string, T>(
  keys: readonly Key[],
  make: (key: Key) => T,
): Record<Key, T> {
  return Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<Key, T>;
}

/** Where a channel of the team sends, with its secrets: sealed in the store, opened only to send. */
export interface ChannelAddress {
  readonly url: string;
  /** What authenticates the sender, where the address alone does not. */
  readonly token?: string;
}

/** What the options page says about a channel of the team, and what it asks for. */
export interface ChannelForm {
  readonly title: string;
  /** How sentences begin with it: `Slack`, `The relay`. */
  readonly sentenceName: string;
  /** What it is for, in a sentence or two. */
  readonly about: string;
  readonly fields: readonly ChannelField[];
  /** What to do after it was saved, and after a test was taken. */
  readonly saved: string;
  readonly tested: string;
  /** Reads the fields by their names; fails with `channel-field`. */
  parse(fields: Readonly<Record<string, string>>): Result<ChannelAddress>;
}

/** One field of a channel's form. */
export interface ChannelField {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  /** Only addresses that are no secrets have one: all other fields hide what is typed. */
  readonly placeholder?: string;
}

/** How often a summary of what happened is sent. */
export type DigestRhythm = 'off' | 'daily' | 'weekly';

/** What an alert can be about; channels are chosen per kind. */
export type AlertKind = 'sync-failed' | 'differences' | 'overridden' | 'decision' | 'job-ended';

/** Which alerts the user gets, and how. No addresses with secrets here: content scripts may read it. */
export interface AlertSettings {
  /** Whether a channel is switched on: each needs a permission or an address first. */
  readonly on: Readonly<Record<AlertChannel, boolean>>;
  readonly channels: Readonly<Record<AlertKind, readonly AlertChannel[]>>;
  /** To whom the prepared message of the mail button goes; '' lets the mail program ask. */
  readonly mailTo: string;
  /** Of several browsers that track a checklist, only those with this on use the team's channels. */
  readonly sendsForTeam: boolean;
  readonly digests: Readonly<Record<TeamChannel, DigestRhythm>>;
}

/** What a maintainer would not switch off: what waits for her everywhere, what a team must act on in the team's channels. */
export const DEFAULT_ALERT_SETTINGS: AlertSettings = {
  on: { browser: false, 'mail-link': true, relay: false, slack: false, webhook: false },
  channels: {
    'sync-failed': ['browser', 'mail-link', 'relay', 'slack', 'webhook'],
    differences: ['browser', 'mail-link', 'relay', 'slack', 'webhook'],
    overridden: [],
    // Only the account's owner can act on most of these: no channel of the team but the mail.
    decision: ['browser', 'mail-link', 'relay'],
    'job-ended': ['browser'],
  },
  mailTo: '',
  sendsForTeam: false,
  digests: { relay: 'off', slack: 'weekly', webhook: 'off' },
};

/** The kinds of alerts, the most pressing first: their names, and what exactly they are about. */
export const ALERT_KINDS: Readonly<Record<AlertKind, readonly [name: string, about: string]>> = {
  decision: [
    'Your decision is needed',
    'Two issues could match, access is missing, a token was rejected or expires within seven days.',
  ],
  'sync-failed': ['Sync failed', 'At once, or after several retries if it may pass.'],
  differences: ['Differences', 'That Masterlist cannot resolve automatically.'],
  'job-ended': ['A run ended', 'Finished, stopped or failed.'],
  overridden: ['Reverted', 'Somebody reverted what Masterlist had written.'],
};

/** `Object.keys` with the keys' own type: these tables have no others. */
export function keysOf<Key extends string>(table: Readonly<Record<Key, unknown>>): readonly Key[] {
  return Object.keys(table) as Key[];
}
