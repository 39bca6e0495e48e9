import { type Db, type Locked, type Sealed, STRICT } from './db.ts';

/**
 * Encrypts a secret under a key that no script can read. It keeps secrets out of exports, logs and copies of single
 * records; pages, content scripts and other extensions do not reach this database at all. It does not protect from
 * whoever can read the files of the browser profile: Chromium keeps the key raw in the same database. `label` binds a
 * secret to where it belongs: moved to another record it does not open.
 */
export async function seal(db: Db, secret: string, label: string): Promise<Sealed> {
  return sealWith(await loadKey(db), secret, label);
}

/** Reads a sealed secret; undefined when the key was lost with part of the database, or the label is another. */
export async function unseal(db: Db, sealed: Sealed, label: string): Promise<string | undefined> {
  return unsealWith(await loadKey(db), sealed, label);
}

/**
 * How often a passphrase is hashed before it is a key: what OWASP asks of PBKDF2 with SHA-256 (Password Storage Cheat
 * Sheet, seen 2026-11-30). `npm run bench` measures what it costs. Each secret keeps its own number.
 */
export const ROUNDS = 600_000;

/**
 * Encrypts a secret under a passphrase, which is stored nowhere. Nothing in the profile opens it: whoever has its files
 * must guess the passphrase, at so many hashes a try.
 */
export async function lock(secret: string, passphrase: string, label: string): Promise<Locked> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const key = await keyOf(passphrase, salt, ROUNDS);
  return { ...(await sealWith(key, secret, label)), salt, rounds: ROUNDS };
}

/** Reads a secret under a passphrase; undefined when it is another passphrase or label. */
export async function unlock(
  locked: Locked,
  passphrase: string,
  label: string,
): Promise<string | undefined> {
  return unsealWith(await keyOf(passphrase, locked.salt, locked.rounds), locked, label);
}

/** The same text is the same passphrase, however a keyboard composes its letters. */
async function keyOf(
  passphrase: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<CryptoKey> {
  const material = encode(passphrase.normalize('NFKC'));
  const base = await crypto.subtle.importKey('raw', material, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

async function sealWith(key: CryptoKey, secret: string, label: string): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = encode(label);
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData },
    key,
    encode(secret),
  );
  return { iv, sealed };
}

async function unsealWith(
  key: CryptoKey,
  { iv, sealed }: Sealed,
  label: string,
): Promise<string | undefined> {
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
