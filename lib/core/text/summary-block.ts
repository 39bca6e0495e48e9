import { guardNesting } from './guard-nesting.ts';
import { hashText } from './hash-text.ts';
import { lineEndBefore, lineEndFor } from './line-end.ts';
import { parseChecklist } from './parse-checklist.ts';
import { readBlocks } from './read-blocks.ts';
import { applySplices, type Splice } from './splices.ts';

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

/** A summary that we wrote into a text: from its first hidden marker to behind its last. */
interface SummaryRange {
  readonly start: number;
  readonly end: number;
  /** What stands between the markers, without the blanks around it. */
  readonly content: string;
  /** Pieces of the content that we did not write: somebody's, byte for byte, without the blank lines around each. */
  readonly foreign: readonly string[];
}

/** The summary in its hidden markers. The first names our lines, so that what others write between is told apart. */
function formatSummary(lines: readonly string[], lineEnd: string): string {
  const names = [...new Set(lines.filter((line) => line !== '').map(lineName))];
  const start = `<!-- ${['masterlist:summary', ...names].join(' ')} -->`;
  // A blank line ends HTML before it, so that a table behind it is one.
  return [start, '', ...lines, '<!-- masterlist:summary-end -->'].join(lineEnd);
}

const MARKER =
  /(?<=^|[\r\n])<!-- masterlist:summary(?:(-end)|((?: [\da-v]{7}){0,100})) -->(?=[ \t]*(?:$|[\r\n]))/g;

/** All complete summaries of a text, in order. What only looks like one, as in a code fence, is not ours. */
function summaryRanges(markdown: string): readonly SummaryRange[] {
  const found = [...markdown.matchAll(MARKER)];
  if (found.length < 2) return [];
  const htmlAt = htmlReader(markdown);
  const markers = found.flatMap((match) => {
    const html = htmlAt(match.index);
    return html === undefined ? [] : [{ match, html }];
  });
  return markers.flatMap(({ match, html }, index): readonly SummaryRange[] => {
    const last = markers[index + 1];
    // Where both stand in one piece of HTML nothing between them is shown as Markdown.
    if (match[1] !== undefined || last?.match[1] === undefined || last.html === html) return [];
    const names = new Set((match[2] ?? '').split(' '));
    const inner = markdown.slice(match.index + match[0].length, last.match.index);
    return [
      {
        start: match.index,
        end: last.match.index + last.match[0].length,
        content: inner.trim(),
        foreign: foreignPieces(inner, names),
      },
    ];
  });
}

/** Gives the start of the HTML in which an offset lies; undefined outside, and everywhere in what cannot be read. */
function htmlReader(markdown: string): (offset: number) => number | undefined {
  const guarded = guardNesting(markdown);
  if (guarded.refused) return () => undefined;
  const { html } = readBlocks(markdown, guarded.text);
  return (offset) => html.find(({ start, end }) => start <= offset && offset < end)?.start;
}

function foreignPieces(content: string, names: ReadonlySet<string>): readonly string[] {
  const pieces: { start: number; end: number }[] = [];
  let open: { start: number; end: number } | undefined;
  for (const { 0: line, index: start } of content.matchAll(/[^\r\n]+/g)) {
    if (line.trim() === '') continue;
    if (names.has(lineName(line))) {
      open = undefined;
      continue;
    }
    if (open === undefined) {
      open = { start, end: start };
      pieces.push(open);
    }
    open.end = start + line.length;
  }
  return pieces.map(({ start, end }) => content.slice(start, end));
}

/** Short name of a line, whatever blanks and line end follow it. */
function lineName(line: string): string {
  return hashText(line.trimEnd()).slice(0, 7);
}
