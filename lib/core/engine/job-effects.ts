import type { Failure } from '../failures.ts';
import type { Timing } from '../settings/settings.ts';
import type { Job, JobControl, JobHeader, JobRow, RowPhase } from './job.ts';
import { dueLookUp, earliestLookUp, nextLookUpAt } from './job-look-up.ts';
import type { MasterPurpose } from './job-master.ts';
import type { WaitReason } from './job-status.ts';
import { isOwed, isUnwritten } from './owed-rows.ts';
import { limitEnd, nextCreationAt, type Pace } from './pace.ts';

/** The one thing that a job does next. */
export type Effect =
  /** Nothing until the user acts: paused, held, or ended. */
  | { readonly kind: 'none' }
  | { readonly kind: 'wait'; readonly until: number; readonly why: WaitReason }
  | {
      readonly kind: 'end';
      readonly outcome: 'done' | 'stopped' | 'failed';
      readonly failure: Failure | undefined;
    }
  /** Read the master, and write it where the purpose has something to write. */
  | { readonly kind: 'master'; readonly purpose: MasterPurpose }
  | { readonly kind: 'label'; readonly name: string }
  | { readonly kind: 'milestone'; readonly title: string }
  | { readonly kind: 'create'; readonly index: number }
  | { readonly kind: 'comment'; readonly index: number }
  /** One list of issues answers for all uncertain rows. */
  | { readonly kind: 'look-up' }
  | { readonly kind: 'look-up-comment'; readonly index: number }
  /** Changes the issues of a row. */
  | { readonly kind: 'change'; readonly index: number };

/** An effect that asks something of GitHub. */
export type Request = Exclude<Effect, { kind: 'none' | 'wait' | 'end' }>;

/** Links are written after this many created issues. */
const BATCH = 25;

/** A wait longer than this is used to write the links that are due. */
const LONG_WAIT = 15_000;
/** Rows are compared with the master again after this time without a look. */
const CHECK_AGAIN = 5 * 60_000;

/** The gap between creations that the user chose, in milliseconds. */
export function chosenGap(header: JobHeader, timing: Timing): number {
  return header.options.careful ? timing.carefulGapMs : timing.gapMs;
}

/** Says what to do next, or until when to wait. Pure; times in milliseconds since 1970. */
export function nextEffect(
  job: Job,
  control: JobControl,
  pace: Pace,
  now: number,
  timing: Timing,
): Effect {
  const { header } = job;
  if (header.endedAt !== undefined) return { kind: 'none' };
  if (isHeld(header, control)) return control.action === 'stop' ? end(job, control) : NOTHING;
  if (control.action === 'pause' && !job.rows.some(isOwed)) return NOTHING;
  // While GitHub asks to wait, nothing at all is sent: going on can get the account blocked.
  const limited = limitEnd(pace, now);
  if (limited > now) return { kind: 'wait', until: limited, why: 'limit' };
  const offline = soon(header.notBefore, now);
  if (offline > now) return { kind: 'wait', until: offline, why: 'offline' };
  const step = { job, control, pace, now, timing };
  if (header.kind !== 'generate') return nextOfChanges(step);
  return nextOfClaim(step) ?? nextOfGeneration(step);
}

/** Whether the job waits for the user to sign in again. */
export function isHeld(header: JobHeader, control: JobControl): boolean {
  if (header.hold === undefined) return false;
  return !(control.action === 'run' && control.at > header.hold.at);
}

interface Step {
  readonly job: Job;
  readonly control: JobControl;
  readonly pace: Pace;
  readonly now: number;
  readonly timing: Timing;
}

const OPEN: readonly RowPhase[] = ['planned', 'uncertain'];
const NOTHING: Effect = { kind: 'none' };

function nextOfClaim(step: Step): Effect | undefined {
  const { job, now, timing } = step;
  const { header } = job;
  if (isFinishing(step) || header.claim === 'held' || header.claim === 'released') return undefined;
  if (header.claim === 'none') return master(step, 'claim');
  const settled = Math.min(header.claimedAt ?? 0, now) + timing.claimSettleMs;
  return now < settled ? { kind: 'wait', until: settled, why: 'claim' } : master(step, 'check');
}

function nextOfGeneration(step: Step): Effect {
  const { job, control } = step;
  if (isFinishing(step)) return lastLooks(step) ?? finish(step);
  if (control.action === 'pause') return master(step, 'links');
  return (
    nextSetUp(job.header) ??
    dueLookUp(step.job, step.now, step.timing) ??
    nextBatch(step) ??
    nextCreation(step) ??
    nextPatience(step) ??
    finish(step)
  );
}

function isFinishing({ job, control }: Step): boolean {
  return control.action === 'stop' || job.header.failure !== undefined;
}

function nextSetUp({ options, milestoneNumber }: JobHeader): Effect | undefined {
  const [name] = options.missingLabels;
  if (name !== undefined) return { kind: 'label', name };
  if (options.milestone === undefined || milestoneNumber !== undefined) return undefined;
  return { kind: 'milestone', title: options.milestone };
}

function nextBatch(step: Step): Effect | undefined {
  const { job, now } = step;
  if (!mayUseMaster(step)) return undefined;
  // The last batch is written with the end of the claim.
  const more = job.rows.some((row) => row.phase === 'planned');
  if (more && job.rows.filter((row) => row.phase === 'created' && row.own).length >= BATCH) {
    return master(step, 'links');
  }
  const { recheck, checkedAt } = job.header;
  const old = recheck || now - (checkedAt ?? 0) > CHECK_AGAIN;
  return old && job.rows.some((row) => row.phase === 'planned') ? master(step, 'check') : undefined;
}

// In order of rows: an issue is followed by its comment. Serial, and never before the pace allows it.
function nextCreation(step: Step): Effect | undefined {
  const { job, now, timing, pace } = step;
  const row = job.rows.find(wantsCreation);
  if (row === undefined) return undefined;
  // After an unknown outcome GitHub must first be seen to answer; an open editor keeps nobody from creating.
  const { recheck, masterWait } = job.header;
  if (recheck && masterWait === 'look-up' && !mayUseMaster(step)) return master(step, 'check');
  const at = nextCreationAt(pace, chosenGap(job.header, timing), now, timing);
  if (at > now) return unwrittenFirst(step, { kind: 'wait', until: at, why: 'pace' });
  return { kind: wantsComment(row) ? 'comment' : 'create', index: row.index };
}

function wantsCreation(row: JobRow): boolean {
  return wantsComment(row) || row.phase === 'planned';
}

function wantsComment(row: JobRow): boolean {
  return row.issue !== undefined && row.comment?.phase === 'planned' && row.phase !== 'skipped';
}

// Nothing is left but outcomes that are still looked up.
function nextPatience(step: Step): Effect | undefined {
  const until = earliestLookUp(step.job, step.now, step.timing);
  if (until === undefined) return undefined;
  return unwrittenFirst(step, { kind: 'wait', until, why: 'look-up' });
}

function unwrittenFirst(step: Step, wait: Effect & { kind: 'wait' }): Effect {
  const long = wait.until - step.now > LONG_WAIT && mayUseMaster(step);
  return long && step.job.rows.some(isOwed) ? master(step, 'links') : wait;
}

// A run that ends early gives each unknown outcome its first look-up, and leaves the rest to the user.
function lastLooks(step: Step): Effect | undefined {
  const { job, now, timing } = step;
  const fresh = job.rows.filter((row) => row.phase === 'uncertain' && row.attempt?.lookUps === 0);
  const times = fresh.flatMap(
    (row) => (row.attempt && nextLookUpAt(row.attempt, now, timing)) ?? [],
  );
  if (times.length === 0) return undefined;
  const until = Math.min(...times);
  return until <= now
    ? { kind: 'look-up' }
    : unwrittenFirst(step, { kind: 'wait', until, why: 'look-up' });
}

function finish(step: Step): Effect {
  const { header, rows } = step.job;
  if (header.masterLost !== undefined) return end(step.job, step.control);
  const claimed = header.claim === 'written' || header.claim === 'held';
  // A mending that ends early writes nothing but what belongs to changes that are made.
  const owes = header.kind === 'mend' && isFinishing(step);
  if (owes && rows.some(isOwed)) return master(step, 'links');
  if (claimed || (!owes && rows.some(isUnwritten))) return master(step, 'finish');
  const unseen = rows.some((row) => row.phase === 'linked' || row.phase === 'unlinked');
  if (unseen || header.unverified) return master(step, 'check');
  return end(step.job, step.control);
}

function end(job: Job, control: JobControl): Effect {
  const { failure: problem, hold, masterLost } = job.header;
  const cause = problem ?? hold?.failure ?? masterLost;
  const open = job.rows.some((row) => OPEN.includes(row.phase) || isLeft(row));
  const early = control.action === 'stop' && open;
  return { kind: 'end', outcome: early ? 'stopped' : cause ? 'failed' : 'done', failure: cause };
}

// Only text was to be written for it, and that was not begun.
function isLeft(row: JobRow): boolean {
  return isUnwritten(row) && !isOwed(row);
}

// A mending: first the issues one by one, then the text at once.
function nextOfChanges(step: Step): Effect {
  const { job, control, now, pace, timing } = step;
  if (isFinishing(step)) return finish(step);
  if (control.action === 'pause') return master(step, 'links');
  const row = job.rows.find(({ phase }) => phase === 'planned');
  if (row === undefined) return finish(step);
  const at = nextCreationAt(pace, chosenGap(job.header, timing), now, timing);
  if (at > now) return unwrittenFirst(step, { kind: 'wait', until: at, why: 'pace' });
  return { kind: 'change', index: row.index };
}

function mayUseMaster({ job, now }: Step): boolean {
  return job.header.masterLost === undefined && soon(job.header.masterNotBefore, now) <= now;
}

function master(step: Step, purpose: MasterPurpose): Effect {
  const { masterNotBefore, masterWait = 'look-up' } = step.job.header;
  const until = soon(masterNotBefore, step.now);
  return until > step.now ? { kind: 'wait', until, why: masterWait } : { kind: 'master', purpose };
}

// These waits are short: one that is far ahead was set before the clock was set back.
function soon(time: number | undefined, now: number): number {
  return time === undefined || time > now + CHECK_AGAIN ? 0 : time;
}
