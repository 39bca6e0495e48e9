import type { Chosen } from '../core/differences/chosen.ts';
import type { Difference, ReconcilePlan } from '../core/differences/difference.ts';
import type { ReconcileOutcome } from '../core/differences/reconcile-preview.ts';
import { type Resolution, resolve } from '../core/differences/resolve.ts';
import type { JobStatus } from '../core/engine/job-status.ts';
import { fail, type Result, succeed } from '../core/failures.ts';
import type { ChecklistRef } from '../core/refs.ts';
import type { Ports } from '../ports.ts';
import { type ApprovedDifferences, readApproved } from './approved-differences.ts';
import { leaveDifferences } from './left-differences.ts';
import { rememberPlan } from './remember-differences.ts';
import { startChange, whenFree, writingOf } from './start-change.ts';

/** Previewed differences, and what was chosen of them. */
interface Query {
  readonly checklist: ChecklistRef;
  readonly pageUser: string | undefined;
  readonly preview: string;
  readonly chosen: readonly Chosen[];
}

/** Does what was chosen of previewed differences, as far as a fresh look still finds them. */
export function applyDifferences(query: Query, ports: Ports): Promise<Result<ReconcileOutcome>> {
  return whenFree(ports, query.checklist, () => apply(query, ports));
}

async function apply(query: Query, ports: Ports): Promise<Result<ReconcileOutcome>> {
  const found = await readApproved(ports, query);
  if (!found.ok) return found;
  const { approved, fresh } = found.value;
  const resolution = resolve(fresh, approved.plan, query.chosen);
  const { rows, creates, keep, changed } = resolution;
  const outcome = { changed, kept: keep.length };
  if (rows.length === 0 && creates.length === 0) {
    await leaveDifferences(ports, query.checklist, keep);
    const plan = without(fresh.plan, keep);
    await rememberPlan(ports, query.checklist, { ...fresh, plan });
    return succeed({ ...outcome, job: undefined });
  }
  const blocker = approved.blocker ?? fresh.blocker;
  if (blocker !== undefined) return fail(blocker);
  await leaveDifferences(ports, query.checklist, keep);
  // What is left is looked at when the job has ended.
  const job = await start(ports, query, found.value, resolution);
  return job.ok ? succeed({ ...outcome, job: job.value }) : job;
}

function without(plan: ReconcilePlan, kept: readonly Difference[]): ReconcilePlan {
  const ids = new Set(kept.map(({ id }) => id));
  return { ...plan, differences: plan.differences.filter(({ id }) => !ids.has(id)) };
}

async function start(
  ports: Ports,
  { checklist }: Query,
  { acting, fresh }: ApprovedDifferences,
  { rows, creates }: Resolution,
): Promise<Result<JobStatus>> {
  const change = { checklist, cause: 'resolve', rows, creates, ...writingOf(fresh.facts) } as const;
  return startChange(ports, change, acting.login);
}
