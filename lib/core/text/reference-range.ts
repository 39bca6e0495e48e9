import type { Item, Reference } from './checklist.ts';
import { leadRole, withoutLead } from './lead-words.ts';

/** A range of a text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The bytes that stand for one reference of an item: in a row its part of the row, else the reference with its lead word
 * and its brackets. Blanks around are not in it.
 */
export function referenceRange(
  markdown: string,
  item: Item,
  reference: Reference,
): TextRange & { readonly inRow: boolean } {
  const { references } = item;
  const place = references.indexOf(reference);
  const next = following(markdown, reference, references[place + 1]);
  const before = references[place - 1];
  const last = before && following(markdown, before, reference) && before;
  if (next !== undefined) return { start: reference.start, end: next.start, inRow: true };
  if (last !== undefined) return { start: last.end, end: reference.end, inRow: true };
  return { ...rangeOf(markdown, item, reference, reference), inRow: false };
}

/** The ranges of all rows of references, each with its lead word and brackets. */
export function unitRanges(markdown: string, item: Item): readonly TextRange[] {
  const ranges: TextRange[] = [];
  let [first] = item.references;
  item.references.forEach((one, index) => {
    const next = item.references[index + 1];
    if (next !== undefined && joins(markdown, one, next)) return;
    if (first !== undefined) ranges.push(rangeOf(markdown, item, first, one));
    first = next;
  });
  return ranges;
}

/** Longer than any lead word with the bracket and the blanks around it. */
const LONGEST_LEAD = 200;

/** The range of a row from its first to its last reference, with lead word and brackets. */
function rangeOf(
  markdown: string,
  item: Item,
  { start, lead }: Reference,
  { end }: Reference,
): TextRange {
  const from = Math.max(item.textStart, start - LONGEST_LEAD);
  const before = markdown.slice(from, start);
  const led = lead === undefined ? before : before.replace(leadPattern(lead), '');
  const open = led.replace(/[ \t]+$/, '');
  const closer = { '(': ')', '[': ']' }[open.at(-1) ?? ''];
  let close = end;
  while (markdown[close] === ' ' || markdown[close] === '\t') close++;
  if (closer !== undefined && markdown[close] === closer && close < item.textEnd)
    return { start: from + open.length - 1, end: close + 1 };
  return { start: from + led.length, end };
}

/** The reference behind one, where it stands in one row with it. */
function following(
  markdown: string,
  one: Reference,
  other: Reference | undefined,
): Reference | undefined {
  return other !== undefined && joins(markdown, one, other) ? other : undefined;
}

/** Whether two references stand in one row. */
function joins(markdown: string, one: Reference, other: Reference): boolean {
  const between = markdown.slice(one.end, other.start);
  const role = leadRole(other.lead ?? '');
  const join = role === undefined ? between : withoutLead(between, role);
  return /^(?:[ \t]*[,;&+/][ \t]*|[ \t]+(?:and[ \t]+)?|[ \t]*,[ \t]*and[ \t]+)$/.test(join);
}

function leadPattern(lead: string): RegExp {
  const words = lead.replace(/[^\w\s]/g, '\\$&').replace(/\s+/g, '\\s+');
  return new RegExp(`(?<!\\w)${words}[ \\t]*:?[ \\t]*$`, 'i');
}
