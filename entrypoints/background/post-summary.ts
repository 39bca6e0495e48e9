import { type Failure, fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { localDay } from '../../lib/core/metrics/calendar.ts';
import { foldMetrics } from '../../lib/core/metrics/metrics.ts';
import { summaryMarkdown } from '../../lib/core/metrics/metrics-markdown.ts';
import { type ChecklistRef, checklistKey } from '../../lib/core/refs.ts';
import { readSummary } from '../../lib/core/text/summary-block.ts';
import { readMasterAndRules } from '../../lib/engine/read-sync.ts';
import type { SyncPorts } from '../../lib/engine/sync-ports.ts';
import { confirmWrite } from '../../lib/engine/verify-writes.ts';
import { writeChecklist } from '../../lib/engine/write-checklist.ts';
import type { Protocol } from '../../lib/messages.ts';
import { listIssueDates } from '../../lib/store/issue-dates.ts';
import { loadReconcile } from '../../lib/store/reconciles.ts';
import type { Background } from './ports.ts';
import { refreshDates } from './refresh-dates.ts';
import { syncPorts } from './sync-ports.ts';

type Query = Parameters<Protocol['postSummary']>[0];

/** Writes the summary of a checklist, from figures as fresh as GitHub's, into its text, or takes it out. */
export async function postSummary(
  { checklist, post }: Query,
  background: Background,
): Promise<Result<void>> {
  if (await background.isPaused()) return fail(failure('paused'));
  const open = await background.store.loadOpenJob(checklistKey(checklist));
  if (open !== undefined) return fail(failure('job-open'));
  const ports = await syncPorts(background, checklist.repo.host);
  if (!ports.ok) return ports;
  const { identity } = (await background.preferences()).generation;
  const read = await readMasterAndRules(ports.value, checklist, identity);
  if (!read.ok) return read;
  const { blocker, master, rules } = read.value;
  if (blocker !== undefined) return fail(blocker);
  const summary = post ? await summaryOf(background, checklist, master.title) : succeed('');
  if (!summary.ok) return summary;
  const { placeholder } = rules;
  const problem = await write(ports.value, { checklist, placeholder, content: summary.value });
  background.revisions.bump(checklist);
  return problem === undefined ? succeed(undefined) : fail(problem);
}

async function summaryOf(
  background: Background,
  checklist: ChecklistRef,
  title: string,
): Promise<Result<string>> {
  const fresh = await refreshDates({ checklist }, background);
  if (!fresh.ok) return fresh;
  const { db, store, clock } = background;
  const key = checklistKey(checklist);
  const reconcile = await loadReconcile(db, key);
  const facts = {
    checklists: [{ key, title }],
    issues: await listIssueDates(db, key),
    events: await store.listEvents(key),
    reconciles: reconcile === undefined ? [] : [reconcile],
    counters: [],
  };
  return succeed(summaryMarkdown(foldMetrics(facts, { now: clock.now(), dayOf: localDay })));
}

interface Wish {
  readonly checklist: ChecklistRef;
  readonly placeholder: string;
  readonly content: string;
}

async function write(
  ports: SyncPorts,
  { checklist, placeholder, content }: Wish,
): Promise<Failure | undefined> {
  const run = ports.newRunId();
  const request = {
    checklist,
    placeholder,
    job: run,
    run,
    login: ports.login,
    cause: { by: 'click', what: 'summary' } as const,
    decide: () => [{ kind: 'summary', content } as const],
  };
  const written = await writeChecklist(ports, request);
  if (!written.ok) return written.failure;
  const { text, outcome } = written.value;
  const isChanged = outcome.applied.some(({ changed }) => changed);
  if (!isChanged && (readSummary(text) ?? '') !== content) return failure('no-place-for-summary');
  // What fell between the read and the write is found and mended. Where GitHub does not answer, the next write looks.
  return (await confirmWrite(ports, request, written.value)).notice;
}
