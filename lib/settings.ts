import { storage } from 'wxt/utils/storage';
import type { AlertSettings } from './core/alerts/alert-settings.ts';
import type { LeftDifference } from './core/differences/reconcile-record.ts';
import type { OpenJobHeader } from './core/engine/job.ts';
import type { JobStatus } from './core/engine/job-status.ts';
import { type ChecklistRef, checklistKey } from './core/refs.ts';
import {
  type Preferences,
  readAlertSettings,
  readPreferences,
  readWaits,
  type Timing,
} from './core/settings/settings.ts';
import type { PartialSettings } from './core/settings/table.ts';
import {
  copyTracked,
  LEFT,
  LOST,
  type LostFacts,
  OPEN_JOB,
  readCopies,
  readOlderFacts,
} from './core/stored-copies.ts';
import type { ReleasedChecklist, TrackedChecklist } from './core/sync/tracked.ts';
import type { PruneTimes } from './ports.ts';
import type { Db } from './store/db.ts';
import {
  listFacts,
  loadFacts,
  loadOrigin,
  saveFact,
  saveOrigin,
  takeOverFacts,
} from './store/facts.ts';

/** Tokens that were opened, by account: until the browser closes, in a memory that only our own pages and the worker reach. */
export const openTokens = {
  get: async (account: string): Promise<string | undefined> =>
    (await openTokenOf(account).getValue()) ?? undefined,
  set: (account: string, token: string): Promise<void> => openTokenOf(account).setValue(token),
  remove: (account: string): Promise<void> => openTokenOf(account).removeValue(),
};

function openTokenOf(account: string) {
  return storage.defineItem<string>(`session:token:${account}`);
}

/** A value that outlives the worker, and that all pages of ours follow. */
export interface StoredItem<Value> {
  readonly name: string;
  /** Its value where none was stored. */
  readonly fallback: Value;
  getValue(): Promise<Value>;
  setValue(value: Value): Promise<void>;
  removeValue(): Promise<void>;
  /** Calls back with the value of now after each change; answers a function that ends it. */
  watch(onChange: (value: Value) => void): () => void;
}

/**
 * What the user chose, and what the background keeps beside its records. It is in the database, which content scripts
 * do not reach. What must outlive a lost database is copied to `storage.local`, which they reach in some browsers:
 * nothing but a fresh database reads the copies, once, and they only ask (`lost`).
 */
export interface StoredSettings {
  /** What the user set in the options. Read it with `loadPreferences`. */
  readonly preferences: StoredItem<PartialSettings<Preferences>>;
  /** What the user hears of, and how; complete it with `completeAlertSettings`. No secrets here. */
  readonly alerts: StoredItem<PartialSettings<AlertSettings>>;
  /** Whether everything that works automatically is paused in this browser. */
  readonly paused: StoredItem<boolean>;
  /** The jobs that were paused with everything else, by their id, and when (milliseconds since 1970): these continue with it. */
  readonly pausedJobs: StoredItem<Readonly<Record<string, number>>>;
  /** The checklists that this browser keeps up to date. */
  readonly tracked: StoredItem<readonly TrackedChecklist[]>;
  /** The checklists that this browser stopped tracking automatically in the last days, newest first. */
  readonly released: StoredItem<readonly ReleasedChecklist[]>;
  /** When old entries were last to be forgotten; no copy. */
  readonly pruned: StoredItem<PruneTimes | undefined>;
  /** What a lost database knew, until the user said what becomes of it. */
  readonly lost: StoredItem<LostFacts | undefined>;
  /** The differences of one checklist that the user left as they are. */
  readonly left: (checklist: ChecklistRef) => StoredItem<readonly LeftDifference[]>;
  /** The header of an open job, whose copy is all that is left of a lost journal. */
  readonly openJob: (jobId: string) => StoredItem<OpenJobHeader | undefined>;
  /** Headers of all open jobs. */
  readonly listOpenJobs: () => Promise<readonly OpenJobHeader[]>;
  /** The preferences, complete: what was never set has its default. */
  readonly loadPreferences: () => Promise<Preferences>;
}

/** All settings that the popup's first picture needs. */
export interface OverviewSettings {
  readonly tracked: readonly TrackedChecklist[];
  readonly released: readonly ReleasedChecklist[];
  readonly timing: Timing;
  /** Minutes between two refreshes. */
  readonly everyMinutes: number;
  readonly alerts: AlertSettings;
  readonly isPaused: boolean;
}

/** Gives the settings of a database. */
export function createSettings(db: Db): StoredSettings {
  const facts = { db, settle: settleOnce(db) };
  const item = <Value>(name: string, fallback: Value, copy?: (value: Value) => unknown) =>
    defineFact({ ...facts, name, fallback, copy });
  const preferences = item<PartialSettings<Preferences>>('preferences', {}, whole);
  return {
    preferences,
    alerts: item<PartialSettings<AlertSettings>>('alerts', {}, whole),
    paused: item('paused', false, whole),
    pausedJobs: item<Readonly<Record<string, number>>>('pausedJobs', {}),
    tracked: item<readonly TrackedChecklist[]>('tracked', [], copyTracked),
    released: item<readonly ReleasedChecklist[]>('released', []),
    pruned: item<PruneTimes | undefined>('pruned', undefined),
    lost: item<LostFacts | undefined>(LOST, undefined),
    left: (checklist) => item<readonly LeftDifference[]>(LEFT + checklistKey(checklist), []),
    openJob: (id) => item<OpenJobHeader | undefined>(OPEN_JOB + id, undefined, whole),
    listOpenJobs: async () => {
      await facts.settle();
      return (await listFacts(db, OPEN_JOB)) as readonly OpenJobHeader[];
    },
    loadPreferences: async () => completePreferences(await preferences.getValue()),
  };
}

/**
 * Reads all that the popup's first picture needs, in one request. What an older version or copies hold is taken over by
 * the other pages and the background, and then announced.
 */
export async function loadOverviewSettings(db: Db): Promise<OverviewSettings> {
  const names = ['tracked', 'released', 'preferences', 'alerts', 'paused'];
  const [tracked, released, stored, alerts, paused] = await loadFacts(db, names);
  const { timing, pollMinutes } = readWaits(stored);
  return {
    tracked: (tracked as readonly TrackedChecklist[]) ?? [],
    released: (released as readonly ReleasedChecklist[]) ?? [],
    timing,
    everyMinutes: pollMinutes,
    alerts: completeAlertSettings(alerts),
    isPaused: paused === true,
  };
}

/** Fills up what was stored with the defaults; what is not of the right kind counts as not stored. */
export function completePreferences(stored: unknown): Preferences {
  return readPreferences(stored).value;
}

/** Fills up what was stored with the defaults; what is not of the right kind counts as not stored. */
export function completeAlertSettings(stored: unknown): AlertSettings {
  return readAlertSettings(stored).value;
}

/** The live status of a checklist: views watch it, and ask the background for the rest when the number has grown. */
export interface Revision {
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly job: Pick<JobStatus, 'id' | 'state' | 'counts'> | undefined;
}

/** The revision of one checklist since the browser started; 0 before anything happened. Only the background writes it, where content scripts cannot read. */
export function revisionOf(checklist: ChecklistRef) {
  return storage.defineItem<Revision>(`session:revision:${checklistKey(checklist)}`, {
    fallback: { number: 0, at: 0, job: undefined },
  });
}

/** When GitHub last asked an account to wait (milliseconds since 1970): views that watch it read again until when. Only the background writes it. */
export const limitsChangedAt = storage.defineItem<number>('session:limitsChangedAt', {
  fallback: 0,
});

interface FactDefinition<Value> {
  readonly db: Db;
  /** Resolves when the facts are where they belong. */
  readonly settle: () => Promise<void>;
  readonly name: string;
  readonly fallback: Value;
  /** What is copied to `storage.local` of a value; of most nothing is. */
  readonly copy: ((value: Value) => unknown) | undefined;
}

function defineFact<Value>({
  db,
  settle,
  name,
  fallback,
  copy,
}: FactDefinition<Value>): StoredItem<Value> {
  const getValue = async () => {
    await settle();
    const [value] = await loadFacts(db, [name]);
    return value === undefined ? fallback : (value as Value);
  };
  const save = async (value: Value | undefined) => {
    await settle();
    await saveFact(db, name, value);
    await announce(name);
    if (copy === undefined) return;
    if (value === undefined) await storage.removeItem(`local:${name}`);
    else await storage.setItem(`local:${name}`, copy(value));
  };
  return {
    name,
    fallback,
    getValue,
    setValue: save,
    removeValue: () => save(undefined),
    watch: (onChange) =>
      storage.watch(changeOf(name), () => void getValue().then(onChange).catch(console.error)),
  };
}

function whole(value: unknown): unknown {
  return value;
}

/** Tells all pages of ours, and wakes the background. The database itself tells nobody. */
async function announce(name: string): Promise<void> {
  await storage.setItem(changeOf(name), crypto.randomUUID()).catch(console.error);
}

function changeOf(name: string): `session:${string}` {
  return `session:changed:${name}`;
}

/** Takes over at the first use what an older version, or copies, hold for this database. */
function settleOnce(db: Db): () => Promise<void> {
  let settling: Promise<void> | undefined;
  return () => {
    settling ??= settle(db).catch((error: unknown) => {
      settling = undefined;
      throw error;
    });
    return settling;
  };
}

/** May be killed anywhere, and run in two pages at once. */
async function settle(db: Db): Promise<void> {
  const origin = await loadOrigin(db);
  if (origin === 'own') return;
  const stored = await storage.snapshot('local');
  if (origin !== 'moved') {
    const facts = origin === 'older' ? readOlderFacts(stored) : readCopies(stored);
    await takeOverFacts(db, origin, facts);
    for (const name of facts.keys()) await announce(name);
  }
  await tidyCopies(db, stored);
  await saveOrigin(db, 'own');
}

/** What is no copy goes: the names of checklists, and the numbers of old forms. Titles go from what stays. */
async function tidyCopies(db: Db, stored: Readonly<Record<string, unknown>>): Promise<void> {
  const [tracked] = await loadFacts(db, ['tracked']);
  if (tracked !== undefined) {
    await storage.setItem('local:tracked', copyTracked(tracked as readonly TrackedChecklist[]));
  }
  const old = Object.keys(stored).filter((name) => !COPIED.test(name));
  await storage.removeItems(old.map((name) => `local:${name}` as const));
}

const COPIED = /^(?:preferences|alerts|paused|tracked|openJob:[^$]+)$/;
