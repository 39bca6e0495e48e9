import type { JobHeader } from '../core/engine/job.ts';
import type { Ports } from '../ports.ts';
import { jobPorts } from './account-ports.ts';
import { startCreates } from './create-chosen.ts';
import { pruneLost } from './recover-job.ts';
import { refreshDifferencesAfterJobs } from './remember-differences.ts';
import { runSlice, type SliceEnd } from './run.ts';

/** How long log and ended jobs are kept, in milliseconds: 30 days. */
const KEPT_MS = 30 * 24 * 60 * 60_000;

/** Old entries are forgotten once a day: after a longer time the clock may be wrong. In milliseconds: three days. */
const LONGEST_BREAK_MS = 3 * 24 * 60 * 60_000;

/** How long a clock that jumped must go on before it is believed, in milliseconds: 20 hours. */
const BELIEVED_MS = 20 * 60 * 60_000;

/** A wait up to this long, in milliseconds, is spent awake: alarms of installed extensions come after 30 s at the earliest. */
const AWAKE_MS = 20_000;

/** Goes on with all open jobs, and with what ended ones have left to do: at every start, at every tick, and when a token was accepted. */
export async function resumeJobs(ports: Ports): Promise<void> {
  if (await ports.isPaused()) return;
  await startCreates(ports).catch(console.error);
  const headers = await ports.store.listOpenJobs();
  const active = await Promise.all(headers.map((header) => runJob(ports, header)));
  if (!active.includes(true)) await ports.alarms.tick(false);
}

/**
 * Forgets what is older than the log reaches back. By a clock that has jumped, or after a long time off, nothing is forgotten
 * before it has shown the same time for most of a day: a wrong one would take the whole log, and the texts in it.
 */
export async function pruneJobs(ports: Ports): Promise<void> {
  const now = ports.clock.now();
  const last = await ports.pruned.getValue();
  const jumped = last === undefined || Math.abs(now - last.seenAt) > LONGEST_BREAK_MS;
  const jumpedAt = jumped ? now : last.jumpedAt;
  await ports.pruned.setValue({ seenAt: now, jumpedAt });
  if (now - jumpedAt < BELIEVED_MS) return;
  const before = now - KEPT_MS;
  await ports.store.prune(before);
  await pruneLost(ports, before);
}

/** Works on a job as long as this browser lets us. Answers whether it goes on by itself later: then alarms stand ready. */
async function runJob(ports: Ports, header: JobHeader): Promise<boolean> {
  if (await ports.isPaused()) return false;
  await ports.alarms.tick(true);
  for (;;) {
    const next = await runOneSlice(ports, header);
    if (next !== 'at-once') return next === 'later';
  }
}

/** Works on a job without anybody waiting for it; an alarm stands ready should it fail. */
export function startRunning(ports: Ports, header: JobHeader): void {
  void runJob(ports, header).catch(console.error);
}

/** When the job goes on after a slice. */
type Next = 'at-once' | 'later' | 'by-the-user';

async function runOneSlice(ports: Ports, header: JobHeader): Promise<Next> {
  const { clock, carriesOn, wake, onChange } = ports;
  const acting = await jobPorts(ports, header);
  const end = await runSlice(acting, header.id, clock.now() + acting.timing.sliceMs);
  await ports.usage.flush();
  if (end.kind === 'busy') return 'later';
  if (end.kind !== 'more' && end.kind !== 'waiting') {
    // Steps show themselves. Nothing else may be shown here: views that see something new ask again, and that runs a slice.
    if (end.kind !== 'idle') onChange(header.checklist);
    if (end.kind === 'ended') await afterJob(ports, header);
    await ports.alerts.refresh();
    return 'by-the-user';
  }
  const wait = waitAfter(end, clock.now());
  if (carriesOn && wait <= AWAKE_MS) {
    if (wait > 0) await clock.sleep(wait);
    return 'at-once';
  }
  // The slice's own alarm may have rung while it was still at work.
  if (end.kind === 'more') await wake.wakeAt(header.id, clock.now());
  return 'later';
}

/** What follows from the end of a job. A worker that dies first does it at its next start. */
async function afterJob(ports: Ports, { checklist, checklistKey }: JobHeader): Promise<void> {
  const begun = await startCreates(ports, checklistKey);
  for (const next of begun) startRunning(ports, next);
  if (begun.length === 0) await refreshDifferencesAfterJobs(ports, checklist);
}

/** Milliseconds until there is more to do. */
function waitAfter(end: SliceEnd & { kind: 'more' | 'waiting' }, now: number): number {
  return end.kind === 'more' ? 0 : Math.max(end.until - now, 0);
}
