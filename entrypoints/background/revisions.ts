import type { Pace } from '../../lib/core/engine/pace.ts';
import { summarizeJob } from '../../lib/core/engine/summarize-job.ts';
import { type ChecklistRef, checklistKey } from '../../lib/core/refs.ts';
import type { Timing } from '../../lib/core/settings/settings.ts';
import { type Revision, revisionOf } from '../../lib/settings.ts';
import type { StoredJob } from '../../lib/store-ports.ts';

/** Tells the views that something about a checklist is new. */
export interface Revisions {
  /** Something changed; the job's counts stay as they were shown. */
  bump(checklist: ChecklistRef): void;
  /** The job has come further. */
  show(job: StoredJob, pace: Pace, timing: Timing): void;
  /** Resolves when everything so far is written. */
  settled(): Promise<void>;
}

/** Writes revisions one after the other, so that each is one more than the last, and tells GitHub's pages of each. */
export function createRevisions(
  now: () => number,
  tellPages: (checklist: ChecklistRef) => Promise<void>,
): Revisions {
  const writing = new Map<string, Promise<void>>();
  const write = (checklist: ChecklistRef, change: Partial<Pick<Revision, 'job'>>) => {
    const key = checklistKey(checklist);
    const before = writing.get(key) ?? Promise.resolve();
    const after = before
      .then(() => writeNext(checklist, change, now()))
      .finally(() => tellPages(checklist));
    // Views that miss one number see the next; a full disk must not stop the job.
    writing.set(
      key,
      after.catch(() => {}),
    );
  };
  return {
    bump: (checklist) => write(checklist, {}),
    show: (job, pace, timing) => {
      const { id, state, counts } = summarizeJob(job, job.control, pace, now(), timing);
      write(job.header.checklist, { job: { id, state, counts } });
    },
    settled: async () => {
      await Promise.all(writing.values());
    },
  };
}

async function writeNext(
  checklist: ChecklistRef,
  change: Partial<Pick<Revision, 'job'>>,
  at: number,
): Promise<void> {
  const item = revisionOf(checklist);
  const last = await item.getValue();
  await item.setValue({ ...last, ...change, number: last.number + 1, at });
}
