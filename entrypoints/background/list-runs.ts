import { type Result, succeed } from '../../lib/core/failures.ts';
import type { KnownIssue } from '../../lib/core/identity/issue.ts';
import { type ChecklistRef, checklistKey } from '../../lib/core/refs.ts';
import { listRuns as listRunsOf } from '../../lib/core/runs/list-runs.ts';
import type { RunEntry } from '../../lib/core/runs/run-entry.ts';
import type { Protocol } from '../../lib/messages.ts';
import { listJobs } from '../../lib/store/jobs.ts';
import type { Background } from './ports.ts';
import { readDifferences } from './read-differences.ts';
import { syncPorts } from './sync-ports.ts';

/** The runs of a checklist: of this browser's log, and on request those that the markers of its issues tell of. */
export async function listRuns(
  { checklist, everywhere }: Parameters<Protocol['listRuns']>[0],
  background: Background,
): Promise<Result<readonly RunEntry[]>> {
  const key = checklistKey(checklist);
  const found = everywhere === true ? await readMarked(background, checklist) : succeed(undefined);
  if (!found.ok) return found;
  const events = await background.store.listEvents(key);
  const jobs = await listJobs(background.db, key);
  const { marked, viewer } = found.value ?? {};
  return succeed(listRunsOf({ checklist, events, jobs, marked, viewer }));
}

async function readMarked(
  background: Background,
  checklist: ChecklistRef,
): Promise<Result<{ readonly marked: readonly KnownIssue[]; readonly viewer: string }>> {
  const ports = await syncPorts(background, checklist.repo.host);
  if (!ports.ok) return ports;
  const read = await readDifferences(background, ports.value, checklist);
  if (!read.ok) return read;
  return succeed({ marked: read.value.facts.listed.issues, viewer: ports.value.login });
}
