import { type Result, succeed } from '../../lib/core/failures.ts';
import type { KnownIssue } from '../../lib/core/identity/issue.ts';
import { type ChecklistRef, checklistKey } from '../../lib/core/refs.ts';
import { listRuns as listRunsOf } from '../../lib/core/runs/list-runs.ts';
import type { RunEntry } from '../../lib/core/runs/run-entry.ts';
import { accountPorts } from '../../lib/engine/account-ports.ts';
import { readDifferences } from '../../lib/engine/read-differences.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';

/** The runs of a checklist: of this browser's log, and on request those that the markers of its issues tell of. */
export async function listRuns(
  { checklist, everywhere }: Parameters<Protocol['listRuns']>[0],
  ports: Ports,
): Promise<Result<readonly RunEntry[]>> {
  const key = checklistKey(checklist);
  const found = everywhere === true ? await readMarked(ports, checklist) : succeed(undefined);
  if (!found.ok) return found;
  const events = await ports.store.listEvents(key);
  const jobs = await ports.store.listJobs(key);
  const { marked, viewer } = found.value ?? {};
  return succeed(listRunsOf({ checklist, events, jobs, marked, viewer }));
}

async function readMarked(
  ports: Ports,
  checklist: ChecklistRef,
): Promise<Result<{ readonly marked: readonly KnownIssue[]; readonly viewer: string }>> {
  const acting = await accountPorts(ports, checklist.repo.host);
  if (!acting.ok) return acting;
  const read = await readDifferences(ports, acting.value, checklist);
  if (!read.ok) return read;
  return succeed({ marked: read.value.facts.listed.issues, viewer: acting.value.login });
}
