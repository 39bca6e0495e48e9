import { checklistKey } from '../../lib/core/refs.ts';
import type { JobPorts } from '../../lib/ports.ts';
import type { Faults } from './fake-github.ts';
import { judge, type Verdict } from './judge.ts';
import { createPlague, type Killer } from './kill.ts';
import { runNaively } from './naive-script.ts';
import { inhabit } from './people.ts';
import { createRandom, type Random } from './random.ts';
import {
  confirm,
  createWorld,
  drive,
  MASTER,
  previewPlan,
  runId,
  sampleChecklist,
} from './world.ts';

/** What a tortured run came to. */
export interface TortureResult extends Verdict {
  readonly kills: number;
  readonly recoveries: number;
  readonly items: number;
  readonly requests: number;
  /** Times that people met on one line while it was written, and the log said so. */
  readonly collisions: number;
}

/** How a run is tortured, chosen by its seed. */
interface Scenario {
  readonly name: string;
  readonly faults: Partial<Faults>;
  readonly kill: number;
  readonly wipe: number;
  readonly rough: boolean;
}

/** Clocks of browsers are wrong now and then. */
const SKEWS = [0, 0, 0, 3_600_000, -3_600_000, 20 * 3_600_000, -20 * 3_600_000];

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'an ordinary bad day',
    faults: {
      appliedLost: 0.02,
      notApplied: 0.02,
      limit: 0.02,
      hang: 0.01,
      readFails: 0.02,
      listLag: 8_000,
    },
    kill: 0.01,
    wipe: 0,
    rough: false,
  },
  {
    name: 'GitHub hardly works',
    faults: {
      appliedLost: 0.2,
      notApplied: 0.2,
      limit: 0.1,
      hang: 0.05,
      readFails: 0.1,
      listLag: 30_000,
    },
    kill: 0.01,
    wipe: 0,
    rough: false,
  },
  {
    name: 'the worker dies all the time',
    faults: { appliedLost: 0.02, hang: 0.02, listLag: 120_000 },
    kill: 0.05,
    wipe: 0,
    rough: false,
  },
  {
    name: 'the journal is lost',
    faults: { appliedLost: 0.02, notApplied: 0.02, hang: 0.02, listLag: 30_000 },
    kill: 0.02,
    wipe: 0.3,
    rough: false,
  },
  {
    name: 'people and bots edit the master meanwhile',
    faults: { race: 0.5, edit: 0.1, stale: 0.1, appliedLost: 0.05, hang: 0.05, listLag: 8_000 },
    kill: 0.02,
    wipe: 0,
    rough: true,
  },
];

/** Runs one seed of the engine. `spoil` breaks it on purpose. */
export async function torture(
  seed: number,
  spoil?: (ports: JobPorts) => JobPorts,
): Promise<TortureResult> {
  const { world, people, scenario, items } = createTorture(seed, spoil);
  const run = runId(seed);
  const plan = await previewPlan(world, run);
  await confirm(world, plan);
  const end = await drive(world, run, { wipe: scenario.wipe });
  const verdict = await judge(world, people.pure(), people.undisturbed(plan));
  return { ...verdict, ...(await countOf(world)), recoveries: end.recoveries, items };
}

/** Runs the same seed of the naive script: POST, on an error again, PATCH, from the top after a crash. */
export async function tortureNaively(seed: number): Promise<TortureResult> {
  const { world, people, items } = createTorture(seed);
  const plan = await previewPlan(world, runId(seed));
  await runNaively(world, plan);
  const verdict = await judge(world, people.pure(), people.undisturbed(plan));
  return { ...verdict, ...(await countOf(world)), recoveries: 0, items };
}

function createTorture(seed: number, spoil?: (ports: JobPorts) => JobPorts) {
  const random = createRandom(seed);
  const scenario = SCENARIOS[seed % SCENARIOS.length] ?? SCENARIOS[0];
  if (scenario === undefined) throw new Error('no scenario');
  const items = 8 + random.whole(18);
  const killer = createReadyPlague(random, scenario.kill);
  const world = createWorld({
    text: sampleChecklist(items),
    faults: scenario.faults,
    random,
    killer,
    options: { comment: random.chance(0.25) },
    skew: random.pick(SKEWS) ?? 0,
    ...(spoil === undefined ? {} : { spoil }),
  });
  return { world, scenario, items, people: inhabit(world, scenario.rough) };
}

function createReadyPlague(random: Random, probability: number): Killer {
  return createPlague(random, probability, 40);
}

async function countOf(world: ReturnType<typeof createWorld>) {
  const requests = Object.values(world.github.requests).reduce((sum, count) => sum + count, 0);
  const events = await world.store.listEvents(checklistKey(MASTER));
  const collisions = events.filter(({ kind }) => kind === 'notice').length;
  return { kills: world.killer.kills(), requests, collisions };
}
