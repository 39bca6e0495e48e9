import { type Result, succeed } from '../../lib/core/failures.ts';
import { startNightlyRun } from '../../lib/engine/nightly-run.ts';
import { startPolling } from '../../lib/engine/poll-tracked.ts';
import { resumeJobs } from '../../lib/engine/resume-jobs.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';
import type { Background } from './ports.ts';

/** Stops all that this browser does by itself and all runs, or lets them go on. May be killed anywhere and called again. */
export async function setPaused(
  query: Parameters<Protocol['setPaused']>[0],
  ports: Background,
): Promise<Result<void>> {
  const wanted = query.paused === true;
  await ports.locks.withLock('pause', () => (wanted ? pause(ports) : goOn(ports)));
  if (!wanted) start(ports);
  return succeed(undefined);
}

async function pause({ store, clock, onChange, stored }: Background): Promise<void> {
  const { paused, pausedJobs } = stored;
  await paused.setValue(true);
  const at = clock.now();
  for (const { id, checklist } of await store.listOpenJobs()) {
    const job = await store.loadJob(id);
    if (job?.control.action !== 'run') continue;
    // First remembered, then done: a job that stays paused for ever would be worse than one that is resumed twice.
    await pausedJobs.setValue({ ...(await pausedJobs.getValue()), [id]: at });
    await store.setControl(id, { action: 'pause', at });
    onChange(checklist);
  }
}

/** Jobs that the user had paused by hand stay so. */
async function goOn({ store, clock, onChange, stored }: Background): Promise<void> {
  const { paused, pausedJobs } = stored;
  for (const [id, at] of Object.entries(await pausedJobs.getValue())) {
    const job = await store.loadJob(id);
    if (job?.control.action !== 'pause' || job.control.at !== at) continue;
    await store.setControl(id, { action: 'run', at: clock.now() });
    onChange(job.header.checklist);
  }
  await paused.setValue(false);
  await pausedJobs.setValue({});
}

/** Nobody waits for what was due meanwhile. */
function start(ports: Ports): void {
  void resumeJobs(ports).catch(console.error);
  startPolling(ports, { hurry: true });
  void startNightlyRun(ports);
  void ports.alerts.refresh();
}
