import type { Job } from '../core/engine/job.ts';
import type { JobStatus } from '../core/engine/job-status.ts';
import { kindNamed } from '../core/engine/kinds/registry.ts';
import { type NewChange, newChange } from '../core/engine/new-change.ts';
import type { JobAccount } from '../core/engine/new-job.ts';
import { fail, failure, type Result, succeed } from '../core/failures.ts';
import { type ChecklistRef, checklistKey } from '../core/refs.ts';
import type { SyncFacts } from '../core/sync/sync-facts.ts';
import type { Ports } from '../ports.ts';
import { findBusy, findLostJob, statusOf } from './job-status.ts';
import { listRunsOver, lossOf, settleLost } from './recover-job.ts';
import { startRunning } from './resume-jobs.ts';
import { startJob } from './start-job.ts';

/** Does what may start a job of a checklist; one after the other, and refused while a job is not over (`job-open`) or everything is paused. */
export function whenFree<T>(
  ports: Ports,
  checklist: ChecklistRef,
  run: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const key = checklistKey(checklist);
  return ports.locks.withLock(`start:${key}`, async () => {
    if (await ports.isPaused()) return fail(failure('paused'));
    const busy = await findBusy(ports, checklist);
    return busy === undefined ? run() : fail(busy);
  });
}

/** Starts a change and answers where it stands. Call it in `whenFree`. */
export function startChange(
  ports: Ports,
  change: Omit<NewChange, 'id'>,
  login: string,
): Promise<Result<JobStatus>> {
  return startNewJob(ports, change.checklist, login, (id, account, now) =>
    newChange({ ...change, id }, account, now),
  );
}

/** How a text is written, of the facts on which a change was worked out. */
export function writingOf({
  rules: { linkStyle, placeholder },
  identity,
}: Pick<SyncFacts, 'rules' | 'identity'>): Pick<
  NewChange,
  'linkStyle' | 'placeholder' | 'identity'
> {
  return { linkStyle, placeholder, identity };
}

/** Starts the job that `make` gives for a new run and answers where it stands. Call it in `whenFree`. */
export async function startNewJob(
  ports: Ports,
  checklist: ChecklistRef,
  login: string,
  make: (id: string, account: JobAccount, now: number) => Job,
): Promise<Result<JobStatus>> {
  const lost = await findLostJob(ports, checklist);
  const { isSearched = false } = lost === undefined ? {} : kindNamed(lost.kind).back;
  // What such a job made is to be found first, unless the user does not want that.
  if (lost !== undefined && isSearched && lost.settled === undefined) return fail(lossOf(lost));
  const { careful } = await ports.preferences();
  const endedRuns = await listRunsOver(ports, checklistKey(checklist));
  const now = ports.clock.now();
  const job = make(ports.newId(), { login, endedRuns, careful }, now);
  const started = await startJob(ports, job);
  if (!started.ok) return started;
  if (lost !== undefined && !isSearched) await settleLost(ports, lost, 'recovered');
  startRunning(ports, job.header);
  ports.onChange(checklist);
  return succeed(await statusOf(ports, { ...job, control: { action: 'run', at: now } }));
}
