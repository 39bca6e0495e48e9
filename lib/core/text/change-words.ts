import { issueKey } from '../refs.ts';
import { type Item, locatorOf } from './checklist.ts';
import type { Edit, EditContext } from './edit.ts';
import { type TextRange, unitRanges } from './reference-range.ts';
import { referencedIssue } from './referenced-issue.ts';
import { reread, rereadAll } from './reread.ts';
import type { Change, Splice } from './splices.ts';

type Retext = Extract<Edit, { readonly kind: 'retext' }>;

/**
 * Puts other words in place of the item's own, where that leaves everything else as it is. The inverse looks for the item
 * by its new words; items in it change their group, and nothing else.
 */
export function retextItem(
  markdown: string,
  item: Item,
  edit: Retext,
  context: EditContext,
): Change | undefined {
  const splice = retextSplice(markdown, item, edit.text, context);
  const now = splice && rereadAll(markdown, item, [splice], context)?.item;
  if (splice === undefined || now === undefined) return undefined;
  const text = markdown.slice(splice.at, splice.at + splice.remove);
  return { splices: [splice], inverse: { kind: 'retext', item: locatorOf(now), text } };
}

/** The replacement that gives an item other words; nothing when something else would change by it. */
export function retextSplice(
  markdown: string,
  item: Item,
  text: string,
  context: EditContext,
): Splice | undefined {
  const words = wordsRange(markdown, item);
  if (words === undefined || text !== text.trim() || /^$|[\r\n]/.test(text)) return undefined;
  const { start, end } = words;
  const splice = { at: start, remove: end - start, insert: text };
  const old = markdown.slice(start, end);
  // What opens a comment could hide what follows, now or after somebody's next edit.
  if (old === text || (old + text).includes('<!--')) return undefined;
  const found = reread(markdown, item, [splice], context);
  if (found === undefined || !keepsRest(item, found.item, context)) return undefined;
  // To be undone exactly, the new words must be found where they were put.
  const line = lineOf(markdown, item, splice);
  const now = wordsRange(line, { ...found.item, ...within(found.item, line) });
  const at = start - item.textStart;
  return now?.start === at && now.end === at + text.length ? splice : undefined;
}

/** Where an item's own words stand, without the separators around them; nothing when they stand in several pieces or lines. */
export function wordsRange(markdown: string, item: Item): TextRange | undefined {
  const cuts = [
    ...unitRanges(markdown, item),
    ...(item.placeholder === undefined ? [] : [item.placeholder]),
    ...rangesOf(markdown, item, COMMENT),
    ...(item.mentions.length === 0 ? [] : rangesOf(markdown, item, MENTION)),
  ].sort((a, b) => a.start - b.start);
  const pieces: TextRange[] = [];
  let at = item.textStart;
  for (const { start, end } of [...cuts, { start: item.textEnd, end: item.textEnd }]) {
    const piece = trimmed(markdown, { start: at, end: Math.max(at, start) });
    if (piece !== undefined) pieces.push(piece);
    at = Math.max(at, end);
  }
  const [only, ...more] = pieces;
  if (only === undefined || more.length > 0) return undefined;
  return /[\r\n]/.test(markdown.slice(only.start, only.end)) ? undefined : only;
}

const COMMENT = /<!--[^<>]*-->/g;
const MENTION = /(?:\bcc:?\s+)?(?<![\w/@.-])@[A-Za-z\d][\w/-]*/g;

function rangesOf(markdown: string, { textStart, textEnd }: Item, what: RegExp): TextRange[] {
  return [...markdown.slice(textStart, textEnd).matchAll(what)].map(({ 0: found, index }) => ({
    start: textStart + index,
    end: textStart + index + found.length,
  }));
}

/** Without blanks and separators at its ends; nothing when nothing else is left. */
function trimmed(markdown: string, { start, end }: TextRange): TextRange | undefined {
  const piece = markdown.slice(start, end);
  const head = /^(?:\s|[-–—:;,|.]+(?=\s|$)|[:;,|](?!\S))*/.exec(piece)?.[0].length ?? 0;
  let last = piece.length;
  while (last > head && /[\s\-–—:;,|]/.test(piece.charAt(last - 1))) last--;
  return last === head ? undefined : { start: start + head, end: start + last };
}

/** References, mentions and placeholder stay as they are; there were words, and there are. */
function keepsRest(item: Item, now: Item, { repo }: EditContext): boolean {
  const rest = ({ references, mentions, placeholder, checked: _ }: Item) =>
    JSON.stringify([
      references.map((one) => [issueKey(referencedIssue(one, repo)), one.role, one.form, one.lead]),
      mentions,
      placeholder === undefined,
    ]);
  return item.subject !== '' && now.subject !== '' && rest(item) === rest(now);
}

function lineOf(markdown: string, { textStart, textEnd }: Item, splice: Splice): string {
  const end = splice.at + splice.remove;
  return markdown.slice(textStart, splice.at) + splice.insert + markdown.slice(end, textEnd);
}

/** The offsets of an item in its text alone. */
function within(item: Item, line: string): Partial<Item> {
  const back = ({ start, end }: TextRange) => ({
    start: start - item.textStart,
    end: end - item.textStart,
  });
  const { placeholder } = item;
  return {
    textStart: 0,
    textEnd: line.length,
    references: item.references.map((one) => ({ ...one, ...back(one) })),
    ...(placeholder !== undefined && { placeholder: back(placeholder) }),
  };
}
