import type { AlertMemory, Notice } from '../core/alerts/notices.ts';
import type { OutboxMessage } from '../core/alerts/outbox.ts';
import type { RelayAddress } from './relay.ts';

/**
 * The outbox, and what was told. Every method is one transaction, and every write is strict (flushed before it
 * answers). Methods reject only when the storage itself fails: the step then has not happened.
 */
export interface OutboxStore {
  /** `EMPTY_MEMORY` before anything was told. */
  loadMemory(): Promise<AlertMemory>;
  /** Saves what was told together with the messages that tell it: neither is ever there without the other. */
  saveMemory(memory: AlertMemory, messages: readonly OutboxMessage[]): Promise<void>;
  /** All messages. */
  list(): Promise<readonly OutboxMessage[]>;
  /**
   * Changes one message as it stands in the same transaction, and answers it afterwards; undefined, and nothing
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

/** Where messages go, with their secrets; undefined when it was removed. Asked before each attempt. */
export interface Addresses {
  relay(): Promise<RelayAddress | undefined>;
  /** The address of the incoming webhook. */
  slack(): Promise<string | undefined>;
}

/** What sends messages. */
export interface DeliveryPorts {
  readonly store: OutboxStore;
  readonly clock: NotifyClock;
  readonly locks: NotifyLocks;
  readonly fetch: typeof globalThis.fetch;
  readonly addresses: Addresses;
}

/** The browser's notifications. A notification with the id of an earlier one replaces it. */
export interface NoticeBoard {
  raise(notice: Notice): Promise<void>;
  /** Replaces its words, silently, if it is still open. */
  refresh(notice: Notice): Promise<void>;
  withdraw(id: string): Promise<void>;
}

/** What tells the user. */
export interface TellingPorts {
  readonly store: OutboxStore;
  readonly clock: NotifyClock;
  readonly locks: NotifyLocks;
  readonly board: NoticeBoard;
  /** A new ULID. */
  newId(now: number): string;
}
