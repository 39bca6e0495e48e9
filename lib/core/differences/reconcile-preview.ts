import type { JobStatus } from '../engine/job-status.ts';
import type { Failure } from '../failures.ts';
import type { KnownIssue } from '../identity/issue.ts';
import type { ReconcilePlan } from './difference.ts';
import type { LeftDifference } from './reconcile-record.ts';

/** The differences of a checklist. */
export interface ReconcilePreview {
  /** Names it in `applyReconcile`. */
  readonly id: string;
  readonly plan: ReconcilePlan;
  /** Why nothing can be written at all, if so. */
  readonly blocker: Failure | undefined;
  readonly rulesFrom: 'file' | 'browser';
  /** Issues that were looked through for markers and titles, and whether that were all since the checklist's creation. */
  readonly looked: { readonly issues: number; readonly complete: boolean };
  /** What the user left as it is: not among the differences. */
  readonly left: readonly LeftDifference[];
  /** Issues that carry a marker of this checklist. */
  readonly marked: number;
}

/** What came of choices. */
export interface ReconcileOutcome {
  /** The job that does them; undefined when nothing is to be written. */
  readonly job: JobStatus | undefined;
  /** Choices that were not possible any more: something had changed. */
  readonly changed: number;
  /** Differences that are not shown again. */
  readonly kept: number;
}

/** An issue among others of which one is to be chosen. */
export type FoundIssue = Pick<KnownIssue, 'ref' | 'title' | 'state' | 'author' | 'createdAt'>;
