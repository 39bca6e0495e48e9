import type { Failure } from '../failures.ts';
import type { ReconcilePlan } from './difference.ts';

/** Whether a text was not looked through at all, because of what stood in the way: that nothing was found says nothing then. */
export function isUnread(
  { differences, matches }: Pick<ReconcilePlan, 'differences' | 'matches'>,
  blocker: Failure | undefined,
): boolean {
  return blocker !== undefined && differences.length + matches.length === 0;
}
