import { type Chosen, readChosen } from '../../lib/core/differences/chosen.ts';
import type { Difference, ReconcilePlan } from '../../lib/core/differences/difference.ts';
import type { ReconcileOutcome } from '../../lib/core/differences/reconcile-preview.ts';
import { type Resolution, resolve } from '../../lib/core/differences/resolve.ts';
import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';
import { type ApprovedDifferences, readApproved } from './approved-differences.ts';
import { startMend, whenFree, writingOf } from './job-start.ts';
import { leaveDifferences } from './left-differences.ts';
import { rememberPlan } from './remember-reconcile.ts';

type Query = Parameters<Protocol['applyReconcile']>[0];

/** Does what was chosen of previewed differences, as far as a fresh look still finds them. */
export function applyReconcile(query: Query, ports: Ports): Promise<Result<ReconcileOutcome>> {
  const chosen = readChosen(query.chosen);
  if (chosen === undefined) return Promise.resolve(fail(failure('stale-page')));
  return whenFree(ports, query.checklist, () => apply(query, chosen, ports));
}

async function apply(
  query: Query,
  chosen: readonly Chosen[],
  ports: Ports,
): Promise<Result<ReconcileOutcome>> {
  const found = await readApproved(ports, query);
  if (!found.ok) return found;
  const { approved, fresh } = found.value;
  const mend = resolve(fresh, approved.plan, chosen);
  const { rows, creates, keep, changed } = mend;
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
  const job = await start(ports, query, found.value, mend);
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
  const mend = { checklist, cause: 'resolve', rows, creates, ...writingOf(fresh.facts) } as const;
  return startMend(ports, mend, acting.login);
}
