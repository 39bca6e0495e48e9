import { failure } from '../../lib/core/failures.ts';
import type { AnyFacts, LogEvent } from '../../lib/core/log/event.ts';
import { checklistKey } from '../../lib/core/refs.ts';
import { allRows, createChangeWorld, logOf, startChangeRun } from './change-world.ts';
import { createAssassin, type Killer, type KillPoint } from './kill.ts';
import { createRandom } from './random.ts';
import { drive, MASTER, runId, type World } from './world.ts';

/** Everything that a change run leaves behind, and that a kill must not change. */
export interface ChangeEnd {
  readonly text: string;
  readonly issues: readonly unknown[];
  /** What the log says of issues and text; texts by what was done in them. */
  readonly log: readonly unknown[];
  readonly phases: readonly string[];
}

/** What came of a change run with one kill. */
export interface ChangeKill {
  readonly kills: number;
  readonly end: ChangeEnd;
}

/** How often a change run passes a point where it can be killed. */
export async function countChangePassages(point: KillPoint): Promise<number> {
  let passages = 0;
  const pass = (at: KillPoint) => {
    if (at === point) passages++;
  };
  await changeWith({ kills: () => 0, pass });
  return passages;
}

/** A change run with all parts, and a limit on the way, whose worker dies at the n-th passage (from 0) of a point. */
export async function killChangeRun(point: KillPoint, nth: number): Promise<ChangeKill> {
  const killer = createAssassin(point, nth);
  const end = await changeWith(killer, nth);
  return { kills: killer.kills(), end };
}

/** The same, and nobody dies. */
export function changeInPeace(): Promise<ChangeEnd> {
  return changeWith({ kills: () => 0, pass: () => {} });
}

async function changeWith(killer: Killer, seed = 0): Promise<ChangeEnd> {
  const world = createChangeWorld({ killer, random: createRandom(seed + 1) });
  let updates = 0;
  world.github.before = (request) => {
    const limited = request === 'updateIssue' && updates++ === 2;
    return limited ? failure('rate-limited') : undefined;
  };
  await startChangeRun(world, allRows());
  await drive(world, runId(1));
  return endOf(world);
}

async function endOf(world: World): Promise<ChangeEnd> {
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
