import { normalizeIdentifier } from 'micromark-util-normalize-identifier';
import type { Blocks, DoubtfulLine, Span } from './blocks.ts';
import type { Lookalikes, Missing, NearMiss } from './checklist.ts';
import { inlineReader } from './read-inline.ts';

/** Counts the lines in code and HTML that look like tasks to a person, and names those that miss but a blank. */
export function findLookalikes(
  markdown: string,
  blocks: Pick<Blocks, 'code' | 'html' | 'definitions' | 'footnotes' | 'doubtful'>,
): Lookalikes {
  return {
    inCode: count(markdown, blocks.code),
    inComments: count(markdown, blocks.html),
    nearMisses: nearMisses(markdown, blocks),
  };
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

/** More are not worth naming. */
const MOST_NAMED = 100;
const MOST_LOOKED = 1_000;

function nearMisses(
  markdown: string,
  { doubtful, ...targets }: Pick<Blocks, 'doubtful' | 'definitions' | 'footnotes'>,
): readonly NearMiss[] {
  const isPlain = plainReader(inlineReader(markdown, targets));
  const found: NearMiss[] = [];
  const lineOf = lineCounter(markdown);
  for (const line of doubtful.slice(0, MOST_LOOKED)) {
    const miss = nearMissOf(markdown, line, targets.definitions);
    if (miss === undefined || !isPlain(line.paragraph, miss.bracket)) continue;
    const { bracket: _, ...rest } = miss;
    found.push({ line: lineOf(rest.start), ...rest });
    if (found.length === MOST_NAMED) break;
  }
  return found;
}

/** Tells whether a bracket of a paragraph is text: it may hold code and comments of several lines. */
function plainReader(read: ReturnType<typeof inlineReader>) {
  let last: DoubtfulLine['paragraph'] | undefined;
  let runs: ReturnType<typeof read>['runs'] = [];
  return (paragraph: DoubtfulLine['paragraph'], bracket: number): boolean => {
    if (paragraph !== last) runs = read(paragraph).runs;
    last = paragraph;
    return runs.some(
      ({ kind, start, end }) => kind === 'plain' && start <= bracket && bracket < end,
    );
  };
}

/**
 * Whether a line of a paragraph is worth a closer look: cheap, because every line of every text is asked. `listed`: it
 * stands in a list, first, or behind such a line, where brackets need no bullet to look like a task.
 */
export function isDoubtful(
  markdown: string,
  { span, inItem }: Omit<DoubtfulLine, 'paragraph'>,
  listed: boolean,
): boolean {
  return (
    (inItem && matchAt(IN_ITEM, markdown, span) !== null) ||
    matchAt(NO_BLANK, markdown, span) !== null ||
    (listed && matchAt(NO_BULLET, markdown, span) !== null)
  );
}

/** Whether a line of a paragraph announces what the next ones list. */
export function opensList(markdown: string, { end }: Span): boolean {
  return /[:：]/.test(markdown.charAt(end - 1));
}

/** Behind a bullet: `[]`, `[x]`, or more in the brackets than one character. */
const IN_ITEM = /\[([ \t]{0,3}[xX]?[ \t]{0,3})\]([ \t]*)(?=([^ \t\r\n]))/y;
/** A bullet with the brackets right behind it. */
const NO_BLANK = /([-*+]|\d{1,9}[.)])\[([ \txX]?)\]([ \t]*)(?=([^ \t\r\n]))/y;
/** Brackets that start a line of a paragraph. */
const NO_BULLET = /\[([ xX])\]([ \t]+)(?=([^ \t\r\n]))/y;
/** What a person's words start with, unlike `(`, `[` and `:` behind a link's text. */
const WORD = /[\p{L}\p{N}*_~`@#]/u;

function matchAt(pattern: RegExp, markdown: string, { start, end }: Span): RegExpExecArray | null {
  pattern.lastIndex = start;
  const found = pattern.exec(markdown);
  return found === null || start + found[0].length >= end ? null : found;
}

/** A sign that closes what one of its kind opened: `*[ ] a*`. */
const CLOSING = { '*': /(?<![\s*])\*(?!\*)/, '+': /(?<![\s+])\+(?!\+)/ } as const;

type FoundMiss = Omit<NearMiss, 'line'> & { readonly bracket: number };

function nearMissOf(
  markdown: string,
  { span, inItem }: DoubtfulLine,
  definitions: Blocks['definitions'],
): FoundMiss | undefined {
  const parts = partsOf(markdown, span, inItem);
  if (parts === undefined) return undefined;
  const { bullet, inside, after, next, length } = parts;
  const missing: Missing[] = [
    ...(inside === '' ? ['inside' as const] : []),
    ...(inside.length > 1 ? ['one-character' as const] : []),
    ...(after === '' ? ['after' as const] : []),
    ...(bullet === 'none' ? ['bullet' as const] : []),
    ...(bullet === 'none' || bullet === 'stands' ? [] : ['before' as const]),
  ];
  // `[x]` may be a link, `*[x]` the start of emphasis.
  const isLink = inside.trim() !== '' && definitions.has(normalizeIdentifier(inside));
  const needsBlank = bullet === '*' || bullet === '+';
  if (needsBlank && CLOSING[bullet].test(markdown.slice(span.start + length, span.end)))
    return undefined;
  const isWord = after === '' ? !needsBlank && WORD.test(next) : true;
  if (missing.length === 0 || isLink || !isWord) return undefined;
  const lead = bullet === 'stands' ? '' : `${bullet === 'none' ? '-' : bullet} `;
  const { start } = span;
  const behind = bullet === 'stands' || bullet === 'none' ? 0 : bullet.length;
  const box = `${lead}[${inside.trim() || ' '}]${after || ' '}`;
  return { missing, start, end: start + length, box, bracket: start + behind };
}

/** What a line starts with: its bullet (`stands` where the list has it), what is in the brackets and behind them. */
function partsOf(markdown: string, span: Span, inItem: boolean) {
  const item = inItem ? matchAt(IN_ITEM, markdown, span) : null;
  if (item !== null) {
    const [whole, inside = '', after = '', next = ''] = item;
    return { bullet: 'stands', inside, after, next, length: whole.length };
  }
  const bulleted = matchAt(NO_BLANK, markdown, span);
  if (bulleted !== null) {
    const [whole, bullet = '', inside = '', after = '', next = ''] = bulleted;
    return { bullet, inside, after, next, length: whole.length };
  }
  const bare = matchAt(NO_BULLET, markdown, span);
  if (bare === null) return undefined;
  const [whole, inside = '', after = '', next = ''] = bare;
  return { bullet: 'none', inside, after, next, length: whole.length };
}

/** Gives the number, from 1, of the line of an offset; offsets come in ascending order, so that the text is read once. */
function lineCounter(markdown: string): (offset: number) => number {
  let line = 1;
  let at = 0;
  return (offset) => {
    line += markdown.slice(at, offset).match(/\r\n|\n|\r/g)?.length ?? 0;
    at = offset;
    return line;
  };
}
