import { type Failure, isOfIssue, meaningForRun } from '../failures.ts';
import { sameRepo } from '../refs.ts';
import type { Timing } from '../settings/settings.ts';
import type { Job, JobChange, JobHeader, JobRow } from './job.ts';
import type { Request } from './job-effects.ts';
import { changeRow, withdraw } from './job-intent.ts';

/** How long the master is left alone while its editor is open, in milliseconds. */
const EDITOR_WAIT = 5_000;
const LONGEST_OFFLINE_WAIT = 60_000;

/** The records after a request that failed. */
export function recordFailure(
  job: Job,
  effect: Request,
  problem: Failure,
  now: number,
  timing: Timing,
): JobChange {
  switch (meaningOf(job, effect, problem)) {
    case 'limit':
      return withdraw(job, effect);
    case 'hold':
      return {
        ...withdraw(job, effect),
        header: { ...job.header, hold: { failure: problem, at: now } },
      };
    case 'fatal':
      return { ...withdraw(job, effect), header: fatal(job.header, effect, problem) };
    case 'editor':
      return {
        header: { ...job.header, masterNotBefore: now + EDITOR_WAIT, masterWait: 'editor' },
      };
    case 'refused':
      return refused(job, effect, problem);
    case 'unknown':
      return unknown(job, effect, problem, now, timing);
  }
}

function meaningOf(job: Job, effect: Request, problem: Failure): ReturnType<typeof meaningForRun> {
  const meaning = meaningForRun(problem.code);
  const aboutOne =
    effect.kind === 'comment' || effect.kind === 'look-up-comment' || effect.kind === 'change';
  if (meaning !== 'fatal' || !aboutOne) return meaning;
  const isOfOne = isOfIssue(problem.code) || changesElsewhere(job, effect.index);
  return isOfOne ? 'refused' : meaning;
}

// What another repository refuses says nothing about the checklist's own.
function changesElsewhere({ header, rows }: Job, index: number): boolean {
  const mend = rows.find((row) => row.index === index)?.mend;
  return mend?.changes.some(({ issue }) => !sameRepo(issue.repo, header.target)) ?? false;
}

function fatal(header: JobHeader, effect: Request, problem: Failure): JobHeader {
  const masterLost = effect.kind === 'master' ? problem : header.masterLost;
  return { ...header, failure: header.failure ?? problem, masterLost };
}

function refused(job: Job, effect: Request, problem: Failure): JobChange {
  switch (effect.kind) {
    case 'create':
      return changeRow(job, effect.index, (row) => ({ ...row, phase: 'failed', failure: problem }));
    case 'change':
      return changeRow(job, effect.index, (row) => ({ ...row, phase: 'review', failure: problem }));
    case 'comment':
    case 'look-up-comment':
      return changeRow(job, effect.index, (row) => ({
        ...row,
        comment: { phase: 'failed', failure: problem },
      }));
    default:
      // A label, the milestone, the master or a list: nothing that follows could be right.
      return { header: fatal(job.header, effect, problem) };
  }
}

function unknown(
  job: Job,
  effect: Request,
  problem: Failure,
  now: number,
  timing: Timing,
): JobChange {
  const [firstLookUp = 0] = timing.lookUpAfterMs;
  switch (effect.kind) {
    case 'create':
      return { ...changeRow(job, effect.index, parked), header: { ...job.header, recheck: true } };
    case 'comment':
      return {
        ...changeRow(job, effect.index, parkedComment),
        header: { ...job.header, recheck: true },
      };
    case 'master':
      if (problem.code !== 'unknown-outcome') break;
      // A write that may still arrive: another one sent before that could be overtaken by it.
      return {
        header: {
          ...backOff(job.header, now, timing),
          masterNotBefore: now + firstLookUp,
          masterWait: 'look-up',
          recheck: true,
        },
      };
    case 'change':
      if (problem.code !== 'unknown-outcome') break;
      // It may still arrive: sent again at once, the later of the two could overwrite what somebody wrote between.
      return { ...withdraw(job, effect), header: later(job.header, now, firstLookUp, timing) };
    default:
      break;
  }
  return { ...withdraw(job, effect), header: backOff(job.header, now, timing) };
}

function parked(row: JobRow): JobRow {
  return { ...row, phase: 'uncertain' };
}

function parkedComment(row: JobRow): JobRow {
  return { ...row, comment: { ...row.comment, phase: 'uncertain' } };
}

function later(header: JobHeader, now: number, wait: number, timing: Timing): JobHeader {
  const { notBefore = now, ...rest } = backOff(header, now, timing);
  return { ...rest, notBefore: Math.max(notBefore, now + wait) };
}

function backOff(header: JobHeader, now: number, timing: Timing): JobHeader {
  const first = Math.max(100, timing.gapMs);
  const wait = Math.min(LONGEST_OFFLINE_WAIT, first * 2 ** Math.min(header.failures, 6));
  return { ...header, failures: header.failures + 1, notBefore: now + wait };
}
