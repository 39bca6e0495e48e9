import type { RepoRef } from '../refs.ts';
import type { Checklist, Item, ItemLocator } from './checklist.ts';
import type { Edit, MissedEdit } from './edit.ts';
import { linksAsOwn, linksTo } from './referenced-issue.ts';

type ItemEdit = Extract<Edit, { readonly item: ItemLocator }>;

/**
 * Gives a finder of the item that an edit means, in a text that people may have changed: by group path, text and
 * order; else by its text alone if that was and is the only one. Another item is never taken for it.
 */
export function itemFinder(
  { items }: Checklist,
  repo: RepoRef,
): (edit: Edit) => Item | MissedEdit['reason'] {
  const byKey = groupBy(items, ({ key }) => key);
  const byPlace = groupBy(items, placeKey);
  const byText = groupBy(items, ({ textHash }) => textHash);
  return (edit) => {
    if (!('item' in edit)) return 'item-gone';
    const { item: wanted } = edit;
    const [found, ...more] = byKey.get(wanted.key) ?? [];
    if (found !== undefined && more.length === 0 && sameTwins(found, wanted)) return found;
    const twins = byPlace.get(placeKey(wanted)) ?? [];
    if (twins.length > 0) return onlyLinked(twins, edit, repo) ?? 'item-ambiguous';
    return elsewhere(byText.get(wanted.textHash) ?? [], wanted);
  };
}

/** The item's text in another place of the checklist. */
function elsewhere(
  candidates: readonly Item[],
  { namesakes = 1 }: ItemLocator,
): Item | MissedEdit['reason'] {
  const [only] = candidates;
  if (only === undefined || candidates.length < namesakes) return 'item-gone';
  return candidates.length === 1 ? only : 'item-ambiguous';
}

/** Of items that look the same, the one that already links the issue of the edit: as its own, or where that is to go, in any way. */
function onlyLinked(twins: readonly Item[], edit: ItemEdit, repo: RepoRef): Item | undefined {
  const issue = 'issue' in edit ? edit.issue : 'from' in edit ? edit.from : undefined;
  if (issue === undefined) return undefined;
  const own = twins.filter((item) => linksAsOwn(item, issue, repo));
  const linked =
    own.length === 0 && edit.kind === 'drop-link'
      ? twins.filter((item) => linksTo(item, issue, repo).length > 0)
      : own;
  return linked.length === 1 ? linked[0] : undefined;
}

function sameTwins(found: ItemLocator, wanted: ItemLocator): boolean {
  return wanted.twins === undefined || found.twins === wanted.twins;
}

function placeKey({ groupHash, textHash }: ItemLocator): string {
  return `${groupHash} ${textHash}`;
}

function groupBy(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
