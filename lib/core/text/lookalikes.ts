import type { Blocks, Span } from './blocks.ts';
import type { Lookalikes } from './checklist.ts';

/** Counts the lines in code and HTML that look like tasks to a person. */
export function countLookalikes(
  markdown: string,
  { code, html }: Pick<Blocks, 'code' | 'html'>,
): Lookalikes {
  return { inCode: count(markdown, code), inComments: count(markdown, html) };
}

/** A line that starts like a task; bounded, so that no line costs more than its length. */
const LOOKS_LIKE_TASK = /^[\s>]{0,200}(?:[-*+]|\d{1,9}[.)])[ \t]{1,20}\[[ \txX]\][ \t]/;

function count(markdown: string, spans: readonly Span[]): number {
  let lines = 0;
  for (const { start, end } of spans) {
    for (const line of markdown.slice(start, end).split(/\r\n|\n|\r/)) {
      if (LOOKS_LIKE_TASK.test(line.replace(/^<!--\s?/, ''))) lines++;
    }
  }
  return lines;
}
