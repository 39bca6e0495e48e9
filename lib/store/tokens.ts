import { type Account, cleanPasted, type Keeping, whyNotOpen } from '../core/account.ts';
import { type Failure, fail, failure, type Result, succeed } from '../core/failures.ts';
import type { AccountDetails } from '../store-ports.ts';
import { type AccountRecord, type Db, type KeptToken, STRICT } from './db.ts';
import { lock, seal, unlock, unseal } from './seal.ts';

/** Stores a token as pending, kept as its owner chose, and answers the account's id. */
export async function savePendingToken(
  db: Db,
  host: string,
  token: string,
  keeping: Keeping = { kept: 'sealed' },
): Promise<string> {
  const id = crypto.randomUUID();
  const cleaned = cleanPasted(token);
  const record: AccountRecord = {
    id,
    host,
    state: 'pending',
    login: undefined,
    kind: undefined,
    scopes: [],
    expiresAt: undefined,
    checkedAt: undefined,
    ...(await keptToken(db, { id, host }, cleaned, keeping)),
  };
  if (keeping.kept !== 'sealed') await db.openTokens.set(id, cleaned);
  await db.use((open) => open.put('accounts', record));
  return id;
}

/** Keeps the token of an account in another way. One that is not at hand stays as it is. */
export async function keepToken(db: Db, id: string, keeping: Keeping): Promise<Result<void>> {
  const opened = await openToken(db, { id });
  if (opened === undefined) {
    return fail(whyNotOpen((await listAccounts(db)).find((each) => each.id === id)));
  }
  const { account, token } = opened;
  const kept = await keptToken(db, account, token, keeping);
  if (keeping.kept !== 'sealed') await db.openTokens.set(id, token);
  const isThere = await db.use(async (open) => {
    const change = open.transaction('accounts', 'readwrite', STRICT);
    const record = await change.store.get(id);
    if (record !== undefined) await change.store.put({ ...factsOf(record), ...kept });
    await change.done;
    return record !== undefined;
  });
  if (keeping.kept === 'sealed' || !isThere) await db.openTokens.remove(id);
  return succeed(undefined);
}

/** Opens a token that is under a passphrase, until the browser closes. */
export async function unlockToken(db: Db, id: string, passphrase: string): Promise<Result<void>> {
  const record = await db.use((open) => open.get('accounts', id));
  if (record?.kept !== 'passphrase') return fail(failure('token-unreadable'));
  const token = await unlock(record, passphrase, labelOf(record));
  if (token === undefined) return fail(failure('wrong-passphrase'));
  await db.openTokens.set(id, token);
  return succeed(undefined);
}

/** Makes an account the one of its host; any other of that host goes, token and all. */
export async function activateAccount(db: Db, id: string, details: AccountDetails): Promise<void> {
  const gone = await db.use(async (open) => {
    const change = open.transaction('accounts', 'readwrite', STRICT);
    const record = await change.store.get(id);
    const others: string[] = [];
    if (record !== undefined) {
      const keys = await change.store.index('host').getAllKeys(record.host);
      others.push(...keys.filter((key) => key !== id));
      for (const other of others) await change.store.delete(other);
      const { failure: _over, ...rest } = record;
      await change.store.put({ ...rest, ...details, state: 'active' });
    }
    await change.done;
    return others;
  });
  for (const other of gone) await db.openTokens.remove(other);
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
  return Promise.all(records.map((record) => accountOf(db, record)));
}

/** The token of an account, or of a host's active account; undefined when there is none, it is not at hand, or it cannot be read any more. */
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
  const token = isSealed(record)
    ? await unseal(db, record, labelOf(record))
    : await db.openTokens.get(record.id);
  return token === undefined ? undefined : { account: await accountOf(db, record), token };
}

/** Forgets an account and its token. */
export async function removeAccount(db: Db, id: string): Promise<void> {
  await db.use((open) => open.delete('accounts', id));
  await db.openTokens.remove(id);
}

/** What is stored of a token that is kept so. */
async function keptToken(
  db: Db,
  account: Pick<Account, 'id' | 'host'>,
  token: string,
  keeping: Keeping,
): Promise<KeptToken> {
  const label = labelOf(account);
  switch (keeping.kept) {
    case 'sealed':
      return { kept: 'sealed', ...(await seal(db, token, label)) };
    case 'session':
      return { kept: 'session' };
    case 'passphrase':
      return { kept: 'passphrase', ...(await lock(token, keeping.passphrase, label)) };
  }
}

/** Binds a sealed token to its account and host. */
function labelOf({ id, host }: Pick<Account, 'id' | 'host'>): string {
  return `${id}@${host}`;
}

async function accountOf(db: Db, record: AccountRecord): Promise<Account> {
  const account: Account = { ...factsOf(record), kept: record.kept ?? 'sealed' };
  if (isSealed(record) || (await db.openTokens.get(record.id)) !== undefined) return account;
  return { ...account, lock: record.kept === 'passphrase' ? 'token-locked' : 'token-ended' };
}

/** Records of the time before there was a choice name none. */
function isSealed(record: AccountRecord): record is Extract<AccountRecord, { kept?: 'sealed' }> {
  return record.kept === undefined || record.kept === 'sealed';
}

/** The record without anything of its token. */
function factsOf({
  id,
  host,
  state,
  login,
  kind,
  scopes,
  expiresAt,
  checkedAt,
  failure: problem,
}: AccountRecord): Omit<Account, 'kept' | 'lock'> {
  const facts = { id, host, state, login, kind, scopes, expiresAt, checkedAt };
  return problem === undefined ? facts : { ...facts, failure: problem };
}
