import type { Failure } from '../failures.ts';
import type { IdentityStrategy } from '../identity/issue.ts';
import type { GenerationOptions } from '../plan/plan-generation.ts';
import type { ChecklistRef, IssueRef, RepoRef } from '../refs.ts';
import type { ItemLocator } from '../text/checklist.ts';
import type { LinkStyle } from '../text/edit.ts';
import type { ChangeCause, RecordedChange, RowChange, SentChange } from './change.ts';
import type { ClaimedRun, ClaimName } from './claim.ts';

/**
 * The records of each kind of job, as they are stored: `generate` creates issues, `change` changes issues and text that
 * are there already.
 */
export interface JobKinds {
  readonly generate: {
    readonly header: GenerateHeader;
    readonly row: GenerateRow;
    readonly writesText: true;
  };
  readonly change: {
    readonly header: ChangeHeader;
    readonly row: ChangeRow;
    readonly writesText: true;
  };
}

/** What a job is for. */
export type JobKind = keyof JobKinds;

/** What a job knows beside its rows. */
export type JobHeader<K extends JobKind = JobKind> = JobKinds[K]['header'];

/** What a job does for one item. */
export type JobRow<K extends JobKind = JobKind> = JobKinds[K]['row'];

/** A job: what is recorded, without the control. */
export interface Job<K extends JobKind = JobKind> {
  readonly header: JobHeader<K>;
  readonly rows: readonly JobRow<K>[];
}

/** The records that a step changes. Rows not named stay. */
export interface JobChange<K extends JobKind = JobKind> {
  readonly header?: JobHeader<K>;
  readonly rows?: readonly JobRow<K>[];
}

/** How a job writes. */
export interface JobOptions {
  readonly linkStyle: LinkStyle;
  readonly placeholder: string;
  /** With `block` the hidden block at the checklist's end is written instead of links in the text. */
  readonly identity: IdentityStrategy;
  /** Uses the careful gap between creations. */
  readonly careful: boolean;
}

/** What the header of every kind has. Times in milliseconds since 1970, by the local clock. */
export interface HeaderBase {
  /** ULID; the run in the markers and in the log. */
  readonly id: string;
  readonly checklist: ChecklistRef;
  /** `checklistKey`: at most one job per key has no `endedAt`. */
  readonly checklistKey: string;
  readonly target: RepoRef;
  /** Host and login: jobs of one account share their pace. */
  readonly account: string;
  readonly login: string;
  readonly options: JobOptions;
  readonly startedAt: number;
  readonly endedAt?: number | undefined;
  readonly outcome?: 'done' | 'stopped' | 'failed' | undefined;
  /** Why it ended, or why it is about to end: then links are still written and the claim removed. */
  readonly failure?: Failure | undefined;
  /** Runs of this browser that have ended: their forgotten claims count for nothing. */
  readonly endedRuns: readonly string[];
  /** Last time the rows were compared with the master's text. */
  readonly checkedAt?: number | undefined;
  /** A read is wanted before the next creation: after an unknown outcome, or when a row is to be retried. */
  readonly recheck: boolean;
  /** Our last write of the master has not been seen by a later read. */
  readonly unverified: boolean;
  /** GitHub does not answer: nothing is tried before, unless the user does something after `failedAt`. */
  readonly notBefore?: number | undefined;
  /** When a request last got no answer, or none that says whether it was done. */
  readonly failedAt?: number | undefined;
  /** Requests in a row whose outcome is not known. A read that succeeds forgives reads only. */
  readonly failures: number;
  /** Those among them that write: forgiven by a write that is confirmed. */
  readonly writesLost?: number | undefined;
  /** The master is not written before: its editor is open, or a write's outcome is unknown. */
  readonly masterNotBefore?: number | undefined;
  readonly masterWait?: 'editor' | 'look-up' | undefined;
  /**
   * Waits for the user (token refused); a `run` control later than `at` lets it continue. With `since`, the time when a
   * right to write the master went missing: then GitHub is asked again from time to time, too.
   */
  readonly hold?:
    | { readonly failure: Failure; readonly at: number; readonly since?: number | undefined }
    | undefined;
  /** When GitHub last said, or showed by a write, that the master can be written. */
  readonly writableAt?: number | undefined;
  /** What the user should hear of, although the work continues. */
  readonly notice?: Failure | undefined;
  /** The master cannot be written any more: what is created stays unlinked. */
  readonly masterLost?: Failure | undefined;
}

/** What a generation writes beside titles and bodies; fixed when it starts. */
export interface GenerateOptions extends JobOptions {
  readonly labels: readonly string[];
  /** Labels to create before the first issue; emptied as they are created. */
  readonly missingLabels: readonly string[];
  /** Title of the milestone; its number is asked (and it is created) before the first issue. */
  readonly milestone: string | undefined;
  readonly assignees: readonly string[];
  readonly comment: boolean;
}

/** The header of a generation. */
export interface GenerateHeader extends HeaderBase {
  readonly kind: 'generate';
  readonly options: GenerateOptions;
  readonly milestoneNumber?: number | undefined;
  /** The hidden comment at the master's end that keeps other machines out. */
  readonly claim: 'none' | 'written' | 'held' | 'released';
  readonly claimedAt?: number | undefined;
  /** When others could last see that this run is alive: it wrote its claim, or created an issue. */
  readonly aliveAt?: number | undefined;
  /** The claim of another run that the user chose to take over. */
  readonly takesOver?: ClaimName | undefined;
  /** Who opened the checklist's issue, where her claims do not count. */
  readonly doubted?: string;
  /** Runs whose place this one took and whose issues are still to be looked up, before the first is created. */
  readonly replaced?: readonly ClaimedRun[] | undefined;
  /** GitHub's time of the claim's write: where look-ups begin, whatever the local clock says. */
  readonly serverStartedAt?: number | undefined;
  /** How the plan was made; a recovery plans alike. */
  readonly planOptions?: GenerationOptions | undefined;
}

/** The header of a job that changes issues and text. */
export interface ChangeHeader extends HeaderBase {
  readonly kind: 'change';
  readonly change: {
    readonly cause: ChangeCause;
    /** Items for which issues are created once it has ended, by a generation of its own. Emptied when that has begun. */
    readonly creates: readonly ItemLocator[];
    /** The run that is undone. */
    readonly undoes?: string;
  };
  /** Changes of issues that are in the log: not somebody's. */
  readonly recorded?: readonly RecordedChange[];
}

/** The item of rows that have none. No item has its key. */
export const NO_ITEM: ItemLocator = { key: '', textHash: '', groupHash: '', ordinal: 0 };

/** What the row of every kind has. */
export interface RowBase {
  /** Position in the checklist at plan time; unique in the job. */
  readonly index: number;
  readonly item: ItemLocator;
  /** The item's text, or the issue's title. */
  readonly text: string;
  readonly phase: string;
  /** Why it needs the user. */
  readonly failure?: Failure | undefined;
  /** What was sent to its issues and is not in the log yet: a killed worker's changes are logged all the same. */
  readonly sent?: readonly SentChange[] | undefined;
  /** The user wants its issues changed although somebody has touched them. */
  readonly forced?: boolean;
}

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

/** One issue of a generation. */
export interface GenerateRow extends RowBase {
  /**
   * planned → intent → created → linked → verified; `uncertain` while an outcome is looked up. `failed`, `review` and
   * `asked` need the user; `skipped` is over.
   */
  readonly phase:
    | 'planned'
    | 'intent'
    | 'uncertain'
    | 'asked'
    | 'created'
    | 'linked'
    | 'verified'
    | 'review'
    | 'failed'
    | 'skipped';
  readonly title: string;
  readonly body: string;
  /** Whether this run created the issue (else it only links one). */
  readonly own: boolean;
  readonly issue?: { readonly number: number; readonly url: string } | undefined;
  /** The existing issue that the user chose to link: it may be in another repository. */
  readonly linked?: IssueRef | undefined;
  /** The item held a link already when it was planned: a link in it is no change of somebody's. */
  readonly linkKnown: boolean;
  readonly attempts: number;
  readonly attempt?: Attempt | undefined;
  readonly comment?: RowComment | undefined;
  /** Other issues with the same marker: GitHub created more than one. */
  readonly doubled?: readonly number[] | undefined;
  /** The item that stands where this one was, found no more after its issue was created: offered to be linked. */
  readonly renamed?: { readonly item: ItemLocator; readonly text: string } | undefined;
  /** How often a link that vanished was put back. */
  readonly relinks: number;
  /** Labels or milestone that GitHub dropped. */
  readonly dropped?: readonly string[] | undefined;
}

/** One item whose issues and text are changed. */
export interface ChangeRow extends RowBase {
  /**
   * planned → intent → changed (its issues are done) → written (the text is, too) → verified. `review` needs the user;
   * `skipped` is over.
   */
  readonly phase: 'planned' | 'intent' | 'changed' | 'written' | 'verified' | 'review' | 'skipped';
  readonly change: RowChange;
  /** How often a link was still there after its removal, and was removed again. */
  readonly unlinks?: number | undefined;
}

/** What the user last told a job to do. Its own record, so that no save of the job overwrites it. */
export interface JobControl {
  readonly action: 'run' | 'pause' | 'stop';
  readonly at: number;
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
  /**
   * Of a lost journal: the user dismissed it, so it is not shown any more, but what it made is still to be found; or
   * another run has found that, so only its claim is remembered.
   */
  readonly settled?: 'dismissed' | 'recovered';
  /** How the plan was made, so that the recovery plans alike; only generations have one. */
  readonly planOptions?: GenerationOptions;
}

/** Whether a job is of a kind. */
export function isOfKind<K extends JobKind>(job: Job, kind: K): job is Job<K> {
  return job.header.kind === kind;
}

/** A job with a change applied. */
export function applyChange<K extends JobKind>(job: Job<K>, change: JobChange<K>): Job<K> {
  const changed = new Map(change.rows?.map((row) => [row.index, row]));
  const rows = changed.size === 0 ? job.rows : job.rows.map((row) => changed.get(row.index) ?? row);
  return { header: change.header ?? job.header, rows };
}

/** Changes one row. */
export function changeRow<K extends JobKind>(
  job: Job<K>,
  index: number,
  change: (row: JobRow<K>) => JobRow<K>,
): JobChange<K> {
  return { rows: job.rows.filter((row) => row.index === index).map(change) };
}

/** What is kept outside the journal about a job to which something is sent at `now`. */
export function openHeader({ header, rows }: Job, now: number): OpenJobHeader {
  const { id, kind, checklist, target, login, startedAt, endedRuns } = header;
  const { planOptions, serverStartedAt } = header.kind === 'generate' ? header : {};
  return {
    id,
    kind,
    checklist,
    target,
    login,
    startedAt,
    lastWriteAt: now,
    rows: rows.length,
    endedRuns,
    ...(planOptions && { planOptions }),
    ...(serverStartedAt !== undefined && { serverStartedAt }),
  };
}
