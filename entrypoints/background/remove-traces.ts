import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { fail, type Result } from '../../lib/core/failures.ts';
import { traceRows } from '../../lib/core/runs/remove-traces.ts';
import type { Protocol } from '../../lib/messages.ts';
import { startMend, whenFree, writingOf } from './job-start.ts';
import type { Background } from './ports.ts';
import { readDifferences } from './read-differences.ts';
import { syncPortsForPage } from './sync-ports.ts';

type Query = Parameters<Protocol['removeTraces']>[0];

/** Removes what Masterlist wrote for itself from a checklist and its issues. */
export function removeTraces(query: Query, background: Background): Promise<Result<JobStatus>> {
  return whenFree(background, query.checklist, () => start(query, background));
}

async function start(
  { checklist, pageUser }: Query,
  background: Background,
): Promise<Result<JobStatus>> {
  const ports = await syncPortsForPage(background, checklist.repo.host, pageUser);
  if (!ports.ok) return ports;
  const fresh = await readDifferences(background, ports.value, checklist);
  if (!fresh.ok) return fresh;
  const { blocker, facts } = fresh.value;
  if (blocker !== undefined) return fail(blocker);
  const rows = traceRows(fresh.value);
  const mend = { checklist, cause: 'traces', rows, creates: [], ...writingOf(facts) } as const;
  return startMend(background, mend, ports.value.login);
}
