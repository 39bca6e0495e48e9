import { dropLink } from './change-drop.ts';
import { linkItem, relinkItem, unlinkItem } from './change-link.ts';
import { appendPulls, removePulls } from './change-pulls.ts';
import { retextItem } from './change-words.ts';
import type { Item, ItemLocator } from './checklist.ts';
import type { Edit, EditContext } from './edit.ts';
import type { Change } from './splices.ts';

type ItemEdit = Extract<Edit, { readonly item: ItemLocator }>;

/** What an edit of an item changes in the text; nothing when it is as wanted already. */
export function changeItem(
  markdown: string,
  item: Item,
  edit: Edit,
  context: EditContext,
): Change | undefined {
  const { repo } = context;
  switch (edit.kind) {
    case 'tick':
    case 'untick':
      return setBox(item, edit);
    case 'link':
      return linkItem(markdown, item, edit, repo);
    case 'unlink':
      return unlinkItem(markdown, item, edit, repo);
    case 'relink':
      return relinkItem(markdown, item, edit, context);
    case 'append-pull-requests':
      return appendPulls(markdown, item, edit, repo);
    case 'remove-pull-requests':
      return removePulls(markdown, item, edit, repo);
    case 'drop-link':
      return dropLink(markdown, item, edit, context);
    case 'retext':
      return retextItem(markdown, item, edit, context);
    case 'comment':
    case 'summary':
      return undefined;
  }
}

function setBox(item: Item, edit: ItemEdit): Change | undefined {
  const ticks = edit.kind === 'tick';
  if (item.checked === ticks) return undefined;
  const splice = { at: item.boxOffset, remove: 1, insert: ticks ? 'x' : ' ' };
  return { splices: [splice], inverse: { kind: ticks ? 'untick' : 'tick', item: edit.item } };
}
