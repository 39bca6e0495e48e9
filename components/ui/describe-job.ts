import { capital } from '../../lib/core/capital.ts';
import { type JobStatus, lacksAccess, type WaitReason } from '../../lib/core/engine/job-status.ts';
import { formatDuration } from '../../lib/core/format-duration.ts';
import { nextTry, timeLeft } from './time-left.ts';

/** What the job does right now and how long it still takes, where that is known; `now` in milliseconds since 1970. `limitTold`: the view says already how long GitHub wants to be left alone. */
export function describeWait(job: JobStatus, now: number, limitTold = false): string {
  const { waiting } = job;
  const isPaused = job.state === 'paused';
  const left = job.finishAt === undefined || isPaused ? '' : leftOf(job.finishAt - now);
  // The pace between two writes is work, not waiting: it needs no words.
  if (waiting === undefined || waiting.why === 'pace') return isPaused ? 'Paused.' : left;
  const { words, end } = WAITS[waiting.why];
  // Nothing is finished without access.
  if (isPaused && lacksAccess(job)) return 'Paused.';
  const isTold = limitTold && waiting.why === 'limit';
  const until = isTold ? '' : untilWhen(end, waiting.until, now);
  const pausing = isPaused && 'Pausing after the issues that were begun.';
  return [pausing, `${words}${until}.`, end === 'clock' && left].filter(Boolean).join(' ');
}

/**
 * Whether what it waits for may be tried at once: whoever gave access back on GitHub need not wait. What is given in the
 * options is tried there.
 */
export function isTriedByClick(job: JobStatus): boolean {
  return lacksAccess(job) && job.state !== 'paused' && job.failure?.resolveAt !== 'options';
}

/** Whether a run ended with everything done and nothing left to decide. */
export function isClean({ outcome, problems }: JobStatus): boolean {
  return outcome === 'done' && problems.length === 0;
}

/** What a list of runs is called: those that ended have something to decide. */
export function runsTitle(jobs: readonly JobStatus[]): string {
  return jobs.every(({ state }) => state !== 'ended') ? 'Running' : 'Runs';
}

/** What ends a wait: a time, a person, or something that is tried at that time and may fail again. */
type WaitEnd = 'clock' | 'person' | 'try';

const WAITS: Readonly<
  Record<Exclude<WaitReason, 'pace'>, { readonly words: string; readonly end: WaitEnd }>
> = {
  limit: { words: 'Waiting until GitHub accepts requests again', end: 'clock' },
  'look-up': { words: 'Looking up an issue that GitHub did not confirm', end: 'clock' },
  offline: { words: 'GitHub is not answering', end: 'try' },
  editor: { words: 'Waiting until the text is no longer being edited', end: 'person' },
  claim: { words: 'Making sure that nobody else creates these issues', end: 'clock' },
  recovery: { words: 'Waiting before this run is recovered from GitHub', end: 'clock' },
  rights: { words: 'Waiting until the links can be written again', end: 'try' },
  'sign-in': { words: 'Waiting until this is resolved', end: 'person' },
};

function untilWhen(end: WaitEnd, until: number, now: number): string {
  if (end === 'person') return '';
  const left = end === 'try' ? nextTry(until, now) : timeLeft(until, now);
  return left && `${end === 'try' ? ';' : ','} ${left}`;
}

function leftOf(milliseconds: number): string {
  const words = formatDuration(milliseconds / 1_000);
  return `${capital(words)} left.`;
}
