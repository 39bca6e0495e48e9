import { browser } from 'wxt/browser';

/** All that this browser remembers: every record of every database, and its storage. */
export async function everythingStored(): Promise<unknown> {
  const databases = await indexedDB.databases();
  const read = databases.map(async ({ name = '' }) => [name, await readDatabase(name)] as const);
  return {
    databases: await Promise.all(read),
    local: await browser.storage.local.get(),
    session: await browser.storage.session.get(),
  };
}

async function readDatabase(name: string): Promise<unknown> {
  const database = await ended(indexedDB.open(name));
  const stores: unknown[] = [];
  for (const store of database.objectStoreNames) {
    const records = database.transaction(store).objectStore(store);
    stores.push([store, await ended(records.getAllKeys()), await ended(records.getAll())]);
  }
  database.close();
  return stores;
}

function ended<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}
