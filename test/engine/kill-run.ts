import { failure } from '../../lib/core/failures.ts';
import { judge, type Verdict } from './judge.ts';
import { createAssassin, type Killer, type KillPoint, KillSignal } from './kill.ts';
import { inhabit } from './people.ts';
import { createRandom } from './random.ts';
import { confirm, createWorld, drive, previewPlan, runId } from './world.ts';

/** Items of a list whose every item sees a kill. */
export const KILLED_ITEMS = 25;

/** What came of a run with one kill. */
export interface KillResult extends Verdict {
  readonly kills: number;
  /** Issues beyond those planned. */
  readonly surplus: number;
}

/**
 * A run of 25 items whose worker dies at a point, at the given item; points that a run passes more rarely are tried at
 * each of their passages in turn. With a limit at that item, lagging lists, and people at work.
 */
export async function killOnce(point: KillPoint, item: number): Promise<KillResult> {
  const passages = await countPassages(point, item);
  const killer = createAssassin(point, passages === 0 ? 0 : item % passages);
  return { ...(await run(killer, item)), kills: killer.kills() };
}

async function countPassages(point: KillPoint, item: number): Promise<number> {
  let passages = 0;
  const pass = (at: KillPoint) => {
    if (at === point) passages++;
  };
  await run({ kills: () => 0, pass }, item);
  return passages;
}

async function run(killer: Killer, item: number): Promise<Omit<KillResult, 'kills'>> {
  const faults = { listLag: 8_000, edit: 0.02 };
  const world = createWorld({ killer, faults, random: createRandom(item + 1) });
  const people = inhabit(world, false);
  let created = 0;
  world.github.before = (request) => {
    const limited = request === 'createIssue' && created++ === item;
    return limited ? failure('rate-limited') : undefined;
  };
  const plan = await insist(() => previewPlan(world, runId(1)));
  await insist(() => confirm(world, plan));
  await drive(world, runId(1));
  const wanted = plan.rows.filter((row) => row.selected).length;
  const verdict = await judge(world, people.pure(), people.undisturbed(plan));
  return { ...verdict, surplus: world.github.issues.length - wanted };
}

// The preview passes the same points; dying there costs nothing but another look.
async function insist<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (signal) {
    if (!(signal instanceof KillSignal)) throw signal;
    return work();
  }
}
