import type { Failure } from '../failure.ts';
import type { ReconcilePlan } from './difference.ts';
import type { ReconcileRecord } from './reconcile-record.ts';

/**
 * What is remembered of a look for differences: those with actions, counted. `now` in milliseconds since 1970; `nightly`
 * when it was that run. With a `failure` and nothing found, what was known before stays.
 */
export function recordOf(
  key: string,
  { differences, matches }: Pick<ReconcilePlan, 'differences' | 'matches'>,
  before: ReconcileRecord | undefined,
  now: number,
  nightly: boolean,
  failure?: Failure,
): ReconcileRecord {
  const actions = differences.filter(({ level }) => level === 'action');
  const isUnread = failure !== undefined && differences.length + matches.length === 0;
  const kinds: Record<string, number> = {};
  for (const { finding } of actions) kinds[finding.kind] = (kinds[finding.kind] ?? 0) + 1;
  return {
    key,
    checkedAt: now,
    nightlyAt: nightly ? now : before?.nightlyAt,
    left: isUnread ? (before?.left ?? 0) : actions.length,
    kinds: isUnread ? (before?.kinds ?? {}) : kinds,
    failure,
  };
}
