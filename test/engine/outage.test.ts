import { describe, expect, it } from 'vitest';
import type { JobStatus } from '../../lib/core/engine/job-status.ts';
import { FRESH_PACE } from '../../lib/core/engine/pace.ts';
import { summarizeJob } from '../../lib/core/engine/summarize-job.ts';
import { failure } from '../../lib/core/failures.ts';
import { resolveRows } from '../../lib/engine/resolve-rows.ts';
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
const WRITES = ['createIssue', 'updateMaster', 'createComment'];

describe('an outage in the middle of a run of 30 items', () => {
  it('costs five requests in ten minutes, and one lost issue, while nothing is answered', async () => {
    const { world, sent } = await outage({ minutes: 10 });
    await runFor(world, 10 * MINUTES);
    // The creation, the read after it, and one try after 30 s, 2 min and 5 min.
    expect(sent()).toBe(5);
    expect(await statusOf(world)).toMatchObject({
      state: 'waiting',
      waiting: { why: 'offline' },
      counts: { unknown: 1 },
    });
    await drive(world, RUN, { user: () => undefined });
    expect(world.github.issues).toHaveLength(29);
    expect((await statusOf(world)).problems).toMatchObject([
      { failure: { code: 'still-unknown' } },
    ]);
  });

  it('costs at most five creations in ten minutes while only writes are not answered', async () => {
    const { world } = await outage({ minutes: 10, only: WRITES });
    const before = world.github.requests.createIssue ?? 0;
    await runFor(world, 10 * MINUTES);
    expect((world.github.requests.createIssue ?? 0) - before).toBeLessThanOrEqual(5);
    await drive(world, RUN, { user: () => undefined });
    const { problems, counts } = await statusOf(world);
    expect(new Set(problems.map(({ failure: { code } }) => code))).toEqual(
      new Set(['still-unknown']),
    );
    expect(counts.linked).toBe(30 - problems.length);
  });

  it('is over by itself: the run continues as soon as a try is answered', async () => {
    const { world } = await outage({ minutes: 1 });
    const start = world.clock.now();
    while (world.github.issues.length < 12) await runFor(world, 1_000);
    // At the latest as long after its end as it had lasted.
    expect(world.clock.now() - start).toBeLessThanOrEqual(3 * MINUTES);
  });

  it('is tried at once where the user stops the run, which then ends', async () => {
    const { world } = await outage({ minutes: 1 });
    await runFor(world, MINUTES);
    expect((await statusOf(world)).state).toBe('waiting');
    world.clock.advance(1_000);
    await world.store.setControl(RUN, { action: 'stop', at: world.clock.now() });
    expect(await runFor(world, 15_000)).toBe('ended');
  });

  it('does not begin with one lost answer', async () => {
    const { world } = await outage({ minutes: 0 });
    let lost = 0;
    world.github.before = (name) =>
      name === 'createIssue' && lost++ === 0 ? failure('unknown-outcome') : undefined;
    const made = world.github.issues.length;
    await runFor(world, 5_000);
    expect(world.github.issues.length - made).toBeGreaterThanOrEqual(3);
  });
});

describe('issues that an outage left unknown', () => {
  it('are looked up by one list before all are created, and only what it lacks is created', async () => {
    const { world } = await outage({ minutes: 30, only: WRITES, arrives: 3 });
    await runFor(world, 30 * MINUTES);
    await drive(world, RUN, { user: () => undefined });
    const { problems } = await statusOf(world);
    expect(problems.length).toBeGreaterThan(3);
    // One of them stands there after all: GitHub's list showed it late.
    const missing = problems.length - 1;
    world.github.issues.forEach((issue) => {
      if (issue.visibleAt > world.clock.now())
        Object.assign(issue, { visibleAt: world.clock.now() });
    });
    const { listIssues = 0, createIssue = 0 } = world.github.requests;
    const indexes = problems.map(({ index }) => index);
    await resolveRows(world.ports, JOB, indexes, { kind: 'create-again' });
    await drive(world, RUN, { user: () => undefined });
    expect((world.github.requests.listIssues ?? 0) - listIssues).toBe(1);
    expect((world.github.requests.createIssue ?? 0) - createIssue).toBe(missing);
    expect(world.github.issues).toHaveLength(30);
    expect(await statusOf(world)).toMatchObject({ counts: { linked: 30 }, problems: [] });
  });

  it('are not created while the list fails', async () => {
    const { world } = await outage({ minutes: 30, only: WRITES });
    await runFor(world, 30 * MINUTES);
    await drive(world, RUN, { user: () => undefined });
    const indexes = (await statusOf(world)).problems.map(({ index }) => index);
    const { createIssue } = world.github.requests;
    await resolveRows(world.ports, JOB, indexes, { kind: 'create-again' });
    world.github.before = () => failure('server-error', { status: 502 });
    await runFor(world, 30 * MINUTES);
    expect(world.github.requests.createIssue).toBe(createIssue);
  });
});

const JOB = { id: RUN, account: 'github.com/ada' };

/** A run of 30 items that has created ten when GitHub stops answering for so long. */
async function outage({ minutes, only, arrives }: Outage) {
  const world = createWorld({ text: sampleChecklist(30) });
  const plan = await previewPlan(world, RUN);
  await confirm(world, plan);
  while (world.github.issues.length < 10) await runFor(world, 1_000);
  const until = world.clock.now() + minutes * MINUTES;
  let sent = 0;
  let lost = 0;
  const { createIssue } = world.github;
  world.github.before = (name) => {
    if (world.clock.now() >= until || (only && !only.includes(name))) return undefined;
    sent++;
    const isWrite = WRITES.includes(name);
    return isWrite ? failure('unknown-outcome') : failure('server-error', { status: 502 });
  };
  world.github.createIssue = async (repo, draft) => {
    const answer = await createIssue(repo, draft);
    if (answer.ok || ++lost !== arrives) return answer;
    // It arrived all the same, and no list shows it for an hour.
    const number = 200;
    const visibleAt = world.clock.now() + 60 * MINUTES;
    world.github.addIssue({ ...draft, number, visibleAt });
    return answer;
  };
  return { world, sent: () => sent };
}

interface Outage {
  readonly minutes: number;
  /** Only these requests are not answered. */
  readonly only?: readonly string[];
  /** The creation that arrives all the same, by its number among those lost. */
  readonly arrives?: number;
}

async function statusOf(world: World): Promise<JobStatus> {
  const job = await world.store.loadJob(RUN);
  if (job === undefined) throw new Error('no such job');
  const pace = (await world.store.loadPace(job.header.account)) ?? FRESH_PACE;
  return summarizeJob(job, job.control, pace, world.clock.now(), world.ports.timing);
}
