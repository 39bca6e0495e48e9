import { type Failure, isOfIssue, mayReturn, meaningForRun } from '../failures.ts';
import { sameRepo } from '../refs.ts';
import type { Timing } from '../settings/settings.ts';
import type { Request } from './effect.ts';
import { withdraw } from './intent.ts';
import {
  changeRow,
  type Job,
  type JobChange,
  type JobHeader,
  type JobKind,
  type JobRow,
} from './job.ts';
import { kindOf, recordOf } from './kinds/registry.ts';
import { CHECK_AGAIN } from './steps.ts';

/** How long the master is left alone while its editor is open, in milliseconds. */
const EDITOR_WAIT = 5_000;

/** So many requests in a row without a known outcome are an outage: the run stops sending. */
const OUTAGE_AFTER = 2;

/** The records after a request that failed. */
export function recordFailure<K extends JobKind>(
  job: Job<K>,
  request: Request,
  problem: Failure,
  now: number,
  timing: Timing,
): JobChange<K> {
  switch (meaningOf(job, request, problem)) {
    case 'limit':
      return withdraw(job, request);
    case 'hold':
      return {
        ...withdraw(job, request),
        header: { ...job.header, hold: { failure: problem, at: now } },
      };
    case 'fatal':
      return { ...withdraw(job, request), header: lost(job, request, problem, now) };
    case 'editor':
      return {
        header: { ...job.header, masterNotBefore: now + EDITOR_WAIT, masterWait: 'editor' },
      };
    case 'refused':
      return refused(job, request, problem);
    case 'unknown':
      return unknown(job, request, problem, now, timing);
  }
}

function meaningOf(
  { header }: Job,
  request: Request,
  problem: Failure,
): ReturnType<typeof meaningForRun> {
  const meaning = meaningForRun(problem.code);
  const aboutOne = 'index' in request && request.kind !== 'create';
  if (meaning !== 'fatal' || !aboutOne) return meaning;
  const isOfOne = isOfIssue(problem.code) || changesElsewhere(header, request);
  return isOfOne ? 'refused' : meaning;
}

// What another repository refuses says nothing about the checklist's own.
function changesElsewhere({ target }: JobHeader, request: Request): boolean {
  if (request.kind !== 'change') return false;
  return request.changes.some(({ issue }) => !sameRepo(issue.repo, target));
}

/** A right that is gone: what was made is linked when it is back; where nothing was, the run ends. */
function lost<K extends JobKind>(
  job: Job<K>,
  request: Request,
  problem: Failure,
  now: number,
): JobHeader<K> {
  const { header } = job;
  const isOfMaster = request.kind === 'master' || request.kind === 'rights';
  const ends = header.failure !== undefined && meaningForRun(header.failure.code) !== 'fatal';
  if (!isOfMaster || ends || !mayReturn(problem.code) || !isBegun(job)) {
    return fatal(header, request, problem);
  }
  const since = header.hold?.since ?? now;
  const hold = { failure: inRun(problem), at: now, since };
  return { ...header, failure: undefined, hold, writableAt: undefined };
}

// In another place its issues are not known: to start there would create them twice.
function inRun(problem: Failure): Failure {
  if (problem.code !== 'transferred') return problem;
  return { ...problem, action: 'Stop this run and undo it before you start again there.' };
}

/** Whether something was made that must be found from the master, or may have been. What a change did shows as a difference. */
function isBegun<K extends JobKind>(job: Job<K>): boolean {
  const { words, back } = kindOf(job);
  const isMade = (row: JobRow<K>) => words.isMade(row) || words.stage(row) === 'uncertain';
  return back.isSearched && job.rows.some(isMade);
}

function fatal<K extends JobKind>(
  header: JobHeader<K>,
  { kind }: Request,
  problem: Failure,
): JobHeader<K> {
  const masterLost = kind === 'master' ? problem : header.masterLost;
  return { ...header, failure: header.failure ?? problem, masterLost };
}

function refused<K extends JobKind>(job: Job<K>, request: Request, problem: Failure): JobChange<K> {
  // A label, the milestone, the master or a list: nothing that follows could be right.
  if (!('index' in request)) return { header: fatal(job.header, request, problem) };
  return changeRow(job, request.index, (row) => recordOf(job).refuse(row, request, problem));
}

function unknown<K extends JobKind>(
  job: Job<K>,
  request: Request,
  problem: Failure,
  now: number,
  timing: Timing,
): JobChange<K> {
  const [firstLookUp = 0] = timing.lookUpAfterMs;
  const isUnknown = problem.code === 'unknown-outcome';
  const isLost = request.kind === 'create' || request.kind === 'comment';
  const header = backOff(job.header, isLost || isUnknown, now, timing);
  if (isLost) {
    const parked = changeRow(job, request.index, (row) => recordOf(job).park(row));
    // A single one is no outage: whether GitHub answers is seen by the read that follows.
    const notBefore = isOutage(header) ? header.notBefore : job.header.notBefore;
    return { ...parked, header: { ...header, notBefore, recheck: true } };
  }
  if (request.kind === 'master' && isUnknown) {
    // A write that may still arrive: another one sent before that could be overtaken by it.
    const masterNotBefore = now + firstLookUp;
    return { header: { ...header, masterNotBefore, masterWait: 'look-up', recheck: true } };
  }
  // It may still arrive: sent again at once, the later of the two could overwrite what somebody wrote between.
  const isChange = request.kind === 'change' && isUnknown;
  const least = isChange ? now + firstLookUp : 0;
  const notBefore = Math.max(header.notBefore ?? now, least);
  return { ...withdraw(job, request), header: { ...header, notBefore } };
}

function backOff<K extends JobKind>(
  header: JobHeader<K>,
  isWrite: boolean,
  now: number,
  timing: Timing,
): JobHeader<K> {
  const failures = header.failures + 1;
  const writesLost = (header.writesLost ?? 0) + (isWrite ? 1 : 0);
  const counted = { ...header, failures, writesLost, failedAt: now };
  return { ...counted, notBefore: now + waitAfter(counted, timing) };
}

/**
 * An outage is waited out by the schedule of look-ups, one try at the end of each wait: 30 s, 2 min, then every 5 min. So
 * ten minutes without any answer cost five requests, and a run continues at the latest as long after an outage as that
 * had lasted, or five minutes.
 */
function waitAfter(header: JobHeader, timing: Timing): number {
  if (!isOutage(header)) return Math.max(100, timing.gapMs);
  const schedule = timing.lookUpAfterMs;
  const wait = schedule[Math.min(header.failures, schedule.length) - 1] ?? CHECK_AGAIN;
  return Math.min(wait, CHECK_AGAIN);
}

function isOutage({ failures }: JobHeader): boolean {
  return failures >= OUTAGE_AFTER;
}
