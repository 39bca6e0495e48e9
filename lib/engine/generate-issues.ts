import { actingAccount } from '../core/account.ts';
import type { JobStatus } from '../core/engine/job-status.ts';
import { newJob } from '../core/engine/new-job.ts';
import { fail, failure, type Result, succeed } from '../core/failures.ts';
import { choose, firstOnly } from '../core/plan/choose.ts';
import type { GenerationPlan, RowChoice } from '../core/plan/plan-generation.ts';
import { type ChecklistRef, checklistKey, sameChecklist } from '../core/refs.ts';
import { newRecord } from '../core/sync/sync-record.ts';
import type { Ports } from '../ports.ts';
import type { StoredJob, StoredPlan } from '../store-ports.ts';
import { findLostJob, statusOf } from './job-status.ts';
import { schedulePolls } from './poll-tracked.ts';
import { listRunsOver, settleLost } from './recover-job.ts';
import { pruneJobs, startRunning } from './resume-jobs.ts';
import { startJob } from './start-job.ts';

/** A previewed plan, and which of its rows to create. */
interface Query {
  readonly checklist: ChecklistRef;
  readonly run: string;
  readonly choices: readonly RowChoice[];
  readonly only: 'all' | 'first';
}

/** Confirms a previewed plan and starts its job. A second click or tab goes on with the job that is open already. */
export function generateIssues(query: Query, ports: Ports): Promise<Result<JobStatus>> {
  const key = checklistKey(query.checklist);
  return ports.locks.withLock(`start:${key}`, () => confirm(query, key, ports));
}

async function confirm(query: Query, key: string, ports: Ports): Promise<Result<JobStatus>> {
  if (await ports.isPaused()) return fail(failure('paused'));
  const { checklist, run } = query;
  const open = (await ports.store.loadOpenJob(key)) ?? (await ownJob(ports, run, key));
  if (open !== undefined) return goOn(ports, open);
  const stored = await ports.plans.load(run);
  if (stored === undefined || !sameChecklist(stored.plan.checklist, checklist)) {
    return fail(failure('stale-plan'));
  }
  const chosen = choose(stored.plan, query.choices);
  const plan = query.only === 'first' ? firstOnly(chosen) : chosen;
  return start(ports, { ...stored, plan });
}

/** The job of this very run, when the click came twice and the first has ended. */
async function ownJob(
  ports: Ports,
  run: string,
  checklistKey: string,
): Promise<StoredJob | undefined> {
  const job = await ports.store.loadJob(run);
  return job?.header.checklistKey === checklistKey ? job : undefined;
}

async function start(ports: Ports, { plan, login }: StoredPlan): Promise<Result<JobStatus>> {
  const [blocker] = plan.blockers;
  if (blocker !== undefined) return fail(blocker);
  const { checklist } = plan;
  const { careful } = await ports.preferences();
  const { account } = await ports.openGitHub(checklist.repo.host);
  const user = actingAccount(checklist.repo.host, account, { kind: 'preview', login });
  if (!user.ok) return user;
  const lost = await findLostJob(ports, checklist);
  const endedRuns = await listRunsOver(ports, checklistKey(checklist));
  const now = ports.clock.now();
  const job = newJob(plan, { login: user.value, endedRuns, careful }, now);
  const started = await startJob(ports, job);
  if (!started.ok) return goOnWithOpen(ports, checklist, started);
  if (lost !== undefined) await settleLost(ports, lost, 'recovered');
  await keepUpToDate(ports, plan, user.value, now);
  void pruneJobs(ports).catch(console.error);
  const stored = await ports.store.loadJob(job.header.id);
  return stored === undefined ? fail(failure('stale-plan')) : goOn(ports, stored);
}

/** What was generated is kept up to date from now on, by this account; a checklist that is bound to one already stays so. */
async function keepUpToDate(
  ports: Ports,
  { checklist, masterTitle: title, rows }: GenerationPlan,
  login: string,
  since: number,
): Promise<void> {
  await ports.checklists.save(checklist, title, since);
  await ports.tracked.add({ checklist, title, login, since });
  await countRows(ports, checklistKey(checklist), rows);
  await schedulePolls(ports);
}

/** What the views count until the first refresh, which waits for the end of the run. */
function countRows(
  { locks, syncs }: Ports,
  key: string,
  rows: GenerationPlan['rows'],
): Promise<void> {
  return locks.withLock(`sync:${key}`, async () => {
    if ((await syncs.loadRecord(key)) !== undefined) return;
    const counts = {
      items: rows.length,
      followed: rows.filter(({ reason }) => reason.kind === 'linked').length,
      done: rows.filter(({ checked }) => checked).length,
    };
    await syncs.saveRecord({ ...newRecord(key), counts });
  });
}

/** Another tab was faster between our look and our start. */
async function goOnWithOpen(
  ports: Ports,
  checklist: ChecklistRef,
  otherwise: Result<never>,
): Promise<Result<JobStatus>> {
  const open = await ports.store.loadOpenJob(checklistKey(checklist));
  return open === undefined ? otherwise : goOn(ports, open);
}

async function goOn(ports: Ports, job: StoredJob): Promise<Result<JobStatus>> {
  if (job.header.endedAt === undefined) startRunning(ports, job.header);
  ports.onChange(job.header.checklist);
  return succeed(await statusOf(ports, job));
}
