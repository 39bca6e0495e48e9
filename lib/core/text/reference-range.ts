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
  const row = rowOf(markdown, item, reference);
  const place = row.indexOf(reference);
  const next = row[place + 1];
  const last = row[place - 1];
  if (next !== undefined) return { start: reference.start, end: next.start, inRow: true };
  if (last !== undefined) return { start: last.end, end: reference.end, inRow: true };
  return { ...unitRange(markdown, item, reference), inRow: false };
}

/** The whole row that a reference stands in, with lead word and brackets. */
export function unitRange(markdown: string, item: Item, reference: Reference): TextRange {
  const row = rowOf(markdown, item, reference);
  const { start, lead } = row[0] ?? reference;
  const { end } = row.at(-1) ?? reference;
  const before = markdown.slice(item.textStart, start);
  const led = lead === undefined ? before : before.replace(leadPattern(lead), '');
  const open = led.replace(/[ \t]+$/, '');
  const closer = { '(': ')', '[': ']' }[open.at(-1) ?? ''];
  const behind = /^[ \t]*/.exec(markdown.slice(end, item.textEnd))?.[0].length ?? 0;
  if (closer !== undefined && markdown[end + behind] === closer)
    return { start: item.textStart + open.length - 1, end: end + behind + 1 };
  return { start: item.textStart + led.length, end };
}

/** The references that stand in one row with one of them, and that one. */
function rowOf(markdown: string, item: Item, reference: Reference): readonly Reference[] {
  const { references } = item;
  const place = references.indexOf(reference);
  let first = place;
  let last = place;
  const follows = (one: Reference | undefined, other: Reference | undefined): boolean =>
    one !== undefined && other !== undefined && joins(markdown, one, other);
  while (follows(references[first - 1], references[first])) first--;
  while (follows(references[last], references[last + 1])) last++;
  return references.slice(first, last + 1);
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
