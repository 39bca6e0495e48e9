import type { IssueRef } from '../refs.ts';
import type { Checklist } from '../text/checklist.ts';
import type { Consequence, Difference } from './difference.ts';
import { readContext } from './reconcile-context.ts';
import type { ReconcileFacts } from './reconcile-facts.ts';
import { rematch } from './rematch.ts';

/**
 * What "Link to…" writes once the user has said what: the issue for an item, or the item (by its index) for an issue
 * without one. Nothing when that cannot be: another host, the master itself, or a link that is not ours to take away.
 */
export function linkTo(
  facts: ReconcileFacts,
  { finding, index }: Pick<Difference, 'finding' | 'index'>,
  target: { readonly issue: IssueRef } | { readonly index: number },
  checklist?: Checklist,
): Consequence | undefined {
  const issue =
    'issue' in target ? target.issue : finding.kind === 'orphan' ? finding.issue.ref : undefined;
  const at = 'index' in target ? target.index : index;
  if (issue === undefined || at === undefined) return undefined;
  const context = readContext(facts, checklist);
  const one = context.items[at];
  return one && rematch(one, issue, context);
}
