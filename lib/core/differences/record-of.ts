import type { Failure } from '../failures.ts';
import type { Finding, ReconcilePlan } from './difference.ts';
import { isUnread } from './is-unread.ts';
import type { ReconcileRecord } from './reconcile-record.ts';

/**
 * What is remembered of a look for differences: those with actions, counted, but for what a person changed back. `now`
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
    ({ level, finding }) => level === 'action' && !isSettledByPerson(finding),
  );
  const unread = isUnread(plan, failure);
  const known = unread ? before : undefined;
  const kinds: Record<string, number> = {};
  for (const { finding } of actions) kinds[finding.kind] = (kinds[finding.kind] ?? 0) + 1;
  return {
    key,
    checkedAt: unread && before !== undefined ? before.checkedAt : now,
    nightlyAt: nightly ? now : before?.nightlyAt,
    left: known?.left ?? actions.length,
    kinds: known?.kinds ?? kinds,
    failure: unread ? failure : undefined,
  };
}

// Whoever took a tick or a number out has decided; sync tells of it as changed back.
function isSettledByPerson(finding: Finding): boolean {
  switch (finding.kind) {
    case 'tick-missing':
    case 'unticked-closed':
    case 'pull-missing':
      return finding.takenBack;
    default:
      return false;
  }
}
