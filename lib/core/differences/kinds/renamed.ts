import { isOurs, ourMarker } from '../../identity/marked-issues.ts';
import type { IssueRef } from '../../refs.ts';
import { retextSplice } from '../../text/change-words.ts';
import type { Item } from '../../text/checklist.ts';
import { reread } from '../../text/reread.ts';
import { type Choice, LEAVE } from '../choice.ts';
import { differenceKind, type Found } from '../kind.ts';
import { followsOwn, type ItemContext, type PlanContext } from '../reconcile-context.ts';
import { earlierWords, holdsWords, isTitleOf, wordsOfTitle } from '../title-words.ts';

interface Renamed<Kind> {
  readonly kind: Kind;
  readonly issue: IssueRef;
  /** The issue's title. */
  readonly title: string;
}

/** The item's words are not those for which the issue was created. */
export const itemRenamed = differenceKind<Renamed<'item-renamed'>>({
  kind: 'item-renamed',
  level: 'action',
  find: (one, context) => {
    const parted = partedWords(one, context);
    if (parted?.who !== 'item' || !followsOwn(one, context)) return [];
    const { issue, title, text, retitle } = parted;
    const isEarlier = (now: Item) => now.textHash === text;
    const renames = renameTo(
      earlierWords(title, one.front, hostOf(context)),
      isEarlier,
      one,
      context,
    );
    return [renamed('item-renamed', issue, title, [retitle, ...renames])];
  },
  words: ({ issue, title }, name) =>
    `The item was renamed since ${name(issue)} was created as "${title}"`,
  issue: ({ issue }) => issue,
  isSettled: () => false,
  shown: 'always',
});

/** The issue's title was changed by somebody, the item was not. */
export const issueRetitled = differenceKind<Renamed<'issue-retitled'>>({
  kind: 'issue-retitled',
  level: 'action',
  find: (one, context) => {
    const parted = partedWords(one, context);
    if (parted?.who !== 'issue' || holdsWords(parted.title, one.item, one.front)) return [];
    const { issue, title, retitle } = parted;
    const saysIt = (now: Item) => isTitleOf(title, now, '', one.front);
    const words = wordsOfTitle(title, one.item, one.title.title, one.front, hostOf(context));
    const renames = renameTo(words, saysIt, one, context);
    return [renamed('issue-retitled', issue, title, [...renames, retitle])];
  },
  words: ({ issue, title }, name) => `${name(issue)} was retitled to "${title}"`,
  issue: ({ issue }) => issue,
  isSettled: () => false,
  shown: 'always',
});

/** Words that parted, and whose changed since the issue was created. */
interface Parted {
  readonly who: 'item' | 'issue';
  readonly issue: IssueRef;
  readonly title: string;
  /** Hash of the item's text when the issue was created. */
  readonly text: string;
  readonly retitle: Choice;
}

function partedWords(one: ItemContext, { facts }: PlanContext): Parted | undefined {
  const { item, link, isOwner, title: drafted, front } = one;
  const marker = link && ourMarker(link.now);
  if (link === undefined || !isOwner || item.subject === '') return undefined;
  if (marker === undefined || !isOurs(marker, facts)) return undefined;
  const { ref: issue, title } = link.now;
  // Nothing is amiss where both were renamed alike.
  if (isTitleOf(title, item, drafted.title, front)) return undefined;
  const { text } = marker;
  const retitle = { kind: 'retitle-issue', issue, from: title, title: drafted.title } as const;
  return { who: text === item.textHash ? 'issue' : 'item', issue, title, text, retitle };
}

function renamed<Kind>(
  kind: Kind,
  issue: IssueRef,
  title: string,
  choices: readonly Choice[],
): Found<Renamed<Kind>> {
  return { finding: { kind, issue, title }, choices: [...choices, LEAVE] };
}

/** Offers the first of some words with which the item is as it should be. */
function renameTo(
  candidates: readonly string[],
  isRight: (now: Item) => boolean,
  { item }: ItemContext,
  { facts, editing }: PlanContext,
): readonly Choice[] {
  const { text: markdown } = facts.master;
  const text = candidates.find((words) => {
    const splice = retextSplice(markdown, item, words, editing);
    const now = splice && reread(markdown, item, [splice], editing)?.item;
    return now !== undefined && isRight(now);
  });
  return text === undefined ? [] : [{ kind: 'rename-item', text }];
}

function hostOf({ facts }: PlanContext): string {
  return facts.checklist.repo.host;
}
