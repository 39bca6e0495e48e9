import { type Db, type Sealed, STRICT } from './db.ts';

/**
 * Encrypts a secret under a key that no script can read. It keeps secrets out of exports, logs and copies of single
 * records; pages, content scripts and other extensions do not reach this database at all. It does not protect from
 * whoever can read the files of the browser profile: Chromium keeps the key raw in the same database. `label` binds a
 * secret to where it belongs: moved to another record it does not open.
 */
export async function seal(db: Db, secret: string, label: string): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: encode(label) },
    await loadKey(db),
    encode(secret),
  );
  return { iv, sealed };
}

/** Reads a sealed secret; undefined when the key was lost with part of the database, or the label is another. */
export async function unseal(
  db: Db,
  { iv, sealed }: Sealed,
  label: string,
): Promise<string | undefined> {
  const key = await loadKey(db);
  try {
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv, additionalData: encode(label) },
      key,
      sealed,
    );
    return new TextDecoder().decode(plain);
  } catch {
    return undefined;
  }
}

/** The first version kept tokens only: hence its name. */
const KEY = 'tokens';

/** The browser's own key; made at first use. Two pages that make one at once end up with the same. */
async function loadKey(db: Db): Promise<CryptoKey> {
  const stored = await db.use((open) => open.get('keys', KEY));
  if (stored !== undefined) return stored;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  return db.use(async (open) => {
    const change = open.transaction('keys', 'readwrite', STRICT);
    const first = await change.store.get(KEY);
    if (first === undefined) await change.store.put(made, KEY);
    await change.done;
    return first ?? made;
  });
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
