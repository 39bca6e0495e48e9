import type { LogEvent } from '../core/log/event.ts';
import type { SyncRecord } from '../core/sync/tracked.ts';
import type { SyncStore } from '../store-ports.ts';
import { addCounts } from './counters.ts';
import type { Db } from './db.ts';
import { addEvents } from './events.ts';

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
    count: (day, counts) => addCounts(db, day, counts),
  };
}

function saveRecord(db: Db, record: SyncRecord, events: readonly LogEvent[]): Promise<void> {
  return db.use(async (open) => {
    const change = open.transaction(['syncs', 'events', 'texts'], 'readwrite');
    await change.objectStore('syncs').put(record);
    const [log, texts] = [change.objectStore('events'), change.objectStore('texts')];
    await addEvents({ events: log, texts }, events);
    await change.done;
  });
}
