import type { IssuePatch } from '../core/engine/issue-change.ts';
import type { Job, JobChange, JobControl, JobHeader, OpenJobHeader } from '../core/engine/job.ts';
import type {
  CreatedIssue,
  IssueComment,
  IssueDraft,
  IssueHistory,
  IssueNow,
  JobEvent,
  MasterSnapshot,
  UnverifiedWrite,
} from '../core/engine/job-facts.ts';
import type { Pace } from '../core/engine/pace.ts';
import type { Failure, Result } from '../core/failures.ts';
import type { KnownIssue } from '../core/identity/issue.ts';
import type { ChecklistRef, IssueRef, RepoRef } from '../core/refs.ts';
import type { Timing } from '../core/settings/settings.ts';

/**
 * GitHub as the jobs see it: one call each, no retries, every call with its own timeout.
 * A write whose outcome is not known answers the failure `unknown-outcome`; a limit answers `rate-limited` with `retryAt` where GitHub names a time.
 */
export interface GitHubPort {
  /** Body, rights and edit history in one request. */
  readMaster(checklist: ChecklistRef): Promise<Result<MasterSnapshot>>;
  /** Replaces the whole body; answers the body as GitHub returned it. */
  updateMaster(checklist: ChecklistRef, body: string): Promise<Result<string>>;
  createIssue(repo: RepoRef, draft: IssueDraft): Promise<Result<CreatedIssue>>;
  /** Issues by a creator since a time, newest first, all pages; pull requests left out. A failed page fails the whole look-up: it never counts as "not found". */
  listIssues(
    repo: RepoRef,
    query: { readonly creator: string; readonly since: string },
  ): Promise<Result<readonly KnownIssue[]>>;
  createComment(issue: IssueRef, body: string): Promise<Result<void>>;
  listComments(issue: IssueRef): Promise<Result<readonly IssueComment[]>>;
  createLabel(repo: RepoRef, name: string): Promise<Result<void>>;
  /** Number of the milestone with this title, made where it is missing. */
  ensureMilestone(repo: RepoRef, title: string): Promise<Result<number>>;
  readHistories(issues: readonly IssueRef[]): Promise<Result<readonly IssueHistory[]>>;
  /** One issue as it is now, past every cache. Fails with `is-pull-request` for a pull request. */
  readIssue(issue: IssueRef): Promise<Result<IssueNow>>;
  updateIssue(issue: IssueRef, change: IssuePatch): Promise<Result<void>>;
  /** Deletes a comment of an issue by its id; one that is gone already counts as deleted. */
  deleteComment(issue: IssueRef, id: number): Promise<Result<void>>;
}

/** A job as stored, with what the user last told it. */
export interface StoredJob extends Job {
  readonly control: JobControl;
}

/** Everything that one step saves, in one transaction. */
export interface Save extends JobChange {
  /** The pace of the job's account (`header.account`). */
  readonly pace?: Pace;
  /** Lines to add to the audit log. */
  readonly events?: readonly JobEvent[];
}

/**
 * The journal. Every method is one transaction, and every write is strict (flushed before it answers).
 * Methods reject only when the storage itself fails: the step then has not happened.
 */
export interface JobStore {
  /** The one job of a checklist (`issueKey`) that has no `endedAt`. */
  loadOpenJob(checklistKey: string): Promise<StoredJob | undefined>;
  /** The open job of a checklist, else the one that started last. */
  loadLastJob(checklistKey: string): Promise<StoredJob | undefined>;
  loadJob(id: string): Promise<StoredJob | undefined>;
  /** Headers of all jobs without `endedAt`, of all checklists. */
  listOpenJobs(): Promise<readonly JobHeader[]>;
  /** Ids of all ended jobs of a checklist that are kept. */
  listEndedRuns(checklistKey: string): Promise<readonly string[]>;
  /**
   * Puts a whole open job, new or ended before, with the control `{action: 'run', at}`.
   * Fails with `job-open` when another job of the checklist is open.
   */
  openJob(job: Job, at: number): Promise<Result<void>>;
  /**
   * Puts what is given and answers the control as it stands in the same transaction.
   * Undefined, and nothing written, when the job is not there (any more): the journal was lost.
   */
  save(jobId: string, save: Save): Promise<JobControl | undefined>;
  /** Whether there was such a job. */
  setControl(jobId: string, control: JobControl): Promise<boolean>;
  loadPace(account: string): Promise<Pace | undefined>;
  /** The last write of a master that no read has confirmed yet; one per checklist. */
  loadUnverified(checklistKey: string): Promise<UnverifiedWrite | undefined>;
  /** Puts it, or with undefined removes it, and adds the events in the same transaction. */
  saveUnverified(
    checklistKey: string,
    write: UnverifiedWrite | undefined,
    events?: readonly JobEvent[],
  ): Promise<void>;
  /** Events of a checklist, oldest first; of one run where it is given. */
  listEvents(checklistKey: string, run?: string): Promise<readonly JobEvent[]>;
  /** Removes events before a time, and ended jobs that ended before it. */
  prune(before: number): Promise<void>;
}

/** The time, and short pauses within a slice. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** Web Locks in the product: the death of a worker releases them. */
export interface Locks {
  /** Waits for the lock, then runs. */
  withLock<T>(name: string, run: () => Promise<T>): Promise<T>;
  /** Runs only if nobody holds the lock; else answers undefined at once. */
  tryLock<T>(name: string, run: () => Promise<T>): Promise<T | undefined>;
}

/** Alarms in the product: what brings a job back when its worker is gone. */
export interface WakePort {
  /** Calls `runSlice` for the job at or soon after a time; replaces an earlier alarm of the job. */
  wakeAt(jobId: string, at: number): Promise<void>;
  clear(jobId: string): Promise<void>;
}

/** Headers of open jobs outside the journal (`browser.storage.local`): what is left when the journal is lost. */
export interface OpenJobHeaders {
  save(header: OpenJobHeader): Promise<void>;
  list(): Promise<readonly OpenJobHeader[]>;
  remove(jobId: string): Promise<void>;
}

/** Everything that a job needs from outside. */
export interface JobPorts {
  readonly github: GitHubPort;
  readonly store: JobStore;
  readonly clock: Clock;
  readonly locks: Locks;
  readonly wake: WakePort;
  readonly headers: OpenJobHeaders;
  /** Waits and paces, as set when the slice begins. */
  readonly timing: Timing;
  /** Whether the master's editor is open in some tab: its writes wait. */
  isEditorOpen(checklistKey: string): boolean;
  /** Called after each step, so that the views can show where the job stands. Must not throw. */
  onProgress(job: StoredJob, pace: Pace): void;
  /** Something that the user must hear of although the work goes on. */
  onNotice(job: StoredJob, notice: Failure): void;
}
