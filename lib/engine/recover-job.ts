import type { JobHeader, OpenJobHeader } from '../core/engine/job.ts';
import type { JobStatus } from '../core/engine/job-status.ts';
import { kindNamed } from '../core/engine/kinds/registry.ts';
import { inWords } from '../core/engine/summarize-job.ts';
import { type Failure, failure, type Result, succeed } from '../core/failures.ts';
import type { GitHub } from '../core/github.ts';
import type { KnownIssue } from '../core/identity/issue.ts';
import { planGeneration } from '../core/plan/make-plan.ts';
import type {
  GenerationFacts,
  GenerationOptions,
  GenerationPlan,
} from '../core/plan/plan-generation.ts';
import { type ChecklistRef, checklistKey, issueKey, type RepoRef } from '../core/refs.ts';
import type { Timing } from '../core/settings/settings.ts';
import { parseChecklist } from '../core/text/parse-checklist.ts';
import type { JobPorts } from '../ports.ts';
import { readOptions } from './read-options.ts';

/** Clocks differ; GitHub's `since` is its own time. */
const LOOK_BACK = 60 * 60_000;

/** What a recovery needs from outside. */
export interface RecoveryPorts {
  readonly github: Pick<GitHub, 'listIssues'>;
  /** Reads everything that a preview looks at, fresh. */
  readFacts(checklist: ChecklistRef, target: RepoRef): Promise<Result<GenerationFacts>>;
}

/**
 * When a job whose journal was lost may be recovered, in milliseconds since 1970: by then GitHub's lists show all it
 * made. A change makes nothing that could be made twice: nobody need wait.
 */
export function recoverableAt({ kind, lastWriteAt }: OpenJobHeader, timing: Timing): number {
  return lastWriteAt + (kindNamed(kind).back.isSearched ? timing.recoverAfterMs : 0);
}

/** What the user is told, once, of a job whose journal was lost. */
export function lossOf({ kind }: OpenJobHeader): Failure {
  return failure(kindNamed(kind).back.lost);
}

/**
 * Headers of jobs that the journal does not know (any more) and whose work is still to be found; those that the user
 * dismissed, too. One whose checklist has an open job again was recovered already, and a change is past once another job
 * was begun.
 */
export async function listLostJobs(
  ports: Pick<JobPorts, 'store' | 'headers' | 'clock'>,
): Promise<readonly OpenJobHeader[]> {
  const lost: OpenJobHeader[] = [];
  for (const header of await ports.headers.list()) {
    if (header.settled === 'recovered') continue;
    if ((await ports.store.loadJob(header.id)) !== undefined) continue;
    const last = await ports.store.loadLastJob(checklistKey(header.checklist));
    if (last === undefined || !isSettledBy(header, last.header)) {
      lost.push(await withoutFuture(ports, header));
    } else await settleLost(ports, header, 'recovered');
  }
  return lost;
}

/** The clock was turned back since the last request: its wait begins now, and does not last until that time comes again. */
async function withoutFuture(
  { headers, clock }: Pick<JobPorts, 'headers' | 'clock'>,
  header: OpenJobHeader,
): Promise<OpenJobHeader> {
  const now = clock.now();
  if (header.lastWriteAt <= now) return header;
  const changed = { ...header, lastWriteAt: now };
  await headers.save(changed);
  return changed;
}

/** What became of a lost job. Of a generation its claim is remembered, which may still be in the text. */
export function settleLost(
  { headers }: Pick<JobPorts, 'headers'>,
  header: OpenJobHeader,
  settled: NonNullable<OpenJobHeader['settled']>,
): Promise<void> {
  const { isSearched } = kindNamed(header.kind).back;
  return isSearched ? headers.save({ ...header, settled }) : headers.remove(header.id);
}

/** Runs of a checklist that this browser knows to be over: ended, or lost with the journal. Their claims count for nothing. */
export async function listRunsOver(
  { store, headers }: Pick<JobPorts, 'store' | 'headers'>,
  key: string,
): Promise<readonly string[]> {
  const ended = await store.listEndedRuns(key);
  const open = await store.loadOpenJob(key);
  const lost = (await headers.list()).filter(({ checklist }) => checklistKey(checklist) === key);
  const runs = new Set([...ended, ...lost.flatMap(runsLostWith)]);
  runs.delete(open?.header.id ?? '');
  return [...runs];
}

/** Forgets lost runs whose claims count for nothing by now, whoever asks. */
export async function pruneLost(
  { store, headers }: Pick<JobPorts, 'store' | 'headers'>,
  before: number,
): Promise<void> {
  for (const { id, settled, lastWriteAt } of await headers.list()) {
    const isOld = settled === 'recovered' && lastWriteAt < before;
    if (isOld && (await store.loadJob(id)) === undefined) await headers.remove(id);
  }
}

// What a lost generation made is looked for before anything else begins; of a change there is nothing to look for.
function isSettledBy({ kind, lastWriteAt }: OpenJobHeader, last: JobHeader): boolean {
  if (kindNamed(kind).back.isSearched) return last.endedAt === undefined && last.kind === kind;
  return last.endedAt === undefined || last.startedAt > lastWriteAt;
}

/** How the views show a job whose journal was lost. */
export function summarizeLostJob(header: OpenJobHeader, timing: Timing): JobStatus {
  const { id, kind, checklist, target, startedAt, rows, lastWriteAt } = header;
  const none = { created: 0, linked: 0, failed: 0, unknown: 0, review: 0 };
  const status = {
    id,
    kind,
    checklist,
    target,
    counts: { ...none, total: rows, left: rows },
    problems: [],
    startedAt,
    undoable: 0,
  };
  const waiting = { until: recoverableAt(header, timing), why: 'recovery' } as const;
  const loss = { outcome: 'failed', failure: lossOf(header), endedAt: lastWriteAt } as const;
  return kindNamed(kind).back.isSearched
    ? lostInWords({ ...status, state: 'waiting', waiting })
    : lostInWords({ ...status, state: 'ended', ...loss });
}

/** `inWords` where nobody knows any more how far the run came. */
export function lostInWords(status: Omit<JobStatus, 'words'>): JobStatus {
  const { words, ...rest } = inWords(status);
  return { ...rest, words: { ...words, progress: CUT_OFF, result: CUT_OFF, outcome: CUT_OFF } };
}

const CUT_OFF = 'This run was interrupted.';

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
  const { host } = header.checklist.repo;
  const wanted = { ...readOptions(header.planOptions, options, host), target: header.target };
  const read = parseChecklist(facts.value.master.body, { placeholder: wanted.placeholder });
  return succeed(planGeneration({ ...facts.value, candidates }, read, wanted, run));
}

/** Runs whose claims count for nothing once a job is recovered. */
export function runsLostWith(header: OpenJobHeader): readonly string[] {
  return [header.id, ...header.endedRuns];
}

/** Issues that were listed and those that were found before, each once. */
export function together(
  made: readonly KnownIssue[],
  others: readonly KnownIssue[],
): readonly KnownIssue[] {
  const known = new Set(made.map(({ ref }) => issueKey(ref)));
  return [...made, ...others.filter(({ ref }) => !known.has(issueKey(ref)))];
}
