import { lineEndBefore, lineEndFor } from './line-end.ts';
import { parseChecklist } from './parse-checklist.ts';
import { applySplices, type Splice } from './splices.ts';
import { formatSummary, type SummaryRange, summaryRanges } from './summary-range.ts';

/**
 * Writes the summary (Markdown) between hidden markers at the end of the text, or in place of the one that is there.
 * Every other byte stays; lines that somebody wrote between the markers are kept behind them. Tasks in the summary
 * are made plain, and '' removes it. Where it could not be told apart afterwards, or would make other items (the text
 * ends in an open code fence), the text is answered as it is: ask `readSummary` whether it stands.
 */
export function writeSummary(markdown: string, summary: string): string {
  const lines = harmlessLines(summary);
  if (lines.length === 0) return removeSummary(markdown);
  const ranges = summaryRanges(markdown);
  const last = ranges.at(-1);
  const lineEnd = lineEndOf(markdown, last);
  const block = formatSummary(lines, lineEnd);
  const splice =
    last === undefined
      ? { at: markdown.length, remove: 0, insert: lineEnd + block }
      : replacement(last, [block, ...last.foreign].join(lineEnd));
  const doubles = ranges.slice(0, -1).map((range) => removal(markdown, range));
  const written = applySplices(markdown, [...doubles, splice]);
  const stands = readSummary(written) === lines.join('\n');
  return stands && hasSameItems(markdown, written) ? written : markdown;
}

/**
 * Removes the summary: the text is byte for byte as it was before, with all that people wrote since. Where that would
 * make other items an empty hidden comment stays; where even that would, the text is answered as it is.
 */
export function removeSummary(markdown: string): string {
  const ranges = summaryRanges(markdown);
  if (ranges.length === 0) return markdown;
  const without = applySplices(
    markdown,
    ranges.map((range) => removal(markdown, range)),
  );
  if (hasSameItems(markdown, without)) return without;
  const emptied = applySplices(
    markdown,
    ranges.map((range) => {
      const lineEnd = lineEndOf(markdown, range);
      return replacement(range, ['<!-- -->', ...range.foreign].join(lineEnd));
    }),
  );
  return hasSameItems(markdown, emptied) ? emptied : markdown;
}

/** The summary that stands in the text, its lines separated by `\n`; undefined when there is none. */
export function readSummary(markdown: string): string | undefined {
  return summaryRanges(markdown)
    .at(-1)
    ?.content.replace(/\r\n|\r/g, '\n');
}

/** Neither tasks (GitHub counts them) nor comments, without blanks at both ends; '' has no lines. */
function harmlessLines(summary: string): readonly string[] {
  const text = summary
    .trim()
    .replaceAll('<!--', '&lt;!--')
    .replace(/\[[ \txX]\]/g, '[]');
  return text === '' ? [] : text.split(/\r\n|\n|\r/).map((line) => line.trimEnd());
}

function replacement({ start, end }: SummaryRange, insert: string): Splice {
  return { at: start, remove: end - start, insert };
}

/** Takes a summary away with the line end before it, which came with it. */
function removal(markdown: string, { start, end, foreign }: SummaryRange): Splice {
  const lineEnd = lineEndBefore(markdown, start);
  const at = start - lineEnd.length;
  const insert = foreign.map((piece) => lineEnd + piece).join('');
  return { at, remove: end - at, insert };
}

function hasSameItems(before: string, after: string): boolean {
  const [left, right] = [before, after].map((text) =>
    parseChecklist(text).items.map(({ key, checked, depth }) => `${key} ${checked} ${depth}`),
  );
  return left?.join() === right?.join();
}

/** The line end that a summary has, or a new one gets. */
function lineEndOf(markdown: string, range: SummaryRange | undefined): string {
  if (range === undefined || range.start === 0) return lineEndFor(markdown);
  return lineEndBefore(markdown, range.start);
}
