import type { Item } from '../text/checklist.ts';

/**
 * The item's own Markdown below its first paragraph (sub-bullets, code, further paragraphs), dedented to the left
 * margin, with plain line feeds. Items in `without` are left out: they have issues of their own. '' when there is nothing.
 */
export function subContent(markdown: string, item: Item, without: readonly Item[] = []): string {
  const from = nextLine(markdown, item.textEnd);
  if (from >= item.end) return '';
  const margin = marginOf(markdown, item);
  const lines = cutOut(markdown, from, item.end, without).split(/\r\n|\r|\n/);
  return lines
    .map((line) => dedent(line, margin))
    .join('\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
}

/** What stands left of an item's content: columns (tabs are four wide), and how many block quotes. */
interface Margin {
  readonly columns: number;
  readonly quotes: number;
}

/** The box stands where the item's content begins, also when it is not on the bullet's line. */
function marginOf(markdown: string, item: Item): Margin {
  const box = item.boxOffset - 1;
  const prefix = markdown.slice(lineStart(markdown, box), box);
  const columns = [...prefix].reduce(advance, 0);
  return { columns, quotes: prefix.split('>').length - 1 };
}

function dedent(line: string, { columns, quotes }: Margin): string {
  let column = 0;
  let quotesLeft = quotes;
  let at = 0;
  for (; at < line.length && (column < columns || quotesLeft > 0); at++) {
    const character = line[at] ?? '';
    if (character === '>' && quotesLeft > 0) quotesLeft--;
    else if (character !== ' ' && character !== '\t') break;
    else if (column >= columns) break;
    column = advance(column, character);
  }
  // A tab may reach over the margin: what is beyond it is content.
  return ' '.repeat(Math.max(0, column - columns)) + line.slice(at);
}

function advance(column: number, character: string): number {
  return character === '\t' ? column + 4 - (column % 4) : column + 1;
}

function cutOut(markdown: string, from: number, to: number, without: readonly Item[]): string {
  let kept = '';
  let at = from;
  for (const child of without) {
    kept += markdown.slice(at, Math.max(at, lineStart(markdown, child.start)));
    at = Math.max(at, nextLine(markdown, child.end));
  }
  return kept + markdown.slice(Math.min(at, to), to);
}

/** By hand: `lastIndexOf('\r')` would search the whole text before each item when there is none. */
function lineStart(markdown: string, offset: number): number {
  let start = offset;
  while (start > 0 && markdown[start - 1] !== '\n' && markdown[start - 1] !== '\r') start--;
  return start;
}

function nextLine(markdown: string, offset: number): number {
  const lineEnd = /\r\n|\r|\n/g;
  lineEnd.lastIndex = offset;
  const found = lineEnd.exec(markdown);
  return found === null ? markdown.length : found.index + found[0].length;
}
