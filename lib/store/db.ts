import {
  type DBSchema,
  type IDBPDatabase,
  type IDBPTransaction,
  openDB,
  type StoreNames,
} from 'idb';
import type { Account } from '../core/account.ts';
import type { TeamChannel } from '../core/alerts/alert-settings.ts';
import type { AlertMemory } from '../core/alerts/notices.ts';
import type { OutboxMessage } from '../core/alerts/outbox.ts';
import type { ReconcileRecord } from '../core/differences/reconcile-record.ts';
import type { JobControl, JobHeader, JobRow } from '../core/engine/job.ts';
import type { UnverifiedWrite } from '../core/engine/job-facts.ts';
import type { Pace } from '../core/engine/pace.ts';
import type { ListedEvent } from '../core/log/event.ts';
import type { DayCounts, IssueDates } from '../core/metrics/metric-facts.ts';
import type { GenerationPlan } from '../core/plan/plan-generation.ts';
import type { ChecklistRef } from '../core/refs.ts';
import type { PollCursor, SyncRecord } from '../core/sync/tracked.ts';
import type { StoredReconcilePreview, StoredSyncPreview } from '../store-ports.ts';
import { withCause, withCauses, withRestored } from './old-causes.ts';
import {
  type OldHeader,
  type OldRow,
  rowOfToday,
  withKindOfToday,
  withOwnRun,
  withOwnRuns,
} from './old-jobs.ts';

/** A secret that only this browser can read. */
export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

/** A secret under a passphrase. */
export interface Locked extends Sealed {
  readonly salt: Uint8Array<ArrayBuffer>;
  /** How often the passphrase was hashed. */
  readonly rounds: number;
}

/** What is stored of a token; of one that is kept for a session nothing. */
export type KeptToken =
  | ({ readonly kept?: 'sealed' } & Sealed)
  | ({ readonly kept: 'passphrase' } & Locked)
  | { readonly kept: 'session' };

/** An account with what is stored of its token. */
export type AccountRecord = Omit<Account, 'kept' | 'lock'> & KeptToken;

/** Tokens that were opened, by account: in the browser's memory until it closes, never on the disk. */
export interface OpenTokens {
  get(account: string): Promise<string | undefined>;
  set(account: string, token: string): Promise<void>;
  remove(account: string): Promise<void>;
}

/** An address with its secrets, sealed. */
export interface SecretRecord extends Sealed {
  readonly kind: TeamChannel;
  /** The only part of it that may be shown. */
  readonly host: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

/** A line of the log as stored: its text is kept apart, so that 50,000 lines are read in half a second, not in five. */
export type EventRecord = ListedEvent & {
  /** Length of the text before the write, in UTF-16 units, where there is one. */
  readonly textLength?: number;
};

/** GitHub's dates of the issues of one checklist. */
export interface IssueDatesRecord {
  /** `checklistKey`. */
  readonly checklistKey: string;
  /** When they were read; milliseconds since 1970. */
  readonly readAt: number;
  readonly dates: readonly IssueDates[];
}

/** A job's header as stored. */
export interface JobRecord {
  readonly id: string;
  readonly checklistKey: string;
  /** The checklist's key while the job is open, else missing: its index is unique, so that only one can be open. */
  readonly open?: string;
  /** The user has seen how it ended. */
  readonly dismissed?: boolean;
  readonly header: JobHeader;
}

/** Every store, its keys and its indexes. */
export interface Schema extends DBSchema {
  jobs: { key: string; value: JobRecord; indexes: { open: string; checklist: string } };
  rows: { key: [job: string, index: number]; value: { job: string; index: number; row: JobRow } };
  /** Its own record, so that no save of a job overwrites what the user said. Key: job id. */
  controls: { key: string; value: JobControl };
  /** GitHub's limits per account. */
  paces: { key: string; value: Pace };
  /** Key: `checklistKey`. */
  unverified: { key: string; value: UnverifiedWrite };
  events: { key: number; value: EventRecord; indexes: { checklist: string; at: number } };
  /** The text before a write. Key: that of its event. */
  texts: { key: number; value: string };
  plans: {
    key: string;
    value: {
      run: string;
      checklist: string;
      savedAt: number;
      plan: GenerationPlan;
      login: string | undefined;
    };
  };
  checklists: {
    key: string;
    value: { key: string; checklist: ChecklistRef; title: string; usedAt: number };
  };
  syncPreviews: {
    key: string;
    value: StoredSyncPreview & { readonly checklist: string; readonly savedAt: number };
  };
  accounts: { key: string; value: AccountRecord; indexes: { host: string } };
  keys: { key: string; value: CryptoKey };
  /** Key: `checklistKey`. */
  syncs: { key: string; value: SyncRecord };
  /** Key: `login@repoKey`, lower case. */
  cursors: { key: string; value: PollCursor };
  /** Counts of what is not worth a line of the log, by day (`YYYY-MM-DD`). */
  counters: { key: string; value: DayCounts };
  reconcilePreviews: {
    key: string;
    value: StoredReconcilePreview & { readonly checklist: string; readonly savedAt: number };
  };
  /** Key: `checklistKey`. */
  reconciles: { key: string; value: ReconcileRecord };
  outbox: { key: string; value: OutboxMessage };
  /** What was sent of alerts; one record. */
  told: { key: string; value: AlertMemory };
  /** Key: `checklistKey`. */
  issueDates: { key: string; value: IssueDatesRecord };
  secrets: { key: TeamChannel; value: SecretRecord };
  /** What the user chose and what follows from it, by name; `lib/settings.ts` knows the names. */
  facts: { key: string; value: unknown };
}

/**
 * Where the facts of a database come from: they are still in the browser's storage, where an `older` version kept them;
 * the database is `fresh`, of a new installation or after a loss; they are here, and what is left of the older form is
 * still to be removed (`moved`); or all is as it should be (`own`).
 */
export type FactsOrigin = 'older' | 'fresh' | 'moved' | 'own';

/** The database as the other files of this folder use it. */
export interface Db {
  /** Runs one transaction's work. Opens the database first where it is not, or where the browser closed it. */
  use<T>(work: (open: IDBPDatabase<Schema>) => Promise<T>): Promise<T>;
  readonly openTokens: OpenTokens;
  close(): Promise<void>;
}

/** Journal writes are flushed to the disk before they count. */
export const STRICT = { durability: 'strict' } as const;

const VERSION = 7;

/** Tokens in the memory of this process: where there is no browser. */
const inProcess = new Map<string, string>();
const IN_PROCESS: OpenTokens = {
  get: async (account) => inProcess.get(account),
  set: async (account, token) => void inProcess.set(account, token),
  remove: async (account) => void inProcess.delete(account),
};

/**
 * Gives the database of this extension; it is opened at its first use. Content scripts cannot reach it. All pages and the
 * worker share one set of open tokens.
 */
export function connect(name: string = 'masterlist', openTokens: OpenTokens = IN_PROCESS): Db {
  let opening: Promise<IDBPDatabase<Schema>> | undefined;
  const forget = () => {
    opening = undefined;
  };
  const open = () => {
    opening ??= openDB<Schema>(name, VERSION, {
      upgrade: (database, before, after, change) =>
        void upgradeWhole(database, before, after, change),
      // A newer version of the extension wants to upgrade: let it.
      blocking: (_current, _blocked, event) => {
        forget();
        (event.target as IDBDatabase).close();
      },
      terminated: forget,
    }).catch((error: unknown) => {
      forget();
      throw error;
    });
    return opening;
  };
  return {
    openTokens,
    use: async (work) => {
      try {
        return await work(await open());
      } catch (error) {
        if (!isClosed(error)) throw error;
        // No transaction could begin, so nothing happened yet.
        forget();
        return work(await open());
      }
    },
    close: async () => {
      const database = await opening;
      forget();
      database?.close();
    },
  };
}

type Upgrade = IDBPTransaction<Schema, StoreNames<Schema>[], 'versionchange'>;

/** All of an upgrade or nothing: the browser itself would keep the half of one that fails, as the new version. */
async function upgradeWhole(...given: Parameters<typeof upgrade>): Promise<void> {
  const [, , , change] = given;
  // Whoever opens the database hears of it.
  change.done.catch(() => {});
  try {
    await upgrade(...given);
  } catch (error) {
    console.error(error);
    try {
      change.abort();
    } catch {
      // What failed has aborted it already.
    }
  }
}

/** Each version adds to the one before; data is never dropped. */
async function upgrade(
  database: IDBPDatabase<Schema>,
  oldVersion: number,
  _newVersion: number | null,
  change: Upgrade,
): Promise<void> {
  if (oldVersion < 1) createFirstVersion(database);
  if (oldVersion < 2) createSecondVersion(database);
  if (oldVersion < 3) createThirdVersion(database);
  if (oldVersion < 4) await createFourthVersion(database, change);
  if (oldVersion < 5) {
    await convertCauses(change);
    await convertJobs(change);
  }
  if (oldVersion < 6) await nameRestored(change);
  if (oldVersion < 7) await createFacts(database, change, oldVersion);
}

function createFirstVersion(database: IDBPDatabase<Schema>): void {
  const jobs = database.createObjectStore('jobs', { keyPath: 'id' });
  jobs.createIndex('open', 'open', { unique: true });
  jobs.createIndex('checklist', 'checklistKey');
  database.createObjectStore('rows', { keyPath: ['job', 'index'] });
  database.createObjectStore('controls');
  database.createObjectStore('paces');
  database.createObjectStore('unverified');
  const events = database.createObjectStore('events', { autoIncrement: true });
  events.createIndex('checklist', 'checklistKey');
  events.createIndex('at', 'at');
  database.createObjectStore('plans', { keyPath: 'run' });
  database.createObjectStore('checklists', { keyPath: 'key' });
  const accounts = database.createObjectStore('accounts', { keyPath: 'id' });
  accounts.createIndex('host', 'host');
  database.createObjectStore('keys');
}

function createSecondVersion(database: IDBPDatabase<Schema>): void {
  database.createObjectStore('syncPreviews', { keyPath: 'id' });
  database.createObjectStore('syncs', { keyPath: 'key' });
  database.createObjectStore('cursors');
  database.createObjectStore('counters', { keyPath: 'day' });
}

function createThirdVersion(database: IDBPDatabase<Schema>): void {
  database.createObjectStore('reconcilePreviews', { keyPath: 'id' });
  database.createObjectStore('reconciles', { keyPath: 'key' });
}

async function createFourthVersion(database: IDBPDatabase<Schema>, change: Upgrade): Promise<void> {
  database.createObjectStore('outbox', { keyPath: 'id' });
  database.createObjectStore('told');
  database.createObjectStore('issueDates', { keyPath: 'checklistKey' });
  database.createObjectStore('secrets', { keyPath: 'kind' });
  database.createObjectStore('texts');
  await moveTexts(change);
}

/** Up to the third version the texts stood in the events. */
async function moveTexts(change: Upgrade): Promise<void> {
  const texts = change.objectStore('texts');
  for (
    let cursor = await change.objectStore('events').openCursor();
    cursor !== null;
    cursor = await cursor.continue()
  ) {
    const { before, ...event } = cursor.value as EventRecord & { readonly before?: string };
    if (before === undefined) continue;
    await texts.put(before, cursor.key);
    await cursor.update({ ...event, textLength: before.length });
  }
}

/** Up to the fourth version a cause was a string. */
async function convertCauses(change: Upgrade): Promise<void> {
  const events = change.objectStore('events');
  for (let cursor = await events.openCursor(); cursor; cursor = await cursor.continue()) {
    await cursor.update(
      withOwnRun(withCause<EventRecord>(cursor.value as unknown as { cause: string })),
    );
  }
  const writes = change.objectStore('unverified');
  for (let cursor = await writes.openCursor(); cursor; cursor = await cursor.continue()) {
    const write = withCauses(cursor.value as unknown as Parameters<typeof withCauses>[0]);
    await cursor.update(withOwnRuns(write));
  }
}

/** Up to the fourth version all kinds of jobs had one form of header and of row. */
async function convertJobs(change: Upgrade): Promise<void> {
  const headers = new Map<string, OldHeader>();
  const jobs = change.objectStore('jobs');
  for (let cursor = await jobs.openCursor(); cursor; cursor = await cursor.continue()) {
    const old = cursor.value.header as unknown as OldHeader;
    headers.set(old.id, old);
    await cursor.update({ ...cursor.value, header: withKindOfToday(old) });
  }
  const rows = change.objectStore('rows');
  for (let cursor = await rows.openCursor(); cursor; cursor = await cursor.continue()) {
    const header = headers.get(cursor.value.job);
    if (header === undefined) continue;
    const row = rowOfToday(cursor.value.row as unknown as OldRow, header);
    await cursor.update({ ...cursor.value, row });
  }
}

/** The first builds with the fifth version still had another name for the writes that a write restores. */
async function nameRestored(change: Upgrade): Promise<void> {
  const writes = change.objectStore('unverified');
  for (let cursor = await writes.openCursor(); cursor; cursor = await cursor.continue()) {
    await cursor.update(withRestored(cursor.value));
  }
}

/** Up to the sixth version the facts were in the browser's storage, which nothing can read within an upgrade. */
async function createFacts(
  database: IDBPDatabase<Schema>,
  change: Upgrade,
  oldVersion: number,
): Promise<void> {
  database.createObjectStore('facts');
  const origin: FactsOrigin = oldVersion === 0 ? 'fresh' : 'older';
  await change.objectStore('facts').put(origin, 'origin');
}

/** Thrown when a transaction is begun on a connection that was closed. */
function isClosed(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'InvalidStateError';
}
