import type { AlertMessage } from '../core/alerts/alert-message.ts';
import type { ChannelAddress, ChannelForm, TeamChannel } from '../core/alerts/alert-settings.ts';
import type { AlertMemory, Notice } from '../core/alerts/notices.ts';
import type { OutboxMessage, Recipient, SendOutcome } from '../core/alerts/outbox.ts';

/** A channel of the team as one value: its form, its words, and how it sends. */
export interface Channel extends ChannelForm, Recipient {
  /** Sends once. Never rejects. An address that was stored under older rules is refused. */
  send(ports: SendingPorts, address: ChannelAddress, message: SentMessage): Promise<SendOutcome>;
}

/** What sends one message. */
export interface SendingPorts {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: NotifyClock;
}

/** A message with the id that stays the same at each attempt. */
export interface SentMessage {
  readonly id: string;
  readonly payload: AlertMessage;
}

/** Finds the address of a channel, with its secrets, before each attempt; undefined when it may not be reached (any more). */
export type OpenAddress = (channel: TeamChannel) => Promise<ChannelAddress | undefined>;

/**
 * The outbox, and what was sent. Every method is one transaction, and every write is strict (flushed before it
 * answers). Methods reject only when the storage itself fails: the step then has not happened.
 */
export interface OutboxStore {
  /** `EMPTY_MEMORY` before anything was sent. */
  loadMemory(): Promise<AlertMemory>;
  /** Saves what was sent together with the messages that send it: neither is ever there without the other. */
  saveMemory(memory: AlertMemory, messages: readonly OutboxMessage[]): Promise<void>;
  /** All messages. */
  list(): Promise<readonly OutboxMessage[]>;
  /**
   * Changes one message as it is in the same transaction, and answers it afterwards; undefined, and nothing
   * written, when it is not there (any more).
   */
  update(
    id: string,
    change: (message: OutboxMessage) => OutboxMessage,
  ): Promise<OutboxMessage | undefined>;
  remove(id: string): Promise<void>;
}

/** The time in milliseconds since 1970. */
export interface NotifyClock {
  now(): number;
}

/** Web Locks in the product: the death of a worker releases them. */
export interface NotifyLocks {
  /** Waits for the lock, then runs. */
  withLock<T>(name: string, run: () => Promise<T>): Promise<T>;
  /** Runs only if nobody holds the lock; else answers undefined at once. */
  tryLock<T>(name: string, run: () => Promise<T>): Promise<T | undefined>;
}

/** What sends the messages of the outbox. */
export interface DeliveryPorts extends SendingPorts {
  readonly store: OutboxStore;
  readonly locks: NotifyLocks;
  readonly openAddress: OpenAddress;
}

/** The browser's notifications. A notification with the id of an earlier one replaces it. */
export interface Notifications {
  show(notice: Notice): Promise<void>;
  /** Replaces its words, silently, if it is still open. */
  update(notice: Notice): Promise<void>;
  clear(id: string): Promise<void>;
}

/** What shows alerts and queues their messages. */
export interface AlertPorts {
  readonly store: OutboxStore;
  readonly clock: NotifyClock;
  readonly locks: NotifyLocks;
  readonly notifications: Notifications;
  /** A new ULID. */
  newId(now: number): string;
}
