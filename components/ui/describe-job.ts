import { capital } from '../../lib/core/capital.ts';
import type { JobStatus, WaitReason } from '../../lib/core/engine/job-status.ts';
import { formatDuration } from '../../lib/core/format-duration.ts';
import { nextTry, timeLeft } from './time-left.ts';

/** What the job does right now and how long it still takes; `now` in milliseconds since 1970. `limitTold`: the view says already how long GitHub wants to be left alone. */
export function describeWait(job: JobStatus, now: number, limitTold = false): string {
  if (job.state === 'paused') return 'Paused.';
  const left = job.finishAt === undefined ? '' : leftOf(job.finishAt - now);
  const { waiting } = job;
  // The pace between two writes is work, not waiting: it needs no words.
  if (waiting === undefined || waiting.why === 'pace') return left;
  const isTold = limitTold && waiting.why === 'limit';
  return [`${WAITS[waiting.why]}${isTold ? '' : untilWhen(waiting, now)}.`, left]
    .filter(Boolean)
    .join(' ');
}

/** Whether what it waits for may be tried at once: it tries by itself, too, but whoever gave a right back need not wait. */
export function isTriedByClick({ waiting }: JobStatus): boolean {
  return waiting?.why === 'rights';
}

/** Whether a run ended with everything done and nothing left to decide. */
export function isClean({ outcome, problems }: JobStatus): boolean {
  return outcome === 'done' && problems.length === 0;
}

const WAITS: Readonly<Record<Exclude<WaitReason, 'pace'>, string>> = {
  limit: 'Waiting until GitHub accepts requests again',
  'look-up': 'Looking up an issue that GitHub did not confirm',
  offline: 'GitHub is not answering',
  editor: 'Waiting until the text is no longer being edited',
  claim: 'Making sure that nobody else creates these issues',
  recovery: 'Waiting before this run is recovered from GitHub',
  rights: 'Waiting until the links can be written again',
  'sign-in': 'Waiting until this is resolved',
};

/** People end these waits, not the clock. */
const OPEN_ENDED: ReadonlySet<WaitReason> = new Set<WaitReason>(['editor', 'sign-in']);

/** At the end of these waits something is tried that may fail again. */
const TRIES: ReadonlySet<WaitReason> = new Set<WaitReason>(['offline', 'rights']);

function untilWhen({ until, why }: NonNullable<JobStatus['waiting']>, now: number): string {
  if (OPEN_ENDED.has(why)) return '';
  const isTry = TRIES.has(why);
  const left = isTry ? nextTry(until, now) : timeLeft(until, now);
  return left && `${isTry ? ';' : ','} ${left}`;
}

function leftOf(milliseconds: number): string {
  const words = formatDuration(milliseconds / 1_000);
  return `${capital(words)} left.`;
}
