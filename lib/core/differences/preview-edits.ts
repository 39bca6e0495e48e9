import { readMap } from '../identity/identity-map.ts';
import { formatIssueRef } from '../refs.ts';
import { applyEdits } from '../text/apply-edits.ts';
import { changeItem } from '../text/change-item.ts';
import { retextSplice } from '../text/change-words.ts';
import type { Item } from '../text/checklist.ts';
import type { Edit } from '../text/edit.ts';
import { applySplices, type Splice } from '../text/splices.ts';
import type { ItemContext, ReconcileContext } from './reconcile-context.ts';

/** An item's line now and afterwards. */
export interface LineChange {
  readonly before: string;
  readonly after: string;
}

/** What edits of an item make of its line, without writing them; nothing when it stays. Where only the hidden block changes, the issue that it names stands for the line. */
export function previewEdits(
  { item }: ItemContext,
  edits: readonly Edit[],
  context: ReconcileContext,
): LineChange | undefined {
  const { previews } = context;
  const key = `${item.index} ${JSON.stringify(edits.map(({ item: _, ...rest }: Edit & { item?: unknown }) => rest))}`;
  if (!previews.has(key)) previews.set(key, workOut(item, edits, context));
  return previews.get(key);
}

function workOut(
  item: Item,
  edits: readonly Edit[],
  context: ReconcileContext,
): LineChange | undefined {
  const { text } = context.facts.master;
  const own = edits.filter(({ kind }) => kind !== 'comment');
  const [first, ...more] = own;
  if (first === undefined) return entryChange(item, edits, context);
  const line = lineRange(text, item);
  const before = text.slice(line.start, line.end);
  const after =
    more.length > 0
      ? lineAfter(own, item, context)
      : applySplices(before, shifted(splicesOf(item, first, context), line.start));
  return after === before ? undefined : { before, after };
}

/** Of one edit; no other item is looked at. */
function splicesOf(
  item: Item,
  edit: Edit,
  { facts, editing }: ReconcileContext,
): readonly Splice[] {
  const { text } = facts.master;
  if (edit.kind !== 'retext') return changeItem(text, item, edit, editing)?.splices ?? [];
  const splice = retextSplice(text, item, edit.text, editing);
  return splice === undefined ? [] : [splice];
}

/** Of several edits, each of which changes what the one before left. */
function lineAfter(
  edits: readonly Edit[],
  item: Item,
  { facts, editing }: ReconcileContext,
): string {
  const { text } = facts.master;
  const { markdown } = applyEdits(text, edits, editing);
  const { start, end } = lineRange(text, item);
  return markdown.slice(start, end + markdown.length - text.length);
}

function shifted(splices: readonly Splice[], start: number): readonly Splice[] {
  return splices.map((splice) => ({ ...splice, at: splice.at - start }));
}

/** The lines of an item's first paragraph, without the last line's end. */
function lineRange(text: string, { boxOffset, textEnd }: Item) {
  const start = Math.max(text.lastIndexOf('\n', boxOffset), text.lastIndexOf('\r', boxOffset)) + 1;
  const rest = /[\r\n]/.exec(text.slice(textEnd));
  return { start, end: rest === null ? text.length : textEnd + rest.index };
}

function entryChange(
  { key }: Item,
  edits: readonly Edit[],
  { map, editing }: ReconcileContext,
): LineChange | undefined {
  const edit = edits.find(({ kind }) => kind === 'comment');
  if (edit?.kind !== 'comment') return undefined;
  const after = readMap(`<!-- masterlist:map ${edit.content} -->`, editing.repo);
  const shown = (entries: typeof map) => {
    const issue = entries.get(key);
    return issue === undefined ? '' : `hidden block: ${formatIssueRef(issue, editing.repo)}`;
  };
  const change = { before: shown(map), after: shown(after) };
  return change.before === change.after ? undefined : change;
}
