import { type Failure, failure } from '../failures.ts';
import type { AlertMessage } from './alert-message.ts';
import type { TeamChannel } from './alert-settings.ts';

/** A message on its way to a channel of the team. Times in milliseconds since 1970. */
export interface OutboxMessage {
  /** ULID; also the idempotency key of channels that know one: it stays the same at each attempt. */
  readonly id: string;
  readonly channel: TeamChannel;
  readonly payload: AlertMessage;
  readonly createdAt: number;
  /** How often it was sent, or perhaps sent. */
  readonly attempts: number;
  /** Not tried before. */
  readonly notBefore: number;
  /**
   * `queued`: to be sent; `sending`: perhaps on its way: in a record found by another worker the sender is dead;
   * `unknown`: perhaps arrived, and never sent again by itself; `failed`: it did not arrive, or nobody knows after three days.
   */
  readonly state: 'queued' | 'sending' | 'sent' | 'unknown' | 'failed';
  readonly firstSentAt: number | undefined;
  /** When it became `sent`, `unknown` or `failed`. */
  readonly endedAt: number | undefined;
  /** Why it is not sent (yet), for people. */
  readonly failure: Failure | undefined;
}

/** What became of one attempt. */
export type SendOutcome =
  | { readonly kind: 'sent' }
  /** It was not taken, and never will be as it is. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It was not taken now. `retryAt` (milliseconds since 1970) where the other side names a time. */
  | { readonly kind: 'later'; readonly retryAt?: number }
  /** Sent, and no answer that could be understood. */
  | { readonly kind: 'unknown' }
  /** It was never sent: the browser is offline. Counts as no attempt. */
  | { readonly kind: 'offline' };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Waits between attempts: doubled from the first to the longest. */
export const FIRST_WAIT_MS = MINUTE_MS;
export const LONGEST_WAIT_MS = 6 * HOUR_MS;
/** So long after its first attempt a message is given up. Relays remember keys for seven days, so none is sent after that by itself. */
export const GIVE_UP_AFTER_MS = 3 * DAY_MS;
/** Messages that arrived are kept for so long. */
export const KEEP_SENT_MS = 7 * DAY_MS;

/** What the fate of a message depends on in its channel. */
export interface Recipient {
  /** How sentences begin with it: `Slack`, `The relay`. */
  readonly sentenceName: string;
  /** Whether it recognizes a repeated message by its id: only then an unconfirmed one is sent again automatically. */
  readonly knowsRepeats: boolean;
  /** What the user does when it refuses messages, as a sentence. */
  readonly repair: string;
}

/** Whether the user has to decide about it: it did not arrive, or nobody knows. */
export function isStuck({ state }: OutboxMessage): boolean {
  return state === 'failed' || state === 'unknown';
}

/** A message to be sent as soon as possible. */
export function newMessage(
  id: string,
  channel: TeamChannel,
  payload: AlertMessage,
  now: number,
): OutboxMessage {
  return {
    id,
    channel,
    payload,
    createdAt: now,
    attempts: 0,
    notBefore: now,
    state: 'queued',
    firstSentAt: undefined,
    endedAt: undefined,
    failure: undefined,
  };
}

/** The message to send now, the oldest first; none of the channels in `resting`. Undefined when nothing is due. */
export function nextDue(
  messages: readonly OutboxMessage[],
  resting: ReadonlySet<TeamChannel>,
  now: number,
): OutboxMessage | undefined {
  return messages
    .filter((message) => message.state === 'queued' && !resting.has(message.channel))
    .filter((message) => dueAt(message, now) <= now)
    .sort((one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1))[0];
}

/** When something is to be sent next; undefined when nothing waits. `sending` counts as now: its sender may be dead. */
export function nextWakeAt(messages: readonly OutboxMessage[], now: number): number | undefined {
  const times = messages.flatMap((message) => {
    if (message.state === 'sending') return [now];
    return message.state === 'queued' ? [dueAt(message, now)] : [];
  });
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Saved before the request goes out. */
export function startSending(message: OutboxMessage, now: number): OutboxMessage {
  return {
    ...message,
    state: 'sending',
    attempts: message.attempts + 1,
    firstSentAt: message.firstSentAt ?? now,
  };
}

/** Why a channel does not take a message, for people. */
export function refusal({ sentenceName, repair }: Recipient, reason: string): Failure {
  // Others' words may be a sentence or only a part of one.
  const ended = reason.replace(/[^.!?]$/, '$&.');
  return failure('message-refused', { channel: sentenceName, reason: ended, repair });
}

/** What follows from an attempt; also from that of a dead worker, whose outcome is unknown. */
export function recordOutcome(
  message: OutboxMessage,
  outcome: SendOutcome,
  recipient: Recipient,
  now: number,
): OutboxMessage {
  const channel = recipient.sentenceName;
  switch (outcome.kind) {
    case 'sent':
      return { ...message, state: 'sent', endedAt: now, failure: undefined };
    case 'refused':
      return end(message, 'failed', refusal(recipient, outcome.reason), now);
    case 'offline':
      return takeBack(message, failure('message-delayed', { channel }), now);
    case 'later':
      return tryAgain(message, recipient, outcome.retryAt, now);
    case 'unknown':
      if (recipient.knowsRepeats) return tryAgain(message, recipient, undefined, now);
      // Nobody would notice that a second message is the same one.
      return end(message, 'unknown', failure('message-unconfirmed', { channel }), now);
  }
}

/** What a worker that holds the outbox finds of one that died: its outcome is unknown. Others stay as they are. */
export function recoverMessage(
  message: OutboxMessage,
  recipient: Recipient,
  now: number,
): OutboxMessage {
  if (message.state !== 'sending') return message;
  return recordOutcome(message, { kind: 'unknown' }, recipient, now);
}

/** The user says "send again" of a message that failed or is unknown; others stay as they are. Its key stays the same. */
export function sendAgain(message: OutboxMessage, now: number): OutboxMessage {
  if (message.state !== 'failed' && message.state !== 'unknown') return message;
  return {
    ...message,
    state: 'queued',
    attempts: 0,
    notBefore: now,
    firstSentAt: undefined,
    endedAt: undefined,
    failure: undefined,
  };
}

/** Whether a message that arrived need not be kept any longer. Others stay until the user has seen them. */
export function isPast(message: OutboxMessage, now: number): boolean {
  return message.state === 'sent' && Math.abs(now - (message.endedAt ?? 0)) > KEEP_SENT_MS;
}

function tryAgain(
  message: OutboxMessage,
  { sentenceName: channel, repair }: Recipient,
  retryAt: number | undefined,
  now: number,
): OutboxMessage {
  const since = Math.abs(now - (message.firstSentAt ?? now));
  if (since >= GIVE_UP_AFTER_MS) {
    return end(message, 'failed', failure('message-given-up', { channel, repair }), now);
  }
  const why = failure('message-delayed', { channel });
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (message.attempts - 1), LONGEST_WAIT_MS);
  const asked = Math.min(retryAt ?? 0, now + LONGEST_WAIT_MS);
  const notBefore = Math.max(now + wait, asked);
  return { ...message, state: 'queued', notBefore, failure: { ...why, retryAt: notBefore } };
}

function takeBack(message: OutboxMessage, why: Failure, now: number): OutboxMessage {
  const attempts = message.attempts - 1;
  return {
    ...message,
    state: 'queued',
    attempts,
    firstSentAt: attempts === 0 ? undefined : message.firstSentAt,
    notBefore: now + FIRST_WAIT_MS,
    failure: why,
  };
}

function end(
  message: OutboxMessage,
  state: 'unknown' | 'failed',
  why: Failure,
  now: number,
): OutboxMessage {
  return { ...message, state, endedAt: now, failure: why };
}

// A wait longer than the longest was noted before the clock was set back.
function dueAt({ notBefore }: OutboxMessage, now: number): number {
  return notBefore > now + LONGEST_WAIT_MS ? now : notBefore;
}
