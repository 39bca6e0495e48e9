import { normalizeIdentifier } from 'micromark-util-normalize-identifier';
import type { Token } from 'micromark-util-types';
import { tokenizeBlocks } from './tokenize-blocks.ts';

/** A part of one line: UTF-16 offsets into the original string, without blanks at both ends. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One step of the path that groups items: a heading, a paragraph before a list, or a list item around it. */
export interface Group {
  readonly up: Group | undefined;
  readonly kind: 'heading' | 'label' | 'item';
  /** The lines of its text. An item's are filled in when its first paragraph is met. */
  lines: readonly Span[];
}

/** A list item that is a task, as the block structure alone shows it. */
export interface Task {
  readonly start: number;
  readonly end: number;
  readonly boxOffset: number;
  readonly checked: boolean;
  readonly depth: number;
  readonly parent: number | undefined;
  readonly group: Group | undefined;
  /** The lines of its first paragraph, from behind the box. */
  readonly lines: readonly Span[];
  /** The group that it is for what it contains. */
  readonly self: Group;
}

/** What the block structure of a text tells. */
export interface Blocks {
  readonly tasks: readonly Task[];
  /** Link definitions: normalized label → destination as written. */
  readonly definitions: ReadonlyMap<string, string>;
  /** Normalized labels of footnote definitions. */
  readonly footnotes: ReadonlySet<string>;
  readonly code: readonly Span[];
  readonly html: readonly Span[];
  /** Start of a code fence that is never closed and so runs to the end. */
  readonly unclosedFence: number | undefined;
}

/**
 * Reads the block structure. Offsets index the original string, also behind a byte order mark. `forParser` is a
 * text of the same length that the parser gets instead.
 */
export function readBlocks(markdown: string, forParser: string = markdown): Blocks {
  const walk = newWalk(markdown);
  for (const [phase, token] of tokenizeBlocks(forParser)) {
    if (phase === 'enter') enter(walk, token);
    else exit(walk, token);
  }
  return walk;
}

interface OpenItem {
  readonly start: number;
  readonly self: Group;
  readonly outer: Group | undefined;
  readonly depth: number;
  readonly parent: number | undefined;
  /** Set when the item turns out to be a task. */
  task: MutableTask | undefined;
  index: number | undefined;
}

/** The text, a quote, a footnote, a list, or the content of a list item. */
interface Scope {
  /** Path of what contains the scope. */
  readonly base: Group | undefined;
  readonly list: boolean;
  /** Headings that are open with their ranks, outermost first. */
  headings: readonly { readonly rank: number; readonly group: Group }[];
  /** The paragraph before, as long as nothing else follows it. */
  label: readonly Span[] | undefined;
  /** The item whose content the scope is. */
  readonly item: OpenItem | undefined;
}

type MutableTask = { -readonly [Field in keyof Task]: Task[Field] };

interface Walk extends Blocks {
  readonly markdown: string;
  /** micromark leaves a byte order mark out of its offsets. */
  readonly shift: number;
  readonly scopes: Scope[];
  readonly tasks: MutableTask[];
  readonly definitions: Map<string, string>;
  readonly footnotes: Set<string>;
  readonly code: Span[];
  readonly html: Span[];
  unclosedFence: number | undefined;
  /** End of the last block met. */
  contentEnd: number;
  lists: number;
  /** What the current leaf block holds so far. */
  lines: Span[];
  firstContent: boolean;
  rank: number;
  fences: number;
  definition: string;
}

function newWalk(markdown: string): Walk {
  return {
    markdown,
    shift: markdown.charCodeAt(0) === 0xfeff ? 1 : 0,
    scopes: [newScope(undefined)],
    tasks: [],
    definitions: new Map(),
    footnotes: new Set(),
    code: [],
    html: [],
    unclosedFence: undefined,
    contentEnd: 0,
    lists: 0,
    lines: [],
    firstContent: false,
    rank: 0,
    fences: 0,
    definition: '',
  };
}

function newScope(base: Group | undefined, list = false, item?: OpenItem): Scope {
  return { base, list, headings: [], label: undefined, item };
}

function enter(walk: Walk, token: Token): void {
  switch (token.type) {
    case 'chunkText':
      walk.firstContent ||= token._isInFirstContentOfListItem === true;
      walk.lines.push(spanOf(walk, token));
      return;
    case 'paragraph':
    case 'atxHeading':
    case 'setextHeading':
      walk.lines = [];
      walk.firstContent = false;
      walk.rank = 0;
      return;
    case 'atxHeadingSequence':
      walk.rank ||= token.end.offset - token.start.offset;
      return;
    case 'setextHeadingLineSequence':
      walk.rank = walk.markdown[token.start.offset + walk.shift] === '=' ? 1 : 2;
      return;
    case 'codeFenced':
      walk.fences = 0;
      return;
    case 'codeFencedFence':
      walk.fences++;
      return;
    case 'listOrdered':
    case 'listUnordered':
      walk.lists++;
      walk.scopes.push(newScope(listPath(current(walk)), true));
      return;
    case 'listItemPrefix':
      openItem(walk, token);
      return;
    case 'blockQuote':
    case 'gfmFootnoteDefinition':
      walk.scopes.push(newScope(path(current(walk))));
  }
}

function exit(walk: Walk, token: Token): void {
  const type: string = token.type;
  switch (type) {
    case 'paragraph':
      endBlock(walk, token);
      closeParagraph(walk);
      return;
    case 'atxHeading':
    case 'setextHeading':
      endBlock(walk, token);
      closeHeading(current(walk), walk);
      return;
    case 'codeFenced':
    case 'codeIndented':
      endBlock(walk, token);
      closeCode(walk, token);
      return;
    case 'htmlFlow':
      endBlock(walk, token);
      walk.html.push(rawSpan(walk, token));
      return;
    case 'table':
    case 'thematicBreak':
      endBlock(walk, token);
      current(walk).label = undefined;
      return;
    case 'listItemPrefix':
      endBlock(walk, token);
      return;
    case 'listOrdered':
    case 'listUnordered':
      closeItem(walk);
      walk.lists--;
      closeScope(walk);
      return;
    case 'blockQuote':
    case 'gfmFootnoteDefinition':
      closeScope(walk);
      return;
    default:
      exitDefinition(walk, token);
  }
}

function exitDefinition(walk: Walk, token: Token): void {
  const { start, end } = rawSpan(walk, token);
  const raw = () => walk.markdown.slice(start, end);
  if (token.type === 'definition') endBlock(walk, token);
  else if (token.type === 'definitionLabelString') walk.definition = normalizeIdentifier(raw());
  else if (token.type === 'definitionDestinationString') {
    // Where a label is defined twice, the first definition holds.
    if (!walk.definitions.has(walk.definition)) walk.definitions.set(walk.definition, raw());
  } else if (token.type === 'gfmFootnoteDefinitionLabelString') {
    walk.footnotes.add(normalizeIdentifier(raw()));
  }
}

function openItem(walk: Walk, token: Token): void {
  closeItem(walk);
  const list = current(walk);
  const start = token.start.offset + walk.shift;
  const item: OpenItem = {
    start,
    self: { up: list.base, kind: 'item', lines: [] },
    outer: list.base,
    depth: walk.lists - 1,
    parent: nearestTask(walk),
    task: undefined,
    index: undefined,
  };
  walk.scopes.push(newScope(item.self, false, item));
}

/** Closes the item whose content is the innermost scope, if it is one. */
function closeItem(walk: Walk): void {
  const { item } = current(walk);
  if (item === undefined) return;
  walk.scopes.pop();
  if (item.task !== undefined) item.task.end = walk.contentEnd;
}

function closeScope(walk: Walk): void {
  walk.scopes.pop();
  current(walk).label = undefined;
}

function closeParagraph(walk: Walk): void {
  const scope = current(walk);
  const lines = walk.lines;
  if (!walk.firstContent || scope.item === undefined) {
    scope.label = lines;
    return;
  }
  const text = behindBox(walk.markdown, lines);
  scope.item.self.lines = text ?? lines;
  if (text !== undefined) openTask(walk, scope.item, text, lines[0]?.start ?? 0);
}

function openTask(walk: Walk, item: OpenItem, lines: readonly Span[], bracket: number): void {
  item.task = {
    start: item.start,
    end: walk.contentEnd,
    boxOffset: bracket + 1,
    checked: /[xX]/.test(walk.markdown.charAt(bracket + 1)),
    depth: item.depth,
    parent: item.parent,
    group: item.outer,
    lines,
    self: item.self,
  };
  item.index = walk.tasks.length;
  walk.tasks.push(item.task);
}

/**
 * The lines behind the box, if there is one as GitHub reads issue bodies: `[`, one of space, tab, x or X, `]`,
 * blanks, and something else on the same line.
 */
function behindBox(markdown: string, lines: readonly Span[]): Span[] | undefined {
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

function closeHeading(scope: Scope, walk: Walk): void {
  const { rank, lines } = walk;
  const outer = scope.headings.filter((heading) => heading.rank < rank);
  const up = outer.at(-1)?.group ?? scope.base;
  scope.headings = [...outer, { rank, group: { up, kind: 'heading', lines } }];
  scope.label = undefined;
}

function closeCode(walk: Walk, token: Token): void {
  const span = rawSpan(walk, token);
  walk.code.push(span);
  current(walk).label = undefined;
  const open = token.type === 'codeFenced' && walk.fences === 1;
  if (open && walk.markdown.slice(span.end).trim() === '') walk.unclosedFence = span.start;
}

function nearestTask(walk: Walk): number | undefined {
  for (let index = walk.scopes.length - 1; index >= 0; index--) {
    const found = walk.scopes[index]?.item?.index;
    if (found !== undefined) return found;
  }
  return undefined;
}

function current(walk: Walk): Scope {
  const scope = walk.scopes.at(-1);
  if (scope === undefined) throw new Error('the scope of the whole text is never closed');
  return scope;
}

function path(scope: Scope): Group | undefined {
  return scope.headings.at(-1)?.group ?? scope.base;
}

function listPath(scope: Scope): Group | undefined {
  const up = path(scope);
  return scope.label === undefined ? up : { up, kind: 'label', lines: scope.label };
}

function endBlock(walk: Walk, token: Token): void {
  walk.contentEnd = token.end.offset + walk.shift;
}

function rawSpan(walk: Walk, token: Token): Span {
  return { start: token.start.offset + walk.shift, end: token.end.offset + walk.shift };
}

/** The span of a token without blanks and line ends at both ends. */
function spanOf(walk: Walk, token: Token): Span {
  let { start, end } = rawSpan(walk, token);
  while (end > start && isBlank(walk.markdown.charCodeAt(end - 1))) end--;
  return { start, end };
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}
