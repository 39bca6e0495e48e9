import { describe, expect, it } from 'vitest';
import { isOfKind } from '../../lib/core/engine/job.ts';
import { newChange } from '../../lib/core/engine/new-change.ts';
import { failure } from '../../lib/core/failures.ts';
import type { GenerationPlan } from '../../lib/core/plan/plan-generation.ts';
import { checklistKey } from '../../lib/core/refs.ts';
import { undoGeneration } from '../../lib/core/runs/undo-generation.ts';
import { listLostJobs, listRunsOver, settleLost } from '../../lib/engine/recover-job.ts';
import { startJob } from '../../lib/engine/start-job.ts';
import { statusOf } from './change-world.ts';
import { judge } from './judge.ts';
import { createAssassin, KILL_POINTS, KillSignal } from './kill.ts';
import { planOnce } from './takeover.ts';
import {
  confirm,
  createWorld,
  drive,
  MASTER,
  previewPlan,
  runFor,
  runId,
  sampleChecklist,
  type World,
} from './world.ts';

/** How a run of ten items can end, or stop without an end. */
const ENDS: Readonly<Record<string, (world: World) => Promise<unknown>>> = {
  done: (world) => drive(world, RUN),
  stopped: async (world) => {
    await runFor(world, 9_000);
    await world.store.setControl(RUN, { action: 'stop', at: world.clock.now() });
    await drive(world, RUN);
  },
  'undone again': async (world) => {
    await drive(world, RUN);
    const done = await world.store.loadJob(RUN);
    if (done === undefined || !isOfKind(done, 'generate')) throw new Error('no run');
    const account = { login: 'ada', endedRuns: [RUN], careful: false };
    const undo = newChange({ ...undoGeneration(done), id: runId(5) }, account, world.clock.now());
    await startJob(world.ports, undo);
    await drive(world, runId(5));
  },
  'stopped after its rights were taken away': async (world) => {
    await runFor(world, 9_000);
    world.github.before = (request) =>
      request.startsWith('read') || request.startsWith('list') ? undefined : failure('forbidden');
    await runFor(world, 60_000);
    await world.store.setControl(RUN, { action: 'stop', at: world.clock.now() });
    await drive(world, RUN);
    world.github.before = () => undefined;
  },
  'over because the checklist was gone for some time': async (world) => {
    await runFor(world, 9_000);
    world.github.before = (request) => (/Master/.test(request) ? failure('not-found') : undefined);
    await runFor(world, 60_000);
    await world.store.setControl(RUN, { action: 'stop', at: world.clock.now() });
    await drive(world, RUN);
    world.github.before = () => undefined;
  },
  'lost with its journal': async (world) => {
    await runFor(world, 9_000);
    world.store.wipe();
  },
  'lost with its journal, and dismissed': async (world) => {
    await runFor(world, 9_000);
    world.store.wipe();
    for (const lost of await listLostJobs(world.ports)) {
      await settleLost(world.ports, lost, 'dismissed');
    }
  },
};

const RUN = runId(1);
const NEXT = runId(2);
const MINUTE = 60_000;
const COUNT = 10;

describe('after a run that was', () => {
  it.each(Object.keys(ENDS))('%s, the same browser starts the next one', async (end) => {
    const { world, pure } = await endIn(end);
    // GitHub's lists show by then what a lost run made.
    world.clock.advance(10 * MINUTE);
    expect(await blockersOf(world)).toEqual([]);
    await startAndFinish(world);
    expect(await judgeAll(world, pure)).toEqual(NOTHING_WRONG);
  });

  it.each(Object.keys(ENDS))('%s, another browser starts it, or says when', async (end) => {
    const { world, pure } = await endIn(end);
    const other = createWorld({ beside: world });
    world.clock.advance(10 * MINUTE);
    const isLeft = world.github.text().includes('masterlist:claim');
    expect(await blockersOf(other)).toEqual(isLeft ? ['claimed-elsewhere'] : []);
    world.clock.advance(30 * MINUTE);
    expect(await blockersOf(other)).toEqual(isLeft ? ['claim-silent'] : []);
    await startAndFinish(other);
    expect(await judgeAll(other, pure)).toEqual(NOTHING_WRONG);
  });

  it.each(KILL_POINTS)('killed at "%s" for good, another browser takes over', async (point) => {
    const world = createWorld({ text: sampleChecklist(COUNT), killer: createAssassin(point, 2) });
    const pure = world.github.text();
    await dieIn(world);
    const other = createWorld({ beside: world });
    const isLeft = world.github.text().includes('masterlist:claim');
    expect(await blockersOf(other)).toEqual(isLeft ? ['claimed-elsewhere'] : []);
    world.clock.advance(40 * MINUTE);
    await startAndFinish(other);
    expect(await judgeAll(other, pure)).toEqual(NOTHING_WRONG);
    // Awake again it finds that out, and creates nothing.
    const made = world.github.issues.length;
    if ((await world.store.loadOpenJob(checklistKey(MASTER))) !== undefined) {
      await drive(world, RUN, { user: () => undefined });
    }
    expect(world.github.issues).toHaveLength(made);
    expect(await judgeAll(other, pure)).toEqual(NOTHING_WRONG);
  });
});

describe('a run that was taken over', () => {
  it('ends as that, with what it created linked', async () => {
    const world = createWorld({ text: sampleChecklist(COUNT) });
    await begin(world);
    await runFor(world, 9_000);
    const made = world.github.issues.length;
    expect(made).toBeGreaterThan(0);
    world.clock.advance(40 * MINUTE);
    const other = createWorld({ beside: world });
    await confirm(other, await planToStart(other));
    await drive(other, NEXT);
    await drive(world, RUN);
    const { header } = (await world.store.loadJob(RUN)) ?? {};
    expect(header).toMatchObject({ outcome: 'failed', failure: { code: 'taken-over' } });
    // What the other one linked is no question of this one.
    expect(await statusOf(world)).toMatchObject({ problems: [], counts: { created: made } });
    expect(world.github.issues).toHaveLength(COUNT);
    expect(world.github.text()).not.toContain('masterlist:claim');
  });
});

const NOTHING_WRONG = { duplicates: 0, missing: 0, wrongLinks: 0, damaged: false };

async function begin(world: World): Promise<void> {
  await confirm(world, await previewPlan(world, RUN));
}

async function endIn(end: string) {
  const world = createWorld({ text: sampleChecklist(COUNT) });
  const pure = world.github.text();
  await begin(world);
  await ENDS[end]?.(world);
  return { world, pure };
}

async function dieIn(world: World): Promise<void> {
  try {
    await begin(world);
    await runFor(world, 60 * MINUTE);
  } catch (signal) {
    if (!(signal instanceof KillSignal)) throw signal;
  }
}

async function blockersOf(world: World) {
  return (await planOnce(world, NEXT))?.blockers.map(({ code }) => code);
}

/** The plan of the next run, taking over where that is offered. */
async function planToStart(world: World): Promise<GenerationPlan> {
  const plan = await planOnce(world, NEXT);
  const over = plan?.silentClaim && (await planOnce(world, NEXT, plan.silentClaim));
  const chosen = over ?? plan;
  expect(chosen?.blockers).toEqual([]);
  if (chosen === undefined) throw new Error('no plan');
  return chosen;
}

async function startAndFinish(world: World): Promise<void> {
  const plan = await planToStart(world);
  const lost = await listRunsOver(world.ports, checklistKey(MASTER));
  await confirm(world, plan, lost);
  await drive(world, NEXT);
}

/** Undone issues are no issues of an item any more. */
async function judgeAll(world: World, pure: string) {
  const { items } = await previewPlan(world, runId(9)).then(({ rows }) => ({ items: rows }));
  const verdict = await judge(
    world,
    pure,
    items.map(({ item }) => item.key),
  );
  const undone = world.github.issues.filter(({ body }) => body.includes('masterlist:undone'));
  return { ...verdict, duplicates: verdict.duplicates - undone.length };
}
