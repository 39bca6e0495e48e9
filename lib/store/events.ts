import type { JobEvent } from '../core/job/job-facts.ts';
import type { Db } from './db.ts';

/** How long the log is kept, in milliseconds: 30 days. */
export const KEEP_EVENTS_MS = 30 * 24 * 60 * 60 * 1_000;

/** What was written for a checklist, oldest first; of one run where it is given. */
export async function listEvents(
  db: Db,
  checklistKey: string,
  run?: string,
): Promise<readonly JobEvent[]> {
  const events = await db.use((open) => open.getAllFromIndex('events', 'checklist', checklistKey));
  return run === undefined ? events : events.filter((event) => event.run === run);
}

/** Removes everything logged before a time. */
export function pruneEvents(db: Db, before: number): Promise<void> {
  return db.use(async (open) => {
    const change = open.transaction('events', 'readwrite');
    const old = await change.store.index('at').getAllKeys(IDBKeyRange.upperBound(before, true));
    for (const key of old) await change.store.delete(key);
    await change.done;
  });
}
