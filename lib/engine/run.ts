import type { EffectOf, Performed, Request } from '../core/engine/effect.ts';
import { eventsOf } from '../core/engine/events.ts';
import { adopt, begin, withdraw } from '../core/engine/intent.ts';
import { applyChange, type JobChange, type JobControl, openHeader } from '../core/engine/job.ts';
import { kindOf } from '../core/engine/kinds/registry.ts';
import { nextEffect } from '../core/engine/next.ts';
import {
  countCreation,
  easePace,
  FRESH_PACE,
  type Pace,
  relaxPace,
  slowPace,
} from '../core/engine/pace.ts';
import { record, recordEnd } from '../core/engine/record.ts';
import { chosenGap } from '../core/engine/steps.ts';
import { asksToWait } from '../core/failures.ts';
import type { JobPorts } from '../ports.ts';
import type { Save, StoredJob } from '../store-ports.ts';
import { perform } from './perform.ts';

/** Why a slice is over. */
export type SliceEnd =
  /** There is more to do at once: call again. */
  | { readonly kind: 'more' }
  /** The alarm is set for this time. */
  | { readonly kind: 'waiting'; readonly until: number }
  /** Paused or held: call again when the user acts. */
  | { readonly kind: 'idle' }
  | { readonly kind: 'ended' }
  /** Another worker or tab runs this job. */
  | { readonly kind: 'busy' }
  /** The journal has no such job: recover it (`recoverJob`). */
  | { readonly kind: 'lost' };

/** What one step did. */
type Step = { readonly kind: 'did' } | { readonly kind: 'wait'; readonly until: number } | SliceEnd;

/** While it waits, a slice looks this often whether the user paused or stopped, in milliseconds. */
const GLANCE = 1_000;

/**
 * Works on a job until `untilMs` (milliseconds since 1970): next effect, perform, record, each record saved before and
 * after its effect. May be killed anywhere and called again. Rejects only when the storage fails.
 */
export async function runSlice(ports: JobPorts, jobId: string, untilMs: number): Promise<SliceEnd> {
  const end = await ports.locks.tryLock(`job:${jobId}`, () => runSteps(ports, jobId, untilMs));
  return end ?? { kind: 'busy' };
}

async function runSteps(ports: JobPorts, jobId: string, untilMs: number): Promise<SliceEnd> {
  const stored = await ports.store.loadJob(jobId);
  if (stored === undefined) return { kind: 'lost' };
  // Whatever kills this worker, the alarm brings the job back.
  await ports.wake.wakeAt(jobId, untilMs);
  await saveChange(ports, jobId, adopt(stored));
  while (ports.clock.now() < untilMs) {
    const step = await runStep(ports, jobId, stored.header.account);
    if (step.kind === 'did') continue;
    if (step.kind !== 'wait') return leave(ports, jobId, step);
    if (step.until > untilMs) return leave(ports, jobId, { kind: 'waiting', until: step.until });
    await ports.clock.sleep(Math.min(step.until - ports.clock.now(), GLANCE));
  }
  return { kind: 'more' };
}

async function leave(ports: JobPorts, jobId: string, end: SliceEnd): Promise<SliceEnd> {
  if (end.kind === 'waiting') await ports.wake.wakeAt(jobId, end.until);
  else await ports.wake.clear(jobId);
  return end;
}

/** One effect. All jobs of an account take turns here: GitHub wants writes one by one, and the pace is shared. */
function runStep(ports: JobPorts, jobId: string, account: string): Promise<Step> {
  return ports.locks.withLock(`account:${account}`, async () => {
    const job = await ports.store.loadJob(jobId);
    if (job === undefined) return { kind: 'lost' };
    const pace = (await ports.store.loadPace(account)) ?? FRESH_PACE;
    const effect = nextEffect(job, job.control, pace, ports.clock.now(), ports.timing);
    switch (effect.kind) {
      case 'none':
        return { kind: job.header.endedAt === undefined ? 'idle' : 'ended' };
      case 'wait':
        return { kind: 'wait', until: effect.until };
      case 'end':
        return runEnd(ports, job, effect);
      default:
        return runRequest(ports, job, effect, pace);
    }
  });
}

async function runEnd(ports: JobPorts, job: StoredJob, effect: EffectOf<'end'>): Promise<Step> {
  const change = recordEnd(job, effect, ports.clock.now());
  const control = await saveChange(ports, job.header.id, change);
  if (control === undefined) return { kind: 'lost' };
  await ports.headers.remove(job.header.id);
  return { kind: 'ended' };
}

async function runRequest(
  ports: JobPorts,
  job: StoredJob,
  effect: Request,
  pace: Pace,
): Promise<Step> {
  const { id } = job.header;
  const now = ports.clock.now();
  const paced = isPaced(effect) ? countCreation(pace, now, ports.timing) : pace;
  await ports.headers.save(openHeader(job, now));
  const intent = begin(job, effect, now);
  const control = await saveChange(ports, id, { ...intent, pace: paced });
  if (control === undefined) return { kind: 'lost' };
  const begun = { ...applyChange(job, intent), control };
  const isTooLate = kindOf(begun).next.isTooLate?.(begun, ports.clock.now(), ports.timing) ?? false;
  if (isPaced(effect) && (control.action !== 'run' || isTooLate)) {
    // The user paused or stopped just now, or this machine slept since it decided: nothing was sent yet.
    await saveChange(ports, id, withdraw(begun, effect));
    return { kind: 'did' };
  }
  return saveOutcome(ports, begun, await perform(ports, begun, effect), paced);
}

async function saveOutcome(
  ports: JobPorts,
  job: StoredJob,
  performed: Performed,
  pace: Pace,
): Promise<Step> {
  const now = ports.clock.now();
  const change = record(job, performed, now, ports.timing);
  const after = applyChange(job, change);
  const events = eventsOf(job, after, performed, now);
  const save = { ...change, events, pace: paceAfter(ports, job, performed, pace, now) };
  const control = await saveChange(ports, job.header.id, save);
  if (control === undefined) return { kind: 'lost' };
  const stored = { ...after, control };
  const { notice } = after.header;
  if (notice !== undefined && notice !== job.header.notice) ports.onChange(job.header.checklist);
  ports.onProgress(stored, save.pace, ports.timing);
  return { kind: 'did' };
}

function paceAfter(
  ports: JobPorts,
  job: StoredJob,
  performed: Performed,
  pace: Pace,
  now: number,
): Pace {
  const gap = chosenGap(job.header, ports.timing);
  const { effect, result } = performed;
  if (result.ok) return isPaced(effect) ? easePace(pace, gap) : relaxPace(pace);
  if (!asksToWait(result.failure.code)) return pace;
  return slowPace(pace, gap, result.failure.retryAt, now, ports.timing);
}

/** Whether GitHub counts the effect as creating content, or it is a change that takes its time likewise. */
function isPaced(effect: Request): boolean {
  return effect.kind === 'create' || effect.kind === 'comment' || effect.kind === 'change';
}

async function saveChange(
  ports: JobPorts,
  jobId: string,
  save: Save | JobChange,
): Promise<JobControl | undefined> {
  return ports.store.save(jobId, save);
}
