import type { Failure } from '../failures.ts';
import type { Finding } from './difference.ts';

/** What this browser remembers of a checklist's last reconcile, by night or by hand: to show it, never to decide what is written. */
export interface ReconcileRecord {
  /** `issueKey` of the checklist. */
  readonly key: string;
  /** When differences were looked for last; milliseconds since 1970. */
  readonly checkedAt: number;
  /** When the last nightly run of it was done; the next one is due at the set hour after it. */
  readonly nightlyAt: number | undefined;
  /** Differences with actions that were left, without those that a person made by changing something back. */
  readonly left: number;
  /** How many of each kind. */
  readonly kinds: Readonly<Partial<Record<Finding['kind'], number>>>;
  /** Why the looks since could not be made; what only keeps from writing is sync's to tell. */
  readonly failure: Failure | undefined;
  /** `seenBySync` at the last look. */
  readonly seen?: string;
}

/** A difference that the user left as it is, in this browser. */
export interface LeftDifference {
  /** `Difference.id`. */
  readonly id: string;
  /** What it said, in words. */
  readonly what: string;
  /** The item's text; '' where it has none. */
  readonly text: string;
  /** When it was left; milliseconds since 1970. */
  readonly at: number;
}
