import type { Span } from './blocks.ts';
import type { Reference } from './checklist.ts';

/**
 * An item's text as it was typed, without what Masterlist writes behind it: links and pull requests in brackets, and the
 * placeholder. It tells apart what the words alone do not: `@acme/core` and `@acme/cli`, `Vec<T>` and `Vec<U>`, two
 * addresses, two names. A bare number is somebody's: it stays.
 */
export function typedText(
  markdown: string,
  lines: readonly Span[],
  references: readonly Reference[],
  placeholder: Span | undefined,
): string {
  const found = byLine(references, lines);
  const ours = lines.flatMap((line, index) =>
    bracketsIn(markdown, line, found[index] ?? []).map((one) => withBlank(markdown, one, line)),
  );
  const gone = placeholder === undefined ? ours : [...ours, placeholder].sort(byStart);
  const cuts = byLine(gone, lines);
  const kept = lines.map((line, index) => without(markdown, line, cuts[index] ?? [])).join(' ');
  return kept.replace(/\s+/g, ' ').trim();
}

const BRACKET = /\([^()\r\n]*\)/g;
/** What is left of a bracket of ours without its references. */
const OURS = /^\((?:closes )?(?:, )*\)$/;

/** Brackets that hold links or pull requests in the form in which we write them, and nothing else. */
function bracketsIn(markdown: string, { start, end }: Span, found: readonly Reference[]): Span[] {
  if (found.length === 0) return [];
  let next = 0;
  return [...markdown.slice(start, end).matchAll(BRACKET)].flatMap(({ index, 0: text }) => {
    const bracket = { start: start + index, end: start + index + text.length };
    const held: Reference[] = [];
    for (let one = found[next]; one !== undefined && one.start < bracket.end; one = found[++next]) {
      if (one.start > bracket.start) held.push(one);
    }
    const linked = held.length > 0 && held.every(({ role }) => role !== 'mention');
    return linked && OURS.test(without(markdown, bracket, held)) ? [bracket] : [];
  });
}

function withBlank(markdown: string, { start, end }: Span, line: Span): Span {
  const isApart = start > line.start && /[ \t]/.test(markdown.charAt(start - 1));
  return { start: start - (isApart ? 1 : 0), end };
}

/** Of ranges in the order of the text those within each of some lines. Each is looked at once: a text has many of both. */
function byLine<One extends Span>(
  ranges: readonly One[],
  lines: readonly Span[],
): readonly (readonly One[])[] {
  let next = 0;
  return lines.map(({ start, end }) => {
    const within: One[] = [];
    for (let one = ranges[next]; one !== undefined && one.start < end; one = ranges[++next])
      if (one.start >= start && one.end <= end) within.push(one);
    return within;
  });
}

function byStart(one: Span, other: Span): number {
  return one.start - other.start;
}

function without(markdown: string, { start, end }: Span, gone: readonly Span[]): string {
  const parts: string[] = [];
  let from = start;
  for (const one of gone) {
    if (one.start < from || one.end > end) continue;
    parts.push(markdown.slice(from, one.start));
    from = one.end;
  }
  return parts.join('') + markdown.slice(from, end);
}
