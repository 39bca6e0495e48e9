import { formatMap, parseMap, readMap } from '../identity/identity-map.ts';
import { formatIssueRef, type IssueRef, issueKey, sameIssue } from '../refs.ts';
import { applyEdits } from '../text/apply-edits.ts';
import { changeItem } from '../text/change-item.ts';
import { retextSplice } from '../text/change-words.ts';
import { type Item, locatorOf } from '../text/checklist.ts';
import type { Edit } from '../text/edit.ts';
import { parseChecklist } from '../text/parse-checklist.ts';
import { applySplices, type Splice } from '../text/splices.ts';
import type { Consequence, LineChange } from './choice.ts';
import { type ItemContext, links, type ReconcileContext } from './reconcile-context.ts';
import type { ReconcileFacts } from './reconcile-facts.ts';

/**
 * The edits that make an issue the item's in place of others, in its text or in the hidden block, wherever the item has
 * its link; nothing when what is there cannot be taken away.
 */
export function linkEdits(
  one: ItemContext,
  issue: IssueRef,
  replaced: readonly IssueRef[],
  context: ReconcileContext,
): readonly Edit[] | undefined {
  const { item, written } = one;
  const others = replaced.filter((other) => !sameIssue(other, issue));
  const inText = others.filter((other) => links(other, written));
  const mapped = others.some((other) => isMapped(one, other))
    ? mapEdit([[item, issue]], context)
    : undefined;
  const map = mapped === undefined ? [] : [mapped];
  if (inText.length === 0 && map.length > 0) return map;
  const isNew = inText.length === 0 && others.length === 0 && !links(issue, written);
  if (isNew && context.facts.identity === 'block') return [mapEdit([[item, issue]], context)];
  const edits =
    inText.length === 0
      ? [linkEdit(one, issue, context)]
      : replaceEdits(one, issue, inText, context);
  return edits && [...edits, ...map];
}

/** The edits after which an item links an issue nowhere; nothing when its text does not let go of it. */
export function unlinkEdits(
  one: ItemContext,
  issue: IssueRef,
  context: ReconcileContext,
): readonly Edit[] | undefined {
  const { item, written } = one;
  const inText = links(issue, written);
  const drop: Edit = { kind: 'drop-link', item, issue };
  if (inText && !changes(one, [drop], context)) return undefined;
  const map = isMapped(one, issue) ? [mapEdit([[item, undefined]], context)] : [];
  return [...(inText ? [drop] : []), ...map];
}

/** Writes the hidden block with other issues for some items. */
export function mapEdit(
  entries: readonly (readonly [item: Pick<Item, 'key'>, issue: IssueRef | undefined])[],
  { map, editing, checklist }: ReconcileContext,
): Edit {
  const next = new Map(map);
  for (const [{ key }, issue] of entries) {
    // What no item is proven to have is settled where it names the same issue.
    for (const [name, one] of map)
      if (name.includes('.') && issue !== undefined && sameIssue(one, issue)) next.delete(name);
    if (issue === undefined) next.delete(key);
    else next.set(key, issue);
  }
  return { kind: 'comment', name: 'map', content: formatMap(next, checklist.items, editing.repo) };
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

/** An edit as it is kept: it finds its item by the locator alone. */
export function located(edit: Edit): Edit {
  return 'item' in edit ? { ...edit, item: locatorOf(edit.item) } : edit;
}

/**
 * The edits of several choices, to be written at once: each rewrites the hidden block by itself, so what they change of
 * it is put together. New words come last: the other edits find the item by the old ones.
 */
export function chosenEdits(
  { master, checklist, rules }: Pick<ReconcileFacts, 'master' | 'checklist' | 'rules'>,
  chosen: readonly Pick<Consequence, 'edits'>[],
): readonly Edit[] {
  const { repo } = checklist;
  const edits = chosen.flatMap((one) => one.edits);
  const own = edits.filter(({ kind }) => kind !== 'comment');
  const ordered = [
    ...own.filter(({ kind }) => kind !== 'retext'),
    ...own.filter(({ kind }) => kind === 'retext'),
  ];
  const contents = edits.flatMap((edit) => (edit.kind === 'comment' ? [edit.content] : []));
  if (contents.length === 0) return ordered;
  const { items } = parseChecklist(master.text, { placeholder: rules.placeholder });
  const before = readMap(master.text, items, repo).entries;
  const map = new Map(before);
  for (const content of contents)
    for (const [key, issue] of changedEntries(before, parseMap(content, items, repo).entries))
      if (issue === undefined) map.delete(key);
      else map.set(key, issue);
  return [...ordered, { kind: 'comment', name: 'map', content: formatMap(map, items, repo) }];
}

/** Entries of the hidden block that one map has otherwise than another; undefined: it has none. */
export function changedEntries(
  before: ReadonlyMap<string, IssueRef>,
  after: ReadonlyMap<string, IssueRef>,
): readonly (readonly [item: string, issue: IssueRef | undefined])[] {
  const gone = [...before.keys()].filter((key) => !after.has(key));
  const put = [...after].filter(([key, issue]) => {
    const known = before.get(key);
    return known === undefined || issueKey(known) !== issueKey(issue);
  });
  return [...gone.map((key) => [key, undefined] as const), ...put];
}

/** The number is put in the place of the one that stands there; where that has a text of its own, it goes and the new one is appended. */
function replaceEdits(
  one: ItemContext,
  issue: IssueRef,
  inText: readonly IssueRef[],
  context: ReconcileContext,
): readonly Edit[] | undefined {
  const { item, written } = one;
  const linked = links(issue, written);
  const [from, ...more] = inText;
  // A number at the end does not say that it is the item's own: the link in its place does.
  const isBare = from !== undefined && written.bare.has(issueKey(from));
  if (from !== undefined && more.length === 0 && !linked && !isBare) {
    const style = context.facts.rules.linkStyle;
    const relink: Edit = { kind: 'relink', item, from, to: issue, style };
    if (changes(one, [relink], context)) return [relink];
  }
  const drops = inText.map((other): Edit => ({ kind: 'drop-link', item, issue: other }));
  if (drops.some((drop) => !changes(one, [drop], context))) return undefined;
  const isSure = linked && !written.bare.has(issueKey(issue));
  return isSure ? drops : [...drops, linkEdit(one, issue, context)];
}

/** The link behind the item's text, or brackets around the number that is there; in the hidden block where the text takes none. */
function linkEdit(one: ItemContext, issue: IssueRef, context: ReconcileContext): Edit {
  const { item, written } = one;
  const isBare = written.bare.has(issueKey(issue));
  const style = context.facts.rules.linkStyle;
  const link: Edit = isBare
    ? { kind: 'bracket', item, issues: [issue] }
    : { kind: 'link', item, issue, style };
  const isWritten = links(issue, written) && !isBare;
  return isWritten || changes(one, [link], context) ? link : mapEdit([[item, issue]], context);
}

function isMapped({ written }: ItemContext, issue: IssueRef): boolean {
  return written.mapped !== undefined && sameIssue(written.mapped, issue);
}

function changes(one: ItemContext, edits: readonly Edit[], context: ReconcileContext): boolean {
  return previewEdits(one, edits, context) !== undefined;
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
  if (!('item' in edit)) return [];
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
  { map, editing, checklist }: ReconcileContext,
): LineChange | undefined {
  const edit = edits.find(({ kind }) => kind === 'comment');
  if (edit?.kind !== 'comment') return undefined;
  const after = parseMap(edit.content, checklist.items, editing.repo).entries;
  const shown = (entries: typeof map) => {
    const issue = entries.get(key);
    return issue === undefined ? '' : `hidden block: ${formatIssueRef(issue, editing.repo)}`;
  };
  const change = { before: shown(map), after: shown(after) };
  return change.before === change.after ? undefined : change;
}
