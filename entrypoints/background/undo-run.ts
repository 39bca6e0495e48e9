import { isOfKind } from '../../lib/core/engine/job.ts';
import type { JobEvent } from '../../lib/core/engine/job-facts.ts';
import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import type { NewChange } from '../../lib/core/engine/new-change.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import type { KnownIssue } from '../../lib/core/identity/issue.ts';
import { type ChecklistRef, checklistKey, issueKey, repoKey } from '../../lib/core/refs.ts';
import { issuesByRun } from '../../lib/core/runs/issues-by-run.ts';
import { runKind } from '../../lib/core/runs/run-kind.ts';
import { takeBackRows } from '../../lib/core/runs/take-back.ts';
import { undoFromMarkers, undoGeneration } from '../../lib/core/runs/undo-generation.ts';
import { readMasterAndRules } from '../../lib/engine/read-sync.ts';
import type { ReconcilePorts } from '../../lib/engine/reconcile-ports.ts';
import type { Protocol } from '../../lib/messages.ts';
import { startMend, whenFree, writingOf } from './job-start.ts';
import type { Background } from './ports.ts';
import { readDifferences } from './read-differences.ts';
import { syncPorts } from './sync-ports.ts';

type Query = Parameters<Protocol['undoRun']>[0];

/** Takes an ended run back, as far as nobody has touched what it made. */
export function undoRun(query: Query, background: Background): Promise<Result<JobStatus>> {
  return whenFree(background, query.checklist, () => start(query, background));
}

async function start(
  { checklist, run }: Query,
  background: Background,
): Promise<Result<JobStatus>> {
  if (typeof run !== 'string' || run === '') return fail(failure('stale-page'));
  const ports = await syncPorts(background, checklist.repo.host);
  if (!ports.ok) return ports;
  const key = checklistKey(checklist);
  const done = await background.store.loadJob(run);
  if (done !== undefined && done.header.checklistKey !== key) return fail(failure('stale-page'));
  if (done !== undefined && isOfKind(done, 'generate')) {
    return startUndo(background, ports.value, undoGeneration(done));
  }
  const events = await background.store.listEvents(key, run);
  const isGeneration = events.length === 0 || events.some((one) => runKind(one) === 'generate');
  return isGeneration
    ? undoByMarkers(background, ports.value, checklist, run)
    : takeBack(background, ports.value, checklist, { run, events });
}

/** A sync or a mending: what the log says of it is done the other way round. */
async function takeBack(
  background: Background,
  ports: ReconcilePorts,
  checklist: ChecklistRef,
  { run, events }: { readonly run: string; readonly events: readonly JobEvent[] },
): Promise<Result<JobStatus>> {
  const { identity } = (await background.preferences()).generation;
  const read = await readMasterAndRules(ports, checklist, identity);
  if (!read.ok) return read;
  const { master, rules, blocker } = read.value;
  if (blocker !== undefined) return fail(blocker);
  const { placeholder, linkStyle } = rules;
  const rows = takeBackRows(events, master.text, { repo: checklist.repo, placeholder });
  if (rows.length === 0) return fail(failure('nothing-to-undo'));
  const undo = { checklist, cause: 'undo', rows, creates: [], undoes: run } as const;
  return startUndo(background, ports, { ...undo, linkStyle, placeholder, identity });
}

/** A generation of another browser, or one whose journal is not kept any more: its issues tell of it. */
async function undoByMarkers(
  background: Background,
  ports: ReconcilePorts,
  checklist: ChecklistRef,
  run: string,
): Promise<Result<JobStatus>> {
  const fresh = await readDifferences(background, ports, checklist);
  if (!fresh.ok) return fresh;
  const { facts, blocker } = fresh.value;
  if (blocker !== undefined) return fail(blocker);
  const whose = { checklist, viewer: ports.login };
  const made = issuesByRun(facts.listed.issues, whose).get(run) ?? [];
  if (made.every(({ state }) => state === 'closed')) return fail(failure('nothing-to-undo'));
  const issues = await readWhole(ports, made, facts.master.createdAt);
  if (!issues.ok) return issues;
  const { text } = facts.master;
  const found = { run, checklist, issues: issues.value, text, ...writingOf(facts) };
  return startUndo(background, ports, undoFromMarkers(found, ports.login));
}

/** Changes of issues that the log knows do not count as somebody's touch. */
async function startUndo(
  background: Background,
  { login }: Pick<ReconcilePorts, 'login'>,
  undo: Omit<NewChange, 'id' | 'log'>,
): Promise<Result<JobStatus>> {
  const log = await background.store.listEvents(checklistKey(undo.checklist));
  return startMend(background, { ...undo, log }, login);
}

/** The issues with their texts, which a look for differences leaves out: whether somebody touched them is seen in these. */
async function readWhole(
  { github }: ReconcilePorts,
  issues: readonly KnownIssue[],
  createdSince: string,
): Promise<Result<readonly KnownIssue[]>> {
  const wanted = new Set(issues.map(({ ref }) => issueKey(ref)));
  const repos = new Map(issues.map(({ ref: { repo } }) => [repoKey(repo), repo]));
  const whole: KnownIssue[] = [];
  for (const repo of repos.values()) {
    const swept = await github.sweepIssues(repo, createdSince);
    if (!swept.ok) return swept;
    whole.push(...swept.value.issues.filter(({ ref }) => wanted.has(issueKey(ref))));
  }
  return succeed(whole);
}
