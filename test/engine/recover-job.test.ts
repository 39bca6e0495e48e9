import { describe, expect, it } from 'vitest';
import { failure } from '../../lib/core/failures.ts';
import {
  listLostJobs,
  recoverableAt,
  recoverJob,
  summarizeLostJob,
} from '../../lib/engine/recover-job.ts';
import { runSlice } from '../../lib/engine/run.ts';
import { judge } from './judge.ts';
import { allRows, createMendWorld, startMend, TEXT_AFTER } from './mend-world.ts';
import { confirm, createWorld, drive, previewPlan, readFacts, runId, type World } from './world.ts';

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
    });
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

  it('is forgotten when the checklist has an open job again', async () => {
    const world = await loseJournal();
    await confirm(world, await previewPlan(world, runId(5)));
    expect(await listLostJobs(world.ports)).toEqual([]);
    expect([...world.headers.keys()]).toEqual([runId(5)]);
  });
});

describe('a mending whose journal is lost', () => {
  it('is told of at once, because nothing could be made twice, and then forgotten', async () => {
    const world = createMendWorld();
    await startMend(world, allRows());
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
    });
    const left = world.github.writes.length;
    expect(await runSlice(world.ports, RUN, world.clock.now() + 9_000)).toEqual({ kind: 'lost' });
    expect(world.github.writes).toHaveLength(left);
    await drive(world, await startMend(world, allRows(), { id: runId(2) }));
    expect(world.github.text()).toBe(TEXT_AFTER);
    expect(await listLostJobs(world.ports)).toEqual([]);
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
