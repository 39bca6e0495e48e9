import type { Timing } from '../settings/settings.ts';
import type { Effect } from './effect.ts';
import type { Job, JobControl, JobHeader, JobKind } from './job.ts';
import { kindOf } from './kinds/registry.ts';
import { limitEnd, type Pace } from './pace.ts';
import { end, NOTHING, soon } from './steps.ts';

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
  if (isHeld(header, control)) {
    return control.action === 'stop' ? end({ job, control }, next.isOpen) : NOTHING;
  }
  if (control.action === 'pause' && !job.rows.some(next.isOwed)) return NOTHING;
  // While GitHub asks to wait, nothing at all is sent: continuing can get the account blocked.
  const limited = limitEnd(pace, now);
  if (limited > now) return { kind: 'wait', until: limited, why: 'limit' };
  // The user's hurry is worth a try; after that it is waited for as before.
  const isHurried = control.at > (header.failedAt ?? now);
  const offline = isHurried ? now : soon(header.notBefore, now);
  if (offline > now) return { kind: 'wait', until: offline, why: 'offline' };
  return next.effect({ job, control, pace, now, timing });
}

/** Whether the job waits for the user to sign in again. */
export function isHeld({ hold }: Pick<JobHeader, 'hold'>, control: JobControl): boolean {
  if (hold === undefined) return false;
  return !(control.action === 'run' && control.at > hold.at);
}
