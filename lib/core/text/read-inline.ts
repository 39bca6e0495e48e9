import { parse, preprocess } from 'micromark';
import { gfm } from 'micromark-extension-gfm';
import { decodeString } from 'micromark-util-decode-string';
import { normalizeIdentifier } from 'micromark-util-normalize-identifier';
import type { Event, ParseContext, Token } from 'micromark-util-types';
import type { Blocks, Span } from './blocks.ts';
import type { HiddenTag, Inline, Link, Run } from './inline.ts';

/** What inline text can point to. */
export type Targets = Pick<Blocks, 'definitions' | 'footnotes'>;

/** Inline text is parsed up to here; the rest is taken as plain text. */
const MOST_INLINE = 4_000;

/** Characters without which text is what it seems. An underscore within a word is nothing. */
const SPECIAL = /[\\`*~<&[]|:\/\/|www\.|(?<![A-Za-z\d])_|_(?![A-Za-z\d])/i;

/** Gives a reader of inline text; one reader serves all items of a text. */
export function inlineReader(
  markdown: string,
  targets: Targets,
): (lines: readonly Span[]) => Inline {
  let parser: ParseContext | undefined;
  return (lines) => {
    const source = joinLines(markdown, lines);
    if (!SPECIAL.test(source.text)) return plainInline(source);
    parser ??= parse({ extensions: [gfm()] });
    return richInline(parser, source, targets);
  };
}

function plainInline(source: Source): Inline {
  return { text: source.text, runs: plainRuns(source, 0), links: [], struck: [], tags: [] };
}

interface Walk {
  readonly source: Source;
  readonly targets: Targets;
  text: string;
  readonly runs: Run[];
  readonly links: Link[];
  readonly struck: [number, number][];
  readonly tags: HiddenTag[];
  readonly open: { at: number; start: number; url: string; label: string }[];
  image: number;
  code: number;
  strikes: number[];
}

function richInline(parser: ParseContext, source: Source, targets: Targets): Inline {
  const parsed = source.text.slice(0, MOST_INLINE);
  const walk = newWalk(source, targets);
  for (const event of tokenizeText(parser, parsed, targets)) readEvent(walk, event);
  if (source.text.length > MOST_INLINE) addRest(walk);
  return walk;
}

function newWalk(source: Source, targets: Targets): Walk {
  const lists = { runs: [], links: [], struck: [], tags: [], open: [], strikes: [] };
  return { source, targets, text: '', ...lists, image: 0, code: 0 };
}

function tokenizeText(parser: ParseContext, text: string, targets: Targets): Event[] {
  const labels = labelsIn(text);
  parser.defined = labels.filter((label) => targets.definitions.has(label));
  parser.gfmFootnotes = labels
    .filter((label) => label.startsWith('^'))
    .map((label) => label.slice(1))
    .filter((label) => targets.footnotes.has(label));
  // A byte order mark in the first place would be swallowed, and all offsets be wrong by one.
  const safe = text.startsWith('\ufeff') ? `\u200b${text.slice(1)}` : text;
  return parser.text().write(preprocess()(safe, undefined, true));
}

/** Labels that the text may use, so that the parser need not look through all definitions for each bracket. */
function labelsIn(text: string): string[] {
  return [...text.matchAll(/\[([^[\]]{1,999})\]/g)].map(([, label]) =>
    normalizeIdentifier(label ?? ''),
  );
}

function readEvent(walk: Walk, [phase, token]: Event): void {
  if (phase === 'enter') enter(walk, token);
  else exit(walk, token);
}

function enter(walk: Walk, token: Token): void {
  switch (token.type as string) {
    case 'link':
      // In the words of a picture nobody can follow it.
      if (walk.image > 0) return;
      walk.open.push({
        at: walk.text.length,
        start: offsetOf(walk.source, token.start.offset),
        url: '',
        label: '',
      });
      return;
    case 'image':
      walk.image++;
      return;
    case 'strikethrough':
      walk.strikes.push(walk.text.length);
  }
}

function exit(walk: Walk, token: Token): void {
  const raw = () => walk.source.text.slice(token.start.offset, token.end.offset);
  switch (token.type as string) {
    case 'data':
      add(walk, token, raw(), walk.code > 0 ? 'code' : 'plain');
      return;
    case 'lineEnding':
      add(walk, token, '\n', 'escaped');
      return;
    case 'codeTextData':
      add(walk, token, raw(), 'code');
      return;
    case 'characterEscapeValue':
      add(walk, token, raw(), 'escaped');
      return;
    case 'characterReference':
      add(walk, token, decodeString(raw()), 'escaped');
      return;
    case 'htmlText':
      addHtml(walk, token, raw());
      return;
    case 'autolinkProtocol':
    case 'literalAutolinkHttp':
      addAddress(walk, token, raw(), raw());
      return;
    case 'literalAutolinkWww':
      addAddress(walk, token, raw(), `http://${raw()}`);
      return;
    case 'autolinkEmail':
    case 'literalAutolinkEmail':
      addAddress(walk, token, raw(), `mailto:${raw()}`);
      return;
    case 'image':
      walk.image--;
      return;
    case 'strikethrough':
      walk.struck.push([walk.strikes.pop() ?? 0, walk.text.length]);
      return;
    default:
      exitLink(walk, token, raw);
  }
}

function exitLink(walk: Walk, token: Token, raw: () => string): void {
  const link = walk.open.at(-1);
  // A picture inside a link has a label and an address of its own.
  if (link === undefined || walk.image > 0) return;
  switch (token.type as string) {
    case 'labelText':
    case 'referenceString':
      link.label = raw();
      return;
    case 'resourceDestinationString':
      link.url = decodeString(raw());
      return;
    case 'link': {
      walk.open.pop();
      const definition = walk.targets.definitions.get(normalizeIdentifier(link.label));
      const end = offsetOf(walk.source, token.end.offset);
      const url = link.url === '' ? decodeString(definition ?? '') : link.url;
      const length = walk.text.length - link.at;
      walk.links.push({ at: link.at, length, start: link.start, end, url, bare: false });
    }
  }
}

function addHtml(walk: Walk, token: Token, html: string): void {
  const at = walk.text.length;
  const before = walk.source.text.charAt(token.start.offset - 1);
  if (walk.image === 0 && walk.strikes.length === 0 && !html.startsWith('<!--'))
    walk.tags.push({ at, source: html, glued: /[\p{L}\p{N}_]/u.test(before) });
  if (/^<br\b/i.test(html)) add(walk, token, ' ', 'escaped');
  else if (/^<(?:code|kbd|pre|samp|tt)\b/i.test(html)) walk.code++;
  else if (/^<\/(?:code|kbd|pre|samp|tt)\b/i.test(html)) walk.code = Math.max(0, walk.code - 1);
}

function addAddress(walk: Walk, token: Token, text: string, url: string): void {
  const at = walk.text.length;
  add(walk, token, text, 'code');
  if (walk.image > 0 || walk.open.length > 0) return;
  // The brackets of `<https://…>` belong to the link.
  const angle = token.type.startsWith('autolink') ? 1 : 0;
  const start = offsetOf(walk.source, token.start.offset) - angle;
  const end = offsetOf(walk.source, token.end.offset) + angle;
  walk.links.push({ at, length: text.length, start, end, url, bare: true });
}

function add(walk: Walk, token: Token, text: string, kind: Run['kind']): void {
  if (walk.image > 0 || text === '') return;
  const start = offsetOf(walk.source, token.start.offset);
  const end = offsetOf(walk.source, token.end.offset);
  addRun(walk, { at: walk.text.length, length: text.length, start, end, kind });
  walk.text += text;
}

/** Adds a run, growing the one before where both are plain and side by side. */
function addRun(walk: Walk, run: Run): void {
  const last = walk.runs.at(-1);
  const grows = last?.kind === 'plain' && run.kind === 'plain' && last.end === run.start;
  if (!grows) {
    walk.runs.push(run);
    return;
  }
  walk.runs[walk.runs.length - 1] = { ...last, length: last.length + run.length, end: run.end };
}

/** What stands behind the parsed part, as plain text. */
function addRest(walk: Walk): void {
  const shift = walk.text.length - MOST_INLINE;
  for (const run of plainRuns(walk.source, MOST_INLINE))
    addRun(walk, { ...run, at: run.at + shift });
  walk.text += walk.source.text.slice(MOST_INLINE);
}

/** Lines of a paragraph joined, without what stands between them in the source (quote marks, indents). */
interface Source {
  readonly text: string;
  readonly lines: readonly {
    readonly at: number;
    readonly start: number;
    readonly length: number;
  }[];
}

/** Joins the lines of a paragraph. */
function joinLines(markdown: string, spans: readonly Span[]): Source {
  let at = 0;
  const lines = spans.map(({ start, end }) => {
    const line = { at, start, length: end - start };
    at += line.length + 1;
    return line;
  });
  return { text: spans.map(({ start, end }) => markdown.slice(start, end)).join('\n'), lines };
}

/** One plain run per line, from an index of the source on. */
function plainRuns(source: Source, from: number): Run[] {
  return source.lines
    .filter((line) => line.at + line.length > from)
    .map((line) => {
      const skip = Math.max(0, from - line.at);
      const start = line.start + skip;
      const length = line.length - skip;
      return { at: line.at + skip, length, start, end: start + length, kind: 'plain' };
    });
}

/** The offset in the original string of an index into the joined lines. */
function offsetOf({ lines }: Source, index: number): number {
  if (lines.length === 1) return index + (lines[0]?.start ?? 0);
  let low = 0;
  for (let high = lines.length - 1; low < high; ) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle]?.at ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  const line = lines[low];
  return line === undefined ? index : line.start + (index - line.at);
}
