import { type Db, type FactsOrigin, STRICT } from './db.ts';

/** The record among them that says where they come from. */
const ORIGIN = 'origin';

/** What was stored under each name; undefined where nothing was. All are of one moment. */
export function loadFacts(db: Db, names: readonly string[]): Promise<readonly unknown[]> {
  return db.use(async (open) => {
    const { store } = open.transaction('facts');
    return Promise.all(names.map((name) => store.get(name)));
  });
}

/** All facts whose names begin so. */
export function listFacts(db: Db, prefix: string): Promise<readonly unknown[]> {
  const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
  return db.use((open) => open.getAll('facts', range));
}

/** Stores a fact, on the disk before it answers; with undefined none is left. */
export function saveFact(db: Db, name: string, value: unknown): Promise<void> {
  return db.use(async (open) => {
    const change = open.transaction('facts', 'readwrite', STRICT);
    if (value === undefined) await change.store.delete(name);
    else await change.store.put(value, name);
    await change.done;
  });
}

/** Where the facts of this database come from. */
export function loadOrigin(db: Db): Promise<FactsOrigin> {
  return db.use(async (open) => ((await open.get('facts', ORIGIN)) as FactsOrigin) ?? 'fresh');
}

/** Says where they come from now. */
export function saveOrigin(db: Db, origin: FactsOrigin): Promise<void> {
  return saveFact(db, ORIGIN, origin);
}

/** Takes facts over, all at once, unless another page of ours did meanwhile. What is there already stays. */
export function takeOverFacts(
  db: Db,
  from: FactsOrigin,
  facts: ReadonlyMap<string, unknown>,
): Promise<void> {
  return db.use(async (open) => {
    const change = open.transaction('facts', 'readwrite', STRICT);
    if ((await change.store.get(ORIGIN)) === from) {
      const known = new Set(await change.store.getAllKeys());
      for (const [name, value] of facts) {
        if (!known.has(name)) await change.store.put(value, name);
      }
      await change.store.put('moved' satisfies FactsOrigin, ORIGIN);
    }
    await change.done;
  });
}
