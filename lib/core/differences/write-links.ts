import { formatMap } from '../identity/identity-map.ts';
import { type IssueRef, sameIssue } from '../refs.ts';
import type { Item } from '../text/checklist.ts';
import type { Edit } from '../text/edit.ts';
import { previewEdits } from './preview-edits.ts';
import { type ItemContext, links, type ReconcileContext } from './reconcile-context.ts';

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
      ? [linkEdit(item, issue, context)]
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
  { map, editing }: ReconcileContext,
): Edit {
  const next = new Map(map);
  for (const [{ key }, issue] of entries) {
    if (issue === undefined) next.delete(key);
    else next.set(key, issue);
  }
  return { kind: 'comment', name: 'map', content: formatMap(next, editing.repo) };
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
  if (from !== undefined && more.length === 0 && !linked) {
    const style = context.facts.rules.linkStyle;
    const relink: Edit = { kind: 'relink', item, from, to: issue, style };
    if (changes(one, [relink], context)) return [relink];
  }
  const drops = inText.map((other): Edit => ({ kind: 'drop-link', item, issue: other }));
  if (drops.some((drop) => !changes(one, [drop], context))) return undefined;
  return linked ? drops : [...drops, linkEdit(item, issue, context)];
}

function linkEdit(item: Item, issue: IssueRef, { facts }: ReconcileContext): Edit {
  return { kind: 'link', item, issue, style: facts.rules.linkStyle };
}

function isMapped({ written }: ItemContext, issue: IssueRef): boolean {
  return written.mapped !== undefined && sameIssue(written.mapped, issue);
}

function changes(one: ItemContext, edits: readonly Edit[], context: ReconcileContext): boolean {
  return previewEdits(one, edits, context) !== undefined;
}
