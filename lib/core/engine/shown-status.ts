import type { Timing } from '../settings/settings.ts';
import type { Job, JobControl, JobHeader } from './job.ts';
import type { JobStatus } from './job-status.ts';
import type { Pace } from './pace.ts';
import { hasPendingCreates } from './pending-creates.ts';
import { summarizeJob } from './summarize-job.ts';

/** A job as all views show it: a mending whose issues are still to be created is not over. `now` in milliseconds since 1970. */
export function shownStatus(
  job: Job & { readonly control: JobControl },
  pace: Pace,
  now: number,
  timing: Timing,
): JobStatus {
  const status = summarizeJob(job, job.control, pace, now, timing);
  return hasPendingCreates(job.header) ? goesOn(status, job.header) : status;
}

function goesOn(status: JobStatus, { hold }: JobHeader): JobStatus {
  const { outcome: _outcome, endedAt: _endedAt, ...rest } = status;
  if (hold === undefined) return { ...rest, state: 'running' };
  const { failure: problem, at: until } = hold;
  return { ...rest, state: 'waiting', waiting: { until, why: 'sign-in' }, failure: problem };
}
