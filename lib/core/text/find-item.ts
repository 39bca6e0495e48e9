import type { IssueRef, RepoRef } from '../refs.ts';
import type { Checklist, Item, ItemLocator } from './checklist.ts';
import type { Edit, MissedEdit } from './edit.ts';
import { linksTo, ownLinkTo, referencedIssue } from './referenced-issue.ts';

type ItemEdit = Extract<Edit, { readonly item: ItemLocator }>;

/**
 * Gives a finder of the item that an edit means, in a text that people may have changed. The same words, alone among
 * their like, are the same item wherever they stand. Of items with the same words the text as it was typed decides, then
 * what they link, then group path and order where these tell enough. Another item is never taken for it.
 */
export function itemFinder(
  { items }: Checklist,
  repo: RepoRef,
): (edit: Edit) => Item | MissedEdit['reason'] {
  const byText = groupBy(items, ({ textHash }) => textHash);
  return (edit) => {
    if (!('item' in edit)) return 'item-gone';
    const { item: wanted } = edit;
    const like = byText.get(wanted.textHash) ?? [];
    const twins = like.filter(({ groupHash }) => groupHash === wanted.groupHash);
    const same = itself(like, twins, wanted);
    if (same !== undefined && (twins.length === 0 || same.twins === 1)) return same;
    const pool = same === undefined || twins.includes(same) ? twins : [same, ...twins];
    const found = twins.length === 0 ? undefined : amongTwins(pool, same, edit, repo);
    if (found !== undefined) return found;
    const { namesakes = 1 } = wanted;
    return like.length === 0 || (twins.length === 0 && like.length < namesakes)
      ? 'item-gone'
      : 'item-ambiguous';
  };
}

/** Of items with the same words, and of these in the same group, the one that words and order tell. */
function itself(
  like: readonly Item[],
  twins: readonly Item[],
  wanted: ItemLocator,
): Item | undefined {
  const { alike = 1, namesakes = 1 } = wanted;
  const [only] = like;
  const typed = typedLike(like, wanted);
  const [exact] = typed;
  if (typed.length === 1 && alike === 1) return exact;
  const inPlace = twins.find(({ key }) => key === wanted.key);
  // Order tells only where no equal one came or went.
  const isSure = inPlace !== undefined && sameTwins(inPlace, wanted);
  if (isSure && (typed.includes(inPlace) || isByOrder(typed.length, wanted))) return inPlace;
  return like.length === 1 && twins.length === 0 && namesakes === 1 ? only : undefined;
}

/**
 * Whether order alone tells of those with the same words: an earlier version stored nothing else, or the text as typed of
 * one was changed, and there were no others than its like.
 */
function isByOrder(typed: number, { typedHash, twins = 1, alike = 1 }: ItemLocator): boolean {
  return typedHash === undefined || (typed < alike && twins <= alike);
}

/** Those with the same text as it was typed. */
function typedLike(like: readonly Item[], { typedHash }: ItemLocator): readonly Item[] {
  return like.filter((one) => typedHash !== undefined && one.typedHash === typedHash);
}

/** Of items that look the same: the one that links what the edit's item linked, else the one in the same place where that tells enough. */
function amongTwins(
  twins: readonly Item[],
  same: Item | undefined,
  edit: ItemEdit,
  repo: RepoRef,
): Item | undefined {
  // What is taken away may be gone already, and the text that was typed with it.
  const isChanged =
    same === undefined &&
    edit.item.typedHash !== undefined &&
    typedLike(twins, edit.item).length === 0;
  if (isChanged && edit.kind === 'drop-link') return undefined;
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
