import type { JobStatus } from '../core/engine/job-status.ts';
import { fail, type Result } from '../core/failures.ts';
import type { ChecklistRef } from '../core/refs.ts';
import { traceRows } from '../core/runs/remove-traces.ts';
import type { Ports } from '../ports.ts';
import { accountPortsForPage } from './account-ports.ts';
import { readDifferences } from './read-differences.ts';
import { startChange, whenFree, writingOf } from './start-change.ts';

interface Query {
  readonly checklist: ChecklistRef;
  readonly pageUser: string | undefined;
  /** Numbers that only the traces prove to be an item's get brackets first. */
  readonly bracket: boolean;
}

/** Removes what Masterlist wrote for itself from a checklist and its issues. */
export function removeTraces(query: Query, ports: Ports): Promise<Result<JobStatus>> {
  return whenFree(ports, query.checklist, () => start(query, ports));
}

async function start(
  { checklist, pageUser, bracket }: Query,
  ports: Ports,
): Promise<Result<JobStatus>> {
  const acting = await accountPortsForPage(ports, checklist.repo.host, pageUser);
  if (!acting.ok) return acting;
  const fresh = await readDifferences(ports, acting.value, checklist);
  if (!fresh.ok) return fresh;
  const { blocker, facts } = fresh.value;
  if (blocker !== undefined) return fail(blocker);
  const rows = traceRows(fresh.value, bracket);
  const change = { checklist, cause: 'traces', rows, creates: [], ...writingOf(facts) } as const;
  return startChange(ports, change, acting.value.login);
}
