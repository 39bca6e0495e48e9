import type { Item } from './checklist.ts';
import type { Edit, Place } from './edit.ts';

/** A replacement in the original string; nothing else of it changes. */
export interface Splice {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

/** What one edit does, and the edit that takes it back. */
export interface Change {
  readonly splices: readonly Splice[];
  readonly inverse: Edit;
}

/** Makes all replacements; of two at one place the first given comes first. */
export function applySplices(markdown: string, splices: readonly Splice[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { at, remove, insert } of [...splices].sort((a, b) => a.at - b.at)) {
    parts.push(markdown.slice(from, at), insert);
    from = at + remove;
  }
  return parts.join('') + markdown.slice(from);
}

/** The splice that puts something before the signs that end an item's sentence, in whatever script; none without such. */
export function beforeStop(
  markdown: string,
  { textStart, textEnd }: Item,
  insert: string,
): readonly Splice[] {
  let at = textEnd;
  while (at > textStart && STOPS.includes(markdown.charAt(at - 1))) at--;
  return at === textEnd || at === textStart ? [] : [{ at, remove: 0, insert }];
}

const STOPS =
  '.!?;:,\u2026\u3002\uff0e\uff61\uff01\uff1f\uff1b\uff1a\uff0c\u3001\u06d4\u061f\u060c\u061b\u0964\u2049\u203d';

/** The offset before the blanks that stand before one. */
export function skipBlanksBack(markdown: string, offset: number): number {
  let at = offset;
  while (at > 0 && (markdown[at - 1] === ' ' || markdown[at - 1] === '\t')) at--;
  return at;
}

/** What an inverse needs to restore the very bytes that a splice takes away from an item's text. */
export function placeBehind(markdown: string, item: Item, splice: Splice): Place {
  const end = splice.at + splice.remove;
  return {
    found: splice.insert,
    write: markdown.slice(splice.at, end),
    before: markdown.slice(end, item.textEnd),
  };
}

/** The splice that restores what an inverse remembers; nothing when the text does not end as it did. */
export function restore(
  markdown: string,
  item: Item,
  place: Place | undefined,
): Splice | undefined {
  if (place === undefined || !SUFFIX.test(place.write)) return undefined;
  const text = markdown.slice(item.textStart, item.textEnd);
  if (!text.endsWith(place.found + place.before)) return undefined;
  const at = item.textEnd - place.before.length - place.found.length;
  return { at, remove: place.found.length, insert: place.write };
}

/** A suffix is a part of one line, whoever wrote it. */
const SUFFIX = /^[^\r\n]*$/;
