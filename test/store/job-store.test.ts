import { beforeEach, describe, expect, it } from 'vitest';
import type { ChangeHeader, GenerateHeader, GenerateRow, Job } from '../../lib/core/engine/job.ts';
import { FRESH_PACE } from '../../lib/core/engine/pace.ts';
import type { LogEvent } from '../../lib/core/log/event.ts';
import { issueChecklist } from '../../lib/core/refs.ts';
import type { JobStore } from '../../lib/ports.ts';
import { connect, type Db } from '../../lib/store/db.ts';
import { createJobStore } from '../../lib/store/jobs.ts';

const REPO = { host: 'github.com', owner: 'ann', name: 'demo' };
const KEY = 'github.com/ann/demo#1';

describe('the journal', () => {
  let db: Db;
  let store: JobStore;

  beforeEach(() => {
    db = connect();
    store = createJobStore(db);
  });

  it('gives back a job with its rows in order and its control', async () => {
    const job = newJob('A', { rows: 12 });
    expect(await store.openJob(job, 7)).toEqual({ ok: true, value: undefined });
    expect(await store.loadOpenJob(KEY)).toEqual({ ...job, control: { action: 'run', at: 7 } });
    expect(await store.loadJob('A')).toEqual({ ...job, control: { action: 'run', at: 7 } });
    expect(await store.listOpenJobs()).toEqual([job.header]);
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

  it('does not let a job begin anew that is open already', async () => {
    await store.openJob(newJob('A'), 0);
    await store.save('A', { rows: [{ ...row(0), phase: 'created' }] });
    expect(await store.openJob(newJob('A'), 1)).toMatchObject({ failure: { code: 'job-open' } });
    expect((await store.loadJob('A'))?.rows[0]?.phase).toBe('created');
  });

  it('of two that start at once lets one be open', async () => {
    const answers = await Promise.all([
      store.openJob(newJob('A'), 0),
      createJobStore(connect()).openJob(newJob('B'), 0),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('lists the headers of a checklist, and the mendings with issues still to be created', async () => {
    const item = { key: 'k', textHash: 't', groupHash: 'g', ordinal: 0 };
    const change = { cause: 'resolve', creates: [item] } as const;
    await store.openJob(newJob('A'), 0);
    await store.save('A', { header: changeHeader('A', { endedAt: 5, change }) });
    await store.openJob({ ...newJob('B'), header: changeHeader('B', { change }) }, 0);
    await store.openJob(newJob('C', { checklistKey: 'github.com/ann/demo#2' }), 0);
    expect((await store.listJobs(KEY)).map(({ id }) => id).sort()).toEqual(['A', 'B']);
    expect((await store.listPendingCreates()).map(({ id }) => id)).toEqual(['A']);
  });

  it('keeps a job out of sight that the user has seen, whatever is saved of it later', async () => {
    await store.openJob(newJob('A'), 0);
    await store.save('A', { header: header('A', { endedAt: 5 }) });
    await store.dismissJob('A');
    await store.save('A', { header: header('A', { endedAt: 5, outcome: 'done' }) });
    expect(await store.loadShownJob(KEY)).toBeUndefined();
    await store.openJob(newJob('A'), 0);
    await store.save('A', { header: header('A') });
    expect(await store.loadShownJob(KEY)).toBeDefined();
  });

  it('lets a new job begin when the old one has ended', async () => {
    await store.openJob(newJob('A'), 0);
    await store.save('A', { header: header('A', { endedAt: 5 }) });
    expect(await store.loadOpenJob(KEY)).toBeUndefined();
    expect(await store.openJob(newJob('B', { startedAt: 9 }), 9)).toMatchObject({ ok: true });
    expect((await store.loadLastJob(KEY))?.header.id).toBe('B');
    expect(await store.listEndedRuns(KEY)).toEqual(['A']);
  });

  it('opens an ended job again with the rows it is given, and no others', async () => {
    await store.openJob(newJob('A', { rows: 3 }), 0);
    await store.save('A', { header: header('A', { endedAt: 5 }) });
    await store.openJob(newJob('A', { rows: 1 }), 6);
    expect((await store.loadOpenJob(KEY))?.rows).toHaveLength(1);
  });

  it('saves header, row, pace and events of a step together and answers the control', async () => {
    await store.openJob(newJob('A', { rows: 2 }), 0);
    await store.setControl('A', { action: 'pause', at: 3 });
    const changed = { ...row(1), phase: 'created' as const };
    const control = await store.save('A', {
      header: header('A', { failures: 1 }),
      rows: [changed],
      pace: { ...FRESH_PACE, gapMs: 5 },
      events: [event('A', 10)],
    });
    expect(control).toEqual({ action: 'pause', at: 3 });
    const job = await store.loadJob('A');
    expect(job?.header.failures).toBe(1);
    expect(job?.rows).toEqual([row(0), changed]);
    expect(await store.loadPace('github.com/ann')).toEqual({ ...FRESH_PACE, gapMs: 5 });
    expect(await store.listEvents(KEY)).toEqual([event('A', 10)]);
  });

  it('writes nothing for a job that is lost', async () => {
    expect(await store.save('A', { rows: [row(0)], events: [event('A', 1)] })).toBeUndefined();
    expect(await store.listEvents(KEY)).toEqual([]);
    expect(await store.setControl('A', { action: 'stop', at: 1 })).toBe(false);
    expect(await db.use((open) => open.count('controls'))).toBe(0);
  });

  it('keeps what the user said over any save', async () => {
    await store.openJob(newJob('A'), 0);
    await Promise.all([
      store.save('A', { header: header('A', { failures: 1 }) }),
      store.setControl('A', { action: 'stop', at: 4 }),
      store.save('A', { header: header('A', { failures: 2 }) }),
    ]);
    expect((await store.loadJob('A'))?.control).toEqual({ action: 'stop', at: 4 });
  });

  it('keeps an unverified write until it is verified', async () => {
    const write = {
      checklist: issueChecklist({ repo: REPO, number: 1 }),
      base: 'a\r\n',
      written: 'b\r\n',
      newestAtRead: undefined,
      edits: [],
      sentAt: 1,
      event: undefined,
      restores: undefined,
      notice: undefined,
      placeholder: '',
    };
    await store.saveUnverified(KEY, write);
    expect(await store.loadUnverified(KEY)).toEqual(write);
    await store.saveUnverified(KEY, undefined, [event('A', 2)]);
    expect(await store.loadUnverified(KEY)).toBeUndefined();
    expect(await store.listEvents(KEY, 'A')).toHaveLength(1);
  });

  it('forgets events and ended jobs that are old, and no open job', async () => {
    await store.openJob(newJob('A', { rows: 2 }), 0);
    await store.save('A', {
      header: header('A', { endedAt: 5 }),
      events: [event('A', 5), event('A', 50)],
    });
    await store.openJob(newJob('B', { startedAt: 1 }), 1);
    await store.prune(50);
    expect(await store.loadJob('A')).toBeUndefined();
    expect(await store.loadJob('B')).toBeDefined();
    expect(await store.listEvents(KEY)).toEqual([event('A', 50)]);
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
});

function newJob(
  id: string,
  options: { rows?: number; startedAt?: number; checklistKey?: string } = {},
): Job<'generate'> {
  const { rows = 1, ...more } = options;
  return { header: header(id, more), rows: Array.from({ length: rows }, (_, index) => row(index)) };
}

function changeHeader(id: string, more: Pick<ChangeHeader, 'change' | 'endedAt'>): ChangeHeader {
  const { claim: _none, ...shared } = header(id);
  return { ...shared, kind: 'change', ...more };
}

function header(id: string, more: Partial<GenerateHeader> = {}): GenerateHeader {
  return {
    id,
    kind: 'generate',
    checklist: issueChecklist({ repo: REPO, number: 1 }),
    checklistKey: KEY,
    target: REPO,
    account: 'github.com/ann',
    login: 'ann',
    options: {
      labels: [],
      missingLabels: [],
      milestone: undefined,
      assignees: [],
      comment: false,
      linkStyle: 'closes',
      placeholder: '',
      careful: false,
      identity: 'links',
    },
    startedAt: 0,
    claim: 'none',
    endedRuns: [],
    recheck: false,
    unverified: false,
    failures: 0,
    ...more,
  };
}

function row(index: number): GenerateRow {
  return {
    index,
    item: { key: `k${index}`, textHash: 't', groupHash: 'g', ordinal: 0 },
    text: `item ${index}`,
    title: `item ${index}`,
    body: '',
    phase: 'planned',
    own: true,
    attempts: 0,
    relinks: 0,
    linkKnown: false,
  };
}

function event(run: string, at: number): LogEvent {
  return {
    at,
    kind: 'create-issue',
    issue: { repo: REPO, number: 2 },
    job: run,
    run,
    checklistKey: KEY,
    cause: { by: 'click', what: 'generate' },
    login: 'ann',
  };
}
