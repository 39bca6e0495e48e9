import type { JobEvent } from '../core/job/job-facts.ts';
import type { SyncRecord } from '../core/sync/tracked.ts';
import type { SyncStore } from '../jobs/sync-ports.ts';
import type { Db } from './db.ts';

/** What sync remembers, on IndexedDB. */
export function createSyncStore(db: Db): SyncStore {
  return {
    loadRecord: (key) => db.use((open) => open.get('syncs', key)),
    saveRecord: (record, events) => saveRecord(db, record, events ?? []),
    removeRecord: (key) => db.use((open) => open.delete('syncs', key)),
    loadCursor: (key) => db.use((open) => open.get('cursors', key)),
    saveCursor: async (key, cursor) => {
      await db.use((open) => open.put('cursors', cursor, key));
    },
    listUnverified: () => db.use((open) => open.getAll('unverified')),
    count: (day, counts) => count(db, day, counts),
  };
}

/** The counts of each day that is kept, oldest first. */
export function listCounts(
  db: Db,
): Promise<readonly { readonly day: string; readonly counts: Readonly<Record<string, number>> }[]> {
  return db.use((open) => open.getAll('counters'));
}

function saveRecord(db: Db, record: SyncRecord, events: readonly JobEvent[]): Promise<void> {
  return db.use(async (open) => {
    const change = open.transaction(['syncs', 'events'], 'readwrite');
    await change.objectStore('syncs').put(record);
    for (const event of events) await change.objectStore('events').add(event);
    await change.done;
  });
}

/** Days that are kept: as long as the log. */
const KEPT_DAYS = 31;

function count(db: Db, day: string, counts: Readonly<Record<string, number>>): Promise<void> {
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
