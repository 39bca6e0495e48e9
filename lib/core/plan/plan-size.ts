import { type Failure, failure } from '../failures.ts';
import { BODY_LIMIT } from '../text/body-limit.ts';
import type { GenerationPlan, GenerationRow } from './plan-generation.ts';

/** How many issues one run may create or link. */
export const MOST_ROWS = 1_000;

/** How many issues one run may link, with the room that is left in the master's text. */
export function roomFor(space: GenerationPlan['space']): number {
  if (space === undefined || space.perLink <= 0) return MOST_ROWS;
  const links = Math.floor((BODY_LIMIT - space.used) / space.perLink);
  return Math.max(0, Math.min(MOST_ROWS, links));
}

/** What is too much: links that do not fit into the master's text, rows beyond one run. Small, because the preview asks again at each choice. */
export function sizeBlockers(
  rows: readonly GenerationRow[],
  space: GenerationPlan['space'],
): readonly Failure[] {
  const count = rows.filter(({ selected }) => selected).length;
  const blockers: Failure[] = [];
  if (count > MOST_ROWS) blockers.push(failure('too-many-rows', { count, limit: MOST_ROWS }));
  const length = Math.ceil((space?.used ?? 0) + count * (space?.perLink ?? 0));
  if (space !== undefined && count > 0 && length > BODY_LIMIT) {
    const excess = Math.min(count, Math.ceil((length - BODY_LIMIT) / Math.max(1, space.perLink)));
    blockers.push(failure('links-too-long', { length, excess }));
  }
  return blockers;
}
