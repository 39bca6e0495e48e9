import type { JobEvent, UnverifiedWrite } from '../core/engine/job-facts.ts';
import type { GitHub } from '../core/github.ts';
import type { SyncRules, Timing } from '../core/settings/settings.ts';
import type { PollCursor, SyncRecord } from '../core/sync/tracked.ts';
import type { Clock, Locks } from './ports.ts';
import type { ChecklistPorts } from './write-checklist.ts';

/** What sync remembers. Losing it costs requests, never correctness. */
export interface SyncStore {
  loadRecord(checklistKey: string): Promise<SyncRecord | undefined>;
  saveRecord(record: SyncRecord, events?: readonly JobEvent[]): Promise<void>;
  removeRecord(checklistKey: string): Promise<void>;
  /** Key: `login@repoKey`, lower case. */
  loadCursor(key: string): Promise<PollCursor | undefined>;
  saveCursor(key: string, cursor: PollCursor): Promise<void>;
  /** Checklists with a write that no read has confirmed yet. */
  listUnverified(): Promise<readonly UnverifiedWrite[]>;
  /** Adds to the day's counts (`YYYY-MM-DD`): idle polls are counted, not logged. */
  count(day: string, counts: Readonly<Record<string, number>>): Promise<void>;
}

/** Everything that a sync needs from outside. */
export interface SyncPorts extends Omit<ChecklistPorts, 'github'> {
  readonly github: Pick<
    GitHub,
    | 'readMaster'
    | 'updateMaster'
    | 'readSyncMaster'
    | 'readVersions'
    | 'readFollowed'
    | 'listChanges'
  >;
  readonly syncs: SyncStore;
  readonly clock: Clock;
  readonly locks: Locks;
  readonly timing: Timing;
  readonly login: string;
  /** This browser's own rules, for repositories without a rules file. */
  readonly rules: SyncRules;
  readonly newRunId: () => string;
}
