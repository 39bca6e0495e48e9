import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { hasPendingCreates } from '../../lib/core/engine/new-change.ts';
import { inWords } from '../../lib/core/engine/summarize-job.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import type { KnownIssue } from '../../lib/core/identity/issue.ts';
import type { TrustFacts } from '../../lib/core/identity/trust.ts';
import { type ChecklistRef, checklistKey } from '../../lib/core/refs.ts';
import { listRuns as listRunsOf } from '../../lib/core/runs/list-runs.ts';
import type { RunEntry } from '../../lib/core/runs/run-entry.ts';
import { trustFor } from '../../lib/core/sync/plan-sync.ts';
import { accountPorts } from '../../lib/engine/account-ports.ts';
import { dropCreates } from '../../lib/engine/create-chosen.ts';
import { findLostJob, lostStatus, statusOf } from '../../lib/engine/job-status.ts';
import { readDifferences } from '../../lib/engine/read-differences.ts';
import { settleLost } from '../../lib/engine/recover-job.ts';
import { resolveRows as resolveRowsOfJob } from '../../lib/engine/resolve-rows.ts';
import { resumeJobs, startRunning } from '../../lib/engine/resume-jobs.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';

/** Where the checklist's open or last job stands. An open page that asks also keeps the work going. */
export async function getJob(
  { checklist }: Parameters<Protocol['getJob']>[0],
  ports: Ports,
): Promise<Result<JobStatus | undefined>> {
  const job = await ports.store.loadShownJob(checklistKey(checklist));
  if (job?.header.endedAt === undefined && job !== undefined) {
    startRunning(ports, job.header);
    return succeed(await statusOf(ports, job));
  }
  const lost = await findLostJob(ports, checklist);
  if (lost !== undefined && lost.settled === undefined) {
    const { timing } = await ports.preferences();
    return succeed(lostStatus(lost, timing, ports.clock.now()));
  }
  return succeed(job && (await statusOf(ports, job)));
}

type Query = Parameters<Protocol['controlJob']>[0];

const ACTIONS = { pause: 'pause', resume: 'run', stop: 'stop' } as const;

/** Pauses, resumes or stops a job, or takes an ended one out of sight. */
export async function controlJob(
  { checklist, job: id, action }: Query,
  ports: Ports,
): Promise<Result<JobStatus>> {
  if (action === 'resume' && (await ports.isPaused())) return fail(failure('paused'));
  const job = await ports.store.loadJob(id);
  if (job === undefined) return controlLost({ checklist, job: id, action }, ports);
  if (job.header.checklistKey !== checklistKey(checklist)) return fail(failure('stale-page'));
  if (hasPendingCreates(job.header)) {
    if (action === 'stop') await dropCreates(ports, job.header);
    else if (action !== 'dismiss') await pauseCreates(ports, id, ACTIONS[action]);
  } else if (action === 'dismiss') {
    await ports.store.dismissJob(id);
    void ports.alerts.refresh();
  } else {
    const control = { action: ACTIONS[action], at: ports.clock.now() };
    await ports.store.setControl(id, control);
    startRunning(ports, job.header);
  }
  ports.onChange(checklist);
  const after = await ports.store.loadJob(id);
  return after === undefined ? fail(failure('stale-page')) : succeed(await statusOf(ports, after));
}

/** Between a change and the issues that it creates no job runs: its control says whether they are begun. */
async function pauseCreates(ports: Ports, id: string, action: 'pause' | 'run'): Promise<void> {
  await ports.store.setControl(id, { action, at: ports.clock.now() });
  if (action === 'run') void resumeJobs(ports).catch(console.error);
}

/** Of a job whose journal was lost only its header is left: what is stopped or dismissed is not shown any more. */
async function controlLost(
  { checklist, job, action }: Query,
  ports: Ports,
): Promise<Result<JobStatus>> {
  const header = await findLostJob(ports, checklist);
  if (header?.id !== job) return fail(failure('stale-page'));
  const { timing } = await ports.preferences();
  const now = ports.clock.now();
  const status = lostStatus(header, timing, now);
  if (action !== 'stop' && action !== 'dismiss') return succeed(status);
  await settleLost(ports, header, 'dismissed');
  ports.onChange(checklist);
  const { waiting: _over, ...rest } = status;
  return succeed(inWords({ ...rest, state: 'ended', outcome: 'stopped', endedAt: now }));
}

/** Does what the user chose for rows that need her, and continues. */
export async function resolveRows(
  { checklist, job: id, indexes, resolution }: Parameters<Protocol['resolveRows']>[0],
  ports: Ports,
): Promise<Result<JobStatus>> {
  const job = await ports.store.loadJob(id);
  if (job?.header.checklistKey !== checklistKey(checklist)) return fail(failure('stale-page'));
  const { account } = job.header;
  const resolved = await resolveRowsOfJob(ports, { id, account }, indexes, resolution);
  if (!resolved.ok) return resolved;
  startRunning(ports, resolved.value.header);
  ports.onChange(checklist);
  return succeed(await statusOf(ports, resolved.value));
}

/** The runs of a checklist: of this browser's log, and on request those that the markers of its issues tell of. */
export async function listRuns(
  { checklist, everywhere }: Parameters<Protocol['listRuns']>[0],
  ports: Ports,
): Promise<Result<readonly RunEntry[]>> {
  const key = checklistKey(checklist);
  const found = everywhere === true ? await readMarked(ports, checklist) : succeed(undefined);
  if (!found.ok) return found;
  const events = await ports.store.listEvents(key);
  const jobs = await ports.store.listJobs(key);
  const { marked, trust } = found.value ?? {};
  return succeed(listRunsOf({ ...trust, checklist, events, jobs, marked }));
}

async function readMarked(
  ports: Ports,
  checklist: ChecklistRef,
): Promise<Result<{ readonly marked: readonly KnownIssue[]; readonly trust: TrustFacts }>> {
  const acting = await accountPorts(ports, checklist.repo.host);
  if (!acting.ok) return acting;
  const read = await readDifferences(ports, acting.value, checklist);
  if (!read.ok) return read;
  const { facts } = read.value;
  return succeed({ marked: facts.listed.issues, trust: trustFor(facts) });
}
