import type { Item } from './checklist.ts';
import { parseChecklist, type ReadingOptions } from './parse-checklist.ts';
import { applySplices, type Splice } from './splices.ts';

/**
 * Reads an item again as it would be after a change within its first paragraph; nothing when any other item would be
 * read differently, or the item's place would. Offsets of the result count from `shift` characters before those of the text.
 */
export function reread(
  markdown: string,
  item: Item,
  splices: readonly Splice[],
  options: ReadingOptions,
): { readonly item: Item; readonly shift: number } | undefined {
  return (
    rereadLine(markdown, item, splices, options) ?? rereadAll(markdown, item, splices, options)
  );
}

/** As `reread`, always by the whole text. */
export function rereadAll(
  markdown: string,
  item: Item,
  splices: readonly Splice[],
  { placeholder }: ReadingOptions,
): { readonly item: Item; readonly shift: number } | undefined {
  const options = placeholder === undefined ? {} : { placeholder };
  const before = parseChecklist(markdown, options).items;
  const after = parseChecklist(applySplices(markdown, splices), options).items;
  const now = after[item.index];
  const same = before.every((one, index) => index === item.index || isSame(one, after[index]));
  if (now === undefined || after.length !== before.length || !same) return undefined;
  const { boxOffset, depth, checked } = now;
  const stays = boxOffset === item.boxOffset && depth === item.depth && checked === item.checked;
  return stays ? { item: now, shift: 0 } : undefined;
}

function isSame(one: Item, other: Item | undefined): boolean {
  return (
    one.textHash === other?.textHash &&
    one.checked === other.checked &&
    one.parent === other.parent &&
    one.references.length === other.references.length
  );
}

const HEAD = '- [ ] ';

/** A line that reads alone as it does in its place need not be read with all the rest. */
function rereadLine(
  markdown: string,
  item: Item,
  splices: readonly Splice[],
  { placeholder }: ReadingOptions,
): { readonly item: Item; readonly shift: number } | undefined {
  const { textStart, textEnd } = item;
  const line = markdown.slice(textStart, textEnd);
  if (/[\r\n]/.test(line) || splices.some(({ insert }) => isFarReaching(insert))) return undefined;
  if (DELIMITERS.test(markdown.slice(textEnd, textEnd + LONGEST_ROW))) return undefined;
  const shift = textStart - HEAD.length;
  const moved = splices.map((one) => ({ ...one, at: one.at - shift }));
  const options = placeholder === undefined ? {} : { placeholder };
  const [before] = parseChecklist(HEAD + line, options).items;
  if (before?.textHash !== item.textHash || !sameReferences(before, item)) return undefined;
  const after = parseChecklist(applySplices(HEAD + line, moved), options).items;
  const [now] = after;
  if (now === undefined || after.length !== 1 || now.textStart !== HEAD.length) return undefined;
  return { item: now, shift };
}

/** Labels stand for what other lines define. */
function isFarReaching(insert: string): boolean {
  return /[\r\n[]/.test(insert.replace(/\\[^\r\n]/g, ''));
}

/** With the line below, bars make a table. */
const DELIMITERS = /^[ \t]*(?:\r\n|\n|\r)[ \t>]*[-:|][-:| \t>]*(?:$|[\r\n])/;
const LONGEST_ROW = 2_000;

function sameReferences(one: Item, other: Item): boolean {
  const written = ({ references }: Item) =>
    JSON.stringify(references.map(({ start: _, end: __, ...rest }) => rest));
  return written(one) === written(other) && one.text === other.text;
}
