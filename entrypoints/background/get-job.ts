import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { type Result, succeed } from '../../lib/core/failures.ts';
import { checklistKey } from '../../lib/core/refs.ts';
import type { Protocol } from '../../lib/messages.ts';
import { loadShownJob } from '../../lib/store/shown-jobs.ts';
import { findLostJob, lostStatus, statusOf } from './job-status.ts';
import type { Background } from './ports.ts';
import { startRunning } from './resume-jobs.ts';

/** Where the checklist's open or last job stands. An open page that asks also keeps the work going. */
export async function getJob(
  { checklist }: Parameters<Protocol['getJob']>[0],
  background: Background,
): Promise<Result<JobStatus | undefined>> {
  const job = await loadShownJob(background.db, checklistKey(checklist));
  if (job?.header.endedAt === undefined && job !== undefined) {
    startRunning(background, job.header);
    return succeed(await statusOf(background, job));
  }
  const lost = await findLostJob(background, checklist);
  if (lost !== undefined) {
    const { timing } = await background.preferences();
    return succeed(lostStatus(lost, timing, background.clock.now()));
  }
  return succeed(job && (await statusOf(background, job)));
}
