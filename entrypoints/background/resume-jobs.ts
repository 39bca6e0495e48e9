import type { JobHeader } from '../../lib/core/engine/job.ts';
import { runSlice, type SliceEnd } from '../../lib/engine/run.ts';
import { KEEP_EVENTS_MS } from '../../lib/store/events.ts';
import { continueMends } from './continue-mends.ts';
import { type Background, jobPorts } from './ports.ts';
import { lookAgainAfterJobs } from './remember-reconcile.ts';

/** A wait up to this long, in milliseconds, is spent awake: alarms of installed extensions come after 30 s at the earliest. */
const AWAKE_MS = 20_000;

/** Goes on with all open jobs, and with what ended ones have left to do: at every start, at every tick, and when a token was accepted. */
export async function resumeJobs(background: Background): Promise<void> {
  if (await background.isPaused()) return;
  await continueMends(background).catch(console.error);
  const headers = await background.store.listOpenJobs();
  const active = await Promise.all(headers.map((header) => runJob(background, header)));
  if (!active.includes(true)) await background.tick(false);
}

/** Forgets what is older than the log reaches back. */
export function pruneJobs(background: Background): Promise<void> {
  return background.store.prune(background.clock.now() - KEEP_EVENTS_MS);
}

/** Works on a job as long as this browser lets us. Answers whether it goes on by itself later: then alarms stand ready. */
async function runJob(background: Background, header: JobHeader): Promise<boolean> {
  if (await background.isPaused()) return false;
  await background.tick(true);
  for (;;) {
    const next = await runOneSlice(background, header);
    if (next !== 'at-once') return next === 'later';
  }
}

/** Works on a job without anybody waiting for it; an alarm stands ready should it fail. */
export function startRunning(background: Background, header: JobHeader): void {
  void runJob(background, header).catch(console.error);
}

/** When the job goes on after a slice. */
type Next = 'at-once' | 'later' | 'by-the-user';

async function runOneSlice(background: Background, header: JobHeader): Promise<Next> {
  const { clock, carriesOn, wake, revisions } = background;
  const ports = await jobPorts(background, header);
  const end = await runSlice(ports, header.id, clock.now() + ports.timing.sliceMs);
  await background.usage.flush();
  if (end.kind === 'busy') return 'later';
  if (end.kind !== 'more' && end.kind !== 'waiting') {
    // Steps show themselves. Nothing else may be shown here: views that see something new ask again, and that runs a slice.
    if (end.kind !== 'idle') revisions.bump(header.checklist);
    if (end.kind === 'ended') await afterJob(background, header);
    await background.alerts.look();
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
async function afterJob(
  background: Background,
  { checklist, checklistKey }: JobHeader,
): Promise<void> {
  const begun = await continueMends(background, checklistKey);
  for (const next of begun) startRunning(background, next);
  if (begun.length === 0) await lookAgainAfterJobs(background, checklist);
}

/** Milliseconds until there is more to do. */
function waitAfter(end: SliceEnd & { kind: 'more' | 'waiting' }, now: number): number {
  return end.kind === 'more' ? 0 : Math.max(end.until - now, 0);
}
