import { failure } from '../../lib/core/failures.ts';
import type { AnyFacts, LogEvent } from '../../lib/core/log/event.ts';
import { checklistKey } from '../../lib/core/refs.ts';
import { createAssassin, type Killer, type KillPoint } from './kill.ts';
import { allRows, createMendWorld, logOf, startMend } from './mend-world.ts';
import { createRandom } from './random.ts';
import { drive, MASTER, runId, type World } from './world.ts';

/** Everything that a mending leaves behind, and that a kill must not change. */
export interface MendEnd {
  readonly text: string;
  readonly issues: readonly unknown[];
  /** What the log says of issues and text; texts by what was done in them. */
  readonly log: readonly unknown[];
  readonly phases: readonly string[];
}

/** What came of a mending with one kill. */
export interface MendKill {
  readonly kills: number;
  readonly end: MendEnd;
}

/** How often a mending passes a point where it can be killed. */
export async function countMendPassages(point: KillPoint): Promise<number> {
  let passages = 0;
  const pass = (at: KillPoint) => {
    if (at === point) passages++;
  };
  await mendWith({ kills: () => 0, pass });
  return passages;
}

/** A mending with all parts, and a limit on the way, whose worker dies at the n-th passage (from 0) of a point. */
export async function killMend(point: KillPoint, nth: number): Promise<MendKill> {
  const killer = createAssassin(point, nth);
  const end = await mendWith(killer, nth);
  return { kills: killer.kills(), end };
}

/** The same, and nobody dies. */
export function mendInPeace(): Promise<MendEnd> {
  return mendWith({ kills: () => 0, pass: () => {} });
}

async function mendWith(killer: Killer, seed = 0): Promise<MendEnd> {
  const world = createMendWorld({ killer, random: createRandom(seed + 1) });
  let updates = 0;
  world.github.before = (request) => {
    const limited = request === 'updateIssue' && updates++ === 2;
    return limited ? failure('rate-limited') : undefined;
  };
  await startMend(world, allRows());
  await drive(world, runId(1));
  return endOf(world);
}

async function endOf(world: World): Promise<MendEnd> {
  const job = await world.store.loadLastJob(checklistKey(MASTER));
  const log = await logOf(world);
  return {
    text: world.github.text(),
    issues: world.github.issues.map(({ number, title, body, state, stateReason, ...rest }) => ({
      ...{ number, title, body, state, stateReason },
      comments: rest.comments.map((comment) => comment.body),
      events: rest.events.map(({ type }) => type),
      edits: rest.edits.length,
    })),
    log: log.map(
      ({ kind, change, undo, inverse, map, rows }: Pick<LogEvent, 'kind'> & AnyFacts) => ({
        ...{ kind, change, undo, map },
        written: rows?.map(({ what }) => what),
        inverse: inverse?.length,
      }),
    ),
    phases: job?.rows.map(({ phase }) => phase) ?? [],
  };
}
