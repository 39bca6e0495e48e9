import type { IssueRef, RepoRef } from '../refs.ts';
import type { Checklist, Item, ItemLocator } from './checklist.ts';
import type { Edit, MissedEdit } from './edit.ts';
import { linksTo, ownLinkTo, referencedIssue } from './referenced-issue.ts';

type ItemEdit = Extract<Edit, { readonly item: ItemLocator }>;

/**
 * Gives a finder of the item that an edit means, in a text that people may have changed: by group path, text and
 * order, and among items that are equal in these by what they link; else by its text alone if that was and is the only
 * one. Another item is never taken for it.
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
    const same =
      found !== undefined && more.length === 0 && sameTwins(found, wanted) ? found : undefined;
    const twins = byPlace.get(placeKey(wanted)) ?? [];
    if (twins.length === 0) return elsewhere(byText.get(wanted.textHash) ?? [], wanted);
    if (same?.twins === 1) return same;
    return amongTwins(twins, same, edit, repo) ?? 'item-ambiguous';
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

/** Of items that look the same: the one that links what the edit's item linked, else the one in the same place where that tells enough. */
function amongTwins(
  twins: readonly Item[],
  same: Item | undefined,
  edit: ItemEdit,
  repo: RepoRef,
): Item | undefined {
  const issue = knownBy(edit, same, repo);
  if (issue === undefined) return isAnother(same, edit, repo) ? undefined : same;
  const linked = linking(twins, issue, edit, repo);
  if (same !== undefined && linked.includes(same)) return same;
  const [only, second] = linked;
  if (only === undefined) return edit.kind === 'link' ? same : undefined;
  return second === undefined ? only : undefined;
}

/** The issue that the item of an edit links, as far as that is known. */
function knownBy(edit: ItemEdit, same: Item | undefined, repo: RepoRef): IssueRef | undefined {
  const { link } = edit.item;
  const before = link && referencedIssue(link, repo);
  switch (edit.kind) {
    // What is to be taken away may be gone already: it is not looked for in other lines.
    case 'unlink':
    case 'drop-link':
      return same === undefined ? edit.issue : undefined;
    case 'relink':
      return same === undefined ? edit.from : undefined;
    case 'link':
      return before ?? (same === undefined ? edit.issue : undefined);
    // With other words it is none of the equal ones any more.
    case 'retext':
      return same && before;
    default:
      return before;
  }
}

/** Whether a link is to be written where none was, and the item in that place has another by now. */
function isAnother(same: Item | undefined, edit: ItemEdit, repo: RepoRef): boolean {
  if (same?.link === undefined || edit.kind !== 'link') return false;
  return linksTo(same, edit.issue, repo).length === 0;
}

/** Those that link an issue as their own; where that is to go, in any way. */
function linking(
  twins: readonly Item[],
  issue: IssueRef,
  { kind }: ItemEdit,
  repo: RepoRef,
): readonly Item[] {
  const own = twins.filter((item) => ownLinkTo(item, issue, repo) !== undefined);
  if (own.length > 0 || kind !== 'drop-link') return own;
  return twins.filter((item) => linksTo(item, issue, repo).length > 0);
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
