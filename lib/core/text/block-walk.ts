import type { Event, Token } from 'micromark-util-types';
import type { Blocks, DoubtfulLine, Group, Span, Task } from './blocks.ts';
import { isDoubtful, opensList } from './lookalikes.ts';

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
  /** Headings that are open with their ranks, outermost first. */
  headings: readonly { readonly rank: number; readonly group: Group }[];
  /** The paragraph before, as long as nothing else follows it. */
  label: readonly Span[] | undefined;
  /** The item whose content the scope is. */
  readonly item: OpenItem | undefined;
}

type MutableTask = { -readonly [Field in keyof Task]: Task[Field] };

/** The state of one walk over the events of a text. */
export interface Walk extends Blocks {
  readonly markdown: string;
  /** micromark leaves a byte order mark out of its offsets. */
  readonly shift: number;
  readonly scopes: Scope[];
  readonly tasks: MutableTask[];
  readonly definitions: Map<string, string>;
  readonly footnotes: Set<string>;
  readonly code: Span[];
  readonly html: Span[];
  readonly doubtful: DoubtfulLine[];
  unclosedFence: number | undefined;
  /** Events of the blocks being read, how far they are read, and where the paragraph ends that may be a task. */
  flow: readonly Event[];
  flowAt: number;
  firstContentEnd: number;
  /** End of the last block met. */
  contentEnd: number;
  lists: number;
  quotes: number;
  /** What the current leaf block holds so far. */
  lines: Span[];
  firstContent: boolean;
  rank: number;
  fences: number;
  definition: string;
}

/** The state before the first event. */
export function newWalk(markdown: string): Walk {
  return {
    markdown,
    shift: markdown.charCodeAt(0) === 0xfeff ? 1 : 0,
    scopes: [newScope(undefined)],
    tasks: [],
    definitions: new Map(),
    footnotes: new Set(),
    code: [],
    html: [],
    doubtful: [],
    unclosedFence: undefined,
    flow: [],
    flowAt: 0,
    firstContentEnd: 0,
    contentEnd: 0,
    lists: 0,
    quotes: 0,
    lines: [],
    firstContent: false,
    rank: 0,
    fences: 0,
    definition: '',
  };
}

/** A scope that has just been opened. */
export function newScope(base: Group | undefined, item?: OpenItem): Scope {
  return { base, headings: [], label: undefined, item };
}

/** Opens the list item that starts with a bullet, and closes the one before. */
export function openItem(walk: Walk, token: Token): void {
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
  walk.scopes.push(newScope(item.self, item));
}

/** Closes the item whose content is the innermost scope, if it is one. */
export function closeItem(walk: Walk): void {
  const { item } = current(walk);
  if (item === undefined) return;
  walk.scopes.pop();
  if (item.task !== undefined) item.task.end = walk.contentEnd;
}

/** Closes a quote, a footnote or a list. */
export function closeScope(walk: Walk): void {
  walk.scopes.pop();
  current(walk).label = undefined;
}

/** Takes a paragraph as the text of its item, which may be a task, or as a label of what follows. */
export function closeParagraph(walk: Walk): void {
  const scope = current(walk);
  const lines = walk.lines;
  if (!walk.firstContent || scope.item === undefined) {
    noteDoubtful(walk, false);
    scope.label = lines;
    return;
  }
  const text = behindBox(walk.markdown, lines);
  scope.item.self.lines = text ?? lines;
  noteDoubtful(walk, text === undefined ? 'first' : 'task');
  if (text !== undefined) openTask(walk, scope.item, text, lines[0]?.start ?? 0);
}

/** Notes the lines of a paragraph that may be meant as tasks; `first`: it starts an item that is none. */
function noteDoubtful(walk: Walk, kind: 'first' | 'task' | false): void {
  if (walk.quotes > 0) return;
  const { lines, markdown, doubtful } = walk;
  const inList = current(walk).item !== undefined;
  let isRow = true;
  for (const [index, span] of lines.entries()) {
    const inItem = index === 0 && kind === 'first';
    const isNoted: boolean =
      !(index === 0 && kind === 'task') && isDoubtful(markdown, { span, inItem }, inList || isRow);
    if (isNoted) doubtful.push({ span, paragraph: lines, inItem });
    isRow = isNoted || opensList(markdown, span);
  }
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

/** Takes a heading as the group of what follows. */
export function closeHeading(scope: Scope, walk: Walk): void {
  const { rank, lines } = walk;
  const outer = scope.headings.filter((heading) => heading.rank < rank);
  const up = outer.at(-1)?.group ?? scope.base;
  scope.headings = [...outer, { rank, group: { up, kind: 'heading', lines } }];
  scope.label = undefined;
}

/** Notes a block of code. */
export function closeCode(walk: Walk, token: Token): void {
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

/** The innermost scope. */
export function current(walk: Walk): Scope {
  const scope = walk.scopes.at(-1);
  if (scope === undefined) throw new Error('the scope of the whole text is never closed');
  return scope;
}

/** The group path at the end of a scope. */
export function path(scope: Scope): Group | undefined {
  return scope.headings.at(-1)?.group ?? scope.base;
}

/** The group path of a list that starts now. */
export function listPath(scope: Scope): Group | undefined {
  const up = path(scope);
  return scope.label === undefined ? up : { up, kind: 'label', lines: scope.label };
}

/** Notes where content ends. */
export function endBlock(walk: Walk, token: Token): void {
  walk.contentEnd = token.end.offset + walk.shift;
}

/** The span of a token. */
export function rawSpan(walk: Walk, token: Token): Span {
  return { start: token.start.offset + walk.shift, end: token.end.offset + walk.shift };
}

/** The span of a token without blanks and line ends at its end. */
export function spanOf(walk: Walk, token: Token): Span {
  let { start, end } = rawSpan(walk, token);
  while (end > start && isBlank(walk.markdown.charCodeAt(end - 1))) end--;
  return { start, end };
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
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
