import type { Failure, Result } from '../failures.ts';
import type { KnownIssue } from '../identity/issue.ts';
import type { LoggedRow } from '../log/event.ts';
import type { IssueRef } from '../refs.ts';
import type { MissedEdit } from '../text/edit.ts';
import type { IssueChange, SentChange } from './change.ts';
import type { Claim, ClaimedRun } from './claim.ts';
import type { JobKind, JobRow } from './job.ts';
import type { CreatedIssue, IssueComment, IssueDraft } from './job-facts.ts';
import type { WaitReason } from './job-status.ts';

/** Why a job reads the master, and what it may write on that occasion. */
export type MasterPurpose = 'claim' | 'check' | 'links' | 'finish';

/** The one thing that a job does next. */
export type Effect =
  /** Nothing until the user acts: paused, held, or ended. */
  | { readonly kind: 'none' }
  | { readonly kind: 'wait'; readonly until: number; readonly why: WaitReason }
  | {
      readonly kind: 'end';
      readonly outcome: 'done' | 'stopped' | 'failed';
      readonly failure: Failure | undefined;
    }
  /** Read the master, and write it where the purpose has something to write. */
  | { readonly kind: 'master'; readonly purpose: MasterPurpose }
  /** Ask whether the text of the master can be written, before something is made that belongs into it. */
  | { readonly kind: 'rights' }
  | { readonly kind: 'label'; readonly name: string }
  | { readonly kind: 'milestone'; readonly title: string }
  | { readonly kind: 'create'; readonly index: number; readonly draft: IssueDraft }
  | {
      readonly kind: 'comment';
      readonly index: number;
      readonly issue: IssueRef;
      readonly body: string;
    }
  /**
   * One list of issues by `creator` since a time (milliseconds since 1970) answers for all uncertain rows; with `run`, of
   * all rows that are still to be created: what that run, whose place was taken, has made for them.
   */
  | {
      readonly kind: 'look-up';
      readonly creator: string;
      readonly since: number;
      readonly run?: string;
    }
  | { readonly kind: 'look-up-comment'; readonly index: number; readonly issue: IssueRef }
  /** Changes the issues of a row. */
  | { readonly kind: 'change'; readonly index: number; readonly changes: readonly IssueChange[] };

/** An effect that asks something of GitHub. */
export type Request = Exclude<Effect, { kind: 'none' | 'wait' | 'end' }>;

/** An effect of one kind. */
export type EffectOf<Kind extends Effect['kind']> = Extract<Effect, { kind: Kind }>;

/** What came of a write: the edits that were not applied, and what the log says that was written before. */
export interface WrittenText {
  readonly missed: readonly MissedEdit[];
  readonly logged: readonly LoggedRow[];
}

/** What came of reading, and perhaps writing, the master. */
export interface MasterOutcome<K extends JobKind = JobKind> extends WrittenText {
  /** Rows that look different in the text as read. */
  readonly observed: readonly JobRow<K>[];
  /** Whether it was written now, or is as wanted since an earlier write that no read has confirmed. */
  readonly wrote: boolean;
  readonly holder: Claim | undefined;
  /** Runs whose place this one took. */
  readonly replaced: readonly ClaimedRun[];
  /** GitHub's time of our claim, in milliseconds since 1970. */
  readonly claimEnteredAt: number | undefined;
  /** Somebody's change may have been lost, and GitHub does not show it. */
  readonly notice: Failure | undefined;
}

/** What came of changing the issues of one row. Changes may be made although a later one failed. */
export interface ChangePerformed {
  readonly kind: 'change';
  readonly effect: EffectOf<'change'>;
  readonly result: Result<void>;
  readonly startedAt: number;
  /** For the log. */
  readonly made: readonly SentChange[];
  /** Sent, and nobody knows whether it arrived. */
  readonly unknown: readonly SentChange[];
}

/** What each effect answers when it succeeds. */
interface Answers<K extends JobKind> {
  readonly master: MasterOutcome<K>;
  readonly rights: unknown;
  readonly label: unknown;
  readonly milestone: number;
  readonly create: CreatedIssue;
  readonly comment: unknown;
  readonly 'look-up': readonly KnownIssue[];
  readonly 'look-up-comment': readonly IssueComment[];
}

/** An effect on GitHub and what came of it; `startedAt` is when its request was sent. */
export type Performed<K extends JobKind = JobKind> =
  | ChangePerformed
  | {
      readonly [P in keyof Answers<K>]: {
        readonly kind: P;
        readonly effect: EffectOf<P>;
        readonly result: Result<Answers<K>[P]>;
        readonly startedAt: number;
      };
    }[keyof Answers<K>];

/** What was performed beside the master: a kind records it itself. */
export type OwnPerformed = Exclude<Performed, { kind: 'master' }>;

/** An effect that only its kind knows how to record. */
export type OwnRequest = Exclude<Request, { kind: 'master' }>;
