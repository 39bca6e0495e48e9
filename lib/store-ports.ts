import type { Account } from './core/account.ts';
import type { TeamChannel } from './core/alerts/alert-settings.ts';
import type { AlertFacts } from './core/alerts/list-alerts.ts';
import type { AlertMemory } from './core/alerts/notices.ts';
import type { OutboxMessage } from './core/alerts/outbox.ts';
import type { ReconcilePlan } from './core/differences/difference.ts';
import type { ReconcileFacts } from './core/differences/reconcile-facts.ts';
import type { ReconcileRecord } from './core/differences/reconcile-record.ts';
import type { Job, JobChange, JobControl, JobHeader } from './core/engine/job.ts';
import type { UnverifiedWrite } from './core/engine/job-facts.ts';
import type { Pace, PaceStore } from './core/engine/pace.ts';
import type { Failure, Result } from './core/failures.ts';
import type { ListedEvent, LogEvent } from './core/log/event.ts';
import type { IssueDates } from './core/metrics/metric-facts.ts';
import type { GenerationPlan } from './core/plan/plan-generation.ts';
import type { ChecklistRef } from './core/refs.ts';
import type { Timing } from './core/settings/settings.ts';
import type { SyncPlan } from './core/sync/sync-plan.ts';
import type {
  PollCursor,
  ReleasedChecklist,
  SyncRecord,
  TrackedChecklist,
} from './core/sync/tracked.ts';
import type { SavedText } from './core/text/saved-text.ts';

/** All that is remembered. Methods reject only when the storage itself fails: the step then has not happened. */
export interface Stores {
  readonly store: JobStore;
  readonly paces: PaceStore;
  readonly syncs: SyncStore;
  readonly plans: PlanStore;
  readonly previews: PreviewStore;
  readonly reconciles: ReconcileStore;
  readonly log: LogStore;
  readonly checklists: ChecklistStore;
  readonly dates: DateStore;
  readonly accounts: AccountStore;
  readonly outbox: OutboxStore;
  readonly alertFacts: AlertFactStore;
}

/** A job as stored, with what the user last told it. */
export interface StoredJob extends Job {
  readonly control: JobControl;
}

/** Everything that one step saves, in one transaction. */
export interface Save extends JobChange {
  /** The pace of the job's account (`header.account`). */
  readonly pace?: Pace;
  /** Entries to add to the log. */
  readonly events?: readonly LogEvent[];
}

/** The journal. Every method is one transaction, and every write is strict (flushed before it answers). */
export interface JobStore {
  /** The one job of a checklist (`checklistKey`) that has no `endedAt`. */
  loadOpenJob(checklistKey: string): Promise<StoredJob | undefined>;
  /** The open job of a checklist, else the one that started last. */
  loadLastJob(checklistKey: string): Promise<StoredJob | undefined>;
  /** The same, unless the user dismissed it. */
  loadShownJob(checklistKey: string): Promise<StoredJob | undefined>;
  loadJob(id: string): Promise<StoredJob | undefined>;
  /** Headers of all jobs of a checklist that are kept, open and ended, in no order. */
  listJobs(checklistKey: string): Promise<readonly JobHeader[]>;
  /** Headers of all jobs without `endedAt`, of all checklists. */
  listOpenJobs(): Promise<readonly JobHeader[]>;
  /** Headers of ended jobs, of all checklists, whose issues are still to be created. */
  listPendingCreates(): Promise<readonly JobHeader[]>;
  /** Ids of all ended jobs of a checklist that are kept. */
  listEndedRuns(checklistKey: string): Promise<readonly string[]>;
  /**
   * Puts a whole open job, new or ended before, with the control `{action: 'run', at}`.
   * Fails with `job-open` when another job of the checklist is open.
   */
  openJob(job: Job, at: number): Promise<Result<void>>;
  /**
   * Puts what is given and answers the control as it is in the same transaction.
   * Undefined, and nothing written, when the job is not there (any more): the journal was lost.
   */
  save(jobId: string, save: Save): Promise<JobControl | undefined>;
  /** Whether there was such a job. */
  setControl(jobId: string, control: JobControl): Promise<boolean>;
  /** Takes an ended job out of sight; it stays in the log until it is old. */
  dismissJob(id: string): Promise<void>;
  loadPace(account: string): Promise<Pace | undefined>;
  /** The last write of a checklist that no read has confirmed yet; one per checklist. */
  loadUnverified(checklistKey: string): Promise<UnverifiedWrite | undefined>;
  /** Puts it, or with undefined removes it, and adds the events in the same transaction. */
  saveUnverified(
    checklistKey: string,
    write: UnverifiedWrite | undefined,
    events?: readonly LogEvent[],
  ): Promise<void>;
  /** Events of a checklist, oldest first; of one run where it is given. */
  listEvents(checklistKey: string, run?: string): Promise<readonly LogEvent[]>;
  /** Removes events before a time, and ended jobs that ended before it. */
  prune(before: number): Promise<void>;
}

/** What sync remembers. Losing it costs requests, never correctness. */
export interface SyncStore {
  loadRecord(checklistKey: string): Promise<SyncRecord | undefined>;
  saveRecord(record: SyncRecord, events?: readonly LogEvent[]): Promise<void>;
  removeRecord(checklistKey: string): Promise<void>;
  /** Key: `login@repoKey`, lower case. */
  loadCursor(key: string): Promise<PollCursor | undefined>;
  saveCursor(key: string, cursor: PollCursor): Promise<void>;
  /** Checklists with a write that no read has confirmed yet. */
  listUnverified(): Promise<readonly UnverifiedWrite[]>;
  /** Adds to the day's counts (`YYYY-MM-DD`): idle polls are counted, not logged. */
  count(day: string, counts: Readonly<Record<string, number>>): Promise<void>;
}

/** Plans of generations that wait for their confirmation: the latest of each checklist, for a day. */
export interface PlanStore {
  save(plan: StoredPlan, now: number): Promise<void>;
  load(run: string): Promise<StoredPlan | undefined>;
}

/** A plan that waits for its confirmation, and for whose token it was made. */
export interface StoredPlan {
  readonly plan: GenerationPlan;
  /** Undefined when nobody was signed in. */
  readonly login: string | undefined;
}

/** Previews of sync and of differences: the latest of each checklist, for a day. `undefined` for one that is not the latest. */
export interface PreviewStore {
  saveSync(checklist: ChecklistRef, preview: StoredSyncPreview, now: number): Promise<void>;
  loadSync(checklist: ChecklistRef, id: string): Promise<StoredSyncPreview | undefined>;
  saveReconcile(
    checklist: ChecklistRef,
    preview: StoredReconcilePreview,
    now: number,
  ): Promise<void>;
  loadReconcile(checklist: ChecklistRef, id: string): Promise<StoredReconcilePreview | undefined>;
}

/** What every preview says of itself. */
interface StoredPreview<Plan> {
  readonly id: string;
  readonly plan: Plan;
  readonly blocker: Failure | undefined;
  /** For whose token it was calculated. */
  readonly login: string;
}

/** A sync that waits for its confirmation. */
export interface StoredSyncPreview extends StoredPreview<SyncPlan> {}

/** Differences that wait for choices, and what they were found from. */
export interface StoredReconcilePreview extends StoredPreview<ReconcilePlan> {
  readonly facts: ReconcileFacts;
}

/** What is remembered of the last look for differences in each checklist (`checklistKey`). */
export interface ReconcileStore {
  load(checklistKey: string): Promise<ReconcileRecord | undefined>;
  list(): Promise<readonly ReconcileRecord[]>;
  save(record: ReconcileRecord): Promise<void>;
  remove(checklistKey: string): Promise<void>;
  /** Takes it over to where the checklist is now. */
  move(from: string, to: string): Promise<void>;
}

/** The log, beside what the journal and sync add to it. */
export interface LogStore {
  /** Entries from a time on (milliseconds since 1970), of all checklists, without texts. */
  listSince(from: number): Promise<readonly ListedEvent[]>;
  /** One entry with its text; undefined when it is not kept any more. */
  load(id: number): Promise<LogEvent | undefined>;
  /** The texts of a checklist before our writes, newest first. */
  listTexts(checklistKey: string): Promise<readonly SavedText[]>;
}

/** The checklists that this browser ever worked on. */
export interface ChecklistStore {
  save(checklist: ChecklistRef, title: string, now: number): Promise<void>;
  isKnown(checklist: ChecklistRef): Promise<boolean>;
}

/** GitHub's dates of the issues of checklists, as they were read last. */
export interface DateStore {
  list(checklistKey: string): Promise<readonly IssueDates[]>;
  /** In milliseconds since 1970; undefined when they never were read. */
  readAt(checklistKey: string): Promise<number | undefined>;
  save(checklistKey: string, dates: readonly IssueDates[], readAt: number): Promise<void>;
  remove(checklistKey: string): Promise<void>;
}

/** Who we are: the accounts and their tokens. */
export interface AccountStore {
  /** All accounts, without their secrets. */
  list(): Promise<readonly Account[]>;
  /** The token of an account, or of a host's active account; undefined when there is none, it is not at hand (`Account.lock`), or it cannot be read any more. */
  open(
    which: { readonly id: string } | { readonly host: string },
  ): Promise<{ readonly account: Account; readonly token: string } | undefined>;
  /** Opens a token that is under a passphrase, until the browser closes; fails with `wrong-passphrase`. */
  unlock(id: string, passphrase: string): Promise<Result<void>>;
  /** Makes an account the one of its host; any other of that host goes, token and all. */
  activate(id: string, details: AccountDetails): Promise<void>;
  /** Remembers why a check of a pending token did not get through; nothing for one that GitHub has accepted. */
  noteFailedCheck(id: string, failure: Failure): Promise<void>;
}

/** What a check adds to an account. */
export type AccountDetails = Pick<Account, 'login' | 'kind' | 'scopes' | 'expiresAt' | 'checkedAt'>;

/**
 * The outbox, and what was sent. Every method is one transaction, and every write is strict (flushed before it
 * answers).
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

/** Everything that alerts follow from. */
export interface AlertFactStore {
  /** The checklists as given, with what is stored of them, the accounts and the jobs; `now` in milliseconds since 1970. */
  load(settings: FactSettings, now: number): Promise<AlertFacts>;
  /** Whether the address of a channel is known. */
  hasAddress(channel: TeamChannel): Promise<boolean>;
}

/** What alerts follow from beside the records. */
export interface FactSettings {
  readonly tracked: readonly TrackedChecklist[];
  readonly released: readonly ReleasedChecklist[];
  /** Only matters for when a job will be done. */
  readonly timing: Timing;
}
