import { applyChange, type Job } from '../core/engine/job.ts';
import type { RowResolution } from '../core/engine/job-status.ts';
import { resolve } from '../core/engine/record.ts';
import { type Failure, fail, failure, type Result, succeed } from '../core/failures.ts';
import type { JobPorts } from '../ports.ts';
import type { StoredJob } from '../store-ports.ts';
import { listRunsOver } from './recover-job.ts';
import { startJob } from './start-job.ts';

/**
 * Does what the user chose for rows, together: one look-up answers for all. A job that had ended is opened again when there is something to do; that fails
 * with `job-open` while another job of the checklist is open. Call `runSlice` afterwards.
 */
export function resolveRows(
  ports: Pick<JobPorts, 'store' | 'headers' | 'clock' | 'locks'>,
  job: { readonly id: string; readonly account: string },
  indexes: readonly number[],
  resolution: RowResolution,
): Promise<Result<StoredJob>> {
  // The same turn as the runner's steps: neither overwrites the other's records.
  return ports.locks.withLock(`account:${job.account}`, async () => {
    const stored = await ports.store.loadJob(job.id);
    if (stored === undefined) return lost();
    const change = resolve(stored, indexes, resolution);
    const after = applyChange(stored, change);
    const reopened = stored.header.endedAt !== undefined && after.header.endedAt === undefined;
    if (reopened) {
      const opened = await startJob(ports, await withEndedRuns(ports, after));
      return opened.ok ? reload(ports, job.id) : opened;
    }
    await ports.store.save(job.id, change);
    return reload(ports, job.id);
  });
}

// Runs that ended since this one was made: their forgotten claims count for nothing either.
async function withEndedRuns(ports: Pick<JobPorts, 'store' | 'headers'>, job: Job): Promise<Job> {
  const { id, checklistKey, endedRuns } = job.header;
  const ended = await listRunsOver(ports, checklistKey);
  const others = [...endedRuns, ...ended].filter((run) => run !== id);
  return { ...job, header: { ...job.header, endedRuns: [...new Set(others)] } };
}

async function reload(ports: Pick<JobPorts, 'store'>, id: string): Promise<Result<StoredJob>> {
  const stored = await ports.store.loadJob(id);
  return stored === undefined ? lost() : succeed(stored);
}

function lost(): { readonly ok: false; readonly failure: Failure } {
  return fail(failure('stale-plan'));
}
