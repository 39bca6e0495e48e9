import { fail, failure, type Result, succeed } from '../../lib/core/failure.ts';
import type { JobStatus } from '../../lib/core/job/job.ts';
import { newUndo } from '../../lib/core/job/job-new.ts';
import { issueKey } from '../../lib/core/refs.ts';
import { startJob } from '../../lib/jobs/start-job.ts';
import type { Protocol } from '../../lib/messages.ts';
import { statusOf } from './job-status.ts';
import { newUlid } from './new-ulid.ts';
import { type Background, openClient } from './ports.ts';
import { startRunning } from './resume-jobs.ts';

type Query = Parameters<Protocol['undoRun']>[0];

/** Takes an ended run back, as far as nobody has touched what it made. */
export function undoRun(query: Query, background: Background): Promise<Result<JobStatus>> {
  const key = issueKey(query.checklist);
  return background.locks.withLock(`start:${key}`, () => start(query, key, background));
}

async function start(
  { checklist, run }: Query,
  key: string,
  background: Background,
): Promise<Result<JobStatus>> {
  const open = await background.store.loadOpenJob(key);
  if (open !== undefined) return fail(failure('job-open'));
  const done = await background.store.loadJob(run);
  if (done?.header.checklistKey !== key || done.header.kind !== 'generate') {
    return fail(failure('stale-page'));
  }
  const { timing, careful } = await background.preferences();
  const { host } = checklist.repo;
  const { account } = await openClient(background, host, timing);
  if (account?.login === undefined) return fail(failure('signed-out', { host }));
  const now = background.clock.now();
  const endedRuns = await background.store.listEndedRuns(key);
  const undo = newUndo(done, newUlid(now), { login: account.login, endedRuns, careful }, now);
  const started = await startJob(background, undo);
  if (!started.ok) return started;
  startRunning(background, undo.header);
  background.revisions.bump(checklist);
  const stored = { ...undo, control: { action: 'run', at: now } as const };
  return succeed(await statusOf(background, stored));
}
