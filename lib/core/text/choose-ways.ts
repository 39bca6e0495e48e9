import { type ItemEdit, isBoxEdit } from './change-item.ts';
import type { Checklist, Item } from './checklist.ts';
import type { EditContext } from './edit.ts';
import { isKept, isRenaming, isTakenBack, type MadeEdit } from './kept-facts.ts';
import { parseChecklist } from './parse-checklist.ts';
import { applySplices, type Change } from './splices.ts';

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
  const { placeholder, repo } = context;
  const after = parseChecklist(text, placeholder === undefined ? {} : { placeholder }).items;
  if (!isSameList(items, after, made)) return 'others';
  const isAsSaid = (before: Item, now: Item): boolean => {
    const own = words.get(before.index);
    if (!isKept(before, now, own, repo)) return false;
    return !own || isTakenBack(markdown, before, { markdown: text, item: now }, own, repo);
  };
  const failing = after.flatMap((now, index) => {
    const before = items[index];
    return before === undefined || isAsSaid(before, now) ? [] : [index];
  });
  if (failing.some((index) => !words.has(index))) return 'others';
  if (failing.length > 0) return new Set(failing);
  // Another key alone is the doing of another item: of one that it is in, or one that says the same.
  const renames = made.some(({ edit, item }) => isRenaming(edit, item));
  return renames || after.every(({ key }, index) => key === items[index]?.key)
    ? 'nothing'
    : 'others';
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
