import type { Timing } from '../settings/settings.ts';
import type { Effect, EffectOf, MasterPurpose } from './effect.ts';
import type { Job, JobControl, JobHeader, JobKind, JobRow } from './job.ts';
import { nextCreationAt, type Pace } from './pace.ts';

/** What the next effect depends on. Times in milliseconds since 1970. */
export interface Step<K extends JobKind = JobKind> {
  readonly job: Job<K>;
  readonly control: JobControl;
  readonly pace: Pace;
  readonly now: number;
  readonly timing: Timing;
}

/** Nothing until the user acts. */
export const NOTHING: Effect = { kind: 'none' };

/** A wait longer than this is used to write the links that are due. */
const LONG_WAIT = 15_000;

/** Rows are compared with the master again after this time without a look. */
export const CHECK_AGAIN = 5 * 60_000;

/** The gap between creations that the user chose, in milliseconds. */
export function chosenGap(header: JobHeader, timing: Timing): number {
  return header.options.careful ? timing.carefulGapMs : timing.gapMs;
}

/** Whether nothing new is begun: what was begun is brought to its end. */
export function isFinishing({ job, control }: Pick<Step, 'job' | 'control'>): boolean {
  return control.action === 'stop' || job.header.failure !== undefined;
}

/** A write at the pace of the account: the effect, or the wait before it. A long wait is used for the text first. */
export function paced<K extends JobKind>(
  step: Step<K>,
  effect: Effect,
  isOwed: (row: JobRow<K>) => boolean,
): Effect {
  const { job, pace, now, timing } = step;
  const at = nextCreationAt(pace, chosenGap(job.header, timing), now, timing);
  if (at <= now) return effect;
  return unwrittenFirst(step, { kind: 'wait', until: at, why: 'pace' }, isOwed);
}

/** A wait, or the text that is owed when the wait is long enough for it. */
export function unwrittenFirst<K extends JobKind>(
  step: Step<K>,
  wait: EffectOf<'wait'>,
  isOwed: (row: JobRow<K>) => boolean,
): Effect {
  const long = wait.until - step.now > LONG_WAIT && mayUseMaster(step);
  return long && step.job.rows.some(isOwed) ? master(step, 'links') : wait;
}

/** The end of a job whose text is written: after a read that has seen the last write. */
export function seenThenEnd<K extends JobKind>(
  step: Step<K>,
  isUnseen: (row: JobRow<K>) => boolean,
  isOpen: (row: JobRow<K>) => boolean,
): Effect {
  const { header, rows } = step.job;
  if (rows.some(isUnseen) || header.unverified) return master(step, 'check');
  return end(step, isOpen);
}

/** The end: stopped where the user said so before everything was done, else failed where anything had failed for good. */
export function end<K extends JobKind>(
  { job, control }: Pick<Step<K>, 'job' | 'control'>,
  isOpen: (row: JobRow<K>) => boolean,
): Effect {
  const { failure: problem, hold, masterLost } = job.header;
  const cause = problem ?? hold?.failure ?? masterLost;
  const early = control.action === 'stop' && job.rows.some(isOpen);
  return { kind: 'end', outcome: early ? 'stopped' : cause ? 'failed' : 'done', failure: cause };
}

/** Whether the master may be read and written now. */
export function mayUseMaster({ job, now }: Pick<Step, 'job' | 'now'>): boolean {
  return job.header.masterLost === undefined && soon(job.header.masterNotBefore, now) <= now;
}

/** A read of the master, or the wait before it. */
export function master({ job, now }: Pick<Step, 'job' | 'now'>, purpose: MasterPurpose): Effect {
  const { masterNotBefore, masterWait = 'look-up' } = job.header;
  const until = soon(masterNotBefore, now);
  return until > now ? { kind: 'wait', until, why: masterWait } : { kind: 'master', purpose };
}

/** A time that is waited for. These waits are short: one that is far ahead was set before the clock was set back. */
export function soon(time: number | undefined, now: number): number {
  return time === undefined || time > now + CHECK_AGAIN ? 0 : time;
}
