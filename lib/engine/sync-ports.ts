import type { BodyVersion, JobEvent, UnverifiedWrite } from '../core/engine/job-facts.ts';
import type { Result } from '../core/failures.ts';
import type { ChecklistRef, IssueRef, RepoRef } from '../core/refs.ts';
import type { SyncRules, Timing } from '../core/settings/settings.ts';
import type { FollowedByKey, SyncMaster } from '../core/sync/sync-facts.ts';
import type { PollCursor, RepoChanges, SyncRecord } from '../core/sync/tracked.ts';
import type { Clock, GitHubPort, Locks } from './ports.ts';
import type { ChecklistPorts } from './write-checklist.ts';

/** GitHub as sync sees it: one question each, no retries. */
export interface SyncGitHub extends Pick<GitHubPort, 'readMaster' | 'updateMaster'> {
  /** One GraphQL request: text, rights, history, rules file. */
  readSyncMaster(checklist: ChecklistRef): Promise<Result<SyncMaster>>;
  /** As far back as GitHub shows in one request (100 versions), newest first. */
  readVersions(checklist: ChecklistRef): Promise<Result<readonly BodyVersion[]>>;
  /**
   * Up to 100 in a GraphQL request, of any repositories; keys are those of the references as asked. Pull requests that
   * mention an issue are read only when `mentions` is set.
   */
  readFollowed(
    issues: readonly IssueRef[],
    options: {
      readonly mentions: boolean;
      /** Says of each closer which merged pull request reverts it (`MergedPull.revertedBy`), in the same request. */
      readonly reverts?: boolean;
    },
  ): Promise<Result<FollowedByKey>>;
  /**
   * Issues and pull requests updated since a time, newest first, all pages; conditional where an ETag is given. Without
   * `since` it answers GitHub's time and no issues.
   */
  listChanges(
    repo: RepoRef,
    query: { readonly since: string | undefined; readonly etag: string | undefined },
  ): Promise<Result<RepoChanges>>;
}

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
  readonly github: SyncGitHub;
  readonly syncs: SyncStore;
  readonly clock: Clock;
  readonly locks: Locks;
  readonly timing: Timing;
  readonly login: string;
  /** This browser's own rules, for repositories without a rules file. */
  readonly rules: SyncRules;
  readonly newRunId: () => string;
}
