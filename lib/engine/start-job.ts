import { type Job, openHeader } from '../core/engine/job.ts';
import type { Result } from '../core/failures.ts';
import type { JobPorts } from '../ports.ts';

/**
 * Makes a job durable: in the journal, and its header outside it. Nothing is sent to GitHub yet; call `runSlice`.
 * Fails with `job-open` when the checklist has an open job: continue that one.
 */
export async function startJob(
  ports: Pick<JobPorts, 'store' | 'headers' | 'clock'>,
  job: Job,
): Promise<Result<void>> {
  const now = ports.clock.now();
  const opened = await ports.store.openJob(job, now);
  // Only now: a header whose job was never opened would look like a lost journal.
  if (opened.ok) await ports.headers.save(openHeader(job, now));
  return opened;
}
