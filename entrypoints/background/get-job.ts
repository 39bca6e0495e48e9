import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { type Result, succeed } from '../../lib/core/failures.ts';
import { checklistKey } from '../../lib/core/refs.ts';
import { findLostJob, lostStatus, statusOf } from '../../lib/engine/job-status.ts';
import { startRunning } from '../../lib/engine/resume-jobs.ts';
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
  if (lost !== undefined) {
    const { timing } = await ports.preferences();
    return succeed(lostStatus(lost, timing, ports.clock.now()));
  }
  return succeed(job && (await statusOf(ports, job)));
}
