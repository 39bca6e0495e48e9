import { isOurs } from '../identity/marked-issues.ts';
import { retextSplice } from '../text/change-words.ts';
import type { Item } from '../text/checklist.ts';
import { reread } from '../text/reread.ts';
import type { Choice } from './difference.ts';
import { type Found, LEAVE } from './found.ts';
import type { ItemContext, ReconcileContext } from './reconcile-context.ts';
import { earlierWords, holdsWords, isTitleOf, wordsOfTitle } from './title-words.ts';
import { wasMadeFor } from './was-made-for.ts';

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
    if (!wasMadeFor(one, context)) return [];
    const finding = { kind: 'item-renamed', issue, title: standing } as const;
    const isEarlier = (now: Item) => now.textHash === marker.text;
    const renames = renameTo(earlierWords(standing, front), isEarlier, one, context);
    return [{ finding, item, choices: [retitle, ...renames, LEAVE] }];
  }
  if (holdsWords(standing, item, front)) return [];
  const finding = { kind: 'issue-retitled', issue, title: standing } as const;
  const saysIt = (now: Item) => isTitleOf(standing, now, '', front);
  const renames = renameTo(wordsOfTitle(standing, item, drafted, front), saysIt, one, context);
  return [{ finding, item, choices: [...renames, retitle, LEAVE] }];
}

/** Offers the first of some words with which the item is as it should be. */
function renameTo(
  candidates: readonly string[],
  isRight: (now: Item) => boolean,
  { item }: ItemContext,
  { facts, editing }: ReconcileContext,
): readonly Choice[] {
  const { text: markdown } = facts.master;
  const text = candidates.find((words) => {
    const splice = retextSplice(markdown, item, words, editing);
    const now = splice && reread(markdown, item, [splice], editing)?.item;
    return now !== undefined && isRight(now);
  });
  return text === undefined ? [] : [{ kind: 'rename-item', text }];
}
