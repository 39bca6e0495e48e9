import { hasPendingCreates } from '../core/engine/new-change.ts';
import { FRESH_PACE, type Pace } from '../core/engine/pace.ts';
import { nameChecklist } from '../core/refs.ts';
import type { StoredJob } from '../store-ports.ts';
import type { Db, JobRecord } from './db.ts';
import { wholeJob } from './jobs.ts';

/** How long an ended job is shown, in milliseconds: a day. */
const SHOWN_MS = 24 * 60 * 60_000;

/** A job that is shown, with what its status follows from. */
export interface ShownJob {
  readonly job: StoredJob;
  readonly pace: Pace;
  /** Of its checklist, else its address. */
  readonly title: string;
}

/** Open jobs, and those that ended within the last day and were not taken out of sight, the newest first; `now` in milliseconds since 1970. */
export function listShownJobs(db: Db, now: number): Promise<readonly ShownJob[]> {
  return db.use(async (open) => {
    const look = open.transaction(['jobs', 'rows', 'controls', 'paces', 'checklists']);
    const records = (await look.objectStore('jobs').getAll()).filter((one) => isShown(one, now));
    const shown = records.map(async (record): Promise<ShownJob> => {
      const { account, checklist } = record.header;
      const [job, pace, known] = await Promise.all([
        wholeJob(look.objectStore('rows'), look.objectStore('controls'), record),
        look.objectStore('paces').get(account),
        look.objectStore('checklists').get(record.checklistKey),
      ]);
      return { job, pace: pace ?? FRESH_PACE, title: known?.title ?? nameChecklist(checklist) };
    });
    const startOf = ({ job }: ShownJob) => job.header.startedAt;
    return (await Promise.all(shown)).sort((a, b) => startOf(b) - startOf(a));
  });
}

function isShown({ open, dismissed, header }: JobRecord, now: number): boolean {
  if (open !== undefined || hasPendingCreates(header)) return true;
  return dismissed !== true && Math.abs(now - (header.endedAt ?? 0)) < SHOWN_MS;
}
