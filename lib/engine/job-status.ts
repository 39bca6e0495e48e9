import type { OpenJobHeader } from '../core/engine/job.ts';
import type { JobStatus } from '../core/engine/job-status.ts';
import { hasPendingCreates } from '../core/engine/new-change.ts';
import { FRESH_PACE } from '../core/engine/pace.ts';
import { shownStatus } from '../core/engine/summarize-job.ts';
import { type Failure, failure } from '../core/failures.ts';
import { type ChecklistRef, checklistKey, sameChecklist } from '../core/refs.ts';
import type { Timing } from '../core/settings/settings.ts';
import type { Ports } from '../ports.ts';
import type { StoredJob } from '../store-ports.ts';
import {
  listLostJobs,
  lossOf,
  lostInWords,
  recoverableAt,
  summarizeLostJob,
} from './recover-job.ts';

/** A job as the views show it, under the pace of its account right now. */
export async function statusOf(ports: Ports, job: StoredJob): Promise<JobStatus> {
  const { timing } = await ports.preferences();
  const pace = (await ports.store.loadPace(job.header.account)) ?? FRESH_PACE;
  const status = shownStatus(job, pace, ports.clock.now(), timing);
  if (status.waiting?.why !== 'editor') return status;
  const long = await ports.isEditorOpenLong(job.header.checklistKey);
  return long ? { ...status, failure: failure('editor-open') } : status;
}

/** Whether a job of the checklist is not over: open, or with issues that are still to be created. */
export async function isBusy({ store }: Ports, checklist: ChecklistRef): Promise<boolean> {
  const key = checklistKey(checklist);
  if ((await store.loadOpenJob(key)) !== undefined) return true;
  return (await store.listJobs(key)).some(hasPendingCreates);
}

/** Why nothing can be started while a job of the checklist is not over; undefined when none is. */
export async function findBusy(
  ports: Ports,
  checklist: ChecklistRef,
): Promise<Failure | undefined> {
  if (!(await isBusy(ports, checklist))) return undefined;
  const open = await ports.store.loadOpenJob(checklistKey(checklist));
  return failure(open?.control.action === 'pause' ? 'job-paused' : 'job-open');
}

/** The header of a job of this checklist whose journal was lost, if there is one; of several the one that is still shown. */
export async function findLostJob(
  ports: Ports,
  checklist: ChecklistRef,
): Promise<OpenJobHeader | undefined> {
  const lost = await listLostJobs(ports);
  const own = lost.filter((header) => sameChecklist(header.checklist, checklist));
  return own.find(({ settled }) => settled === undefined) ?? own[0];
}

/** Whether GitHub's lists can be trusted by now to show everything that a lost job made. */
export function isRecoverable(header: OpenJobHeader, timing: Timing, now: number): boolean {
  return now >= recoverableAt(header, timing);
}

/** A lost job waits; once it can be recovered it is shown as ended, so that the preview can be opened. */
export function lostStatus(header: OpenJobHeader, timing: Timing, now: number): JobStatus {
  const status = summarizeLostJob(header, timing);
  if (!isRecoverable(header, timing, now)) return status;
  const { waiting: _over, ...rest } = status;
  return lostInWords({
    ...rest,
    state: 'ended',
    outcome: 'failed',
    failure: lossOf(header),
    endedAt: recoverableAt(header, timing),
  });
}
