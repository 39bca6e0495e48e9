import type { ChecklistView } from '../core/checklist-view.ts';
import type { ReconcilePreview } from '../core/differences/reconcile-preview.ts';
import type { JobStatus } from '../core/engine/job-status.ts';
import { linksWritten } from '../core/engine/links-written.ts';
import type { Failure } from '../core/failures.ts';
import type { GenerationOptions, GenerationPlan } from '../core/plan/plan-generation.ts';
import type { RunEntry } from '../core/runs/run-entry.ts';
import { PAGE_DEFAULTS } from '../core/settings/page-settings.ts';
import type { SyncOutcome, SyncPreview } from '../core/sync/sync-preview.ts';
import type { SyncView } from '../core/sync/tracked.ts';
import type { SavedText, TextDifference } from '../core/text/saved-text.ts';
import type { MadeChoices } from './reconcile-choices.ts';

/** What the views show of one checklist. */
export interface ChecklistState {
  /** Task items on the page, and whether GitHub's editor is open. */
  readonly items: number;
  readonly editing: boolean;
  readonly open: boolean;
  /** Whether the button belongs on the page. */
  readonly offered?: boolean;
  /** The extension is gone from under the page: what is shown is what was known last. */
  readonly cutOff: boolean;
  /** The user has just opened the panel, and it has not yet taken the focus. */
  readonly wantsFocus: boolean;
  readonly view?: ChecklistView | undefined;
  readonly job?: JobStatus | undefined;
  readonly plan: GenerationPlan | undefined;
  readonly options: Partial<GenerationOptions>;
  /** How it is kept up to date. */
  readonly sync?: SyncView | undefined;
  readonly syncPreview: SyncPreview | undefined;
  /** What the last sync wrote. */
  readonly synced: SyncOutcome | undefined;
  /** The differences, and what the user chose about them. */
  readonly reconcile: ShownReconcile | undefined;
  /** What became of the choices that were applied last. */
  readonly reconciled: Reconciled | undefined;
  /** Earlier runs, once somebody asked for them; `everywhere`: also for those of other browsers. */
  readonly runs?:
    | { readonly entries: readonly RunEntry[]; readonly everywhere: boolean }
    | undefined;
  /** Earlier texts, once somebody asked for them. */
  readonly texts?: readonly SavedText[] | undefined;
  /** The earlier text that is shown against the one of now. */
  readonly difference?: ShownDifference | undefined;
  readonly restored: boolean;
  /** The hash of the text whose lines were corrected last. */
  readonly corrected: string | undefined;
  readonly busy: boolean;
  /** Why what was asked for last failed: at the top, at the question about numbers, and among the earlier texts and runs. */
  readonly failure: Failure | undefined;
  readonly answerFailure?: Failure | undefined;
  readonly textsFailure?: Failure | undefined;
  readonly runsFailure?: Failure | undefined;
  /** The last press that was not taken; none once one is. */
  readonly held?: HeldPress | undefined;
  readonly badges: boolean;
  readonly gapMs: number;
  readonly skipSyncPreview: boolean;
}

/** Why a press of a button that starts writes was not taken: the button was new or moved, the press came from elsewhere, or the page hid it. */
export type PressDoubt = 'changed' | 'unexpected' | 'covered';

/** A press that was not taken. */
export interface HeldPress {
  readonly why: PressDoubt;
  /** The one before was not either, for the same cause. */
  readonly again: boolean;
}

/** Where a failure is shown: what is asked for elsewhere leaves it there. */
export type FailurePlace = 'failure' | 'answerFailure' | 'textsFailure' | 'runsFailure';

/** An earlier text by its id, and how it differs from the text of now. */
export interface ShownDifference extends TextDifference {
  readonly id: number;
}

/** Differences as they are shown. */
export interface ShownReconcile {
  readonly preview: ReconcilePreview;
  readonly choices: MadeChoices;
}

/** What became of applied choices, counted. */
export interface Reconciled {
  /** Done by a run. */
  readonly making: number;
  /** Not possible any more. */
  readonly changed: number;
  /** Not shown again. */
  readonly kept: number;
}

/** A state without a preview. */
export const NO_PREVIEW = {
  plan: undefined,
  options: {},
  syncPreview: undefined,
  reconcile: undefined,
  failure: undefined,
  answerFailure: undefined,
};

/** A state that tells of nothing that was written. */
export const NO_RESULT = { synced: undefined, reconciled: undefined, corrected: undefined };

/** The state before anything is known. */
export const AT_FIRST: ChecklistState = {
  ...PAGE_DEFAULTS,
  ...NO_PREVIEW,
  ...NO_RESULT,
  items: 0,
  editing: false,
  open: false,
  cutOff: false,
  wantsFocus: false,
  restored: false,
  busy: false,
};

/** Whether a job still has something to do. */
export function isOpen(job: JobStatus | undefined): boolean {
  return !!job && job.state !== 'ended';
}

/** The counts of the text as it was read, with the links that the run has written since. */
export function countsNow({ view, job }: ChecklistState): ChecklistView['counts'] | undefined {
  if (!view || !job) return view?.counts;
  // A run that has just ended is read a moment later.
  const isRead = job.endedAt !== undefined && job.endedAt <= view.readAt;
  if (isRead) return view.counts;
  const seen = view.job?.id === job.id ? linksWritten(view.job) : 0;
  const { items, linked, done } = view.counts;
  const now = linked + linksWritten(job) - seen;
  return { items, linked: Math.max(0, Math.min(items, now)), done };
}

/** Whether a preview is shown: of a generation, a sync, or the differences. */
export function isPreviewing({ plan, syncPreview, reconcile }: ChecklistState): boolean {
  return !!(plan || syncPreview || reconcile);
}

/** What is being decided: a preview of a generation, of a sync, of the differences, or anything else. */
export type ShownTask = 'generate' | 'sync' | 'reconcile' | 'overview';

/** What the panel lets decide. */
export function shownTask({ plan, syncPreview, reconcile }: ChecklistState): ShownTask {
  if (plan) return 'generate';
  if (syncPreview) return 'sync';
  return reconcile ? 'reconcile' : 'overview';
}
