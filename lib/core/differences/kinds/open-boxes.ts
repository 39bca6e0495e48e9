import { fold } from '../../identity/same-title.ts';
import { listInWords } from '../../list-in-words.ts';
import { templateBoxes } from '../../plan/template-boxes.ts';
import type { IssueRef } from '../../refs.ts';
import type { Item } from '../../text/checklist.ts';
import { hashText } from '../../text/hash-text.ts';
import { LEAVE } from '../choice.ts';
import { differenceKind } from '../kind.ts';
import type { PlanContext } from '../reconcile-context.ts';
import { copyingIssue } from './copy-ticked.ts';

interface OpenBoxes {
  readonly kind: 'open-boxes';
  readonly issue: IssueRef;
  /** Their words, in the order of the issue's text. */
  readonly boxes: readonly string[];
}

/** So many boxes are named. */
const MOST_NAMED = 3;

/**
 * Its issue was closed with open boxes of its own. Boxes that come with a template or an issue form do not count: nobody
 * wrote them for this issue. Neither do copies of the checklist's own items, which are ticked in the checklist, unless they
 * stand below the item and are open there too.
 */
export const openBoxes = differenceKind<OpenBoxes>({
  kind: 'open-boxes',
  level: 'info',
  find: ({ item, link, isOwner }, context) => {
    const open = link?.now.state === 'closed' && isOwner ? (link.now.openBoxes ?? []) : [];
    if (link === undefined || open.length === 0) return [];
    const boxes = open.filter((box) => isOpenBelow(box, item, context) || !isForeign(box, context));
    if (boxes.length === 0) return [];
    return [
      {
        finding: { kind: 'open-boxes', issue: link.now.ref, boxes },
        detail: hashText(boxes.join('\n')),
        choices: [LEAVE],
      },
    ];
  },
  words: ({ issue, boxes }, name) => {
    const named = boxes.slice(0, MOST_NAMED).map((box) => `"${box}"`);
    const more = boxes.length - named.length;
    const all = listInWords(more === 0 ? named : [...named, `${more} more`]);
    return `${name(issue)} was closed with ${boxes.length === 1 ? 'an open box' : 'open boxes'} of its own: ${all}`;
  },
  issue: ({ issue }) => issue,
  isSettled: () => false,
  shown: 'always',
});

/** Whether a box is the copy of an open item without an issue of its own below an item. */
function isOpenBelow(box: string, above: Item, context: PlanContext): boolean {
  const words = fold(box);
  return context.items.some(
    ({ item, following }) =>
      !item.checked &&
      following.kind === 'nothing' &&
      fold(item.text) === words &&
      copyingIssue(item, context)?.item.index === above.index,
  );
}

function isForeign(box: string, { facts, checklist }: PlanContext): boolean {
  const words = fold(box);
  return (
    checklist.items.some(({ text, title, subject }) =>
      [text, title, subject].some((own) => fold(own) === words),
    ) || templateBoxes(facts.templates)(box)
  );
}
