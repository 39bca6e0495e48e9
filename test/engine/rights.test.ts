import { describe, expect, it } from 'vitest';
import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { FRESH_PACE } from '../../lib/core/engine/pace.ts';
import { summarizeJob } from '../../lib/core/engine/summarize-job.ts';
import { type FailureCode, failure } from '../../lib/core/failures.ts';
import type { TextRights } from '../../lib/core/writing-blocker.ts';
import {
  confirm,
  createWorld,
  drive,
  previewPlan,
  runFor,
  runId,
  sampleChecklist,
  type World,
} from './world.ts';

const RUN = runId(1);
const MINUTES = 60_000;
const ALL: TextRights = { archived: false, locked: false, viewerCanUpdate: true };
const LOCKED: Partial<TextRights> = { locked: true, viewerCanUpdate: false };

describe('a right that is taken away in the middle of a run', () => {
  const LOST: readonly (readonly [string, FailureCode, (world: World) => void])[] = [
    ['the role', 'cannot-edit-master', (world) => void lose(world, { viewerCanUpdate: false })],
    ['an archived repository', 'archived', (world) => void lose(world, { archived: true })],
    ['a locked issue', 'locked', (world) => void lose(world, LOCKED)],
    ['an issue that is gone elsewhere', 'transferred', (world) => refuse(world, 'transferred')],
    ['a repository that is hidden', 'not-found', (world) => refuse(world, 'not-found')],
  ];

  it.each(LOST)(
    '%s: nothing is created after the batch, and it says what is missing',
    async (_, code, take) => {
      const world = await startRun(8);
      take(world);
      await runFor(world, 60 * MINUTES);
      expect(world.github.issues).toHaveLength(25);
      expect(await statusOf(world)).toMatchObject({
        state: 'waiting',
        waiting: { why: 'rights' },
        failure: { code },
      });
    },
  );

  it.each(LOST)('%s: the run continues by itself once it is back', async (_, _code, take) => {
    const world = await startRun(8);
    const { before } = world.github;
    take(world);
    await runFor(world, 20 * MINUTES);
    Object.assign(world.github, { before, rights: ALL });
    await drive(world, RUN);
    expect(world.github.issues).toHaveLength(30);
    expect(await statusOf(world)).toMatchObject({
      outcome: 'done',
      counts: { created: 30, linked: 30 },
      problems: [],
    });
  });

  it('is noticed within a minute by a run that creates slowly', async () => {
    const world = await startRun(8);
    lose(world, LOCKED);
    world.clock.advance(61_000);
    await runFor(world, 60 * MINUTES);
    expect(world.github.issues).toHaveLength(8);
  });

  it('is asked for less often the longer it is missing, and at once when the user resumes', async () => {
    const world = await startRun(8);
    lose(world, { archived: true });
    await runFor(world, MINUTES);
    const asked = await requestsIn(world, 60 * MINUTES);
    // After 5, 10, 20 and 40 minutes: each time the master is read, and the links are tried.
    expect(asked).toBeLessThanOrEqual(10);
    const { requests } = world.github;
    const before = requests.readMaster;
    world.clock.advance(1);
    await world.store.setControl(RUN, { action: 'run', at: world.clock.now() });
    await runFor(world, 5_000);
    expect(requests.readMaster).toBe((before ?? 0) + 1);
  });

  it('does not let more be created where GitHub answers the question and refuses the write', async () => {
    const world = await startRun(8);
    const made = world.github.issues.length;
    world.github.before = (request) =>
      request === 'updateMaster' ? failure('read-only-token', { repo: 'octo/demo' }) : undefined;
    await runFor(world, 90 * MINUTES);
    // The batch that was begun: its write is refused, and tried again before anything else.
    expect(world.github.issues.length).toBe(25);
    expect(world.github.issues.length).toBeGreaterThan(made);
    expect((await statusOf(world)).failure?.code).toBe('read-only-token');
  });

  it('is not missing in a locked issue that can still be written', async () => {
    const world = await startRun(8);
    lose(world, { locked: true });
    await drive(world, RUN);
    expect(await statusOf(world)).toMatchObject({ outcome: 'done', counts: { linked: 30 } });
  });

  it('ends the run where nothing was made yet', async () => {
    const world = await startRun(0);
    lose(world, { archived: true });
    await drive(world, RUN);
    expect(world.github.issues).toEqual([]);
    expect(await statusOf(world)).toMatchObject({
      outcome: 'failed',
      failure: { code: 'archived' },
    });
  });

  it('that cannot come back ends the run, and what was created is found again', async () => {
    const world = await startRun(8);
    refuse(world, 'gone');
    await drive(world, RUN);
    const made = world.github.issues.length;
    expect(made).toBe(25);
    expect(await statusOf(world)).toMatchObject({ outcome: 'failed', failure: { code: 'gone' } });
    world.github.before = () => undefined;
    const plan = await previewPlan(world, runId(2));
    expect(plan.rows.filter(({ decision }) => decision === 'link')).toHaveLength(made);
  });

  it('lets the user stop, which ends the run at once', async () => {
    const world = await startRun(8);
    lose(world, LOCKED);
    await runFor(world, MINUTES);
    world.clock.advance(1);
    await world.store.setControl(RUN, { action: 'stop', at: world.clock.now() });
    expect(await runFor(world, 1_000)).toBe('ended');
    expect(await statusOf(world)).toMatchObject({
      outcome: 'stopped',
      failure: { code: 'locked' },
      undoable: world.github.issues.length,
    });
  });

  it('stays missing through a pause', async () => {
    const world = await startRun(8);
    lose(world, LOCKED);
    await runFor(world, MINUTES);
    await world.store.setControl(RUN, { action: 'pause', at: world.clock.now() });
    const asked = await requestsIn(world, 60 * MINUTES);
    expect(asked).toBe(0);
    expect(await statusOf(world)).toMatchObject({ state: 'paused', failure: { code: 'locked' } });
  });
});

function lose(world: World, rights: Partial<TextRights>): void {
  world.github.rights = { ...ALL, ...rights };
}

/** GitHub shows the master no more: neither its text nor its rights. */
function refuse(world: World, code: FailureCode): void {
  world.github.before = (request) =>
    ['readMaster', 'readRights', 'updateMaster'].includes(request)
      ? failure(code, { repo: 'octo/demo', target: 'octo/other#1' })
      : undefined;
}

/** A run of 30 items that has created so many. */
async function startRun(made: number): Promise<World> {
  const world = createWorld({ text: sampleChecklist(30) });
  await confirm(world, await previewPlan(world, RUN));
  await runFor(world, 1_000);
  while (world.github.issues.length < made) await runFor(world, 500);
  return world;
}

async function requestsIn(world: World, ms: number): Promise<number> {
  const sum = () => Object.values(world.github.requests).reduce((all, count) => all + count, 0);
  const before = sum();
  await runFor(world, ms);
  return sum() - before;
}

async function statusOf(world: World): Promise<JobStatus> {
  const job = await world.store.loadJob(RUN);
  if (job === undefined) throw new Error('no such job');
  const pace = (await world.store.loadPace(job.header.account)) ?? FRESH_PACE;
  return summarizeJob(job, job.control, pace, world.clock.now(), world.ports.timing);
}
