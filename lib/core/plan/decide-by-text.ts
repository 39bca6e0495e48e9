import type { IssueRef } from '../refs.ts';
import type { Item } from '../text/checklist.ts';
import type { GenerationOptions, RowReason } from './plan-generation.ts';
import type { Verdict } from './plan-rows.ts';

/** Decides an item of which no issue is known, by what its text and place say. `mentions` are references to review. */
export function decideByText(
  item: Item,
  mentions: readonly IssueRef[],
  options: Pick<GenerationOptions, 'levels' | 'includeTicked'>,
): Verdict {
  const [mention] = mentions;
  const [commit] = item.commits ?? [];
  const empty = item.subject.trim() === '';
  if (item.struck) return off({ kind: 'struck' }, true);
  if (empty && item.mentions.length > 0) return off({ kind: 'sign-off' }, true);
  if (empty && mention === undefined && commit === undefined) return off({ kind: 'empty' }, false);
  if (options.levels === 'leaves' && item.isParent) return off({ kind: 'parent' }, false);
  if (options.levels === 'top' && item.parent !== undefined) return off({ kind: 'nested' }, false);
  if (item.checked && !options.includeTicked) return off({ kind: 'ticked' }, true);
  if (mention !== undefined) return off({ kind: 'reference', issue: mention }, true);
  if (commit !== undefined) return off({ kind: 'commit', commit }, true);
  return { decision: 'create', reason: { kind: 'new' }, candidates: [], selectable: true };
}

function off(reason: RowReason, selectable: boolean): Verdict {
  return { decision: 'skip', reason, candidates: [], selectable };
}
