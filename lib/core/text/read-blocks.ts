import { normalizeIdentifier } from 'micromark-util-normalize-identifier';
import type { Event, Token } from 'micromark-util-types';
import {
  closeCode,
  closeHeading,
  closeItem,
  closeParagraph,
  closeScope,
  current,
  endBlock,
  listPath,
  newScope,
  newWalk,
  openItem,
  path,
  rawSpan,
  spanOf,
  type Walk,
} from './block-walk.ts';
import type { Blocks } from './blocks.ts';
import { tokenizeBlocks } from './tokenize-blocks.ts';

/**
 * Reads the block structure. Offsets index the original string, also behind a byte order mark. `forParser` is a
 * text of the same length that the parser gets instead.
 */
export function readBlocks(markdown: string, forParser: string = markdown): Blocks {
  const walk = newWalk(markdown);
  let before: Token | undefined;
  for (const event of tokenizeBlocks(forParser)) {
    const [phase, token] = event;
    if (token.type !== 'chunkFlow') read(walk, event);
    else if (phase === 'enter') readLine(walk, token, before?.type === 'listItemPrefix');
    before = token;
  }
  return walk;
}

function read(walk: Walk, [phase, token]: Event): void {
  if (phase === 'enter') enter(walk, token);
  else exit(walk, token);
}

/**
 * Reads what one line holds of the blocks in a container. Line by line, because a container may end between two
 * blocks that one tokenizer read.
 */
function readLine(walk: Walk, line: Token, first: boolean): void {
  const events = line._tokenizer?.events ?? [];
  if (events !== walk.flow) {
    walk.flow = events;
    walk.flowAt = 0;
    walk.firstContentEnd = first ? endOfFirstContent(events) : 0;
  }
  for (; walk.flowAt < events.length; walk.flowAt++) {
    const event = events[walk.flowAt];
    if (event === undefined || isBehind(event, line.end.offset)) return;
    read(walk, event);
  }
}

function isBehind([phase, { start, end }]: Event, offset: number): boolean {
  return phase === 'enter' ? start.offset >= offset : end.offset > offset;
}

/** Where the paragraph ends that may be a task: the first content behind a bullet, perhaps behind a blank line. */
function endOfFirstContent(events: readonly Event[]): number {
  const from = events[0]?.[1].type === 'lineEndingBlank' ? 2 : 0;
  if (events[from]?.[1].type !== 'content') return 0;
  return events.findIndex(([, token], index) => index > from && token.type === 'content');
}

function enter(walk: Walk, token: Token): void {
  switch (token.type) {
    case 'chunkText':
      walk.lines.push(spanOf(walk, token));
      return;
    case 'paragraph':
    case 'atxHeading':
    case 'setextHeading':
      walk.lines = [];
      walk.firstContent = walk.flowAt < walk.firstContentEnd;
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
      walk.scopes.push(newScope(listPath(current(walk))));
      return;
    case 'listItemPrefix':
      openItem(walk, token);
      return;
    case 'blockQuote':
      walk.quotes++;
      walk.scopes.push(newScope(path(current(walk))));
      return;
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
      walk.quotes--;
      closeScope(walk);
      return;
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
