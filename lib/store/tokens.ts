import { type Account, cleanPasted } from '../core/account.ts';
import type { Failure } from '../core/failures.ts';
import type { AccountDetails } from '../store-ports.ts';
import { type AccountRecord, type Db, STRICT } from './db.ts';
import { seal, unseal } from './seal.ts';

/** Stores a token as pending, sealed, and answers the account's id. */
export async function savePendingToken(db: Db, host: string, token: string): Promise<string> {
  const id = crypto.randomUUID();
  const record: AccountRecord = {
    id,
    host,
    state: 'pending',
    login: undefined,
    kind: undefined,
    scopes: [],
    expiresAt: undefined,
    checkedAt: undefined,
    ...(await seal(db, cleanPasted(token), labelOf({ id, host }))),
  };
  await db.use((open) => open.put('accounts', record));
  return id;
}

/** Makes an account the one of its host; any other of that host goes, token and all. */
export function activateAccount(db: Db, id: string, details: AccountDetails): Promise<void> {
  return db.use(async (open) => {
    const change = open.transaction('accounts', 'readwrite', STRICT);
    const record = await change.store.get(id);
    if (record !== undefined) {
      for (const other of await change.store.index('host').getAllKeys(record.host)) {
        if (other !== id) await change.store.delete(other);
      }
      const { failure: _over, ...rest } = record;
      await change.store.put({ ...rest, ...details, state: 'active' });
    }
    await change.done;
  });
}

/** Remembers why a check of a pending token did not get through. */
export function noteFailedCheck(db: Db, id: string, failure: Failure): Promise<void> {
  return db.use(async (open) => {
    const change = open.transaction('accounts', 'readwrite', STRICT);
    const record = await change.store.get(id);
    if (record?.state === 'pending') await change.store.put({ ...record, failure });
    await change.done;
  });
}

/** All accounts, without their secrets. */
export async function listAccounts(db: Db): Promise<readonly Account[]> {
  const records = await db.use((open) => open.getAll('accounts'));
  return records.map(withoutSecret);
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
  const token = await unseal(db, record, labelOf(record));
  return token === undefined ? undefined : { account: withoutSecret(record), token };
}

/** Forgets an account and its token. */
export function removeAccount(db: Db, id: string): Promise<void> {
  return db.use((open) => open.delete('accounts', id));
}

/** Binds a sealed token to its account and host. */
function labelOf({ id, host }: Pick<Account, 'id' | 'host'>): string {
  return `${id}@${host}`;
}

function withoutSecret({ iv: _iv, sealed: _sealed, ...account }: AccountRecord): Account {
  return account;
}
