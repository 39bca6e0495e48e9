import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { fail, type Result } from '../../lib/core/failures.ts';
import { traceRows } from '../../lib/core/runs/remove-traces.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';
import { startMend, whenFree, writingOf } from './job-start.ts';
import { readDifferences } from './read-differences.ts';
import { accountPortsForPage } from './sync-ports.ts';

type Query = Parameters<Protocol['removeTraces']>[0];

/** Removes what Masterlist wrote for itself from a checklist and its issues. */
export function removeTraces(query: Query, ports: Ports): Promise<Result<JobStatus>> {
  return whenFree(ports, query.checklist, () => start(query, ports));
}

async function start({ checklist, pageUser }: Query, ports: Ports): Promise<Result<JobStatus>> {
  const acting = await accountPortsForPage(ports, checklist.repo.host, pageUser);
  if (!acting.ok) return acting;
  const fresh = await readDifferences(ports, acting.value, checklist);
  if (!fresh.ok) return fresh;
  const { blocker, facts } = fresh.value;
  if (blocker !== undefined) return fail(blocker);
  const rows = traceRows(fresh.value);
  const mend = { checklist, cause: 'traces', rows, creates: [], ...writingOf(facts) } as const;
  return startMend(ports, mend, acting.value.login);
}
