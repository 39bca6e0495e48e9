import type { Failure } from '../failures.ts';
import type { IdentityStrategy } from '../identity/issue.ts';
import type { GenerationOptions } from '../plan/plan-generation.ts';
import type { ChecklistRef, IssueRef, RepoRef } from '../refs.ts';
import type { ItemLocator } from '../text/checklist.ts';
import type { LinkStyle } from '../text/edit.ts';
import type { MendHeader, RecordedChange, RowMend, SentChange } from './mend.ts';

/** What a job is for: `generate` makes issues, `mend` changes issues and text that are there already. */
export type JobKind = 'generate' | 'mend';

/** What a generation writes beside titles and bodies; fixed when it starts. */
export interface JobOptions {
  readonly labels: readonly string[];
  /** Labels to make before the first issue; emptied as they are made. */
  readonly missingLabels: readonly string[];
  /** Title of the milestone; its number is asked (and it is made) before the first issue. */
  readonly milestone: string | undefined;
  readonly assignees: readonly string[];
  readonly comment: boolean;
  readonly linkStyle: LinkStyle;
  readonly placeholder: string;
  /** With `block` the hidden map at the master's end is written instead of links in the text. */
  readonly identity: IdentityStrategy;
  /** Uses the careful gap between creations. */
  readonly careful: boolean;
}

/** What a job knows beside its rows. Times in milliseconds since 1970, by the local clock. */
export interface JobHeader {
  /** ULID. */
  readonly id: string;
  readonly kind: JobKind;
  /** The run in the markers and in the log: the job's own id. */
  readonly run: string;
  readonly checklist: ChecklistRef;
  /** `issueKey` of the checklist: at most one job per key has no `endedAt`. */
  readonly checklistKey: string;
  readonly target: RepoRef;
  /** Host and login: jobs of one account share their pace. */
  readonly account: string;
  readonly login: string;
  readonly options: JobOptions;
  readonly milestoneNumber?: number | undefined;
  readonly startedAt: number;
  readonly endedAt?: number | undefined;
  readonly outcome?: 'done' | 'stopped' | 'failed' | undefined;
  /** Why it ended, or why it is about to end: then links are still written and the claim removed. */
  readonly failure?: Failure | undefined;
  /** The hidden comment at the master's end that keeps other machines out. A mending needs none. */
  readonly claim: 'none' | 'written' | 'held' | 'released';
  readonly claimedAt?: number | undefined;
  /** GitHub's time of the claim's write: where look-ups begin, whatever the local clock says. */
  readonly serverStartedAt?: number | undefined;
  /** Runs of this browser that have ended: their forgotten claims count for nothing. */
  readonly endedRuns: readonly string[];
  /** Last time the rows were compared with the master's text. */
  readonly checkedAt?: number | undefined;
  /** A read is wanted before the next creation: after an unknown outcome, or when a row is to be tried again. */
  readonly recheck: boolean;
  /** Our last write of the master has not been seen by a later read. */
  readonly unverified: boolean;
  /** GitHub could not be reached: nothing is tried before. */
  readonly notBefore?: number | undefined;
  /** Reads that failed in a row. */
  readonly failures: number;
  /** The master is not written before: its editor is open, or a write's outcome is unknown. */
  readonly masterNotBefore?: number | undefined;
  readonly masterWait?: 'editor' | 'look-up' | undefined;
  /** Waits for the user (token refused); a `run` control later than `at` lets it go on. */
  readonly hold?: { readonly failure: Failure; readonly at: number } | undefined;
  /** What the user should hear of, although the work goes on. */
  readonly notice?: Failure | undefined;
  /** The master cannot be written any more: what is created stays unlinked. */
  readonly masterLost?: Failure | undefined;
  /** Changes of issues that are in the log: not somebody's. */
  readonly recorded?: readonly RecordedChange[];
  /** How the plan was made; a recovery plans alike. */
  readonly planOptions?: GenerationOptions | undefined;
  readonly mend?: MendHeader | undefined;
}

/** The item of rows that have none. No item has its key. */
export const NO_ITEM: ItemLocator = { key: '', textHash: '', groupHash: '', ordinal: 0 };

/**
 * Where a row stands.
 * Generation: planned → intent → created → linked → verified; `uncertain` while an outcome is looked up.
 * Mending: planned → intent → closed (its issue is done) → unlinked (the text is written) → verified.
 * `failed`, `review` and `asked` need the user; `skipped` is over.
 */
export type RowPhase =
  | 'planned'
  | 'intent'
  | 'uncertain'
  | 'asked'
  | 'created'
  | 'linked'
  | 'closed'
  | 'unlinked'
  | 'verified'
  | 'review'
  | 'failed'
  | 'skipped';

/** One try of a write that must not happen twice. */
export interface Attempt {
  readonly sentAt: number;
  /** Look-ups of the schedule that are done. */
  readonly lookUps: number;
  /** The user wants it done again: one look-up now, and if that finds nothing it is. */
  readonly again: boolean;
}

/** The comment that links an issue back, where the user chose one. */
export interface RowComment {
  readonly phase: 'planned' | 'intent' | 'uncertain' | 'asked' | 'done' | 'failed' | 'skipped';
  readonly attempt?: Attempt | undefined;
  readonly failure?: Failure | undefined;
}

/** One item in a job. */
export interface JobRow {
  /** Position in the checklist at plan time; unique in the job. */
  readonly index: number;
  readonly item: ItemLocator;
  readonly text: string;
  readonly title: string;
  readonly body: string;
  readonly phase: RowPhase;
  /** Whether this run made the issue (else it only links one). */
  readonly own: boolean;
  readonly issue?: { readonly number: number; readonly url: string } | undefined;
  /** The existing issue that the user chose to link: it may be in another repository. */
  readonly linked?: IssueRef | undefined;
  /** The item held a link already when it was planned: a link in it is no change of somebody's. */
  readonly linkKnown: boolean;
  readonly attempts: number;
  readonly attempt?: Attempt | undefined;
  readonly comment?: RowComment | undefined;
  readonly failure?: Failure | undefined;
  /** Other issues with the same marker: GitHub made more than one. */
  readonly doubled?: readonly number[] | undefined;
  /** Only in mendings. */
  readonly mend?: RowMend;
  /** What was sent to its issues and is not in the log yet: a killed worker's changes are logged all the same. */
  readonly sent?: readonly SentChange[] | undefined;
  /** The user wants it done although somebody has touched the issue. */
  readonly forced?: boolean;
  /** How often a link that vanished was put back. */
  readonly relinks: number;
  /** Labels or milestone that GitHub dropped. */
  readonly dropped?: readonly string[] | undefined;
}

/** What the user last told a job to do. Its own record, so that no save of the job overwrites it. */
export interface JobControl {
  readonly action: 'run' | 'pause' | 'stop';
  readonly at: number;
}

/** A job: what is recorded, without the control. */
export interface Job {
  readonly header: JobHeader;
  readonly rows: readonly JobRow[];
}

/** The records that a step changes. Rows not named stay. */
export interface JobChange {
  readonly header?: JobHeader;
  readonly rows?: readonly JobRow[];
}

/** Enough of an open job, kept outside the journal, to recover it from GitHub when the journal is lost. */
export interface OpenJobHeader {
  readonly id: string;
  readonly kind: JobKind;
  readonly checklist: ChecklistRef;
  readonly target: RepoRef;
  readonly login: string;
  readonly startedAt: number;
  /** The start by GitHub's clock, where known: where a look-up begins whatever the local clock says. */
  readonly serverStartedAt?: number;
  /** When something was last sent to GitHub. */
  readonly lastWriteAt: number;
  /** Rows that took part. */
  readonly rows: number;
  /** Runs of this browser whose claims count for nothing: of lost journals there may be several. */
  readonly endedRuns: readonly string[];
  /** How the plan was made, so that the recovery plans alike; a mending has none. */
  readonly planOptions?: GenerationOptions;
}

/** A job with a change applied. */
export function applyChange(job: Job, change: JobChange): Job {
  const changed = new Map(change.rows?.map((row) => [row.index, row]));
  const rows = changed.size === 0 ? job.rows : job.rows.map((row) => changed.get(row.index) ?? row);
  return { header: change.header ?? job.header, rows };
}
