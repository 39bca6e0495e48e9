import type { Span } from './blocks.ts';
import type { Run } from './inline.ts';

/** Lines of a paragraph joined, without what stands between them in the source (quote marks, indents). */
export interface Source {
  readonly text: string;
  readonly lines: readonly {
    readonly at: number;
    readonly start: number;
    readonly length: number;
  }[];
}

/** Joins the lines of a paragraph. */
export function joinLines(markdown: string, spans: readonly Span[]): Source {
  let at = 0;
  const lines = spans.map(({ start, end }) => {
    const line = { at, start, length: end - start };
    at += line.length + 1;
    return line;
  });
  return { text: spans.map(({ start, end }) => markdown.slice(start, end)).join('\n'), lines };
}

/** One plain run per line, from an index of the source on. */
export function plainRuns(source: Source, from: number): Run[] {
  return source.lines
    .filter((line) => line.at + line.length > from)
    .map((line) => {
      const skip = Math.max(0, from - line.at);
      const start = line.start + skip;
      const length = line.length - skip;
      return { at: line.at + skip, length, start, end: start + length, kind: 'plain' };
    });
}

/** The offset in the original string of an index into the joined lines. */
export function offsetOf({ lines }: Source, index: number): number {
  if (lines.length === 1) return index + (lines[0]?.start ?? 0);
  let low = 0;
  for (let high = lines.length - 1; low < high; ) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle]?.at ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  const line = lines[low];
  return line === undefined ? index : line.start + (index - line.at);
}
