import { beforeEach, describe, expect, it } from 'vitest';
import { connect, type Db } from '../../lib/store/db.ts';
import { createJobStore } from '../../lib/store/jobs.ts';
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
