import { doubledFailure } from '../failures.ts';
import type { Timing } from '../settings/settings.ts';
import type { Job, JobControl, JobRow, RowPhase } from './job.ts';
import { chosenGap, type Effect, isHeld, nextEffect } from './job-effects.ts';
import { isUndoable } from './job-new.ts';
import type { JobStatus, RowProblem } from './job-status.ts';
import { creationsDoneAt, type Pace } from './pace.ts';

/** A job as the views show it, with an honest end: under GitHub's limits as they are now, if nothing goes wrong. */
export function summarizeJob(
  job: Job,
  control: JobControl,
  pace: Pace,
  now: number,
  timing: Timing,
): JobStatus {
  const { header, rows } = job;
  const next = nextEffect(job, control, pace, now, timing);
  const problems = rows.flatMap((row) => problemsOf(row, header.kind));
  const problem = header.failure ?? (isHeld(header, control) ? header.hold?.failure : undefined);
  const finishAt =
    header.endedAt === undefined && next.kind !== 'none'
      ? endOf(job, pace, now, timing, next)
      : undefined;
  return {
    id: header.id,
    kind: header.kind,
    checklist: header.checklist,
    target: header.target,
    state: stateOf(job, next),
    ...(header.outcome === undefined ? {} : { outcome: header.outcome }),
    counts: countRows(header.kind, rows),
    ...waitingOf(job, control, next),
    ...(finishAt === undefined ? {} : { finishAt }),
    problems,
    ...(problem === undefined ? {} : { failure: problem }),
    startedAt: header.startedAt,
    ...(header.endedAt === undefined ? {} : { endedAt: header.endedAt }),
    undoable:
      header.kind === 'generate' && header.endedAt !== undefined
        ? rows.filter(isUndoable).length
        : 0,
    ...(header.mend && {
      mend: { cause: header.mend.cause, creates: header.mend.creates.length },
    }),
  };
}

const DONE: readonly RowPhase[] = ['linked', 'unlinked', 'verified'];
const LEFT: readonly RowPhase[] = ['planned', 'intent', 'uncertain', 'created', 'closed'];

function countRows(kind: JobStatus['kind'], rows: readonly JobRow[]): JobStatus['counts'] {
  const count = (is: (row: JobRow) => boolean) => rows.filter(is).length;
  return {
    total: count((row) => row.phase !== 'skipped'),
    created: count(COUNTED[kind]),
    linked: count((row) => DONE.includes(row.phase)),
    failed: count((row) => row.phase === 'failed'),
    unknown: count((row) => row.phase === 'uncertain' || row.phase === 'asked'),
    review: count((row) => row.phase === 'review'),
    left: count((row) => LEFT.includes(row.phase)),
  };
}

function isMade({ own, issue, phase }: JobRow): boolean {
  return own && issue !== undefined && phase !== 'skipped';
}

function isClosed({ phase }: JobRow): boolean {
  return phase === 'closed' || DONE.includes(phase);
}

function isChanged(row: JobRow): boolean {
  return isClosed(row) && row.mend?.changes.length !== 0;
}

const COUNTED = { generate: isMade, mend: isChanged } as const;

function stateOf(job: Job, next: Effect): JobStatus['state'] {
  if (job.header.endedAt !== undefined) return 'ended';
  if (next.kind === 'none') return 'paused';
  // Between two creations a job is at work, not waiting.
  return next.kind === 'wait' && next.why !== 'pace' ? 'waiting' : 'running';
}

function waitingOf(job: Job, control: JobControl, next: Effect): Pick<JobStatus, 'waiting'> {
  if (job.header.endedAt !== undefined) return {};
  if (next.kind === 'wait') return { waiting: { until: next.until, why: next.why } };
  const { hold } = job.header;
  if (hold === undefined || !isHeld(job.header, control)) return {};
  return { waiting: { until: hold.at, why: 'sign-in' } };
}

function endOf(job: Job, pace: Pace, now: number, timing: Timing, next: Effect): number {
  const { header, rows } = job;
  const creations = rows.filter((row) => row.phase === 'planned');
  const comments = rows.filter(
    (row) => row.comment?.phase === 'planned' && row.phase !== 'skipped',
  );
  const waits = next.kind === 'wait' ? next.until : now;
  const claim = header.claim === 'none' && header.kind === 'generate' ? timing.claimSettleMs : 0;
  const start = Math.max(waits, now + claim);
  const gap = chosenGap(header, timing);
  const done = creationsDoneAt(pace, gap, creations.length + comments.length, start, timing);
  const looks = rows.flatMap(({ attempt, phase }) =>
    phase === 'uncertain' && attempt !== undefined
      ? [attempt.sentAt + (timing.lookUpAfterMs[attempt.lookUps] ?? 0)]
      : [],
  );
  return Math.max(done, ...looks);
}

function problemsOf(row: JobRow, kind: JobStatus['kind']): readonly RowProblem[] {
  const { index, text, issue } = row;
  const about = { index, text, ...(issue === undefined ? {} : { issue }) };
  const problems: RowProblem[] = [];
  if (row.failure !== undefined && row.phase !== 'skipped') {
    problems.push({ ...about, failure: row.failure, choices: choicesOf(row, kind) });
  }
  if (row.comment?.failure !== undefined) {
    problems.push({ ...about, failure: row.comment.failure, choices: ['retry', 'skip'] });
  }
  if (row.doubled !== undefined)
    problems.push({ ...about, failure: doubled(row), choices: ['skip'] });
  return problems;
}

function choicesOf(row: JobRow, kind: JobStatus['kind']): RowProblem['choices'] {
  if (row.failure?.code === 'touched') return ['force', 'skip'];
  // Trying again would find the same.
  if (row.failure?.code === 'changed-meanwhile') return ['skip'];
  if (kind !== 'generate') return ['retry', 'skip'];
  if (row.phase === 'asked') return ['create-again', 'use-number', 'skip', 'retry'];
  if (row.phase === 'failed') return ['retry', 'skip'];
  return row.issue === undefined ? ['retry', 'use-number', 'skip'] : ['retry', 'skip'];
}

function doubled({ issue, doubled: others = [] }: JobRow) {
  return doubledFailure(`#${issue?.number ?? ''}`, others.map((number) => `#${number}`).join(', '));
}
