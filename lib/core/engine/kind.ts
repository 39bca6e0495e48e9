import type { Failure } from '../failures.ts';
import type { Cause } from '../log/cause.ts';
import type { LoggedRow } from '../log/event.ts';
import type { Timing } from '../settings/settings.ts';
import type { EditOutcome } from '../text/apply-edits.ts';
import type { Edit } from '../text/edit.ts';
import type { ClaimView } from './claim.ts';
import type {
  Effect,
  MasterOutcome,
  MasterPurpose,
  OwnPerformed,
  OwnRequest,
  WrittenText,
} from './effect.ts';
import type { Job, JobChange, JobHeader, JobKind, JobRow } from './job.ts';
import type { JobStatus, JobWords, RowProblem, RowResolution } from './job-status.ts';
import type { Step } from './steps.ts';

/**
 * What the views, too, ask about jobs of one kind. `KindRecord` and `KindText` say the rest apart from it, because the popup
 * must not load the words of all failures, nor the parser. All of it pure; times in milliseconds since 1970.
 */
export interface Kind<K extends JobKind> {
  readonly next: NextOf<K>;
  readonly words: WordsOf<K>;
  readonly back: BackOf<K>;
}

/** What a job does next. */
interface NextOf<K extends JobKind> {
  /** The next effect, where nothing that concerns jobs of every kind keeps this one from continuing. */
  effect(step: Step<K>): Effect;
  /** Whether something was done to an issue of which the master does not know yet: it is written even when the job stops. */
  isOwed(row: JobRow<K>): boolean;
  /** Whether a job that is stopped now leaves this row undone. */
  isOpen(row: JobRow<K>): boolean;
  /** Whether a write that was decided on is not to be sent after all: too much time went by since. */
  isTooLate?(job: Job<K>, now: number, timing: Timing): boolean;
  /** Writes that are left, when the first of them can be sent, and when the last look-up is due. */
  rest(step: Step<K>): { readonly writes: number; readonly from: number; readonly until: number };
}

/** What jobs of one kind write into the master. */
export interface KindText<K extends JobKind> {
  /** The rows that look different in the text as it is now. */
  observe(job: Job<K>, text: string): readonly JobRow<K>[];
  /** What is to be written, computed on the fresh text. */
  edits(job: Job<K>, purpose: MasterPurpose, text: string, view: ClaimView): readonly Edit[];
  /** The rows that change after a read or a write, whose edits were all applied but for those missed. */
  written(
    job: Job<K>,
    purpose: MasterPurpose,
    outcome: WrittenText & Pick<MasterOutcome, 'holder'>,
  ): readonly JobRow<K>[];
  /** The rows that a write changed, for the log; missing where the log does not name them. */
  logged?(job: Job<K>, purpose: MasterPurpose, outcome: EditOutcome): readonly LoggedRow[];
}

/** What follows for the records. */
export interface KindRecord<K extends JobKind> {
  /** What is saved before a request: the intent of a write that must not happen twice. */
  begin(row: JobRow<K>, request: OwnRequest, now: number): JobRow<K>;
  /** Takes an intent back whose request was not sent, or provably not applied. */
  withdraw(row: JobRow<K>, request: OwnRequest): JobRow<K>;
  /** An intent without an answer: nobody knows whether it was applied. The same row where there is none. */
  park(row: JobRow<K>): JobRow<K>;
  /** What a request answered that succeeded. */
  answer(job: Job<K>, performed: Succeeded, timing: Timing): JobChange<K>;
  /** GitHub refused what one row asked for. */
  refuse(row: JobRow<K>, request: OwnRequest, problem: Failure): JobRow<K>;
  /** The header after a read or write of the master; `startedAt` is when it was sent. */
  seen(
    header: JobHeader<K>,
    purpose: MasterPurpose,
    outcome: MasterOutcome<K>,
    startedAt: number,
  ): JobHeader<K>;
  /** A row that needs the user, after her choice. The same row where the choice is none for it. */
  resolve(row: JobRow<K>, resolution: RowResolution, header: JobHeader<K>): JobRow<K>;
  /** The header of a job that had ended and continues. */
  reopen(header: JobHeader<K>): JobHeader<K>;
  /** The row as it is when the job ends. */
  end(row: JobRow<K>): JobRow<K>;
}

/** An effect of a kind's own that succeeded. */
export type Succeeded = {
  readonly [P in OwnPerformed['kind']]: Extract<OwnPerformed, { kind: P }> & {
    readonly result: { readonly ok: true };
  };
}[OwnPerformed['kind']];

/** How a job is shown. */
interface WordsOf<K extends JobKind> {
  /** Why it writes, for the log. */
  cause(header: JobHeader<K>): Cause;
  /** Where a row is. */
  stage(row: JobRow<K>): Stage;
  /** Whether the row counts as created (of a change: changed). */
  isMade(row: JobRow<K>): boolean;
  /** What may be done about a row that failed. */
  choices(row: JobRow<K>): RowProblem['choices'];
  /** What else of a row needs the user. */
  problems(row: JobRow<K>): readonly Pick<RowProblem, 'failure' | 'choices'>[];
  /** The issue that exists for a row. */
  issue(row: JobRow<K>): RowProblem['issue'];
  /** What the header says of it beside what every status has. */
  status?(header: JobHeader<K>): Pick<JobStatus, 'change'>;
  /** Sentences for a status, also for that of a lost journal, which knows nothing of the header. */
  describe(status: Omit<JobStatus, 'words'>): JobWords;
}

/** Where a row is: `left` and `uncertain` are still worked on; `asked`, `failed` and `review` need the user. */
export type Stage = 'left' | 'uncertain' | 'asked' | 'done' | 'failed' | 'review' | 'skipped';

/** What comes after a job: how it is undone, what is looked at again, and what becomes of one whose journal was lost. */
interface BackOf<K extends JobKind> {
  /** How many issues an undo would close, or changes it would revert. */
  undoable(job: Job<K>): number;
  /** What the user is told, once, of a lost journal. */
  readonly lost: 'journal-lost' | 'change-lost';
  /** Whether what it made must be found at GitHub before anything else begins. */
  readonly isSearched: boolean;
  /** Whether it may make differences between a checklist and its issues where there were none. */
  readonly mayMakeDifferences: boolean;
}
