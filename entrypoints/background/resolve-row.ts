import type { JobStatus, RowResolution } from '../../lib/core/engine/job-status.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { checklistKey } from '../../lib/core/refs.ts';
import { statusOf } from '../../lib/engine/job-status.ts';
import { resolveRow as resolveRowOfJob } from '../../lib/engine/resolve-row.ts';
import { startRunning } from '../../lib/engine/resume-jobs.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';

/** Does what the user chose for a row that needs her, and goes on. */
export async function resolveRow(
  { checklist, job: id, index, resolution }: Parameters<Protocol['resolveRow']>[0],
  ports: Ports,
): Promise<Result<JobStatus>> {
  const job = await ports.store.loadJob(id);
  const isRight = job?.header.checklistKey === checklistKey(checklist) && isResolution(resolution);
  if (job === undefined || !isRight) return fail(failure('stale-page'));
  const { account } = job.header;
  const resolved = await resolveRowOfJob(ports, { id, account }, index, resolution);
  if (!resolved.ok) return resolved;
  startRunning(ports, resolved.value.header);
  ports.onChange(checklist);
  return succeed(await statusOf(ports, resolved.value));
}

/** A number comes from a field on the page. */
function isResolution(resolution: RowResolution): boolean {
  switch (resolution.kind) {
    case 'retry':
    case 'create-again':
    case 'skip':
    case 'force':
      return true;
    case 'use-number':
      return Number.isSafeInteger(resolution.number) && resolution.number > 0;
    default:
      return false;
  }
}
