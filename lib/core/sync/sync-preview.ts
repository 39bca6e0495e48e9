import type { Failure } from '../failures.ts';
import type { SyncPlan } from './sync-plan.ts';

/** What a sync would write. */
export interface SyncPreview {
  /** Names it in `syncChecklist`. */
  readonly id: string;
  readonly plan: SyncPlan;
  /** Why nothing can be written at all, if so. */
  readonly blocker: Failure | undefined;
  readonly rulesFrom: 'file' | 'browser';
}

/** What a sync wrote. */
export interface SyncOutcome {
  /** Items that were changed. */
  readonly updated: number;
  /** Items of the preview that changed in the meantime, so nothing was written for them. */
  readonly left: number;
  /** Somebody's edit fell between, and something needs a look. */
  readonly notice: Failure | undefined;
}
