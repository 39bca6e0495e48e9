import { readFileSync } from 'node:fs';
import { fakeBrowser } from 'wxt/testing/fake-browser';

/** One object store as IndexedDB describes it. */
interface StoreShape {
  readonly name: string;
  readonly keyPath: string | string[] | null;
  readonly autoIncrement: boolean;
  readonly indexes: readonly {
    readonly name: string;
    readonly keyPath: string | string[];
    readonly unique: boolean;
  }[];
}

/** What a browser had stored, as JSON: `undefined` is `{"$undefined": true}`, a sealed secret `{"$secret": …}`. */
interface StoredData {
  readonly local: Readonly<Record<string, unknown>>;
  readonly database: {
    readonly name: string;
    readonly version: number;
    readonly schema: readonly StoreShape[];
    readonly stores: Readonly<Record<string, readonly (readonly [IDBValidKey, unknown])[]>>;
  };
}

interface PlainSecret {
  readonly plain: string;
  readonly label: string;
}

/**
 * Fills the browser's storage and the database with what a user of commit fcf4661 had stored. The commit's own background
 * wrote all of it on 10 and 20 November 2026, as Ann at a local GitHub:
 * - `rec1` generated and released, because the checklist was closed for a week; `rec2` generated and undone;
 * - `rec3` synced by click, by poll and at night, its summary posted, an earlier text restored, its dates read;
 * - `rec4` reconciled, one difference left, the run undone; `rec5` one item turned back, then all traces removed;
 * - `half` an open generation, `rec6` an open undo, `rec7` an open change of kind `mend`, all three paused half way;
 * - `rec8` generated with the links in the hidden block; `rec9` with open previews of all three tasks;
 * - settings and alerts changed, alerts shown, messages queued and refused in the outbox.
 *
 * A key of WebCrypto cannot be written down. The recording has secrets in plain text (they open nothing); here they are
 * sealed again under a new key, as that commit sealed them.
 */
export async function loadStoredData(): Promise<void> {
  const { local, database } = readStoredData();
  await fakeBrowser.storage.local.set({ ...local });
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  const stores: StoredData['database']['stores'] = {
    ...database.stores,
    keys: [['tokens', key]],
    accounts: await sealAll(database.stores.accounts ?? [], key),
    secrets: await sealAll(database.stores.secrets ?? [], key),
  };
  const open = await createDatabase(database);
  const change = open.transaction(Object.keys(stores), 'readwrite');
  for (const [name, records] of Object.entries(stores)) {
    const store = change.objectStore(name);
    for (const [id, value] of records) store.put(value, store.keyPath === null ? id : undefined);
  }
  await new Promise((resolve, reject) => {
    change.oncomplete = resolve;
    change.onabort = () => reject(change.error);
  });
  open.close();
}

/** The recording itself. */
export function readStoredData(): StoredData {
  const text = readFileSync(new URL('fixtures/stored-fcf4661.json', import.meta.url), 'utf8');
  return withUndefined(JSON.parse(text)) as StoredData;
}

/** A reviver cannot do this: members for which it answers undefined are left out. */
function withUndefined(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$undefined' in value) return undefined;
  if (Array.isArray(value)) return value.map(withUndefined);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withUndefined(one)]));
}

/** The database as that version made it: nothing of today's code has a part in it. */
function createDatabase({ name, version, schema }: StoredData['database']): Promise<IDBDatabase> {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => {
    for (const { name: store, keyPath, autoIncrement, indexes } of schema) {
      const made = request.result.createObjectStore(store, { keyPath, autoIncrement });
      for (const { name: index, keyPath: path, unique } of indexes) {
        made.createIndex(index, path, { unique });
      }
    }
  };
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function sealAll(records: readonly (readonly [IDBValidKey, unknown])[], key: CryptoKey) {
  return Promise.all(
    records.map(async ([id, value]) => {
      const { $secret, ...record } = value as { readonly $secret: PlainSecret };
      return [id, { ...record, ...(await seal($secret, key)) }] as const;
    }),
  );
}

async function seal({ plain, label }: PlainSecret, key: CryptoKey) {
  const encode = (text: string) => new TextEncoder().encode(text);
  const iv = new Uint8Array(12).fill(1);
  const algorithm = { name: 'AES-GCM', iv, additionalData: encode(label) };
  return { iv, sealed: await crypto.subtle.encrypt(algorithm, key, encode(plain)) };
}
