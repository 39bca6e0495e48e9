import { isOfKind } from '../core/engine/job.ts';
import type { JobStatus } from '../core/engine/job-status.ts';
import type { NewChange } from '../core/engine/new-change.ts';
import { fail, failure, type Result, succeed } from '../core/failures.ts';
import type { KnownIssue } from '../core/identity/issue.ts';
import type { LogEvent } from '../core/log/event.ts';
import { type ChecklistRef, checklistKey, issueKey, repoKey } from '../core/refs.ts';
import { issuesByRun } from '../core/runs/issues-by-run.ts';
import { runKind } from '../core/runs/run-entry.ts';
import { takeBackRows } from '../core/runs/take-back.ts';
import { undoFromMarkers, undoGeneration } from '../core/runs/undo-generation.ts';
import { trustFor } from '../core/sync/plan-sync.ts';
import type { Ports, ReconcilePorts } from '../ports.ts';
import { accountPorts } from './account-ports.ts';
import { readDifferences } from './read-differences.ts';
import { readMasterAndRules } from './read-sync.ts';
import { startChange, whenFree, writingOf } from './start-change.ts';

interface Query {
  readonly checklist: ChecklistRef;
  readonly run: string;
}

/** Takes an ended run back, as far as nobody has touched what it made. */
export function undoRun(query: Query, ports: Ports): Promise<Result<JobStatus>> {
  return whenFree(ports, query.checklist, () => start(query, ports));
}

async function start({ checklist, run }: Query, ports: Ports): Promise<Result<JobStatus>> {
  if (typeof run !== 'string' || run === '') return fail(failure('stale-page'));
  const acting = await accountPorts(ports, checklist.repo.host);
  if (!acting.ok) return acting;
  const key = checklistKey(checklist);
  const done = await ports.store.loadJob(run);
  if (done !== undefined && done.header.checklistKey !== key) return fail(failure('stale-page'));
  if (done !== undefined && isOfKind(done, 'generate')) {
    return startUndo(ports, acting.value, undoGeneration(done));
  }
  const events = await ports.store.listEvents(key, run);
  const isGeneration = events.length === 0 || events.some((one) => runKind(one) === 'generate');
  return isGeneration
    ? undoByMarkers(ports, acting.value, checklist, run)
    : takeBack(ports, acting.value, checklist, { run, events });
}

/** A sync or a change: what the log says of it is done the other way round. */
async function takeBack(
  ports: Ports,
  acting: ReconcilePorts,
  checklist: ChecklistRef,
  { run, events }: { readonly run: string; readonly events: readonly LogEvent[] },
): Promise<Result<JobStatus>> {
  const { identity } = (await ports.preferences()).generation;
  const read = await readMasterAndRules(acting, checklist, identity);
  if (!read.ok) return read;
  const { master, rules, blocker } = read.value;
  if (blocker !== undefined) return fail(blocker);
  const { placeholder, linkStyle } = rules;
  const rows = takeBackRows(events, master.text, { repo: checklist.repo, placeholder });
  if (rows.length === 0) return fail(failure('nothing-to-undo'));
  const undo = { checklist, cause: 'undo', rows, creates: [], undoes: run } as const;
  return startUndo(ports, acting, { ...undo, linkStyle, placeholder, identity });
}

/** A generation of another browser, or one whose journal is not kept any more: its issues tell of it. */
async function undoByMarkers(
  ports: Ports,
  acting: ReconcilePorts,
  checklist: ChecklistRef,
  run: string,
): Promise<Result<JobStatus>> {
  const fresh = await readDifferences(ports, acting, checklist);
  if (!fresh.ok) return fresh;
  const { facts, blocker } = fresh.value;
  if (blocker !== undefined) return fail(blocker);
  const trust = trustFor(facts);
  const made = issuesByRun(facts.listed.issues, trust).get(run) ?? [];
  if (made.every(({ state }) => state === 'closed')) return fail(failure('nothing-to-undo'));
  const issues = await readWhole(acting, made, facts.master.createdAt);
  if (!issues.ok) return issues;
  const { text } = facts.master;
  const found = { run, checklist, issues: issues.value, text, ...writingOf(facts) };
  return startUndo(ports, acting, undoFromMarkers(found, trust));
}

/** Changes of issues that the log knows do not count as somebody's touch. */
async function startUndo(
  ports: Ports,
  { login }: Pick<ReconcilePorts, 'login'>,
  undo: Omit<NewChange, 'id' | 'log'>,
): Promise<Result<JobStatus>> {
  const log = await ports.store.listEvents(checklistKey(undo.checklist));
  return startChange(ports, { ...undo, log }, login);
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
