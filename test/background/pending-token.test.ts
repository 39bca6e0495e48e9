import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { failure } from '../../lib/core/failures.ts';
import { connect, type Db } from '../../lib/store/db.ts';
import { listAccounts, savePendingToken } from '../../lib/store/tokens.ts';
import { patiently, startWorker, useBackground } from './background-world.ts';

const world = useBackground();
const REFUSED = {
  status: 403,
  body: { message: 'Maximum number of login attempts exceeded. Please try again later.' },
};
let db: Db;

beforeEach(() => {
  db = connect();
});

it('a token that GitHub cannot be asked about now is kept, and checked again by an alarm (case 45)', async () => {
  world.github.fault({ path: '/user', action: REFUSED });
  const id = await savePendingToken(db, 'github.com', world.token);
  const answer = await world.ask('checkAccount', { account: id, repo: undefined });
  expect(answer).toMatchObject({ ok: false, failure: { code: 'sign-in-refused' } });
  expect(await listAccounts(db)).toMatchObject([
    { state: 'pending', failure: { code: 'sign-in-refused' } },
  ]);
  expect(await fakeBrowser.alarms.get('token')).toBeDefined();
  await world.ring('token');
  await patiently(async () =>
    expect(await listAccounts(db)).toMatchObject([{ state: 'active', login: 'ann' }]),
  );
  const [account] = await listAccounts(db);
  expect(account).not.toHaveProperty('failure');
  await patiently(async () => expect(await fakeBrowser.alarms.get('token')).toBeUndefined());
});

it('a token that was pasted just before the browser quit is checked at the next start', async () => {
  await savePendingToken(db, 'github.com', world.token);
  await startWorker();
  await patiently(async () =>
    expect(await listAccounts(db)).toMatchObject([{ state: 'active', login: 'ann' }]),
  );
});

it('a token that GitHub calls bad is not asked about again', async () => {
  const id = await savePendingToken(db, 'github.com', 'ghp_WRONG');
  await world.ask('checkAccount', { account: id, repo: undefined });
  expect(await listAccounts(db)).toMatchObject([{ failure: failure('bad-token') }]);
  expect(await fakeBrowser.alarms.get('token')).toBeUndefined();
  await savePendingToken(db, 'github.com', world.token);
  world.github.clearRequests();
  await startWorker();
  await patiently(async () => expect(await listAccounts(db)).toMatchObject([{ login: 'ann' }]));
  expect(
    world.github.requests.filter(({ operation }) => operation === 'users/get-authenticated'),
  ).toHaveLength(1);
});

it('an account whose token cannot be read any more says so', async () => {
  const answer = await world.ask('checkAccount', { account: 'gone', repo: undefined });
  expect(answer).toMatchObject({ ok: false, failure: { code: 'token-unreadable' } });
});
