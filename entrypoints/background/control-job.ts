import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { hasPendingCreates } from '../../lib/core/engine/new-change.ts';
import { inWords } from '../../lib/core/engine/summarize-job.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { checklistKey } from '../../lib/core/refs.ts';
import { dropCreates } from '../../lib/engine/create-chosen.ts';
import { findLostJob, lostStatus, statusOf } from '../../lib/engine/job-status.ts';
import { startRunning } from '../../lib/engine/resume-jobs.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';

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
  } else if (action === 'dismiss') {
    await ports.store.dismissJob(id);
    void ports.alerts.look();
  } else {
    const control = { action: ACTIONS[action], at: ports.clock.now() };
    await ports.store.setControl(id, control);
    startRunning(ports, job.header);
  }
  ports.onChange(checklist);
  const after = await ports.store.loadJob(id);
  return after === undefined ? fail(failure('stale-page')) : succeed(await statusOf(ports, after));
}

/** Of a job whose journal was lost only its header is left: to stop it is to forget that. */
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
  await ports.headers.remove(header.id);
  ports.onChange(checklist);
  const { waiting: _over, ...rest } = status;
  return succeed(inWords({ ...rest, state: 'ended', outcome: 'stopped', endedAt: now }));
}
