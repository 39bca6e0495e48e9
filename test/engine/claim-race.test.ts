import { describe, expect, it } from 'vitest';
import { claimEdit, parseClaim } from '../../lib/core/engine/claim.ts';
import { applyEdits } from '../../lib/core/text/apply-edits.ts';
import { runSlice } from '../../lib/engine/run.ts';
import { judge } from './judge.ts';
import { confirm, createWorld, drive, MASTER, previewPlan, runId, type World } from './world.ts';

const MINE = runId(1);
const THEIRS = runId(2);

/** At which request of the first machine the second one starts, and for how long it works meanwhile. */
const RACES = [1, 2, 3, 4, 5, 8].flatMap((request) =>
  [500, 6_000, 20_000].map((ms) => [request, ms] as const),
);

describe('two machines that start on one checklist', () => {
  it.each(RACES)(
    'end with one winner when the second starts at request %i of the first and works for %i ms',
    async (request, ms) => {
      const { first, second, pure, keys } = await startTwo();
      interfere(first, second, request, ms);
      await drive(first, MINE);
      await drive(second, THEIRS);
      const outcomes = [await outcomeOf(first, MINE), await outcomeOf(second, THEIRS)];
      expect(outcomes.toSorted()).toEqual(['claimed', 'done']);
      expect(await judge(first, pure, keys)).toEqual({
        duplicates: 0,
        missing: 0,
        wrongLinks: 0,
        damaged: false,
      });
      expect(first.github.issues).toHaveLength(25);
    },
  );
});

describe('a machine that slept between its read and its write', () => {
  it('puts back what another has done meanwhile, and creates nothing again', async () => {
    const { first, second, pure, keys } = await startTwo();
    interfere(first, second, 2, 60_000);
    await drive(first, MINE);
    expect(await outcomeOf(second, THEIRS)).toBe('done');
    expect(first.github.issues).toHaveLength(25);
    expect(await judge(first, pure, keys)).toMatchObject({
      missing: 0,
      wrongLinks: 0,
      damaged: false,
    });
  });
});

describe('a claim in the master', () => {
  it('of another machine keeps a job from writing anything', async () => {
    const { world, run } = await startBehindClaim('2026-11-20T11:00:00.000Z');
    await drive(world, run);
    expect(await outcomeOf(world, run)).toBe('claimed');
    expect(world.github.requests.updateMaster).toBeUndefined();
    expect(world.github.issues).toHaveLength(0);
  });

  it('older than a day is replaced', async () => {
    const { world, run } = await startBehindClaim('2026-11-19T11:00:00.000Z');
    await drive(world, run);
    expect(await outcomeOf(world, run)).toBe('done');
  });

  it('of a job that was paused for two days is written again, and the job goes on', async () => {
    const world = createWorld();
    await confirm(world, await previewPlan(world, MINE));
    await runSlice(world.ports, MINE, world.clock.now() + 12_000);
    await world.store.setControl(MINE, { action: 'pause', at: world.clock.now() });
    await runSlice(world.ports, MINE, world.clock.now() + 12_000);
    world.clock.advance(2 * 86_400_000);
    await world.store.setControl(MINE, { action: 'run', at: world.clock.now() });
    await drive(world, MINE);
    expect(await outcomeOf(world, MINE)).toBe('done');
    expect(world.github.issues).toHaveLength(25);
    const claims = world.github.history().map(({ text }) => parseClaim(text ?? '')?.at);
    expect(new Set(claims).size).toBe(3);
  });

  it('that somebody edits out before it is confirmed is written again', async () => {
    const world = createWorld();
    await confirm(world, await previewPlan(world, MINE));
    await runSlice(world.ports, MINE, world.clock.now() + 1_000);
    world.github.edit((text) => text.replace(/\r\n<!-- masterlist:claim .*-->/, ''));
    await runSlice(world.ports, MINE, world.clock.now() + 8_000);
    expect(world.github.text()).toContain(`run=${MINE}`);
    await drive(world, MINE);
    expect(await outcomeOf(world, MINE)).toBe('done');
  });
});

async function startTwo() {
  const first = createWorld();
  const second = createWorld({ beside: first });
  const pure = first.github.text();
  const plan = await previewPlan(first, MINE);
  await confirm(first, plan);
  await confirm(second, await previewPlan(second, THEIRS));
  return { first, second, pure, keys: plan.rows.map(({ item }) => item.key) };
}

async function startBehindClaim(at: string) {
  const world = createWorld();
  const claim = claimEdit({ run: THEIRS, by: 'eve', at });
  world.github.edit((text) => applyEdits(text, [claim], { repo: MASTER.repo }).markdown, 'eve');
  await confirm(world, await previewPlan(world, MINE));
  return { world, run: MINE };
}

function interfere(first: World, second: World, request: number, ms: number): void {
  let count = 0;
  first.github.before = async () => {
    if (++count !== request) return undefined;
    // Works between two requests of the first: between its read and its write, or while its claim settles.
    await runSlice(second.ports, THEIRS, second.clock.now() + ms);
    return undefined;
  };
}

async function outcomeOf(world: World, run: string) {
  const header = (await world.store.loadJob(run))?.header;
  return header?.failure?.code ?? header?.outcome;
}
