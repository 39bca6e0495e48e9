import { parseChecklist } from '../core/checklist.ts';
import { type Result, succeed } from '../core/failure.ts';
import type { JobStatus, OpenJobHeader } from '../core/job/job.ts';
import {
  type GenerationFacts,
  type GenerationOptions,
  type GenerationPlan,
  type KnownIssue,
  planGeneration,
} from '../core/plan/plan-generation.ts';
import type { Timing } from '../core/preferences.ts';
import { type ChecklistRef, issueKey, type RepoRef } from '../core/refs.ts';
import type { GitHubPort, JobPorts } from './ports.ts';

/** Clocks differ; GitHub's `since` is its own time. */
const LOOK_BACK = 60 * 60_000;

/** What a recovery needs from outside. */
export interface RecoveryPorts {
  readonly github: Pick<GitHubPort, 'listIssues'>;
  /** Reads everything that a preview looks at, fresh. */
  readFacts(checklist: ChecklistRef, target: RepoRef): Promise<Result<GenerationFacts>>;
}

/** When a job whose journal was lost may be recovered, in milliseconds since 1970: by then GitHub's lists show all it made. */
export function recoverableAt(header: OpenJobHeader, timing: Timing): number {
  return header.lastWriteAt + timing.recoverAfterMs;
}

/**
 * Headers of jobs that the journal does not know (any more). One whose checklist has an open job again was recovered
 * already: it is only removed.
 */
export async function listLostJobs(
  ports: Pick<JobPorts, 'store' | 'headers'>,
): Promise<readonly OpenJobHeader[]> {
  const lost: OpenJobHeader[] = [];
  for (const header of await ports.headers.list()) {
    if ((await ports.store.loadJob(header.id)) !== undefined) continue;
    const open = await ports.store.loadOpenJob(issueKey(header.checklist));
    if (open === undefined) lost.push(header);
    else await ports.headers.remove(header.id);
  }
  return lost;
}

/** How the views show a job whose journal was lost. */
export function summarizeLostJob(header: OpenJobHeader, timing: Timing): JobStatus {
  const { id, kind, checklist, target, startedAt, rows } = header;
  const none = { created: 0, linked: 0, failed: 0, unknown: 0, review: 0 };
  return {
    id,
    kind,
    checklist,
    target,
    state: 'waiting',
    counts: { ...none, total: rows, left: rows },
    waiting: { until: recoverableAt(header, timing), why: 'recovery' },
    problems: [],
    startedAt,
    undoable: 0,
  };
}

/**
 * Plans anew after the journal was lost: from a fresh read, with every issue that the user made since the job started,
 * so that the markers find what exists (rows decided `link`, reason `marked`). The user confirms the plan like any
 * preview; `newJob` with `runsLostWith(header)` among `endedRuns` takes its claim over. Call it at `recoverableAt` or later;
 * a look-up that fails fails the recovery. `run` is a new ULID.
 */
export async function recoverJob(
  header: OpenJobHeader,
  ports: RecoveryPorts,
  options: GenerationOptions,
  run: string,
): Promise<Result<GenerationPlan>> {
  const facts = await ports.readFacts(header.checklist, header.target);
  if (!facts.ok) return facts;
  const start = Math.min(header.startedAt, header.serverStartedAt ?? header.startedAt);
  const since = new Date(start - LOOK_BACK).toISOString();
  const made = await ports.github.listIssues(header.target, { creator: header.login, since });
  if (!made.ok) return made;
  const candidates = together(made.value, facts.value.candidates);
  const wish = { ...(header.planOptions ?? options), target: header.target };
  const read = parseChecklist(facts.value.master.body, { placeholder: wish.placeholder });
  return succeed(planGeneration({ ...facts.value, candidates }, read, wish, run));
}

/** Runs whose claims count for nothing once a job is recovered. */
export function runsLostWith(header: OpenJobHeader): readonly string[] {
  return [header.id, ...header.endedRuns];
}

function together(
  made: readonly KnownIssue[],
  others: readonly KnownIssue[],
): readonly KnownIssue[] {
  const known = new Set(made.map(({ ref }) => issueKey(ref)));
  return [...made, ...others.filter(({ ref }) => !known.has(issueKey(ref)))];
}
