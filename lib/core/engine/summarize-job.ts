import type { Timing } from '../settings/settings.ts';
import type { Effect } from './effect.ts';
import type { Job, JobControl, JobHeader, JobKind, JobRow } from './job.ts';
import type { JobStatus, RowProblem } from './job-status.ts';
import type { Kind, Stage } from './kind.ts';
import { kindNamed, kindOf } from './kinds/registry.ts';
import { hasPendingCreates } from './new-change.ts';
import { isHeld, nextEffect } from './next.ts';
import { creationsDoneAt, type Pace } from './pace.ts';
import { chosenGap } from './steps.ts';

/** A job as all views show it: one whose issues are still to be created is not over. `now` in milliseconds since 1970. */
export function shownStatus(
  job: Job & { readonly control: JobControl },
  pace: Pace,
  now: number,
  timing: Timing,
): JobStatus {
  const status = summarizeJob(job, job.control, pace, now, timing);
  return hasPendingCreates(job.header) ? unfinished(status, job) : status;
}

/** A job as the views show it, with an honest end: under GitHub's limits as they are now, if nothing goes wrong. */
export function summarizeJob<K extends JobKind>(
  job: Job<K>,
  control: JobControl,
  pace: Pace,
  now: number,
  timing: Timing,
): JobStatus {
  const { header, rows } = job;
  const { id, checklist, target, startedAt, endedAt, outcome } = header;
  const kind = kindOf(job);
  const next = nextEffect(job, control, pace, now, timing);
  const isWaited = header.hold?.since !== undefined || isHeld(header, control);
  const problem = header.failure ?? (isWaited ? header.hold?.failure : undefined);
  const isOpen = endedAt === undefined && next.kind !== 'none';
  const status = {
    id,
    kind: header.kind,
    checklist,
    target,
    state: stateOf(header, control, next),
    ...(outcome && { outcome }),
    counts: countRows(kind, rows),
    ...waitingOf(header, control, next),
    ...(isOpen && { finishAt: finishAt(job, control, pace, now, timing, next) }),
    problems: rows.flatMap((row) => problemsOf(kind, row)),
    ...(problem && { failure: problem }),
    startedAt,
    ...(endedAt !== undefined && { endedAt }),
    undoable: kind.back.undoable(job),
    ...kind.words.status?.(header),
  };
  return inWords(status);
}

/** A status with the sentences of its kind, which follow from all the rest of it. */
export function inWords(status: Omit<JobStatus, 'words'>): JobStatus {
  return { ...status, words: kindNamed(status.kind).words.describe(status) };
}

function unfinished(
  status: JobStatus,
  { header: { hold }, control }: { readonly header: JobHeader; readonly control: JobControl },
): JobStatus {
  const { outcome: _outcome, endedAt: _endedAt, ...rest } = status;
  if (control.action === 'pause') return { ...rest, state: 'paused' };
  if (hold === undefined) return { ...rest, state: 'running' };
  const { failure: problem, at: until } = hold;
  return { ...rest, state: 'waiting', waiting: { until, why: 'sign-in' }, failure: problem };
}

function countRows<K extends JobKind>(
  { words }: Kind<K>,
  rows: readonly JobRow<K>[],
): JobStatus['counts'] {
  const stages = rows.map(words.stage);
  const count = (...wanted: readonly Stage[]) =>
    stages.filter((stage) => wanted.includes(stage)).length;
  return {
    total: rows.length - count('skipped'),
    created: rows.filter(words.isMade).length,
    linked: count('done'),
    failed: count('failed'),
    unknown: count('uncertain', 'asked'),
    review: count('review'),
    left: count('left', 'uncertain'),
  };
}

function stateOf(header: JobHeader, control: JobControl, next: Effect): JobStatus['state'] {
  const { action } = control;
  if (header.endedAt !== undefined) return 'ended';
  if (next.kind === 'none')
    return action !== 'pause' && isHeld(header, control) ? 'waiting' : 'paused';
  // Between two creations a job is at work, not waiting.
  if (next.kind !== 'wait' || next.why === 'pace') return 'running';
  return action === 'pause' ? 'paused' : 'waiting';
}

function waitingOf(
  header: JobHeader,
  control: JobControl,
  next: Effect,
): Pick<JobStatus, 'waiting'> {
  const { endedAt, hold } = header;
  if (endedAt !== undefined) return {};
  if (next.kind === 'wait') return { waiting: { until: next.until, why: next.why } };
  if (hold === undefined || !isHeld(header, control)) return {};
  const why = hold.since === undefined ? 'sign-in' : 'rights';
  return { waiting: { until: hold.at, why } };
}

function finishAt<K extends JobKind>(
  job: Job<K>,
  control: JobControl,
  pace: Pace,
  now: number,
  timing: Timing,
  next: Effect,
): number {
  const { writes, from, until } = kindOf(job).next.rest({ job, control, pace, now, timing });
  const start = Math.max(next.kind === 'wait' ? next.until : now, from);
  const gap = chosenGap(job.header, timing);
  return Math.max(creationsDoneAt(pace, gap, writes, start, timing), until);
}

function problemsOf<K extends JobKind>({ words }: Kind<K>, row: JobRow<K>): readonly RowProblem[] {
  const { index, text, failure: problem } = row;
  const issue = words.issue(row);
  const about = { index, text, ...(issue && { issue }) };
  const isOver = words.stage(row) === 'skipped';
  const own =
    problem === undefined || isOver ? [] : [{ failure: problem, choices: words.choices(row) }];
  return [...own, ...words.problems(row)].map((one) => ({ ...about, ...one }));
}
