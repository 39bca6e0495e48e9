import type { CommentName, Edit } from './edit.ts';
import { guardNesting } from './guard-nesting.ts';
import { lineEndBefore, lineEndFor } from './line-end.ts';
import { parseChecklist } from './parse-checklist.ts';
import { readBlocks } from './read-blocks.ts';
import { applySplices, type Change, type Splice } from './splices.ts';

type CommentEdit = Extract<Edit, { readonly kind: 'comment' }>;

/** One of our hidden comments: its range, without the line end before it. */
interface OwnComment {
  readonly name: CommentName;
  readonly start: number;
  readonly end: number;
  readonly content: string;
}

/**
 * Writes, replaces or removes our hidden comment of a name. It stands at the end of the text behind a line end of the
 * text's own kind, the claim before the map, so that removing it restores the text byte for byte.
 */
export function writeComment(markdown: string, edit: CommentEdit): Change | undefined {
  const content = harmless(edit.content);
  const comments = ownComments(markdown);
  const own = comments.filter(({ name }) => name === edit.name);
  const last = own.at(-1);
  // Two browsers that wrote at the same moment left two.
  const others = edit.name === 'numbers' ? own.slice(0, -1) : [];
  if (content === (last?.content ?? '') && others.length === 0) return undefined;
  const inverse = { kind: 'comment', name: edit.name, content: last?.content ?? '' } as const;
  if (content === '')
    return { splices: own.map((one) => removal(markdown, one, comments)), inverse };
  const comment = `<!-- masterlist:${edit.name} ${content} -->`;
  if (last === undefined)
    return { splices: [addition(markdown, edit.name, comments, comment)], inverse };
  const replaced = { at: last.start, remove: last.end - last.start, insert: comment };
  const removed = others.map((one) => removal(markdown, one, comments));
  return { splices: [...removed, replaced], inverse };
}

/** What our hidden comments of a name say, in the order of the text. What only looks like one, as in a code fence, is none. */
export function readComments(markdown: string, name: CommentName): readonly string[] {
  if (!markdown.includes(`<!-- masterlist:${name} `)) return [];
  return ownComments(markdown)
    .filter((one) => one.name === name)
    .map(({ content }) => content);
}

/** Content on one line that neither ends the comment nor looks like a task (GitHub counts tasks in comments). */
function harmless(content: string): string {
  return content
    .replace(/[\r\n]+/g, ' ')
    .replace(/--(!?)>/g, '--$1 >')
    .replace(/\[[ \txX]\]/g, '[]')
    .trim();
}

const COMMENT =
  /(?<=^|[\r\n])<!-- masterlist:(claim|map|numbers) ((?:(?!-->)[^\r\n])*?) ?-->(?=[ \t]*(?:$|[\r\n]))/g;

/** Our comments: those at the end of the text, and those that people wrote on behind. */
function ownComments(markdown: string): OwnComment[] {
  const all = [...markdown.matchAll(COMMENT)].map((match) => ({
    name: match[1] as CommentName,
    start: match.index,
    end: match.index + match[0].length,
    content: match[2] ?? '',
  }));
  const tail = tailStart(markdown, all);
  if (tail === 0) return all;
  const hidden = hiddenTest(markdown);
  return all.filter((comment, index) => index >= tail || hidden(comment.start));
}

/** Index of the first comment behind which nothing but comments and blanks follows. */
function tailStart(markdown: string, comments: readonly OwnComment[]): number {
  let from = markdown.length;
  for (let index = comments.length - 1; index >= 0; index--) {
    const comment = comments[index];
    if (comment === undefined || markdown.slice(comment.end, from).trim() !== '') return index + 1;
    from = comment.start;
  }
  return 0;
}

/** Tells whether an offset lies in HTML: what only looks like our comment, as in a code fence, is not ours. */
function hiddenTest(markdown: string): (offset: number) => boolean {
  const guarded = guardNesting(markdown);
  if (guarded.refused) return () => false;
  const { html } = readBlocks(markdown, guarded.text);
  return (offset) => html.some(({ start, end }) => start <= offset && offset < end);
}

/** Takes a comment away with its line, unless that would make other blocks of what people wrote behind it. */
function removal(markdown: string, comment: OwnComment, comments: readonly OwnComment[]): Splice {
  const { start, end } = comment;
  const at = start - lineEndBefore(markdown, start).length;
  const whole = { at, remove: end - at, insert: '' };
  const inTail = comments.indexOf(comment) >= tailStart(markdown, comments);
  if (inTail || keepsItems(markdown, whole)) return whole;
  return { at: start, remove: end - start, insert: '<!-- -->' };
}

function keepsItems(markdown: string, splice: Splice): boolean {
  const before = itemsOf(markdown, splice.at, splice.remove);
  const after = itemsOf(applySplices(markdown, [splice]), splice.at, 0);
  return before.join() === after.join();
}

/** Which items there are, in which groups, and where they stand, counted without what is removed. */
function itemsOf(markdown: string, at: number, removed: number): (number | string)[] {
  return parseChecklist(markdown).items.flatMap(({ key, start, boxOffset, textEnd, depth }) => [
    key,
    ...[start, boxOffset, textEnd].map((one) => (one > at ? one - removed : one)),
    depth,
  ]);
}

function addition(
  markdown: string,
  name: CommentName,
  comments: readonly OwnComment[],
  comment: string,
): Splice {
  const [first] = comments.slice(tailStart(markdown, comments));
  if (first === undefined) {
    return { at: markdown.length, remove: 0, insert: lineEndFor(markdown) + comment };
  }
  // All of ours have the line end of the first, so that each may go without gluing line ends together.
  const lineEnd = lineEndBefore(markdown, first.start);
  const at = name === 'claim' ? first.start - lineEnd.length : markdown.length;
  return { at, remove: 0, insert: lineEnd + comment };
}
