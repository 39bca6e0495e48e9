/** Run in a page of the extension, and know nothing of this file: what a test stores as the extension itself does. */

declare const chrome: { storage: { session: { set(items: object): Promise<void> } } };

/** Stores a fact, by its name in `lib/settings.ts`, and tells the pages that follow it. */
export async function putFact(fact: { readonly name: string; readonly value: unknown }) {
  const open = () =>
    new Promise<IDBDatabase | undefined>((resolve) => {
      const request = indexedDB.open('masterlist');
      // The extension makes it; here it is only waited for.
      request.onupgradeneeded = () => request.transaction?.abort();
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(undefined);
    });
  let database = await open();
  while (database === undefined) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    database = await open();
  }
  const change = database.transaction('facts', 'readwrite');
  change.objectStore('facts').put(fact.value, fact.name);
  await new Promise<void>((resolve, reject) => {
    change.oncomplete = () => resolve();
    change.onabort = () => reject(change.error);
  });
  database.close();
  await chrome.storage.session.set({ [`changed:${fact.name}`]: String(Math.random()) });
}

/** A fact as it is stored. */
export async function getFact(name: string): Promise<unknown> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('masterlist');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const asked = database.transaction('facts').objectStore('facts').get(name);
  await new Promise((resolve, reject) => {
    asked.onsuccess = resolve;
    asked.onerror = reject;
  });
  database.close();
  return asked.result;
}
