import type { DayCounts } from '../core/metrics/metric-facts.ts';
import type { Db } from './db.ts';

/** Days that are kept: as long as the log. */
const KEPT_DAYS = 31;

/** The counts of each day that is kept, oldest first. */
export function listCounters(db: Db): Promise<readonly DayCounts[]> {
  return db.use((open) => open.getAll('counters'));
}

/** Adds to the counts of a day (`YYYY-MM-DD`). */
export function addCounts(
  db: Db,
  day: string,
  counts: Readonly<Record<string, number>>,
): Promise<void> {
  return db.use(async (open) => {
    const change = open.transaction('counters', 'readwrite');
    const sums: Record<string, number> = { ...(await change.store.get(day))?.counts };
    for (const [name, added] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + added;
    await change.store.put({ day, counts: sums });
    const days = await change.store.getAllKeys();
    for (const old of days.slice(0, Math.max(0, days.length - KEPT_DAYS))) {
      await change.store.delete(old);
    }
    await change.done;
  });
}
