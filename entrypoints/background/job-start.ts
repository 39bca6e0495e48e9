import type { Job } from '../../lib/core/engine/job.ts';
import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { type NewChange, newChange } from '../../lib/core/engine/new-change.ts';
import type { JobAccount } from '../../lib/core/engine/new-job.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { type ChecklistRef, checklistKey } from '../../lib/core/refs.ts';
import type { SyncFacts } from '../../lib/core/sync/sync-facts.ts';
import { lossOf } from '../../lib/engine/recover-job.ts';
import { startJob } from '../../lib/engine/start-job.ts';
import { findLostJob, isBusy, statusOf } from './job-status.ts';
import { newUlid } from './new-ulid.ts';
import type { Background } from './ports.ts';
import { startRunning } from './resume-jobs.ts';

/** Does what may start a job of a checklist; one after the other, and refused while a job is not over (`job-open`) or everything is paused. */
export function whenFree<T>(
  background: Background,
  checklist: ChecklistRef,
  run: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const key = checklistKey(checklist);
  return background.locks.withLock(`start:${key}`, async () => {
    if (await background.isPaused()) return fail(failure('paused'));
    return (await isBusy(background, checklist)) ? fail(failure('job-open')) : run();
  });
}

/** Starts a mending and answers where it stands. Call it in `whenFree`. */
export function startMend(
  background: Background,
  mend: Omit<NewChange, 'id'>,
  login: string,
): Promise<Result<JobStatus>> {
  return startNewJob(background, mend.checklist, login, (id, account, now) =>
    newChange({ ...mend, id }, account, now),
  );
}

/** How a text is written, of the facts on which a mending was worked out. */
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
  background: Background,
  checklist: ChecklistRef,
  login: string,
  make: (id: string, account: JobAccount, now: number) => Job,
): Promise<Result<JobStatus>> {
  const lost = await findLostJob(background, checklist);
  // What a lost generation made must be found first: any other job would make its header forgotten.
  if (lost?.kind === 'generate') return fail(lossOf(lost));
  const { careful } = await background.preferences();
  const endedRuns = await background.store.listEndedRuns(checklistKey(checklist));
  const now = background.clock.now();
  const job = make(newUlid(now), { login, endedRuns, careful }, now);
  const started = await startJob(background, job);
  if (!started.ok) return started;
  if (lost !== undefined) await background.headers.remove(lost.id);
  startRunning(background, job.header);
  background.revisions.bump(checklist);
  return succeed(await statusOf(background, { ...job, control: { action: 'run', at: now } }));
}
