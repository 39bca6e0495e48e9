import type { Choice, Consequence, Difference, ReconcilePlan } from './difference.ts';

/** A difference with what may be done about it without anybody. */
export interface ItsOwnMending {
  readonly difference: Difference;
  readonly consequence: Consequence;
}

/** Sync writes these; the same plan with the same facts would find nothing of them after it. */
const OF_SYNC: ReadonlySet<Choice['kind']> = new Set(['tick', 'untick', 'add-pulls']);

/** What may be mended by itself beside what sync does: links of transferred issues. Never anything on the issue's side. */
export function mendsByItself({ differences }: ReconcilePlan): readonly ItsOwnMending[] {
  return differences.flatMap((difference) => {
    const { byItself, choices, safe } = difference;
    const consequence = byItself && safe !== undefined ? choices[safe] : undefined;
    if (consequence === undefined || consequence.issues.length > 0) return [];
    return OF_SYNC.has(consequence.choice.kind) ? [] : [{ difference, consequence }];
  });
}
