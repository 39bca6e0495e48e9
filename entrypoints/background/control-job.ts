import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { hasPendingCreates } from '../../lib/core/engine/new-change.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { checklistKey } from '../../lib/core/refs.ts';
import type { Protocol } from '../../lib/messages.ts';
import { dismissJob } from '../../lib/store/shown-jobs.ts';
import { dropCreates } from './continue-mends.ts';
import { findLostJob, lostStatus, statusOf } from './job-status.ts';
import type { Background } from './ports.ts';
import { startRunning } from './resume-jobs.ts';

type Query = Parameters<Protocol['controlJob']>[0];

const ACTIONS = { pause: 'pause', resume: 'run', stop: 'stop' } as const;

/** Pauses, resumes or stops a job, or takes an ended one out of sight. */
export async function controlJob(
  { checklist, job: id, action }: Query,
  background: Background,
): Promise<Result<JobStatus>> {
  if (action === 'resume' && (await background.isPaused())) return fail(failure('paused'));
  const job = await background.store.loadJob(id);
  if (job === undefined) return controlLost({ checklist, job: id, action }, background);
  if (job.header.checklistKey !== checklistKey(checklist)) return fail(failure('stale-page'));
  if (hasPendingCreates(job.header)) {
    if (action === 'stop') await dropCreates(background, job.header);
  } else if (action === 'dismiss') {
    await dismissJob(background.db, id);
    void background.alerts.look();
  } else {
    const control = { action: ACTIONS[action], at: background.clock.now() };
    await background.store.setControl(id, control);
    startRunning(background, job.header);
  }
  background.revisions.bump(checklist);
  const after = await background.store.loadJob(id);
  return after === undefined
    ? fail(failure('stale-page'))
    : succeed(await statusOf(background, after));
}

/** Of a job whose journal was lost only its header is left: to stop it is to forget that. */
async function controlLost(
  { checklist, job, action }: Query,
  background: Background,
): Promise<Result<JobStatus>> {
  const header = await findLostJob(background, checklist);
  if (header?.id !== job) return fail(failure('stale-page'));
  const { timing } = await background.preferences();
  const now = background.clock.now();
  const status = lostStatus(header, timing, now);
  if (action !== 'stop' && action !== 'dismiss') return succeed(status);
  await background.headers.remove(header.id);
  background.revisions.bump(checklist);
  const { waiting: _over, ...rest } = status;
  return succeed({ ...rest, state: 'ended', outcome: 'stopped', endedAt: now });
}
