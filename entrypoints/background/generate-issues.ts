import { actingUser } from '../../lib/core/account.ts';
import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { newJob } from '../../lib/core/engine/new-job.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { choose, firstOnly } from '../../lib/core/plan/choose.ts';
import type { GenerationPlan } from '../../lib/core/plan/plan-generation.ts';
import { type ChecklistRef, checklistKey, sameChecklist } from '../../lib/core/refs.ts';
import type { StoredJob } from '../../lib/engine/ports.ts';
import { runsLostWith } from '../../lib/engine/recover-job.ts';
import { startJob } from '../../lib/engine/start-job.ts';
import type { Protocol } from '../../lib/messages.ts';
import { saveChecklist } from '../../lib/store/checklists.ts';
import { loadPlan, type StoredPlan } from '../../lib/store/plans.ts';
import { findLostJob, statusOf } from './job-status.ts';
import { schedulePolls } from './poll.ts';
import { type Background, openGitHub } from './ports.ts';
import { pruneJobs, startRunning } from './resume-jobs.ts';

type Query = Parameters<Protocol['generateIssues']>[0];

/** Confirms a previewed plan and starts its job. A second click or tab goes on with the job that is open already. */
export function generateIssues(query: Query, background: Background): Promise<Result<JobStatus>> {
  const key = checklistKey(query.checklist);
  return background.locks.withLock(`start:${key}`, () => confirm(query, key, background));
}

async function confirm(
  query: Query,
  key: string,
  background: Background,
): Promise<Result<JobStatus>> {
  if (await background.isPaused()) return fail(failure('paused'));
  const { checklist, run } = query;
  const open = (await background.store.loadOpenJob(key)) ?? (await ownJob(background, run, key));
  if (open !== undefined) return goOn(background, open);
  const stored = await loadPlan(background.db, run);
  if (stored === undefined || !sameChecklist(stored.plan.checklist, checklist)) {
    return fail(failure('stale-plan'));
  }
  const chosen = choose(stored.plan, query.choices);
  const plan = query.only === 'first' ? firstOnly(chosen) : chosen;
  return start(background, { ...stored, plan });
}

/** The job of this very run, when the click came twice and the first has ended. */
async function ownJob(
  background: Background,
  run: string,
  checklistKey: string,
): Promise<StoredJob | undefined> {
  const job = await background.store.loadJob(run);
  return job?.header.checklistKey === checklistKey ? job : undefined;
}

async function start(
  background: Background,
  { plan, login }: StoredPlan,
): Promise<Result<JobStatus>> {
  const [blocker] = plan.blockers;
  if (blocker !== undefined) return fail(blocker);
  const { checklist } = plan;
  const key = checklistKey(checklist);
  const { timing, careful } = await background.preferences();
  const { account } = await openGitHub(background, checklist.repo.host, timing);
  const user = actingUser(checklist.repo.host, account?.login, { kind: 'preview', login });
  if (!user.ok) return user;
  const lost = await findLostJob(background, checklist);
  const endedRuns = await background.store.listEndedRuns(key);
  const now = background.clock.now();
  const job = newJob(
    plan,
    {
      login: user.value,
      endedRuns: lost === undefined ? endedRuns : [...endedRuns, ...runsLostWith(lost)],
      careful,
    },
    now,
  );
  const started = await startJob(background, job);
  if (!started.ok) return goOnWithOpen(background, checklist, started);
  if (lost !== undefined) await background.headers.remove(lost.id);
  await keepUpToDate(background, plan, user.value, now);
  void pruneJobs(background).catch(console.error);
  const stored = await background.store.loadJob(job.header.id);
  return stored === undefined ? fail(failure('stale-plan')) : goOn(background, stored);
}

/** What was generated is kept up to date from now on, by this account; a checklist that is bound to one already stays so. */
async function keepUpToDate(
  background: Background,
  { checklist, masterTitle: title }: GenerationPlan,
  login: string,
  since: number,
): Promise<void> {
  await saveChecklist(background.db, checklist, title, since);
  await background.tracked.add({ checklist, title, login, since });
  await schedulePolls(background);
}

/** Another tab was faster between our look and our start. */
async function goOnWithOpen(
  background: Background,
  checklist: ChecklistRef,
  otherwise: Result<never>,
): Promise<Result<JobStatus>> {
  const open = await background.store.loadOpenJob(checklistKey(checklist));
  return open === undefined ? otherwise : goOn(background, open);
}

async function goOn(background: Background, job: StoredJob): Promise<Result<JobStatus>> {
  if (job.header.endedAt === undefined) startRunning(background, job.header);
  background.revisions.bump(job.header.checklist);
  return succeed(await statusOf(background, job));
}
