import type { Span } from './blocks.ts';

/**
 * The lines behind the box, if there is one as GitHub reads issue bodies: `[`, one of space, tab, x or X, `]`,
 * blanks, and something else on the same line.
 */
export function behindBox(markdown: string, lines: readonly Span[]): Span[] | undefined {
  const [first, ...rest] = lines;
  if (first === undefined) return undefined;
  BOX.lastIndex = first.start;
  if (!BOX.test(markdown) || isWideTab(markdown, first.start + 1)) return undefined;
  return [{ start: BOX.lastIndex, end: first.end }, ...rest];
}

const BOX = /\[[ \txX]\][ \t]+(?=[^ \t\r\n])/y;

/** A tab in the box counts as the blanks that it is wide; only a single one makes a box. */
function isWideTab(markdown: string, offset: number): boolean {
  if (markdown[offset] !== '\t') return false;
  const before = markdown.slice(0, offset);
  const line = before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1);
  let column = line.startsWith('\ufeff') && line.length === before.length ? -1 : 0;
  for (const character of line.split('')) column += character === '\t' ? 4 - (column % 4) : 1;
  return column % 4 !== 3;
}
