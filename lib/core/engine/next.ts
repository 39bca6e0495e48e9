import type { Timing } from '../settings/settings.ts';
import type { Effect } from './effect.ts';
import type { Job, JobControl, JobHeader, JobKind } from './job.ts';
import { kindOf } from './kinds/registry.ts';
import { limitEnd, type Pace } from './pace.ts';
import { CHECK_AGAIN, end, master, NOTHING, type Step, soon } from './steps.ts';

/** Says what to do next, or until when to wait. Pure; times in milliseconds since 1970. */
export function nextEffect<K extends JobKind>(
  job: Job<K>,
  control: JobControl,
  pace: Pace,
  now: number,
  timing: Timing,
): Effect {
  const { header } = job;
  const { next } = kindOf(job);
  if (header.endedAt !== undefined) return NOTHING;
  const lacksRight = header.hold?.since !== undefined;
  if (lacksRight || isHeld(header, control)) {
    if (control.action === 'stop') return end({ job, control }, next.isOpen);
    if (!lacksRight || control.action === 'pause') return NOTHING;
  }
  if (control.action === 'pause' && !job.rows.some(next.isOwed)) return NOTHING;
  // While GitHub asks to wait, nothing at all is sent: continuing can get the account blocked.
  const limited = limitEnd(pace, now);
  if (limited > now) return { kind: 'wait', until: limited, why: 'limit' };
  // The user's hurry is worth a try; after that it is waited for as before.
  const isHurried = control.at > (header.failedAt ?? now);
  const offline = isHurried ? now : soon(header.notBefore, now);
  if (offline > now) return { kind: 'wait', until: offline, why: 'offline' };
  const step = { job, control, pace, now, timing };
  return lacksRight ? nextTry(step) : next.effect(step);
}

/** How long a missing right is waited for at most before GitHub is asked again, in milliseconds. */
const LONGEST_TRY = 3_600_000;

/** A right that is missing: what it would be used for is tried again, after a wait as long as it has been missing. */
function nextTry<K extends JobKind>(step: Step<K>): Effect {
  const { job, control, now, timing } = step;
  const { at = now, since = at } = job.header.hold ?? {};
  const [shortest = CHECK_AGAIN] = timing.lookUpAfterMs.toReversed();
  const wait = Math.min(LONGEST_TRY, Math.max(at - since, Math.min(shortest, CHECK_AGAIN)));
  const until = Math.min(at, now) + wait;
  if (isHeld(job.header, control) && until > now) return { kind: 'wait', until, why: 'rights' };
  // What is owed is written, not only asked about: GitHub may take the question and refuse the write.
  return job.rows.some(kindOf(job).next.isOwed) ? master(step, 'links') : { kind: 'rights' };
}

/** Whether the job waits for the user to sign in again. */
export function isHeld({ hold }: Pick<JobHeader, 'hold'>, control: JobControl): boolean {
  if (hold === undefined) return false;
  return !(control.action === 'run' && control.at > hold.at);
}
