import type { PaceStore } from '../core/engine/pace.ts';
import { type Db, STRICT } from './db.ts';

/** The paces of all accounts on IndexedDB, beside what jobs save of them (`createJobStore`). */
export function createPaceStore(db: Db): PaceStore {
  return {
    load: (account) => db.use((open) => open.get('paces', account)),
    change: (account, change) =>
      db.use(async (open) => {
        const written = open.transaction('paces', 'readwrite', STRICT);
        const pace = change(await written.store.get(account));
        await written.store.put(pace, account);
        await written.done;
        return pace;
      }),
  };
}

/** By account, until when nothing is asked of GitHub, in milliseconds since 1970. */
export function listLimits(db: Db): Promise<ReadonlyMap<string, number>> {
  return db.use(async (open) => {
    const { store } = open.transaction('paces');
    const [keys, paces] = await Promise.all([store.getAllKeys(), store.getAll()]);
    return new Map(keys.map((key, index) => [key, paces[index]?.limitedUntil ?? 0]));
  });
}
