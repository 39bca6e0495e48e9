import { type Failure, failure } from '../failures.ts';
import { BODY_LIMIT } from '../text/body-limit.ts';
import { MOST_ROWS } from './most-rows.ts';
import type { GenerationPlan, GenerationRow } from './plan-generation.ts';

/** What limits how much one run does. */
interface Size {
  readonly space?: GenerationPlan['space'] | undefined;
  readonly most?: number | undefined;
}

/** How many issues one run may link, with the room that is left in the master's text, and as the rules allow (`most`). */
export function roomFor({ space, most = MOST_ROWS }: Size): number {
  if (space === undefined || space.perLink <= 0) return most;
  const links = Math.floor((BODY_LIMIT - space.used) / space.perLink);
  return Math.max(0, Math.min(most, links));
}

/** What is too much: links that do not fit into the master's text, rows beyond one run. Small, because the preview asks again at each choice. */
export function sizeBlockers(
  rows: readonly GenerationRow[],
  { space, most = MOST_ROWS }: Size,
): readonly Failure[] {
  const count = rows.filter(({ selected }) => selected).length;
  const blockers: Failure[] = [];
  if (count > most) blockers.push(failure('too-many-rows', { count, limit: most }));
  const length = Math.ceil((space?.used ?? 0) + count * (space?.perLink ?? 0));
  if (space !== undefined && count > 0 && length > BODY_LIMIT) {
    const excess = Math.min(count, Math.ceil((length - BODY_LIMIT) / Math.max(1, space.perLink)));
    blockers.push(failure('links-too-long', { length, excess }));
  }
  return blockers;
}
