import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { JobControl, JobHeader, JobRow } from '../core/job/job.ts';
import type { JobEvent, UnverifiedWrite } from '../core/job/job-facts.ts';
import type { Pace } from '../core/job/pace.ts';
import type { GenerationPlan } from '../core/plan/plan-generation.ts';
import type { ReconcileRecord } from '../core/reconcile/reconcile-record.ts';
import type { ChecklistRef } from '../core/refs.ts';
import type { PollCursor, SyncRecord } from '../core/sync/tracked.ts';
import type { StoredReconcilePreview } from './reconcile-previews.ts';
import type { StoredSyncPreview } from './sync-previews.ts';
import type { Account } from './tokens.ts';

/** An account with its sealed token. */
export interface AccountRecord extends Account {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
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
  /** Key: `issueKey` of the checklist. */
  unverified: { key: string; value: UnverifiedWrite };
  events: { key: number; value: JobEvent; indexes: { checklist: string; at: number } };
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
  /** Key: `issueKey` of the checklist. */
  syncs: { key: string; value: SyncRecord };
  /** Key: `login@repoKey`, lower case. */
  cursors: { key: string; value: PollCursor };
  /** Counts of what is not worth a line of the log, by day (`YYYY-MM-DD`). */
  counters: { key: string; value: { day: string; counts: Readonly<Record<string, number>> } };
  reconcilePreviews: {
    key: string;
    value: StoredReconcilePreview & { readonly checklist: string; readonly savedAt: number };
  };
  /** Key: `issueKey` of the checklist. */
  reconciles: { key: string; value: ReconcileRecord };
}

/** The database as the other files of this folder use it. */
export interface Db {
  /** Runs one transaction's work. Opens the database first where it is not, or where the browser closed it. */
  use<T>(work: (open: IDBPDatabase<Schema>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Journal writes are flushed to the disk before they count. */
export const STRICT = { durability: 'strict' } as const;

const VERSION = 3;

/** Gives the database of this extension; it is opened at its first use. Content scripts cannot reach it. */
export function connect(name: string = 'masterlist'): Db {
  let opening: Promise<IDBPDatabase<Schema>> | undefined;
  const forget = () => {
    opening = undefined;
  };
  const open = () => {
    opening ??= openDB<Schema>(name, VERSION, {
      upgrade,
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

/** Each version adds to the one before; data is never dropped. */
function upgrade(database: IDBPDatabase<Schema>, oldVersion: number): void {
  if (oldVersion < 1) createFirstVersion(database);
  if (oldVersion < 2) createSecondVersion(database);
  if (oldVersion < 3) createThirdVersion(database);
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

/** Thrown when a transaction is begun on a connection that was closed. */
function isClosed(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'InvalidStateError';
}
