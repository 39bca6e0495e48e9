import type { Job, JobChange, JobControl, JobHeader, OpenJobHeader } from '../core/engine/job.ts';
import type { JobEvent, UnverifiedWrite } from '../core/engine/job-facts.ts';
import type { Pace } from '../core/engine/pace.ts';
import type { Failure, Result } from '../core/failures.ts';
import type { GitHub } from '../core/github.ts';
import type { Timing } from '../core/settings/settings.ts';

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
  readonly github: Pick<
    GitHub,
    | 'readMaster'
    | 'updateMaster'
    | 'createIssue'
    | 'listIssues'
    | 'createComment'
    | 'listComments'
    | 'createLabel'
    | 'ensureMilestone'
    | 'readHistories'
    | 'readIssue'
    | 'updateIssue'
    | 'deleteComment'
  >;
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
