import { type ItemEdit, isBoxEdit, waysToChange } from './change-item.ts';
import type { Checklist, Item } from './checklist.ts';
import type { EditContext } from './edit.ts';
import { itemFinder } from './find-item.ts';
import { isKept, isRenaming, type MadeEdit } from './kept-facts.ts';
import { parseChecklist } from './parse-checklist.ts';
import { applySplices, type Change, type Splice } from './splices.ts';

/** An edit whose item was found, with the ways in which it can be written, best first. */
export interface ReadyEdit {
  readonly edit: ItemEdit;
  readonly index: number;
  readonly item: Item;
  readonly ways: readonly Change[];
}

/** What became of edits that are made on one reading of a text. */
interface Chosen {
  readonly made: readonly (ReadyEdit & MadeEdit)[];
  /** Each way of these would change what something else means. */
  readonly refused: readonly ReadyEdit[];
  /** To be tried on the text with the others made. */
  readonly later: readonly ReadyEdit[];
}

/**
 * Chooses for each edit the first way after which the text, read again, says something else in exactly what the edits say.
 * All are tried at once: what is written for one item is seldom of any consequence to another. Where it is, the first
 * half goes first.
 */
export function chooseWays(
  markdown: string,
  checklist: Checklist,
  ready: readonly ReadyEdit[],
  context: EditContext,
): Chosen {
  const refused: ReadyEdit[] = [];
  const later: ReadyEdit[] = [];
  let trying = ready;
  for (;;) {
    const made = trying.flatMap((one) =>
      one.ways.slice(0, 1).map((change) => ({ ...one, change })),
    );
    const failing = findFailing(markdown, checklist, made, context);
    if (failing === 'nothing') return { made, refused, later };
    const words = trying.filter(({ edit }) => !isBoxEdit(edit));
    if (failing === 'others' && words.length > 1) {
      const second = words.slice(Math.ceil(words.length / 2));
      later.push(...second);
      trying = trying.filter((one) => !second.includes(one));
      continue;
    }
    const isFailing = (one: ReadyEdit) =>
      !isBoxEdit(one.edit) && (failing === 'others' || failing.has(one.item.index));
    refused.push(...trying.filter((one) => isFailing(one) && one.ways.length === 1));
    trying = trying.flatMap((one) => {
      if (!isFailing(one)) return [one];
      const ways = one.ways.slice(1);
      return ways.length === 0 ? [] : [{ ...one, ways }];
    });
  }
}

type Made = ReadyEdit & MadeEdit;

/** The items of which the edits would not do what they say; `others` when they do something to the rest of the text. */
function findFailing(
  markdown: string,
  { items }: Checklist,
  made: readonly Made[],
  context: EditContext,
): ReadonlySet<number> | 'others' | 'nothing' {
  const words = new Map(
    made.filter(({ edit }) => !isBoxEdit(edit)).map((one) => [one.item.index, one]),
  );
  if (words.size === 0) return 'nothing';
  const text = applySplices(
    markdown,
    made.flatMap(({ change }) => change.splices),
  );
  const { placeholder } = context;
  const now = parseChecklist(text, placeholder === undefined ? {} : { placeholder });
  const after = now.items;
  if (!isSameList(items, after, made)) return 'others';
  const failing = after.flatMap((one, index) => {
    const before = items[index];
    const own = words.get(index);
    return before === undefined || isKept(before, one, own, context.repo) ? [] : [index];
  });
  if (failing.some((index) => !words.has(index))) return 'others';
  const own = [...words.values()].filter(({ edit }) => !isRestoring(edit));
  const backs = findBacks(text, now, own, context);
  const untaken = own.filter((one) => !isTakenBack(markdown, text, one, backs));
  const all = [...failing, ...untaken.map(({ item }) => item.index)];
  if (all.length > 0) return new Set(all);
  if (own.length === words.size && !isTextBack(markdown, text, made, backs)) return 'others';
  // Another key alone is the doing of another item: of one that it is in, or one that says the same.
  const renames = made.some(({ edit, item }) => isRenaming(edit, item));
  return renames || after.every(({ key }, index) => key === items[index]?.key)
    ? 'nothing'
    : 'others';
}

/** Whether an edit puts back what was there: that need not be taken back once more. */
function isRestoring(edit: ItemEdit): boolean {
  return 'place' in edit && edit.place !== undefined;
}

/** What takes an edit back, and the item that it is for in the text after it. */
interface Back {
  readonly item: Item;
  readonly splices: readonly Splice[];
}

/** By the items' places: how each edit is taken back on the text with all of them made; none where it could not be. */
function findBacks(
  text: string,
  checklist: Checklist,
  made: readonly Made[],
  context: EditContext,
): ReadonlyMap<number, Back> {
  const find = itemFinder(checklist, context.repo);
  const backs = made.flatMap((one): [number, Back][] => {
    const { index } = one.item;
    const item = checklist.items[index];
    const { inverse } = one.change;
    if (item === undefined || !('item' in inverse)) return [];
    const found = find(inverse);
    // Of equal items one may not be told apart any more: then nothing is done, and that is said.
    if (found !== item && found !== 'item-ambiguous') return [];
    const [way] = waysToChange(text, item, inverse, context);
    if (way === undefined) return [];
    const isBack = isKept(item, one.item, { edit: inverse, change: way }, context.repo);
    return isBack ? [[index, { item, splices: way.splices }]] : [];
  });
  return new Map(backs);
}

/** Whether what takes an edit back leaves the very bytes that were there. */
function isTakenBack(
  markdown: string,
  text: string,
  { item }: Made,
  backs: ReadonlyMap<number, Back>,
): boolean {
  const back = backs.get(item.index);
  if (back === undefined) return false;
  const { textStart, textEnd } = back.item;
  const moved = back.splices.map((one) => ({ ...one, at: one.at - textStart }));
  const restored = applySplices(text.slice(textStart, textEnd), moved);
  return restored === markdown.slice(item.textStart, item.textEnd);
}

/** Whether all taken back leave the very text, but for the boxes: an item's text may begin or end elsewhere than it did. */
function isTextBack(
  markdown: string,
  text: string,
  made: readonly Made[],
  backs: ReadonlyMap<number, Back>,
): boolean {
  const boxes = made.filter(({ edit }) => isBoxEdit(edit)).flatMap(({ change }) => change.splices);
  const restored = [...backs.values()].flatMap(({ splices }) => splices);
  return applySplices(text, restored) === applySplices(markdown, boxes);
}

/** Whether the same items are where they were, with the boxes that the edits give them. */
function isSameList(
  before: readonly Item[],
  after: readonly Item[],
  made: readonly Made[],
): boolean {
  const boxes = new Map(
    made.flatMap(({ edit, item }) =>
      isBoxEdit(edit) ? [[item.index, edit.kind === 'tick'] as const] : [],
    ),
  );
  return (
    after.length === before.length &&
    after.every(({ depth, parent, checked }, index) => {
      const was = before[index];
      const wanted = boxes.get(index) ?? was?.checked;
      return depth === was?.depth && parent === was.parent && checked === wanted;
    })
  );
}
