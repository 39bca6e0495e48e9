import { isOurs, ourMarker } from '../../identity/marked-issues.ts';
import { fold } from '../../identity/same-title.ts';
import type { IssueRef } from '../../refs.ts';
import type { Item } from '../../text/checklist.ts';
import { type Choice, LEAVE } from '../choice.ts';
import { differenceKind } from '../kind.ts';
import type { ItemContext, ReconcileContext } from '../reconcile-context.ts';

interface CopyTicked {
  readonly kind: 'copy-ticked';
  readonly issue: IssueRef;
}

const TICK: Choice = { kind: 'tick' };

/** An item without an issue of its own is open, but its copy in the issue of the item around it is ticked. */
export const copyTicked = differenceKind<CopyTicked>({
  kind: 'copy-ticked',
  level: 'action',
  find: ({ item, following }, context) => {
    if (item.checked || item.struck || following.kind !== 'nothing') return [];
    const above = copyingIssue(item, context);
    if (above?.link === undefined || !isTickedIn(item, above, context)) return [];
    const finding = { kind: 'copy-ticked', issue: above.link.now.ref } as const;
    return [{ finding, choices: [TICK, LEAVE] }];
  },
  words: ({ issue }, name) => `Not ticked here, but its copy in ${name(issue)} is`,
  issue: ({ issue }) => issue,
  isSettled: () => false,
  shown: 'always',
});

/** The nearest item above that has an issue which Masterlist made: its text holds copies of what was below the item. */
export function copyingIssue(
  { parent }: Item,
  { items, facts }: ReconcileContext,
): ItemContext | undefined {
  let above = parent === undefined ? undefined : items[parent];
  while (above !== undefined && above.following.kind === 'nothing') {
    const { parent: next } = above.item;
    above = next === undefined ? undefined : items[next];
  }
  const marker = above?.link && ourMarker(above.link.now);
  const isCopied = above?.isOwner === true && marker !== undefined && isOurs(marker, facts);
  return isCopied ? above : undefined;
}

/** Where several items, or several boxes, have the same words, which is whose copy is not told. */
function isTickedIn(item: Item, above: ItemContext, context: ReconcileContext): boolean {
  const words = fold(item.text);
  const boxes = (above.link?.now.tickedBoxes ?? []).filter((box) => fold(box) === words);
  if (boxes.length !== 1) return false;
  const open = (above.link?.now.openBoxes ?? []).filter((box) => fold(box) === words);
  const like = context.items.filter(
    (other) =>
      fold(other.item.text) === words &&
      copyingIssue(other.item, context)?.item.index === above.item.index,
  );
  return open.length === 0 && like.length === 1;
}
