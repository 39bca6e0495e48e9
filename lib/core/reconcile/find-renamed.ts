import { retextSplice } from '../markdown/change-words.ts';
import { reread } from '../markdown/reread.ts';
import { isOurs } from '../plan/marked-issues.ts';
import type { Choice } from './difference.ts';
import { type Found, LEAVE } from './found.ts';
import type { ItemContext, ReconcileContext } from './reconcile-context.ts';
import { holdsWords, isTitleOf, wordsOfTitle } from './title-words.ts';

/** Words that parted: of the item since its issue was created, or of the issue's title since then. */
export function findRenamed(one: ItemContext, context: ReconcileContext): readonly Found[] {
  const { item, link, isOwner, title, front } = one;
  const marker = link?.now.marker;
  if (link === undefined || !isOwner || item.subject === '') return [];
  if (marker?.state !== 'v1' || !isOurs(marker, context.facts)) return [];
  const { ref: issue, title: standing } = link.now;
  const drafted = title.title;
  // Nothing is amiss where both were renamed alike.
  if (isTitleOf(standing, item, drafted, front)) return [];
  const retitle: Choice = { kind: 'retitle-issue', issue, title: drafted };
  if (marker.text !== item.textHash) {
    if (isOfAnother(one, context)) return [];
    const finding = { kind: 'item-renamed', issue, title: standing } as const;
    return [{ finding, item, choices: [retitle, LEAVE] }];
  }
  if (holdsWords(standing, item, front)) return [];
  const finding = { kind: 'issue-retitled', issue, title: standing } as const;
  const text = wordsOfTitle(standing, item, drafted, front).find((words) =>
    becomes(words, standing, one, context),
  );
  const renames: Choice[] = text === undefined ? [] : [{ kind: 'rename-item', text }];
  return [{ finding, item, choices: [...renames, retitle, LEAVE] }];
}

/** Whether the item says what the title says once it has other words. */
function becomes(
  text: string,
  title: string,
  { item, front }: ItemContext,
  { facts, editing }: ReconcileContext,
): boolean {
  const { text: markdown } = facts.master;
  const splice = retextSplice(markdown, item, text, editing);
  const now = splice && reread(markdown, item, [splice], editing)?.item;
  return now !== undefined && isTitleOf(title, now, '', front);
}

/** The marker is that of another item, which is still there: this one was linked by hand. */
function isOfAnother({ item, link }: ItemContext, { items }: ReconcileContext): boolean {
  const marker = link?.now.marker;
  return items.some(
    ({ item: other }) =>
      other !== item && (other.key === marker?.item || other.textHash === marker?.text),
  );
}
