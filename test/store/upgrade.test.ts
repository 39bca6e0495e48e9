import { type IDBPDatabase, openDB } from 'idb';
import { expect, it } from 'vitest';
import { EMPTY_MEMORY } from '../../lib/core/alerts/notices.ts';
import type { LogEvent } from '../../lib/core/log/event.ts';
import { listCounters } from '../../lib/store/counters.ts';
import { connect } from '../../lib/store/db.ts';
import { listAllEvents, listSavedTexts, loadEvent } from '../../lib/store/events.ts';
import { listIssueDates } from '../../lib/store/issue-dates.ts';
import { createJobStore } from '../../lib/store/jobs.ts';
import { createOutboxStore } from '../../lib/store/outbox.ts';
import { loadReconcile, saveReconcile } from '../../lib/store/reconciles.ts';
import { hasSecret } from '../../lib/store/secrets.ts';
import { createSyncStore } from '../../lib/store/syncs.ts';
import { sampleRecord } from '../engine/sync-samples.ts';

const KEY = 'github.com/octo/demo#12';

const OLD_EVENT = {
  at: 1,
  kind: 'write-master',
  job: 'J',
  run: 'R',
  checklistKey: KEY,
  cause: 'generate: links',
  login: 'ada',
  before: 'the text',
};

const EVENT: LogEvent = {
  ...OLD_EVENT,
  kind: 'write-master',
  cause: { by: 'click', what: 'generate' },
};

it('a database of the first version keeps everything and learns of syncs', async () => {
  const first = await openFirstVersion();
  await first.add('events', OLD_EVENT);
  await first.put('unverified', { base: 'a', written: 'b' }, KEY);
  await first.put('paces', { gapMs: 5 }, 'github.com/ada');
  await first.put('rows', { job: 'J', index: 0, row: { phase: 'planned' } });
  await first.put('checklists', { key: KEY, title: 'Plan', usedAt: 3 });
  first.close();

  const db = connect();
  const jobs = createJobStore(db);
  const syncs = createSyncStore(db);
  expect(await listAllEvents(db)).toEqual([EVENT]);
  expect(await jobs.loadUnverified(KEY)).toMatchObject({ base: 'a', written: 'b' });
  expect(await jobs.loadPace('github.com/ada')).toMatchObject({ gapMs: 5 });
  expect(await db.use((open) => open.count('rows'))).toBe(1);
  expect(await db.use((open) => open.get('checklists', KEY))).toMatchObject({ title: 'Plan' });
  await syncs.saveRecord(sampleRecord(KEY));
  expect(await syncs.loadRecord(KEY)).toEqual(sampleRecord(KEY));
});

it.each([undefined, null, 7, { by: 'click' }, 'who knows'])(
  'a database in which somebody wrote %o for a cause still opens',
  async (cause) => {
    const first = await openFirstVersion();
    await first.add('events', { ...OLD_EVENT, cause });
    first.close();
    const known = { ...EVENT, cause: { by: 'click', what: 'sync' } };
    expect(await listAllEvents(connect())).toEqual([known]);
  },
);

it('a database of the second version keeps everything and learns of reconciles', async () => {
  const second = await openSecondVersion();
  await second.add('events', OLD_EVENT);
  await second.put('syncs', sampleRecord(KEY));
  await second.put('counters', { day: '2026-11-20', counts: { polls: 7 } });
  second.close();

  const db = connect();
  expect(await listAllEvents(db)).toEqual([EVENT]);
  expect(await createSyncStore(db).loadRecord(KEY)).toEqual(sampleRecord(KEY));
  expect(await listCounters(db)).toEqual([{ day: '2026-11-20', counts: { polls: 7 } }]);
  const record = {
    key: KEY,
    checkedAt: 5,
    nightlyAt: undefined,
    left: 1,
    kinds: { orphan: 1 },
    failure: undefined,
  };
  await saveReconcile(db, record);
  expect(await loadReconcile(db, KEY)).toEqual(record);
});

it('a database of the third version keeps everything, and its texts leave the lines of the log', async () => {
  const third = await openThirdVersion();
  const remark = {
    at: 2,
    kind: 'remark',
    job: '',
    run: '',
    checklistKey: KEY,
    cause: 'poll: sync',
  };
  await third.add('events', OLD_EVENT);
  await third.add('events', { ...remark, login: 'ada' });
  await third.add('events', { ...OLD_EVENT, at: 3, before: '' });
  await third.put('counters', { day: '2026-11-20', counts: { polls: 7 } });
  await third.put('reconciles', { key: KEY, left: 2 });
  third.close();

  const db = connect();
  const cause = { by: 'background', what: 'sync' };
  const events = [EVENT, { ...remark, cause, login: 'ada' }, { ...EVENT, at: 3, before: '' }];
  expect(await listAllEvents(db)).toEqual(events);
  expect(await loadEvent(db, 1)).toEqual(EVENT);
  expect(await db.use((open) => open.getAll('events'))).toMatchObject([
    { textLength: 8 },
    {},
    { textLength: 0 },
  ]);
  expect((await db.use((open) => open.getAll('events'))).some((one) => 'before' in one)).toBe(
    false,
  );
  expect((await listSavedTexts(db, KEY)).map(({ id, length }) => [id, length])).toEqual([
    [3, 0],
    [1, 8],
  ]);
  expect(await listCounters(db)).toEqual([{ day: '2026-11-20', counts: { polls: 7 } }]);
  expect(await loadReconcile(db, KEY)).toMatchObject({ left: 2 });
  const outbox = createOutboxStore(db);
  expect(await outbox.loadMemory()).toEqual(EMPTY_MEMORY);
  expect(await outbox.list()).toEqual([]);
  expect(await listIssueDates(db)).toEqual([]);
  expect(await hasSecret(db, 'relay')).toBeUndefined();
});

it('a database of the third version has causes of today, also in writes that nobody has verified', async () => {
  const third = await openThirdVersion();
  for (const cause of ['generate: claim', 'undo: links', 'nightly: reconcile', 'restore'])
    await third.add('events', { ...OLD_EVENT, cause });
  const mends = { base: 'x', event: { ...OLD_EVENT, cause: 'mend: plain' } };
  await third.put('unverified', { base: 'a', event: OLD_EVENT, mends }, KEY);
  third.close();

  const db = connect();
  expect((await listAllEvents(db)).map(({ cause }) => `${cause.by} ${cause.what}`)).toEqual([
    'click generate',
    'click undo-generation',
    'night resolve',
    'click restore',
  ]);
  expect(await createJobStore(db).loadUnverified(KEY)).toMatchObject({
    base: 'a',
    event: { cause: { by: 'click', what: 'generate' } },
    restores: { base: 'x', event: { cause: { by: 'click', what: 'unlink' } } },
  });
});

it('a database of the fifth version knows what a write restores, by whatever name', async () => {
  const fifth = await openDB('masterlist', 5, { upgrade: createFirstStores });
  const earlier = { base: 'x', mends: { base: 'w' } };
  await fifth.put('unverified', { base: 'a', mends: earlier }, KEY);
  const now = { base: 'b', restores: { base: 'y', restores: undefined } };
  await fifth.put('unverified', now, 'github.com/octo/demo#13');
  fifth.close();

  const jobs = createJobStore(connect());
  const restores = { base: 'x', restores: { base: 'w' } };
  expect(await jobs.loadUnverified(KEY)).toEqual({ base: 'a', restores });
  expect(await jobs.loadUnverified('github.com/octo/demo#13')).toEqual(now);
});

it('a tab with the first version lets the second one upgrade', async () => {
  const first = await openFirstVersion();
  first.addEventListener('versionchange', () => first.close());
  expect(await createSyncStore(connect()).loadRecord(KEY)).toBeUndefined();
});

/** The schema as the third release had it; frozen. */
function openThirdVersion() {
  return openDB('masterlist', 3, {
    upgrade(database) {
      createSecondStores(database);
      database.createObjectStore('reconcilePreviews', { keyPath: 'id' });
      database.createObjectStore('reconciles', { keyPath: 'key' });
    },
  });
}

/** The schema as the second release had it; frozen. */
function openSecondVersion() {
  return openDB('masterlist', 2, { upgrade: createSecondStores });
}

function createSecondStores(database: IDBPDatabase): void {
  createFirstStores(database);
  database.createObjectStore('syncPreviews', { keyPath: 'id' });
  database.createObjectStore('syncs', { keyPath: 'key' });
  database.createObjectStore('cursors');
  database.createObjectStore('counters', { keyPath: 'day' });
}

/** The schema as the first release had it; frozen, so that it stays what people have on their disks. */
function openFirstVersion() {
  return openDB('masterlist', 1, { upgrade: createFirstStores });
}

function createFirstStores(database: IDBPDatabase): void {
  const jobs = database.createObjectStore('jobs', { keyPath: 'id' });
  jobs.createIndex('open', 'open', { unique: true });
  jobs.createIndex('checklist', 'checklistKey');
  database.createObjectStore('rows', { keyPath: ['job', 'index'] });
  database.createObjectStore('controls');
  database.createObjectStore('paces');
  database.createObjectStore('unverified');
  const events = database.createObjectStore('events', { autoIncrement: true });
  events.createIndex('checklist', 'checklistKey');
  events.createIndex('at', 'at');
  database.createObjectStore('plans', { keyPath: 'run' });
  database.createObjectStore('checklists', { keyPath: 'key' });
  const accounts = database.createObjectStore('accounts', { keyPath: 'id' });
  accounts.createIndex('host', 'host');
  database.createObjectStore('keys');
}
