import { guardNesting } from './guard-nesting.ts';
import { hashText } from './hash-text.ts';
import { readBlocks } from './read-blocks.ts';

/** A summary that we wrote into a text: from its first hidden marker to behind its last. */
export interface SummaryRange {
  readonly start: number;
  readonly end: number;
  /** What stands between the markers, without the blanks around it. */
  readonly content: string;
  /** Pieces of the content that we did not write: somebody's, byte for byte, without the blank lines around each. */
  readonly foreign: readonly string[];
}

/** The summary in its hidden markers. The first names our lines, so that what others write between is told apart. */
export function formatSummary(lines: readonly string[], lineEnd: string): string {
  const names = [...new Set(lines.filter((line) => line !== '').map(lineName))];
  const start = `<!-- ${['masterlist:summary', ...names].join(' ')} -->`;
  // A blank line ends HTML before it, so that a table behind it is one.
  return [start, '', ...lines, '<!-- masterlist:summary-end -->'].join(lineEnd);
}

const MARKER =
  /(?<=^|[\r\n])<!-- masterlist:summary(?:(-end)|((?: [\da-v]{7}){0,100})) -->(?=[ \t]*(?:$|[\r\n]))/g;

/** All complete summaries of a text, in order. What only looks like one, as in a code fence, is not ours. */
export function summaryRanges(markdown: string): readonly SummaryRange[] {
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
