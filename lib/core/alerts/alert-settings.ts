import type { AlertKind } from './alert.ts';

/** A way to tell the user. The dashboard and the popup show every alert and need no channel. */
export type AlertChannel = 'browser' | 'mail-link' | TeamChannel;

/** Channels that others read: only a browser that sends for the team uses them. */
export type TeamChannel = 'relay' | 'slack';

/** Channels to which something is told once, and of which is remembered what was told. */
export type ToldChannel = Exclude<AlertChannel, 'mail-link'>;

/** How often a summary of what happened is sent. */
export type DigestRhythm = 'off' | 'daily' | 'weekly';

/** What the user hears of, and how. No addresses with secrets here: content scripts may read it. */
export interface AlertSettings {
  /** Whether a channel is switched on: each needs a permission or an address first. */
  readonly on: Readonly<Record<AlertChannel, boolean>>;
  readonly channels: Readonly<Record<AlertKind, readonly AlertChannel[]>>;
  /** To whom the prepared message of the mail button goes; '' lets the mail program ask. */
  readonly mailTo: string;
  /** Of several browsers that watch a checklist, only those with this on use relay and Slack. */
  readonly sendsForTeam: boolean;
  readonly digests: Readonly<Record<TeamChannel, DigestRhythm>>;
}

/** What a maintainer would not switch off: what waits for her everywhere, what a team must act on in the team's channels. */
export const DEFAULT_ALERT_SETTINGS: AlertSettings = {
  on: { browser: false, 'mail-link': true, relay: false, slack: false },
  channels: {
    'sync-failed': ['browser', 'mail-link', 'relay', 'slack'],
    differences: ['browser', 'mail-link', 'relay', 'slack'],
    overridden: [],
    // Only the account's owner can act on most of these: no channel of the team but the mail.
    decision: ['browser', 'mail-link', 'relay'],
    'job-ended': ['browser'],
  },
  mailTo: '',
  sendsForTeam: false,
  digests: { relay: 'off', slack: 'weekly' },
};
