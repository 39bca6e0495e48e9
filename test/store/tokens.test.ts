import { beforeEach, describe, expect, it } from 'vitest';
import type { Keeping } from '../../lib/core/account.ts';
import { type AccountRecord, connect, type Db } from '../../lib/store/db.ts';
import { seal } from '../../lib/store/seal.ts';
import {
  activateAccount,
  keepToken,
  listAccounts,
  openToken,
  removeAccount,
  savePendingToken,
  unlockToken,
} from '../../lib/store/tokens.ts';

const DETAILS = {
  login: 'ann',
  kind: 'classic',
  scopes: ['repo'],
  expiresAt: undefined,
  checkedAt: 1,
} as const;

describe('tokens', () => {
  let db: Db;

  beforeEach(() => {
    db = connect();
  });

  it('are kept pending, trimmed, until GitHub accepts them', async () => {
    const id = await savePendingToken(db, 'github.com', '  ghp_CANARY\n');
    expect(await openToken(db, { host: 'github.com' })).toBeUndefined();
    expect((await openToken(db, { id }))?.token).toBe('ghp_CANARY');
    await activateAccount(db, id, DETAILS);
    expect(await openToken(db, { host: 'github.com' })).toMatchObject({
      token: 'ghp_CANARY',
      account: { login: 'ann', state: 'active' },
    });
  });

  it('leave no plain text in the database', async () => {
    await savePendingToken(db, 'github.com', 'ghp_CANARY');
    const records = await db.use((open) => open.getAll('accounts'));
    const bytes = bytesOf(records);
    expect(bytes + JSON.stringify(records)).not.toContain('CANARY');
    expect(bytes.length).toBeGreaterThan(10);
  });

  it('are sealed under a key that cannot be taken out', async () => {
    await savePendingToken(db, 'github.com', 'ghp_CANARY');
    const key = await db.use((open) => open.get('keys', 'tokens'));
    expect(key?.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', key as CryptoKey)).rejects.toThrow();
  });

  it('do not open when they are moved to another account or host', async () => {
    const id = await savePendingToken(db, 'github.com', 'ghp_CANARY');
    await db.use(async (open) => {
      const record = await open.get('accounts', id);
      if (record !== undefined) await open.put('accounts', { ...record, host: 'evil.example' });
    });
    expect(await openToken(db, { id })).toBeUndefined();
  });

  it('of a host are replaced by the one that was accepted last', async () => {
    const first = await savePendingToken(db, 'github.com', 'one');
    await activateAccount(db, first, DETAILS);
    const elsewhere = await savePendingToken(db, 'ghe.example', 'other');
    const second = await savePendingToken(db, 'github.com', 'two');
    await activateAccount(db, second, { ...DETAILS, login: 'bob' });
    const ids = (await listAccounts(db)).map(({ id }) => id);
    expect(new Set(ids)).toEqual(new Set([elsewhere, second]));
    expect((await openToken(db, { host: 'github.com' }))?.token).toBe('two');
  });

  it('are listed without their secrets and can be removed', async () => {
    const id = await savePendingToken(db, 'github.com', 'ghp_CANARY');
    const [account] = await listAccounts(db);
    expect(Object.keys(account ?? {})).not.toContain('sealed');
    expect(account).toMatchObject({ id, state: 'pending', host: 'github.com' });
    await removeAccount(db, id);
    expect(await listAccounts(db)).toEqual([]);
    expect(await openToken(db, { id })).toBeUndefined();
  });

  it('saved by two pages at once both open', async () => {
    const [a, b] = await Promise.all([
      savePendingToken(connect(), 'github.com', 'one'),
      savePendingToken(connect(), 'github.com', 'two'),
    ]);
    expect((await openToken(db, { id: a }))?.token).toBe('one');
    expect((await openToken(db, { id: b }))?.token).toBe('two');
  });
});

const PASSPHRASE = { kept: 'passphrase', passphrase: 'correct horse battery' } as const;
const WAYS: readonly Keeping[] = [{ kept: 'sealed' }, { kept: 'session' }, PASSPHRASE];

describe('how a token is kept', () => {
  let db: Db;

  beforeEach(() => {
    db = connect();
  });

  it.each(WAYS)('$kept: at hand at once, and never in plain text in the database', async (way) => {
    const id = await savePendingToken(db, 'github.com', 'ghp_CANARY', way);
    await activateAccount(db, id, DETAILS);
    expect(await openToken(db, { host: 'github.com' })).toMatchObject({
      token: 'ghp_CANARY',
      account: { kept: way.kept },
    });
    expect(await listAccounts(db)).toMatchObject([{ kept: way.kept }]);
    const records = await db.use((open) => open.getAll('accounts'));
    expect(bytesOf(records) + JSON.stringify(records)).not.toContain('CANARY');
  });

  it('for a session: nothing of it is stored, and it is gone with the browser', async () => {
    const id = await savePendingToken(db, 'github.com', 'ghp_CANARY', { kept: 'session' });
    await activateAccount(db, id, DETAILS);
    const [record] = await db.use((open) => open.getAll('accounts'));
    expect(Object.keys(record ?? {})).not.toContain('sealed');
    const later = browserStartedAnew();
    expect(await openToken(later, { id })).toBeUndefined();
    expect(await listAccounts(later)).toMatchObject([{ login: 'ann', lock: 'token-ended' }]);
    expect(await keepToken(later, id, { kept: 'sealed' })).toMatchObject({
      failure: { code: 'token-ended' },
    });
  });

  it('under a passphrase: locked at each start until that passphrase is entered', async () => {
    const id = await savePendingToken(db, 'github.com', 'ghp_CANARY', PASSPHRASE);
    await activateAccount(db, id, DETAILS);
    const later = browserStartedAnew();
    expect(await openToken(later, { host: 'github.com' })).toBeUndefined();
    expect(await listAccounts(later)).toMatchObject([{ login: 'ann', lock: 'token-locked' }]);
    expect(await unlockToken(later, id, 'correct horse')).toMatchObject({
      failure: { code: 'wrong-passphrase' },
    });
    expect(await listAccounts(later)).toMatchObject([{ lock: 'token-locked' }]);
    expect(await unlockToken(later, id, PASSPHRASE.passphrase)).toMatchObject({ ok: true });
    expect((await openToken(later, { host: 'github.com' }))?.token).toBe('ghp_CANARY');
    const [account] = await listAccounts(later);
    expect(account).not.toHaveProperty('lock');
  });

  it('is one passphrase however its letters are composed', async () => {
    const composed = { kept: 'passphrase', passphrase: 'caf\u00e9 au lait' } as const;
    const id = await savePendingToken(db, 'github.com', 'ghp_CANARY', composed);
    const later = browserStartedAnew();
    expect(await unlockToken(later, id, 'cafe\u0301 au lait')).toMatchObject({ ok: true });
  });

  it('under a passphrase opens for no other account, host or key of the browser', async () => {
    const id = await savePendingToken(db, 'github.com', 'ghp_CANARY', PASSPHRASE);
    await db.use(async (open) => {
      const record = await open.get('accounts', id);
      if (record !== undefined) await open.put('accounts', { ...record, host: 'evil.example' });
    });
    const later = browserStartedAnew();
    expect(await unlockToken(later, id, PASSPHRASE.passphrase)).toMatchObject({
      failure: { code: 'wrong-passphrase' },
    });
    const keys = await db.use((open) => open.getAllKeys('keys'));
    expect(keys).toEqual([]);
  });

  it('is changed from each way to each other without the token being pasted again', async () => {
    const id = await savePendingToken(db, 'github.com', 'ghp_CANARY');
    await activateAccount(db, id, DETAILS);
    for (const way of [...WAYS, ...WAYS.toReversed()]) {
      expect(await keepToken(db, id, way)).toMatchObject({ ok: true });
      expect(await openToken(db, { id })).toMatchObject({
        token: 'ghp_CANARY',
        account: { kept: way.kept, login: 'ann' },
      });
    }
    // Sealed at last: nothing is left in the memory, nor of the passphrase in the record.
    expect(await db.openTokens.get(id)).toBeUndefined();
    const [record] = await db.use((open) => open.getAll('accounts'));
    expect(record).not.toHaveProperty('salt');
    expect((await openToken(browserStartedAnew(), { id }))?.token).toBe('ghp_CANARY');
  });

  it('leaves no sealed copy in the record once it is under a passphrase', async () => {
    const id = await savePendingToken(db, 'github.com', 'ghp_CANARY');
    const before = await db.use((open) => open.get('accounts', id));
    await keepToken(db, id, PASSPHRASE);
    const after = await db.use((open) => open.get('accounts', id));
    expect(bytesOf([after])).not.toContain(bytesOf([before]));
    expect(bytesOf([before]).length).toBeGreaterThan(10);
  });

  it('is forgotten with the account, and with one that another takes the place of', async () => {
    const first = await savePendingToken(db, 'github.com', 'one', { kept: 'session' });
    const second = await savePendingToken(db, 'github.com', 'two', { kept: 'session' });
    await activateAccount(db, second, DETAILS);
    expect(await db.openTokens.get(first)).toBeUndefined();
    await removeAccount(db, second);
    expect(await db.openTokens.get(second)).toBeUndefined();
  });

  it('of a record of before there was a choice is sealed', async () => {
    const id = 'old';
    const sealed = await seal(db, 'ghp_CANARY', `${id}@github.com`);
    const old: AccountRecord = { id, host: 'github.com', state: 'active', ...DETAILS, ...sealed };
    await db.use((open) => open.put('accounts', old));
    expect(await openToken(db, { host: 'github.com' })).toMatchObject({
      token: 'ghp_CANARY',
      account: { kept: 'sealed', login: 'ann' },
    });
    expect(await keepToken(db, id, PASSPHRASE)).toMatchObject({ ok: true });
    expect((await openToken(db, { id }))?.token).toBe('ghp_CANARY');
  });
});

/** The same database, and a memory in which nothing is left. */
function browserStartedAnew(): Db {
  const memory = new Map<string, string>();
  return connect(undefined, {
    get: async (account) => memory.get(account),
    set: async (account, token) => void memory.set(account, token),
    remove: async (account) => void memory.delete(account),
  });
}

function bytesOf(records: readonly (AccountRecord | undefined)[]): string {
  return records
    .map((record) =>
      record !== undefined && 'sealed' in record
        ? new TextDecoder('latin1').decode(record.sealed)
        : '',
    )
    .join();
}
