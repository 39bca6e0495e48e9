import { type Failure, fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { localDay } from '../../lib/core/metrics/calendar.ts';
import { foldMetrics } from '../../lib/core/metrics/metrics.ts';
import { summaryMarkdown } from '../../lib/core/metrics/metrics-markdown.ts';
import { type ChecklistRef, checklistKey } from '../../lib/core/refs.ts';
import { readSummary } from '../../lib/core/text/summary-block.ts';
import { accountPorts } from '../../lib/engine/account-ports.ts';
import { withText } from '../../lib/engine/checklist-text.ts';
import { readMasterAndRules } from '../../lib/engine/read-sync.ts';
import { confirmWrite } from '../../lib/engine/verify-writes.ts';
import { writeChecklist } from '../../lib/engine/write-checklist.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports, SyncPorts } from '../../lib/ports.ts';
import { refreshDates } from './refresh-dates.ts';

type Query = Parameters<Protocol['postSummary']>[0];

/** Writes the summary of a checklist, from figures as fresh as GitHub's, into its text, or takes it out. */
export async function postSummary({ checklist, post }: Query, ports: Ports): Promise<Result<void>> {
  if (await ports.isPaused()) return fail(failure('paused'));
  const open = await ports.store.loadOpenJob(checklistKey(checklist));
  if (open !== undefined) return fail(failure('job-open'));
  const acting = await accountPorts(ports, checklist.repo.host);
  if (!acting.ok) return acting;
  const { identity } = (await ports.preferences()).generation;
  const read = await readMasterAndRules(acting.value, checklist, identity);
  if (!read.ok) return read;
  const { blocker, master, rules } = read.value;
  if (blocker !== undefined) return fail(blocker);
  const summary = post ? await summaryOf(ports, checklist, master.title) : succeed('');
  if (!summary.ok) return summary;
  const { placeholder } = rules;
  const problem = await write(acting.value, { checklist, placeholder, content: summary.value });
  ports.onChange(checklist);
  return problem === undefined ? succeed(undefined) : fail(problem);
}

async function summaryOf(
  ports: Ports,
  checklist: ChecklistRef,
  title: string,
): Promise<Result<string>> {
  const fresh = await refreshDates({ checklist, isAsked: false }, ports);
  if (!fresh.ok) return fresh;
  const { dates, reconciles, store, clock } = ports;
  const key = checklistKey(checklist);
  const reconcile = await reconciles.load(key);
  const facts = {
    checklists: [{ key, title }],
    issues: await dates.list(key),
    events: await store.listEvents(key),
    reconciles: reconcile === undefined ? [] : [reconcile],
    counters: [],
  };
  return succeed(summaryMarkdown(foldMetrics(facts, { now: clock.now(), dayOf: localDay })));
}

interface NewSummary {
  readonly checklist: ChecklistRef;
  readonly placeholder: string;
  readonly content: string;
}

async function write(
  acting: SyncPorts,
  { checklist, placeholder, content }: NewSummary,
): Promise<Failure | undefined> {
  const run = acting.newId();
  const request = {
    checklist,
    placeholder,
    job: run,
    run,
    login: acting.login,
    cause: { by: 'click', what: 'summary' } as const,
    decide: () => [{ kind: 'summary', content } as const],
  };
  const written = await writeChecklist(withText(acting), request);
  if (!written.ok) return written.failure;
  const { text, outcome } = written.value;
  const isChanged = outcome.applied.some(({ changed }) => changed);
  if (!isChanged && (readSummary(text) ?? '') !== content) return failure('no-place-for-summary');
  // What fell between the read and the write is found and restored. Where GitHub does not answer, the next write looks.
  return (await confirmWrite(withText(acting), request, written.value)).notice;
}
