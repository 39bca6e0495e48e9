import type { AccountRecord, Db } from './db.ts';

/** An account without its secret: what views and messages may know. */
export interface Account {
  readonly id: string;
  readonly host: string;
  /** `pending` until GitHub has accepted the token. */
  readonly state: 'pending' | 'active';
  readonly login: string | undefined;
  readonly kind: 'classic' | 'fine-grained' | undefined;
  /** Classic tokens only. */
  readonly scopes: readonly string[];
  /** ISO time; undefined when the token does not expire or GitHub does not say. */
  readonly expiresAt: string | undefined;
  /** When GitHub last accepted it, in milliseconds since 1970. */
  readonly checkedAt: number | undefined;
}

/** What a check adds to an account. */
export type AccountDetails = Pick<Account, 'login' | 'kind' | 'scopes' | 'expiresAt' | 'checkedAt'>;

/**
 * Stores a token as pending and answers the account's id. The token is encrypted under a key that cannot be taken out of
 * this browser: no protection from programs that run as the user, but from other extensions, pages and a look at the disk.
 */
export async function savePendingToken(db: Db, host: string, token: string): Promise<string> {
  const id = crypto.randomUUID();
  const key = await loadKey(db);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: label(id, host) },
    key,
    new TextEncoder().encode(token.trim()),
  );
  const record: AccountRecord = {
    id,
    host,
    state: 'pending',
    login: undefined,
    kind: undefined,
    scopes: [],
    expiresAt: undefined,
    checkedAt: undefined,
    iv,
    sealed,
  };
  await db.use((open) => open.put('accounts', record));
  return id;
}

/** Makes an account the one of its host; any other of that host goes, token and all. */
export function activateAccount(db: Db, id: string, details: AccountDetails): Promise<void> {
  return db.use(async (open) => {
    const change = open.transaction('accounts', 'readwrite', { durability: 'strict' });
    const record = await change.store.get(id);
    if (record !== undefined) {
      for (const other of await change.store.index('host').getAllKeys(record.host)) {
        if (other !== id) await change.store.delete(other);
      }
      await change.store.put({ ...record, ...details, state: 'active' });
    }
    await change.done;
  });
}

/** All accounts, without their secrets. */
export async function listAccounts(db: Db): Promise<readonly Account[]> {
  const records = await db.use((open) => open.getAll('accounts'));
  return records.map(withoutSecret);
}

/** One account, without its secret. */
export async function findAccount(db: Db, id: string): Promise<Account | undefined> {
  const record = await db.use((open) => open.get('accounts', id));
  return record && withoutSecret(record);
}

/** The token of an account, or of a host's active account; undefined when there is none or it cannot be read any more. */
export async function openToken(
  db: Db,
  which: { readonly id: string } | { readonly host: string },
): Promise<{ readonly account: Account; readonly token: string } | undefined> {
  const record = await db.use(async (open) => {
    if ('id' in which) return open.get('accounts', which.id);
    const all = await open.getAllFromIndex('accounts', 'host', which.host);
    return all.find((each) => each.state === 'active');
  });
  if (record === undefined) return undefined;
  const token = await unseal(await loadKey(db), record);
  return token === undefined ? undefined : { account: withoutSecret(record), token };
}

/** Forgets an account and its token. */
export function removeAccount(db: Db, id: string): Promise<void> {
  return db.use((open) => open.delete('accounts', id));
}

/** The browser's own key for tokens; made at first use. Two pages that make one at once end up with the same. */
async function loadKey(db: Db): Promise<CryptoKey> {
  const stored = await db.use((open) => open.get('keys', 'tokens'));
  if (stored !== undefined) return stored;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  return db.use(async (open) => {
    const change = open.transaction('keys', 'readwrite', { durability: 'strict' });
    const first = await change.store.get('tokens');
    if (first === undefined) await change.store.put(made, 'tokens');
    await change.done;
    return first ?? made;
  });
}

async function unseal(key: CryptoKey, record: AccountRecord): Promise<string | undefined> {
  try {
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: record.iv, additionalData: label(record.id, record.host) },
      key,
      record.sealed,
    );
    return new TextDecoder().decode(plain);
  } catch {
    // The key was lost with part of the database: the token must be pasted again.
    return undefined;
  }
}

/** Binds a sealed token to its account and host: moved to another record it does not open. */
function label(id: string, host: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${id}@${host}`);
}

function withoutSecret({ iv: _iv, sealed: _sealed, ...account }: AccountRecord): Account {
  return account;
}
