/**
 * The Markdown parser is linear on what people write, but not on two shapes: containers nested thousands deep
 * (it overflows the stack) and thousands of lazy continuation lines (it looks back over all of them for each).
 * This one pass over the lines follows the containers as CommonMark does and always errs towards deeper.
 */

/** What may be given to the parser: a text of the same length, or nothing when it is too nested. */
export type GuardedText =
  | { readonly refused: false; readonly text: string }
  | { readonly refused: true };

/** Containers within containers that are still read; people reach 6, GitHub's own renderer stops at 100. */
const DEEPEST_NESTING = 60;

/** Lazy lines of a paragraph that the parser gets as they are; the line ends of further plain ones become blanks. */
const MOST_LAZY = 100;
/** Bound of what the parser's looking back may cost: for each lazy line, the lines of its paragraph. */
const LAZY_COST = 5_000_000;

const MARKER = /(?:>|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)|\[\^[^\]\s]{1,999}\]:)/y;
const RULE = /(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/y;
/** Starts of lines that can only continue a paragraph, whatever stands before. */
const PLAIN_START =
  /^(?:[^\s>\-+*_=#`~<\d|:[]|[-+*][^\s\-+*_]|\[(?!\^)|#[^\s#]|\d+[^\s\d.)]|<[^A-Za-z/!?])/;
/** Starts of lines that end a paragraph, and with it the containers that they do not continue. */
const BLOCK_START = /^ {0,3}(?:#{1,6}(?:[ \t]|$)|`{3}|~{3}|<!--)/;

interface Container {
  readonly quote: boolean;
  /** Column at which the content of a list item starts. */
  readonly column: number;
}

interface Scan {
  readonly stack: Container[];
  readonly softened: number[];
  /** Lines of the current paragraph as the parser will see them, and how many of them are lazy. */
  lines: number;
  lazyLines: number;
  lazyCost: number;
  plainBefore: boolean;
  blankBefore: boolean;
}

/** Refuses pathological nesting in linear time, and softens endless lazy lines, keeping every offset. */
export function guardNesting(markdown: string): GuardedText {
  const scan: Scan = {
    stack: [],
    softened: [],
    lines: 0,
    lazyLines: 0,
    lazyCost: 0,
    plainBefore: false,
    blankBefore: false,
  };
  for (let start = 0; start < markdown.length; ) {
    const end = lineEnd(markdown, start);
    if (!scanLine(scan, markdown.slice(start, end), start)) return { refused: true };
    start = afterLineEnd(markdown, end);
  }
  endParagraph(scan);
  if (scan.lazyCost > LAZY_COST) return { refused: true };
  return { refused: false, text: soften(markdown, scan.softened) };
}

/** Follows one line; false when it nests too deep. */
function scanLine(scan: Scan, line: string, start: number): boolean {
  const cursor = { index: 0, column: 0 };
  const matched = matchContainers(scan.stack, line, cursor);
  const blank = isBlankFrom(line, cursor.index);
  const opened = openContainers(scan, line, cursor, matched);
  if (scan.stack.length > DEEPEST_NESTING) return false;
  const starts = opened || BLOCK_START.test(line);
  if (blank || starts) endParagraph(scan);
  // What the line does not continue is closed, unless the line goes on with a paragraph.
  if (!opened && !blank && (starts || scan.blankBefore)) scan.stack.length = matched;
  scan.blankBefore = blank;
  if (!blank) followParagraph(scan, line, start, matched);
  return true;
}

/** How many of the open containers the line continues. */
function matchContainers(
  stack: readonly Container[],
  line: string,
  cursor: { index: number; column: number },
): number {
  let matched = 0;
  for (const container of stack) {
    const ahead = skipBlanks(line, cursor.index, cursor.column);
    if (container.quote) {
      if (line[ahead.index] !== '>') break;
      cursor.index = ahead.index + 1;
      cursor.column = ahead.column + 1;
    } else if (ahead.column < container.column && ahead.index < line.length) break;
    matched++;
  }
  return matched;
}

/** Opens the containers whose markers the line holds behind the continued ones. */
function openContainers(
  scan: Scan,
  line: string,
  cursor: { index: number; column: number },
  matched: number,
): boolean {
  let opened = false;
  for (;;) {
    const ahead = skipBlanks(line, cursor.index, cursor.column);
    RULE.lastIndex = ahead.index;
    if (isRuleStart(line, ahead.index) && RULE.test(line)) return opened;
    MARKER.lastIndex = ahead.index;
    const marker = MARKER.exec(line)?.[0];
    if (marker === undefined) return opened;
    if (!opened) scan.stack.length = matched;
    opened = true;
    cursor.index = ahead.index + marker.length;
    cursor.column = ahead.column + marker.length;
    const quote = marker === '>';
    scan.stack.push({ quote, column: marker.startsWith('[') ? ahead.column + 4 : cursor.column });
    if (scan.stack.length > DEEPEST_NESTING) return opened;
  }
}

/** Only dashes and asterisks are both rules and bullets. */
function isRuleStart(line: string, index: number): boolean {
  return line[index] === '-' || line[index] === '*';
}

function followParagraph(scan: Scan, line: string, start: number, matched: number): void {
  const lazy = matched < scan.stack.length;
  const plain = lazy && matched === 0 && PLAIN_START.test(line.trimStart());
  if (plain && scan.plainBefore && scan.lazyLines >= MOST_LAZY) scan.softened.push(start);
  else {
    scan.lines++;
    if (lazy) scan.lazyLines++;
  }
  scan.plainBefore = plain;
}

function endParagraph(scan: Scan): void {
  scan.lazyCost += scan.lazyLines * scan.lines;
  scan.lines = 0;
  scan.lazyLines = 0;
  scan.plainBefore = false;
}

/** Puts blanks in place of the line ends before the given line starts. */
function soften(markdown: string, starts: readonly number[]): string {
  if (starts.length === 0) return markdown;
  const parts: string[] = [];
  let from = 0;
  for (const start of starts) {
    const width = markdown.slice(start - 2, start) === '\r\n' ? 2 : 1;
    parts.push(markdown.slice(from, start - width), ' '.repeat(width));
    from = start;
  }
  return parts.join('') + markdown.slice(from);
}

function skipBlanks(
  line: string,
  from: number,
  fromColumn: number,
): { index: number; column: number } {
  let index = from;
  let column = fromColumn;
  for (; index < line.length; index++) {
    const code = line.charCodeAt(index);
    if (code === 32) column++;
    else if (code === 9) column += 4 - (column % 4);
    else break;
  }
  return { index, column };
}

function isBlankFrom(line: string, from: number): boolean {
  return skipBlanks(line, from, 0).index === line.length;
}

function lineEnd(markdown: string, from: number): number {
  let end = from;
  while (end < markdown.length) {
    const code = markdown.charCodeAt(end);
    if (code === 10 || code === 13) break;
    end++;
  }
  return end;
}

function afterLineEnd(markdown: string, end: number): number {
  return markdown.startsWith('\r\n', end) ? end + 2 : end + 1;
}
