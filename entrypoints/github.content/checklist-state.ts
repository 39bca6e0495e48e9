import type { Failure } from '../../lib/core/failure.ts';
import type { JobStatus } from '../../lib/core/job/job.ts';
import type { GenerationOptions, GenerationPlan } from '../../lib/core/plan/plan-generation.ts';
import type { ChecklistView } from '../../lib/messages.ts';

/** What the views show of one checklist. */
export interface ChecklistState {
  /** Task items on the page, and whether GitHub's editor is open. */
  readonly items: number;
  readonly editing: boolean;
  readonly open: boolean;
  readonly view: ChecklistView | undefined;
  readonly job: JobStatus | undefined;
  readonly plan: GenerationPlan | undefined;
  readonly options: Partial<GenerationOptions>;
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  readonly badges: boolean;
  readonly gapMs: number;
}

/** A state without a preview. */
export const NO_PREVIEW = { plan: undefined, options: {}, failure: undefined };

/** The state before anything is known. */
export const AT_FIRST: ChecklistState = {
  ...NO_PREVIEW,
  items: 0,
  editing: false,
  open: false,
  view: undefined,
  job: undefined,
  busy: false,
  badges: true,
  gapMs: 1_000,
};

/** Whether a job still has something to do. */
export function isOpen(job: JobStatus | undefined): boolean {
  return job !== undefined && job.state !== 'ended';
}
