import type { Nodes, Root } from 'mdast';
import remarkParse from 'remark-parse';
import { type Processor, unified } from 'unified';

/** A piece of a text: UTF-16 offsets, end exclusive. */
export type CodeRange = readonly [start: number, end: number];

/** Finds what GitHub shows as code in a Markdown text (fences, indented code, code spans), in order. Linear in the length. */
export function codeRanges(markdown: string): readonly CodeRange[] {
  if (!MAY_HOLD_CODE.test(markdown)) return [];
  if (!MAY_HOLD_BLOCKS.test(markdown)) return codeSpans(markdown, 0, markdown.length);
  const ranges: CodeRange[] = [];
  collectRanges(parseBlocks(markdown), markdown, ranges);
  return ranges;
}

/** What must follow a text so that paragraphs behind it are not swallowed by an unclosed fence or HTML block at its end; undefined when nothing is open. */
export function openBlockCloser(markdown: string): string | undefined {
  if (!MAY_STAY_OPEN.test(markdown)) return undefined;
  const probe = `${markdown}\n\nX`;
  const last = parseBlocks(probe).children.at(-1);
  if (last?.type !== 'code' && last?.type !== 'html') return undefined;
  // A block of HTML begins with the blanks before it.
  const source = probe.slice(last.position?.start.offset ?? 0).trimStart();
  if (last.type === 'code') return /`{3,}|~{3,}/.exec(source)?.[0];
  const [, closer] = HTML_CLOSERS.find(([start]) => start.test(source)) ?? [];
  return closer ?? (/^<(\w+)/.exec(source)?.[1] ?? '').replace(/^(.+)$/, '</$1>');
}

/** Ends of the HTML blocks that only their own end closes (CommonMark 4.6, conditions 1 to 5). */
const HTML_CLOSERS: readonly (readonly [start: RegExp, closer: string])[] = [
  [/^<!--/, '-->'],
  [/^<\?/, '?>'],
  [/^<!\[CDATA\[/, ']]>'],
  [/^<![a-z]/i, '>'],
];

/** Blocks inside lists and quotes end with these, so only the left margin matters. */
const MAY_STAY_OPEN = /(?:^|\n) {0,3}(?:```|~~~|<[!?a-z])/i;

const MAY_HOLD_CODE = /`|~~~| {4}|\t/;
const MAY_HOLD_BLOCKS = /```|~~~|\n| {4}|\t/;

/** Inline constructs are off: they are slow on hostile text, and only the blocks are wanted here. */
const INLINE = [
  'attention',
  'labelStartLink',
  'labelStartImage',
  'labelEnd',
  'autolink',
  'htmlText',
  'codeText',
  'characterEscape',
  'characterReference',
  'hardBreakEscape',
];

function withoutInline(this: Processor): undefined {
  this.data('micromarkExtensions', [{ disable: { null: INLINE } }]);
}

const BLOCKS = unified().use(remarkParse).use(withoutInline).freeze();

function parseBlocks(markdown: string): Root {
  // A byte order mark would shift all offsets by one.
  return BLOCKS.parse(markdown.replace(/^\uFEFF/, ' '));
}

function collectRanges(node: Nodes, markdown: string, ranges: CodeRange[]): void {
  const start = node.position?.start.offset ?? 0;
  const end = node.position?.end.offset ?? markdown.length;
  if (node.type === 'code') ranges.push([start, end]);
  else if (node.type === 'paragraph' || node.type === 'heading')
    ranges.push(...codeSpans(markdown, start, end));
  else if ('children' in node)
    for (const child of node.children) collectRanges(child, markdown, ranges);
}

/**
 * A run of backticks opens a span when a later run of the same length closes it; a backslash before takes one from
 * the opener, and behind an address it belongs to the address, as GitHub sees it.
 */
function codeSpans(markdown: string, start: number, end: number): readonly CodeRange[] {
  const runs = backtickRuns(markdown, start, end);
  const closers = closersOf(runs);
  const ranges: CodeRange[] = [];
  let at = start;
  let inAddress = false;
  for (let i = 0; i < runs.length; i++) {
    const opener = runs[i];
    if (opener === undefined) continue;
    inAddress = endsInAddress(markdown.slice(at, opener.end - opener.length), inAddress);
    at = opener.end;
    const closing = inAddress ? undefined : closers[i];
    const closer = closing === undefined ? undefined : runs[closing];
    if (closing === undefined || closer === undefined) continue;
    ranges.push([opener.end - opener.opening, closer.end]);
    at = closer.end;
    i = closing;
  }
  return ranges;
}

function endsInAddress(text: string, before: boolean): boolean {
  let from = text.length;
  while (from > 0 && !/[\s<]/.test(text.charAt(from - 1))) from--;
  const token = text.slice(from);
  return /(?<![a-z0-9])(?:https?:\/\/|www\.)/i.test(token) || (before && from === 0);
}

interface BacktickRun {
  readonly end: number;
  /** Length as a closer. */
  readonly length: number;
  /** Length as an opener. */
  readonly opening: number;
}

function backtickRuns(markdown: string, start: number, end: number): readonly BacktickRun[] {
  return [...markdown.slice(start, end).matchAll(/(\\*)(`+)/g)].map((match) => {
    const length = match[2]?.length ?? 0;
    const escaped = (match[1]?.length ?? 0) % 2 === 1;
    return {
      end: start + match.index + match[0].length,
      length,
      opening: escaped ? length - 1 : length,
    };
  });
}

/** For each run the index of the run that closes it, looked up from behind so that all take one pass. */
function closersOf(runs: readonly BacktickRun[]): readonly (number | undefined)[] {
  const nearest = new Map<number, number>();
  const closers = new Array<number | undefined>(runs.length);
  for (let i = runs.length - 1; i >= 0; i--) {
    const run = runs[i];
    if (run === undefined) continue;
    closers[i] = run.opening > 0 ? nearest.get(run.opening) : undefined;
    nearest.set(run.length, i);
  }
  return closers;
}
