import { checklistKey } from '../core/refs.ts';
import type { StoredPlan } from '../store-ports.ts';
import type { Db } from './db.ts';

/** How long a preview may wait for its confirmation, in milliseconds: a working day. */
const KEEP_MS = 24 * 60 * 60 * 1_000;

/** Keeps a previewed plan until it is confirmed; earlier plans of its checklist and old ones of others go. */
export function savePlan(db: Db, { plan, login }: StoredPlan, now: number): Promise<void> {
  const checklist = checklistKey(plan.checklist);
  return db.use(async (open) => {
    const change = open.transaction('plans', 'readwrite');
    for (const record of await change.store.getAll()) {
      const stale = record.checklist === checklist || record.savedAt < now - KEEP_MS;
      if (stale) await change.store.delete(record.run);
    }
    await change.store.put({ run: plan.run, checklist, savedAt: now, plan, login });
    await change.done;
  });
}

/** The plan of a run; undefined when it is not the latest of its checklist any more. */
export function loadPlan(db: Db, run: string): Promise<StoredPlan | undefined> {
  return db.use((open) => open.get('plans', run));
}
