import type { Failure } from '../../lib/core/failures.ts';
import type { GenerationPlan, PlanSummary } from '../../lib/core/plan/plan-generation.ts';
import { MOST_ROWS } from '../../lib/core/plan/plan-size.ts';
import { BODY_LIMIT } from '../../lib/core/text/body-limit.ts';

/** The plan's blockers without those that unticking rows has mended since. The background checks all of them again. */
export function standingBlockers(
  { blockers, space }: GenerationPlan,
  { create, link }: PlanSummary,
): readonly Failure[] {
  const rows = create + link;
  return blockers.filter(({ code }) => {
    if (code === 'nothing-selected') return rows === 0;
    if (code === 'too-many-rows') return rows > MOST_ROWS;
    return code !== 'links-too-long' || !space || space.used + rows * space.perLink > BODY_LIMIT;
  });
}
