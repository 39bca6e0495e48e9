import { hasPendingCreates } from '../core/engine/new-change.ts';
import { FRESH_PACE, type Pace } from '../core/engine/pace.ts';
import { nameChecklist } from '../core/refs.ts';
import type { StoredJob } from '../engine/ports.ts';
import type { Db, JobRecord } from './db.ts';
import { findJob, lastOf, wholeJob } from './jobs.ts';

/** The job that the views show: the open one, else the last, unless the user took it out of sight. */
export function loadShownJob(db: Db, checklistKey: string): Promise<StoredJob | undefined> {
  return findJob(db, async (jobs) => {
    const last = lastOf(await jobs.index('checklist').getAll(checklistKey));
    return last?.dismissed === true ? undefined : last;
  });
}

/** How long an ended job is told of, in milliseconds: a day. */
const TOLD_MS = 24 * 60 * 60_000;

/** A job that is told of, with what its status follows from. */
export interface ToldJob {
  readonly job: StoredJob;
  readonly pace: Pace;
  /** Of its checklist, else its address. */
  readonly title: string;
}

/** Open jobs, and those that ended within the last day and were not taken out of sight, the newest first; `now` in milliseconds since 1970. */
export function listToldJobs(db: Db, now: number): Promise<readonly ToldJob[]> {
  return db.use(async (open) => {
    const look = open.transaction(['jobs', 'rows', 'controls', 'paces', 'checklists']);
    const records = (await look.objectStore('jobs').getAll()).filter((one) => isTold(one, now));
    const told = records.map(async (record): Promise<ToldJob> => {
      const { account, checklist } = record.header;
      const [job, pace, known] = await Promise.all([
        wholeJob(look.objectStore('rows'), look.objectStore('controls'), record),
        look.objectStore('paces').get(account),
        look.objectStore('checklists').get(record.checklistKey),
      ]);
      return { job, pace: pace ?? FRESH_PACE, title: known?.title ?? nameChecklist(checklist) };
    });
    const startOf = ({ job }: ToldJob) => job.header.startedAt;
    return (await Promise.all(told)).sort((a, b) => startOf(b) - startOf(a));
  });
}

function isTold({ open, dismissed, header }: JobRecord, now: number): boolean {
  if (open !== undefined || hasPendingCreates(header)) return true;
  return dismissed !== true && Math.abs(now - (header.endedAt ?? 0)) < TOLD_MS;
}

/** Takes an ended job out of sight; it stays in the log until it is old. */
export function dismissJob(db: Db, id: string): Promise<void> {
  return db.use(async (open) => {
    const change = open.transaction('jobs', 'readwrite');
    const record = await change.store.get(id);
    if (record !== undefined && record.open === undefined) {
      await change.store.put({ ...record, dismissed: true });
    }
    await change.done;
  });
}
