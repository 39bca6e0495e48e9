import { type ChecklistRef, nameChecklist, type RepoRef } from '../refs.ts';
import { BODY_LIMIT } from '../text/body-limit.ts';
import type { Item, Reference } from '../text/checklist.ts';
import { formatMarker, markerFor, stripMarkers } from '../text/marker.ts';
import { codeRanges, openBlockCloser } from './code-ranges.ts';
import { defuse } from './defuse.ts';
import { cleanLine, cutTitle } from './title.ts';

/** What bodies are made of, the same for all items of a plan. */
export interface BodyContext {
  /** The master's text: items are slices of it. */
  readonly markdown: string;
  readonly checklist: ChecklistRef;
  readonly target: RepoRef;
  readonly template: string;
  readonly run: string;
}

/**
 * The body of an item's issue: the template, the item's own content below its line, the headings and items above it
 * where the template does not name them, `Part of #N`, and the marker as last line. `without` are sub-items that get
 * issues of their own; `shortened` puts the full text in even where the template leaves it out.
 */
export function draftBody(
  item: Item,
  context: BodyContext,
  without: readonly Item[],
  shortened: boolean,
): string {
  const { markdown, checklist, target, run } = context;
  const master = nameChecklist(checklist, target);
  const template = stripMarkers(context.template);
  const needsItem = shortened && !template.includes('{item}');
  const texts = {
    item: () => itemText(markdown, item, checklist.repo.host),
    group: () => defuse(stripMarkers(item.groups.join(' › ')), checklist.repo.host),
    master: () => master,
  };
  const parts = [
    fillTemplate(needsItem ? `{item}\n\n${template}` : template, texts),
    copy(subContent(markdown, item, without), checklist.repo.host),
    context.template.includes('{group}') ? '' : sectionOf(item, checklist.repo.host),
  ];
  const tail = `Part of ${master}\n\n${formatMarker(markerFor(item, checklist, run))}`;
  const content = parts.filter((part) => part !== '').join('\n\n');
  const closed = fitContent(content, BODY_LIMIT - tail.length - 2, master);
  return closed === '' ? tail : `${closed}\n\n${tail}`;
}

function fillTemplate(
  template: string,
  texts: Readonly<Record<'item' | 'group' | 'master', () => string>>,
): string {
  // In one pass: a placeholder in an item's text is text.
  return template
    .replace(/\{(item|group|master)\}/g, (_, name: keyof typeof texts) => texts[name]())
    .trim();
}

/** A title names one label at most; the path to the item is told here, as text. */
function sectionOf({ groups }: Item, host: string): string {
  if (groups.length === 0) return '';
  const path = groups.map((group) => cutTitle(cleanLine(group)).title).join(' › ');
  return `Section: ${defuse(path.replace(/[\\`*_[\]<>~|]|&(?=[#\w])/g, '\\$&'), host)}`;
}

function copy(markdown: string, host: string): string {
  return markdown === '' ? '' : defuse(stripMarkers(markdown), host);
}

/** The item's line as it was written, without its placeholder and its own links; they belong to the master. */
function itemText(markdown: string, item: Item, host: string): string {
  const cuts = [
    ...(item.placeholder === undefined ? [] : [item.placeholder]),
    ...item.references
      .filter((reference) => isLinkOf(reference, host))
      .map((reference) => suffixRange(markdown, item, reference)),
  ].sort((a, b) => a.start - b.start);
  let text = '';
  let at = item.textStart;
  for (const { start, end } of cuts) {
    text += markdown.slice(at, Math.max(at, start));
    at = Math.max(at, end);
  }
  text += markdown.slice(at, item.textEnd);
  return defuse(asParagraph(unwrapLines(stripMarkers(text).trim())), host);
}

/** Whether a reference says that it is the item's issue. What an item may only be about, and addresses of others, belong to its words. */
function isLinkOf({ role, bare, host: of }: Reference, host: string): boolean {
  return role !== 'mention' && bare === undefined && (of === undefined || of === host);
}

/** A reference with its lead word and brackets; only what stands right around it. */
function suffixRange(
  markdown: string,
  item: Item,
  { start, end, lead }: Reference,
): { readonly start: number; readonly end: number } {
  const before = markdown.slice(item.textStart, start);
  const led = lead === undefined ? before : before.replace(leadPattern(lead), '');
  const closer = { '(': ')', '[': ']' }[led.at(-1) ?? ''];
  const bracketed = closer !== undefined && markdown[end] === closer && markdown[end + 1] !== '(';
  const kept = bracketed ? led.slice(0, -1) : led;
  // Only one of two brackets is ours to take; better a leftover than half a pair.
  if (closer !== undefined && !bracketed) return { start, end: start };
  return { start: item.textStart + kept.trimEnd().length, end: end + (bracketed ? 1 : 0) };
}

function leadPattern(lead: string): RegExp {
  return new RegExp(`${lead.replace(/[^\w\s]/g, '\\$&').replace(/\s+/g, '\\s+')}[\\s:]*$`, 'i');
}

/** Continuation lines lose the blanks and quote marks of the list that they stood in. */
function unwrapLines(text: string): string {
  return text.includes('\n') || text.includes('\r')
    ? text
        .split(/\r\n|\r|\n/)
        .map((line, index) => (index === 0 ? line : line.replace(/^[ \t>]+/, '')))
        .map(asParagraph)
        .join('\n')
    : text;
}

/** What was text behind a box would start a heading, list, quote, rule or HTML block at the start of a body. */
function asParagraph(line: string): string {
  if (!BLOCK_START.test(line)) return line;
  const numbered = /^(\d{1,9})([.)].*)$/s.exec(line);
  if (numbered !== null) return `${numbered[1]}\\${numbered[2]}`;
  return line.startsWith('<') ? `&#8203;${line}` : `\\${line}`;
}

const BLOCK_START =
  /^(?:#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|\d{1,9}[.)](?:\s|$)|[-*_=](?:[ \t]*[-*_=])*[ \t]*$|~~~|<[a-z!?/])/i;

/** Cuts content that is too long, and closes what is left open: it must not swallow the lines behind it. */
function fitContent(content: string, room: number, master: string): string {
  const closed = closeBlocks(content);
  if (closed.length <= room) return closed;
  const note = `\n\n…\n\n(Shortened: the full text is in ${master}.)`;
  return closeBlocks(cutContent(content, room - note.length - CLOSER_ROOM)) + note;
}

/** Cuts at a line or a word. A code span is left out rather than halved: without its end it is live text. */
function cutContent(content: string, room: number): string {
  const cut = content.slice(0, room);
  const line = cut.lastIndexOf('\n');
  const end =
    line > room / 2 ? line : room - (HALF_WORD.exec(cut.slice(-LONGEST_WORD))?.[0].length ?? 0);
  const whole = content.slice(0, end);
  const [start] = codeRanges(content).find(([from, to]) => from < end && to > end) ?? [];
  const isHalved = start !== undefined && !codeRanges(whole).some(([from]) => from === start);
  return (isHalved ? content.slice(0, start) : whole).trimEnd();
}

const LONGEST_WORD = 100;
const HALF_WORD = /(?:[\uD800-\uDBFF]|&[#\w]{0,8}|\s\S*)$/;

/** Room for what may have to be closed behind a cut: a fence is rarely longer. */
const CLOSER_ROOM = 200;

/** Fences, comments and raw HTML run to the end of the text unless they are closed. */
function closeBlocks(content: string): string {
  const closer = openBlockCloser(content);
  return closer === undefined ? content : `${content}\n${closer}`;
}

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
