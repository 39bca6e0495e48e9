import { bracketNumbers, unbracketNumbers } from './change-brackets.ts';
import { dropLink } from './change-drop.ts';
import { linkItem, relinkItem, unlinkItem } from './change-link.ts';
import { appendPulls, removePulls } from './change-pulls.ts';
import { retextItem } from './change-words.ts';
import type { Item, ItemLocator } from './checklist.ts';
import type { Edit, EditContext } from './edit.ts';
import { isKept } from './kept-facts.ts';
import { reread } from './reread.ts';
import type { Change } from './splices.ts';

/** An edit of an item. */
export type ItemEdit = Extract<Edit, { readonly item: ItemLocator }>;

/**
 * What an edit of one item changes in the text: the first way that keeps what everything else means. Nothing when the item
 * is as wanted already, or when there is no such way.
 */
export function changeItem(
  markdown: string,
  item: Item,
  edit: ItemEdit,
  context: EditContext,
): Change | undefined {
  return waysToChange(markdown, item, edit, context).find((change) => {
    if (isBoxEdit(edit)) return true;
    const found = reread(markdown, item, change.splices, context);
    return found !== undefined && isKept(item, found.item, { edit, change }, context.repo);
  });
}

/** The ways in which an edit can be written, best first; none when the item is as wanted already. */
export function waysToChange(
  markdown: string,
  item: Item,
  edit: ItemEdit,
  context: EditContext,
): readonly Change[] {
  const { repo } = context;
  switch (edit.kind) {
    case 'tick':
    case 'untick':
      return setBox(item, edit);
    case 'link':
      return linkItem(markdown, item, edit, repo);
    case 'unlink':
      return oneWay(unlinkItem(markdown, item, edit, repo));
    case 'relink':
      return oneWay(relinkItem(markdown, item, edit, context));
    case 'append-pull-requests':
      return appendPulls(markdown, item, edit, repo);
    case 'remove-pull-requests':
      return oneWay(removePulls(markdown, item, edit, repo));
    case 'drop-link':
      return oneWay(dropLink(markdown, item, edit, repo));
    case 'bracket':
      return oneWay(bracketNumbers(markdown, item, edit, repo));
    case 'unbracket':
      return oneWay(unbracketNumbers(markdown, item, edit, repo));
    case 'retext':
      return oneWay(retextItem(markdown, item, edit, context));
  }
}

/** Whether an edit changes the box alone, and with it no word. */
export function isBoxEdit({ kind }: Edit): boolean {
  return kind === 'tick' || kind === 'untick';
}

function oneWay(change: Change | undefined): readonly Change[] {
  return change === undefined ? [] : [change];
}

function setBox(item: Item, edit: ItemEdit): readonly Change[] {
  const ticks = edit.kind === 'tick';
  if (item.checked === ticks) return [];
  const splice = { at: item.boxOffset, remove: 1, insert: ticks ? 'x' : ' ' };
  return [{ splices: [splice], inverse: { kind: ticks ? 'untick' : 'tick', item: edit.item } }];
}
