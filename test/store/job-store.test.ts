import { beforeEach, describe, expect, it } from 'vitest';
import { FRESH_PACE, type Pace } from '../../lib/core/engine/pace.ts';
import { connect, type Db } from '../../lib/store/db.ts';
import { createJobStore } from '../../lib/store/jobs.ts';
import { createPaceStore, listLimits } from '../../lib/store/paces.ts';
import type { JobStore } from '../../lib/store-ports.ts';
import { header, KEY, newJob, row } from './build-journal.ts';

// What every journal must do is in the contract of stores; this is what only a database can do wrong.
describe('the journal', () => {
  let db: Db;
  let store: JobStore;

  beforeEach(() => {
    db = connect();
    store = createJobStore(db);
  });

  it('holds one open job per checklist, whoever asks', async () => {
    await store.openJob(newJob('A'), 0);
    const other = createJobStore(connect());
    const answer = await other.openJob(newJob('B'), 0);
    expect(answer).toMatchObject({ ok: false, failure: { code: 'job-open' } });
    expect(await store.loadJob('B')).toBeUndefined();
    expect(
      await store.openJob(newJob('C', { checklistKey: 'github.com/ann/demo#2' }), 0),
    ).toMatchObject({
      ok: true,
    });
  });

  it('of two that start at once lets one be open', async () => {
    const answers = await Promise.all([
      store.openJob(newJob('A'), 0),
      createJobStore(connect()).openJob(newJob('B'), 0),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('forgets the rows and the control of a job with it, and no others', async () => {
    await store.openJob(newJob('A', { rows: 3 }), 0);
    await store.save('A', { header: header('A', { endedAt: 5 }) });
    await store.openJob(newJob('B', { rows: 2, startedAt: 1 }), 1);
    await store.prune(50);
    expect(await db.use((open) => open.getAllKeys('rows'))).toEqual([
      ['B', 0],
      ['B', 1],
    ]);
    expect(await db.use((open) => open.getAllKeys('controls'))).toEqual(['B']);
  });

  it('keeps a limit that another request of the account met during a step', async () => {
    await store.openJob(newJob('A'), 0);
    const { account } = header('A');
    const paces = createPaceStore(db);
    await paces.change(account, (pace = FRESH_PACE) => ({ ...pace, limitedUntil: 900 }));
    await store.save('A', { pace: { ...FRESH_PACE, gapMs: 5 } });
    expect(await store.loadPace(account)).toMatchObject({ gapMs: 5, limitedUntil: 900 });
    await store.save('A', { pace: { ...FRESH_PACE, limitedUntil: 1_200 } });
    expect(await paces.load(account)).toMatchObject({ limitedUntil: 1_200 });
  });

  it('keeps the rest of a pace that was stored before limits were', async () => {
    const { account } = header('A');
    await db.use((open) => open.put('paces', { gapMs: 5 } as Pace, account));
    await store.openJob(newJob('A'), 0);
    await store.save('A', { pace: { ...FRESH_PACE, limitedUntil: 1_200 } });
    expect(await listLimits(db)).toEqual(new Map([[account, 1_200]]));
  });

  it('goes on when the browser closes the database under it', async () => {
    await store.openJob(newJob('A'), 0);
    await db.use(async (open) => open.close());
    expect((await store.loadJob('A'))?.header.id).toBe('A');
  });

  it('flushes every write to the disk', async () => {
    const durabilities: (string | undefined)[] = [];
    await db.use(async (open) => {
      const begin = open.transaction.bind(open);
      Object.assign(open, {
        transaction: (...args: Parameters<typeof begin>) => {
          if (args[1] === 'readwrite') durabilities.push(args[2]?.durability);
          return begin(...args);
        },
      });
    });
    await store.openJob(newJob('A'), 0);
    await store.save('A', { rows: [row(0)] });
    await store.setControl('A', { action: 'pause', at: 1 });
    await store.saveUnverified(KEY, undefined);
    expect(new Set(durabilities)).toEqual(new Set(['strict']));
  });

  it('keeps no control of a job that is lost', async () => {
    await store.setControl('A', { action: 'stop', at: 1 });
    expect(await db.use((open) => open.count('controls'))).toBe(0);
  });
});
