import { applyEdits } from '../text/apply-edits.ts';
import { type Item, type ItemLocator, locatorOf } from '../text/checklist.ts';
import type { Edit, EditContext } from '../text/edit.ts';
import { itemFinder } from '../text/find-item.ts';
import { parseChecklist } from '../text/parse-checklist.ts';

/** An edit of an item. */
export type ItemEdit = Extract<Edit, { readonly item: ItemLocator }>;

/** What of an item each edit changes: of its box and its words only the last edit counts, links each count. */
const PARTS: Readonly<Record<ItemEdit['kind'], 'box' | 'words' | 'links'>> = {
  tick: 'box',
  untick: 'box',
  retext: 'words',
  link: 'links',
  unlink: 'links',
  relink: 'links',
  'drop-link': 'links',
  'append-pull-requests': 'links',
  'remove-pull-requests': 'links',
};

/** What edits do to one item of a text. */
export interface ItemEdits {
  /** As the text has it now. */
  readonly item: Item;
  /** In the order in which they are to be made; each finds the item as it is now. New words come last. */
  readonly edits: readonly ItemEdit[];
}

/** What some edits really do to a text. */
export interface EffectiveEdits {
  /** In the checklist's order; only items that change. */
  readonly items: readonly ItemEdits[];
  readonly markdown: string;
}

/**
 * Those of some edits that change a text when they are made one after the other, by item: so they may be made all at
 * once. What is there already, or whose item is gone, is left out.
 */
export function effectiveEdits(
  text: string,
  edits: readonly ItemEdit[],
  context: EditContext,
): EffectiveEdits {
  const { items } = parseChecklist(text, context);
  const byIndex = new Map<number, ItemEdit[]>();
  let now = text;
  for (let rest = edits; rest.length > 0; ) {
    const checklist = parseChecklist(now, context);
    const find = itemFinder(checklist, context.repo);
    const alone = rest.findIndex((edit) => renames(edit, find(edit)));
    const step = alone === -1 ? rest : rest.slice(0, Math.max(1, alone));
    const { markdown, applied } = applyEdits(now, step, { ...context, checklist });
    for (const { edit, changed } of applied) {
      const item = find(edit);
      if (!changed || !('item' in edit) || typeof item === 'string') continue;
      byIndex.set(item.index, [...(byIndex.get(item.index) ?? []), edit]);
    }
    now = markdown;
    rest = rest.slice(step.length);
  }
  const after = parseChecklist(now, context).items;
  return {
    items: items.flatMap((item) => {
      const then = after[item.index];
      const own = byIndex.get(item.index);
      // What one edit does, another may take back again.
      const isSame = then === undefined || lineOf(text, item) === lineOf(now, then);
      return own === undefined || isSame ? [] : [{ item, edits: foundNow(own, item, then) }];
    }),
    markdown: now,
  };
}

function lineOf(text: string, { boxOffset, textEnd }: Item): string {
  return text.slice(boxOffset, textEnd);
}

/** Whether an edit makes another item of an item: those behind it look for that one. */
function renames({ kind }: ItemEdit, item: Item | string): boolean {
  if (PARTS[kind] === 'words') return true;
  // A link may be all by which an item is told apart.
  return kind === 'relink' && typeof item === 'object' && item.subject === '';
}

/** What makes another item of it comes last: the others find it as it is now. Of boxes and words only the last stay. */
function foundNow(edits: readonly ItemEdit[], item: Item, then: Item): readonly ItemEdit[] {
  const now = edits.map((edit) => ({ ...edit, item: locatorOf(item) }));
  const of = (part: 'box' | 'words' | 'links') => now.filter(({ kind }) => PARTS[kind] === part);
  const box = of('box').slice(-1);
  const words = of('words').slice(-1);
  const links = of('links');
  return [
    ...(item.checked === then.checked ? [] : box),
    ...links.filter((edit) => !renames(edit, item)),
    ...links.filter((edit) => renames(edit, item)),
    ...words,
  ];
}
