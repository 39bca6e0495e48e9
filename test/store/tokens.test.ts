import { beforeEach, describe, expect, it } from 'vitest';
import { connect, type Db } from '../../lib/store/db.ts';
import {
  activateAccount,
  listAccounts,
  openToken,
  removeAccount,
  savePendingToken,
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
    const bytes = records.map(({ sealed }) => new TextDecoder('latin1').decode(sealed)).join();
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
