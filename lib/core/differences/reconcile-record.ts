import type { Failure } from '../failures.ts';
import type { SyncRecord } from '../sync/tracked.ts';
import { hashText } from '../text/hash-text.ts';
import type { ReconcilePlan } from './difference.ts';
import type { Finding } from './kinds.ts';

/** What this browser remembers of a checklist's last reconcile, by night or by hand: to show it, never to decide what is written. */
export interface ReconcileRecord {
  /** `issueKey` of the checklist. */
  readonly key: string;
  /** When differences were looked for last; milliseconds since 1970, undefined until a search has worked. */
  readonly checkedAt: number | undefined;
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

/**
 * What is remembered of a look for differences: those with actions, counted, but for what a person reverted. `now`
 * in milliseconds since 1970; `nightly` when it was that run. What was known before stays, with the `failure` that stood
 * in the way, where the text was not looked through at all.
 */
export function recordOf(
  key: string,
  plan: Pick<ReconcilePlan, 'differences' | 'matches'>,
  before: ReconcileRecord | undefined,
  now: number,
  nightly: boolean,
  failure?: Failure,
): ReconcileRecord {
  const actions = plan.differences.filter(
    ({ level, isSettled }) => level === 'action' && !isSettled,
  );
  const unread = isUnread(plan, failure);
  const known = unread ? before : undefined;
  const kinds: Record<string, number> = {};
  for (const { finding } of actions) kinds[finding.kind] = (kinds[finding.kind] ?? 0) + 1;
  return {
    key,
    checkedAt: unread ? before?.checkedAt : now,
    nightlyAt: nightly ? now : before?.nightlyAt,
    left: known?.left ?? actions.length,
    kinds: known?.kinds ?? kinds,
    failure: unread ? failure : undefined,
  };
}

/** Whether a text was not looked through at all, because of what stood in the way: that nothing was found says nothing then. */
export function isUnread(
  { differences, matches }: Pick<ReconcilePlan, 'differences' | 'matches'>,
  blocker: Failure | undefined,
): boolean {
  return blocker !== undefined && differences.length + matches.length === 0;
}

/** What sync knows of a checklist's text and of what its items follow, in one word: another word means that something changed. */
export function seenBySync({ textHash, rows }: SyncRecord): string {
  return hashText(JSON.stringify([textHash, rows]));
}
