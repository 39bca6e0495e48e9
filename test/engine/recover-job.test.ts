import { describe, expect, it } from 'vitest';
import type { OpenJobHeader } from '../../lib/core/engine/job.ts';
import { type Failure, failure, succeed } from '../../lib/core/failures.ts';
import { checklistKey } from '../../lib/core/refs.ts';
import { DEFAULT_PREFERENCES } from '../../lib/core/settings/settings.ts';
import {
  listLostJobs,
  listRunsOver,
  pruneLost,
  recoverableAt,
  recoverJob,
  runsLostWith,
  summarizeLostJob,
} from '../../lib/engine/recover-job.ts';
import { runSlice } from '../../lib/engine/run.ts';
import { allRows, createChangeWorld, startChangeRun, TEXT_AFTER } from './change-world.ts';
import { judge } from './judge.ts';
import {
  confirm,
  createWorld,
  drive,
  MASTER,
  previewPlan,
  readFacts,
  runId,
  type World,
} from './world.ts';

const RUN = runId(1);

describe('a job whose journal is lost', () => {
  it('is told from its header, and waits ten minutes after the last thing it sent', async () => {
    const world = await loseJournal();
    const [header, ...others] = await listLostJobs(world.ports);
    expect(others).toEqual([]);
    expect(header).toMatchObject({ id: RUN, login: 'ada', rows: 25 });
    if (header === undefined) return;
    expect(recoverableAt(header, world.ports.timing)).toBe(header.lastWriteAt + 600_000);
    expect(summarizeLostJob(header, world.ports.timing)).toMatchObject({
      state: 'waiting',
      waiting: { why: 'recovery', until: header.lastWriteAt + 600_000 },
      counts: { total: 25 },
      words: { outcome: 'This run was interrupted.' },
    });
  });

  it('waits its ten minutes, not 400 days, after the clock was ahead and is back', async () => {
    const world = await loseJournal();
    const header = world.headers.get(RUN);
    if (header === undefined) throw new Error('no header');
    world.headers.set(RUN, { ...header, lastWriteAt: world.clock.now() + 400 * 86_400_000 });
    const back = world.clock.now();
    const [lost] = await listLostJobs(world.ports);
    expect(lost?.lastWriteAt).toBe(back);
    world.clock.advance(60_000);
    // It does not begin anew at each look.
    expect((await listLostJobs(world.ports))[0]?.lastWriteAt).toBe(back);
  });

  it('answers "lost" and sends nothing', async () => {
    const world = await loseJournal();
    const asked = { ...world.github.requests };
    expect(await runSlice(world.ports, RUN, world.clock.now() + 9_000)).toEqual({ kind: 'lost' });
    expect(world.github.requests).toEqual(asked);
  });

  it('is planned anew: what exists is linked, the rest is left to confirm', async () => {
    const world = await loseJournal();
    const created = world.github.issues.length;
    const plan = await recover(world);
    const decisions = plan.rows.map(({ decision }) => decision);
    expect(decisions.filter((decision) => decision === 'link')).toHaveLength(created);
    expect(decisions.filter((decision) => decision === 'create')).toHaveLength(25 - created);
  });

  it('ends with every item created once and linked', async () => {
    const world = await loseJournal();
    const end = await drive(world, RUN);
    expect(end.recoveries).toBe(1);
    const keys = (await previewPlan(world, runId(9))).rows.map(({ item }) => item.key);
    expect(await judge(world, createWorld().github.text(), keys)).toMatchObject({
      duplicates: 0,
      missing: 0,
      wrongLinks: 0,
    });
    expect(world.github.issues).toHaveLength(25);
    expect(await listLostJobs(world.ports)).toEqual([]);
  });

  it('is not recovered from a look-up that failed', async () => {
    const world = await loseJournal();
    world.github.before = (request) => (request === 'listIssues' ? failure('offline') : undefined);
    await expect(recover(world)).rejects.toThrow('offline');
  });

  it('is told no more when the checklist has an open job again; its claim is remembered', async () => {
    const world = await loseJournal();
    await confirm(world, await previewPlan(world, runId(5)));
    expect(await listLostJobs(world.ports)).toEqual([]);
    expect([...world.headers.keys()]).toEqual([RUN, runId(5)]);
    expect(await listRunsOver(world.ports, checklistKey(MASTER))).toEqual([RUN]);
    await pruneLost(world.ports, world.clock.now() + 1);
    expect([...world.headers.keys()]).toEqual([runId(5)]);
  });
});

describe('a change run whose journal is lost', () => {
  it('is told of at once, because nothing could be made twice, and then forgotten', async () => {
    const world = createChangeWorld();
    await startChangeRun(world, allRows());
    await runSlice(world.ports, RUN, world.clock.now() + 1_200);
    world.store.wipe();
    const [header, ...others] = await listLostJobs(world.ports);
    expect(others).toEqual([]);
    if (header === undefined) throw new Error('no header');
    expect(recoverableAt(header, world.ports.timing)).toBe(header.lastWriteAt);
    expect(summarizeLostJob(header, world.ports.timing)).toMatchObject({
      kind: 'change',
      state: 'ended',
      outcome: 'failed',
      failure: { code: 'change-lost' },
      words: { result: 'This run was interrupted.' },
    });
    const left = world.github.writes.length;
    expect(await runSlice(world.ports, RUN, world.clock.now() + 9_000)).toEqual({ kind: 'lost' });
    expect(world.github.writes).toHaveLength(left);
    await drive(world, await startChangeRun(world, allRows(), { id: runId(2) }));
    expect(world.github.text()).toBe(TEXT_AFTER);
    expect(await listLostJobs(world.ports)).toEqual([]);
  });
});

describe('the recovery of a generation', () => {
  const started = Date.UTC(2026, 10, 20, 12);
  const header: OpenJobHeader = {
    id: RUN,
    kind: 'generate',
    checklist: MASTER,
    target: MASTER.repo,
    login: 'ada',
    startedAt: started,
    lastWriteAt: started + 5_000,
    rows: 3,
    endedRuns: [runId(7), runId(8)],
  };

  it.each([
    ['its start', {}, started],
    [
      "GitHub's earlier time of it",
      { serverStartedAt: started - 86_400_000 },
      started - 86_400_000,
    ],
    ["its start, before GitHub's time", { serverStartedAt: started + 86_400_000 }, started],
  ])('asks for what its user made since an hour before %s', async (_, times, since) => {
    const { asked } = await recoverBy({ ...header, ...times });
    const expected = { creator: 'ada', since: new Date(since - 3_600_000).toISOString() };
    expect(asked).toEqual([[MASTER.repo, expected]]);
  });

  it('is none where that cannot be read: what is not found would be created twice', async () => {
    const { plan } = await recoverBy(header, { lists: failure('offline') });
    expect(plan).toMatchObject({ ok: false, failure: { code: 'offline' } });
  });

  it('is none where the checklist cannot be read', async () => {
    const { plan, asked } = await recoverBy(header, { facts: failure('not-found') });
    expect(plan).toMatchObject({ ok: false, failure: { code: 'not-found' } });
    expect(asked).toEqual([]);
  });

  it('plans as the lost run did, whatever the options say by now', async () => {
    const planOptions = { ...DEFAULT_PREFERENCES.generation, labels: ['lost'], prefix: '[X] ' };
    const { plan } = await recoverBy({ ...header, planOptions });
    expect(plan.ok && plan.value.labels).toEqual(['lost']);
    expect(plan.ok && plan.value.options.prefix).toBe('[X] ');
  });

  it('takes over the claims of all runs that were lost before it', () => {
    expect(runsLostWith(header)).toEqual([RUN, runId(7), runId(8)]);
  });

  async function recoverBy(
    lost: OpenJobHeader,
    { lists, facts }: { readonly lists?: Failure; readonly facts?: Failure } = {},
  ) {
    const world = createWorld();
    const asked: unknown[] = [];
    const listIssues: World['github']['listIssues'] = async (...query) => {
      asked.push(query);
      return lists === undefined ? succeed([]) : { ok: false, failure: lists };
    };
    const read = async () =>
      facts === undefined ? readFacts(world) : ({ ok: false, failure: facts } as const);
    const ports = { github: { listIssues }, readFacts: read };
    return { asked, plan: await recoverJob(lost, ports, world.options, runId(2)) };
  }
});

describe('the header of a lost job', () => {
  const lists = async (kind: OpenJobHeader['kind'], last: 'open' | 'ended' | 'older' | 'none') => {
    const world = createWorld();
    const now = world.clock.now();
    if (last !== 'none') {
      await confirm(world, await previewPlan(world, runId(5)));
      const stored = await world.store.loadJob(runId(5));
      const endedAt = last === 'open' ? undefined : now;
      if (stored !== undefined) {
        await world.store.save(runId(5), { header: { ...stored.header, endedAt } });
      }
    }
    const lastWriteAt = last === 'older' ? world.clock.now() + 1 : now - 1;
    world.headers.set(RUN, {
      ...{ id: RUN, kind, checklist: MASTER, target: MASTER.repo, login: 'ada' },
      ...{ startedAt: now - 5_000, lastWriteAt, rows: 3, endedRuns: [] },
    });
    const lost = await listLostJobs(world.ports);
    const isRemembered = kind === 'generate' || lost.length > 0;
    expect(world.headers.has(RUN)).toBe(isRemembered);
    return lost.length;
  };

  it('of a generation is kept until another job is open: what it made must be found first', async () => {
    expect(await lists('generate', 'none')).toBe(1);
    expect(await lists('generate', 'ended')).toBe(1);
    expect(await lists('generate', 'open')).toBe(0);
  });

  it('of a change goes once another job began after it', async () => {
    expect(await lists('change', 'none')).toBe(1);
    expect(await lists('change', 'older')).toBe(1);
    expect(await lists('change', 'ended')).toBe(0);
    expect(await lists('change', 'open')).toBe(0);
  });
});

async function loseJournal(): Promise<World> {
  const world = createWorld();
  await confirm(world, await previewPlan(world, RUN));
  await runSlice(world.ports, RUN, world.clock.now() + 14_000);
  world.store.wipe();
  return world;
}

async function recover(world: World) {
  const header = world.headers.get(RUN);
  if (header === undefined) throw new Error('no header');
  const ports = { github: world.github, readFacts: () => readFacts(world) };
  const plan = await recoverJob(header, ports, world.options, runId(2));
  if (!plan.ok) throw new Error(plan.failure.code);
  return plan.value;
}
