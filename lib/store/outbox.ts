import { EMPTY_MEMORY } from '../core/alerts/notices.ts';
import type { OutboxStore } from '../store-ports.ts';
import { type Db, STRICT } from './db.ts';

/** The one record of what was sent; its store is named `told`. */
const MEMORY = 'memory';

/** The outbox, and what was sent, on IndexedDB. */
export function createOutboxStore(db: Db): OutboxStore {
  return {
    loadMemory: async () => (await db.use((open) => open.get('told', MEMORY))) ?? EMPTY_MEMORY,
    saveMemory: (memory, messages) =>
      db.use(async (open) => {
        const change = open.transaction(['told', 'outbox'], 'readwrite', STRICT);
        try {
          await change.objectStore('told').put(memory, MEMORY);
          for (const message of messages) await change.objectStore('outbox').put(message);
        } catch (error) {
          // What cannot be stored throws, and would leave the rest to be committed.
          change.done.catch(() => {});
          change.abort();
          throw error;
        }
        await change.done;
      }),
    list: () => db.use((open) => open.getAll('outbox')),
    update: (id, update) =>
      db.use(async (open) => {
        const change = open.transaction('outbox', 'readwrite', STRICT);
        const message = await change.store.get(id);
        const updated = message && update(message);
        if (updated !== undefined) await change.store.put(updated);
        await change.done;
        return updated;
      }),
    remove: (id) =>
      db.use(async (open) => {
        const change = open.transaction('outbox', 'readwrite', STRICT);
        await change.store.delete(id);
        await change.done;
      }),
  };
}
