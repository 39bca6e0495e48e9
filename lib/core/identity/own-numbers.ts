import {
  type ChecklistRef,
  type IssueRef,
  issueKey,
  issueOfChecklist,
  sameIssue,
  sameRepo,
} from '../refs.ts';
import type { Item } from '../text/checklist.ts';
import { firstWork } from '../text/lead-words.ts';
import { referencedIssue, type WrittenLinks } from '../text/referenced-issue.ts';
import { answerOf, NO_ANSWERS } from './answers.ts';
import {
  byWords,
  type ItemList,
  isOurs,
  mayBeNamedTwice,
  ourMarker,
  whatMarkerSays,
} from './marked-issues.ts';
import type { NamedIssue, NamingFacts } from './naming.ts';
import { fold } from './same-title.ts';

/**
 * Whose issue a reference is: the item's own, what the item is about (a mention), or asked.
 *
 * | what the text or GitHub says | the reference is |
 * |---|---|
 * | an answer in the hidden comment `masterlist:numbers`, given for the item as it is typed | as answered |
 * | an answer there without an item, written by hand, and a number at the end | as answered |
 * | `(closes #12)`, `closes #12`, `(#12)`, `([issue](…))`, `(PR #12)`, `PR #12` or a full address at the end; a number that opens the item and is set off; the whole item is one link | own |
 * | `fix #12`, `closed #12`, `issue #12`, `tracked in #12` at the end of a sentence (`Write notes for fix #12`); brackets behind words that say something else (`blocked by (#12)`, `Cherry-pick (PR #12)`) | as any other number at the end |
 * | a lead word before it (`see #12`, `blocked by #12`), or a sentence around it | a mention |
 * | a number at the end, where another reference of the item is own by its form, or the hidden block names the item's issue | a mention |
 * | a number at the end, proven by one of `PROOFS`, most of which need that no other item names it, in whatever form | own |
 * | a number at the end that no other item names, set off by a dash, an arrow or a table's bar, in a list where at least three items end like this and two thirds of them are proven | own |
 * | a number at the end of an item that begins with work that the title does not (`Backport …`), or one of both has more than twice the words of the other | not proven by the title |
 * | any other number at the end | asked |
 *
 * A proof for which an asker has no facts is not known there: the number is asked, never taken for own.
 */
export function ownNumbers<Named extends NamedIssue>(
  items: readonly Item[],
  written: readonly WrittenLinks[],
  facts: NamingFacts<Named>,
): (index: number, issue: IssueRef) => Whose {
  if (written.every(({ bare }) => bare.size === 0)) return () => 'asked';
  const list = readList(items, facts);
  const bareOf = (index: number) => written[index]?.bare ?? NO_NUMBERS;
  const proven = items.map((item, index) => provenBy(item, bareOf(index), list, facts));
  const answered = items.map((item, index) => answeredOwn(item, bareOf(index), facts));
  const isProven = ({ index }: Item) => (proven[index]?.size ?? 0) > 0;
  const isOpen = ({ index }: Item) =>
    [...bareOf(index).values()].some(({ issue }) => facts.named(issue) === undefined);
  const byList = new Map(
    setOffLists(items, written).flatMap((all) => {
      const whose = whoseInList(all, isProven, isOpen);
      return all.map(({ index }) => [index, whose] as const);
    }),
  );
  return (index, issue) => {
    const key = issueKey(issue);
    if (proven[index]?.has(key) || answered[index]?.has(key)) return 'own';
    if (!bareOf(index).has(key) || !isNamedOnce(issue, list, facts)) return 'asked';
    return byList.get(index) ?? 'asked';
  };
}

/** Whose a number at the end is; `unknown` where GitHub was not asked about others of its list. */
export type Whose = 'own' | 'asked' | 'unknown';

/** The lists whose items end in numbers that are set off, and that are long enough to prove these together. */
export function setOffLists(
  items: readonly Item[],
  written: readonly WrittenLinks[],
): readonly (readonly Item[])[] {
  const lists = Map.groupBy(
    items.filter(({ index }) => isSetOff(written[index])),
    ({ groupHash, depth }) => `${groupHash} ${depth}`,
  );
  return [...lists.values()].filter(({ length }) => length >= LEAST_IN_LIST);
}

/** The words of the items of a checklist, and how many of them name each issue: in whatever form, or by the hidden block. */
export function readList(
  items: readonly Item[],
  facts: Pick<NamingFacts, 'checklist' | 'block' | 'named'>,
): ItemList {
  const { block, checklist } = facts;
  const namers = new Map<string, number>();
  let hasStrays = false;
  const stray = (issue: IssueRef) => {
    hasStrays ||= facts.named(issue) === undefined && sameRepo(issue.repo, checklist.repo);
  };
  const count = (issues: readonly IssueRef[]) => {
    const keys = issues.flatMap((issue) => [issueKey(issue), issueKey(nowOf(issue, facts))]);
    for (const key of new Set(keys)) namers.set(key, (namers.get(key) ?? 0) + 1);
  };
  for (const { key, references } of items) {
    for (const reference of references)
      if (reference.role === 'mention') stray(referencedIssue(reference, checklist.repo));
    count([
      ...references.map((reference) => referencedIssue(reference, checklist.repo)),
      ...[block.entries.get(key) ?? []].flat(),
      ...(block.asked.get(key) ?? []),
    ]);
  }
  const keys = new Set(items.map(({ key }) => key));
  const known = new Set([...block.asked.values()].flat().map(issueKey));
  // An entry of an item that is gone, or has other words now.
  for (const [key, issue] of block.entries)
    if (!keys.has(key) && !known.has(issueKey(issue))) {
      count([issue]);
      stray(issue);
    }
  return { like: byWords(items), namers, hasStrays };
}

/** Where an issue is now: it may be written by an address from before it was transferred. */
function nowOf(issue: IssueRef, { named }: Pick<NamingFacts, 'named'>): IssueRef {
  const now = named(issue);
  return typeof now === 'object' ? now.ref : issue;
}

function isNamedOnce(
  issue: IssueRef,
  list: ItemList,
  facts: Pick<NamingFacts, 'named' | 'checklist'>,
): boolean {
  return !mayBeNamedTwice(nowOf(issue, facts), list, facts.checklist);
}

const NO_NUMBERS: WrittenLinks['bare'] = new Map();

/** A number at the end of an item, and what GitHub says of it. */
interface Claim {
  readonly item: Item;
  readonly asked: IssueRef;
  readonly now: NamedIssue;
  /** No other item names it, in whatever form. */
  readonly isOnly: boolean;
  /** Whether an item has a text (its hash). */
  readonly isText: (hash: string) => boolean;
}

type Proof = (claim: Claim, facts: NamingFacts) => boolean;

/** What proves that a number at the end of an item is its own issue. */
const PROOFS: Readonly<Record<string, Proof>> = {
  block: ({ item, asked }, { block }) => {
    const mapped = block.entries.get(item.key);
    return mapped !== undefined && sameIssue(mapped, asked);
  },
  /** A marker that is believed and names this checklist, and no other item of it: this one, or words that are gone. */
  marker: ({ item, now, isOnly, isText }, facts) => {
    const marker = ourMarker(now);
    if (marker === undefined || !isOurs(marker, facts)) return false;
    return isText(marker.text) ? whatMarkerSays(marker, item, facts) !== 'nothing' : isOnly;
  },
  /** GitHub shows it as a sub-issue of the checklist's issue. */
  parent: ({ now, isOnly }, { checklist }) =>
    isOnly && now.parent !== undefined && sameIssue(now.parent, issueOfChecklist(checklist)),
  /** The title says the same, and the item no other work, such as a backport of it. */
  title: ({ item, now, isOnly }) =>
    isOnly && isSameWork(item.subject, now.title) && haveSameWords(item.subject, now.title),
  /** Its text names the checklist's issue: `Part of #1`. */
  names: ({ now, isOnly }, { checklist }) => isOnly && namesChecklist(now, checklist),
  /** The item stood without any number, then the issue was created, and no other number stood there since. */
  history: ({ item, asked, now, isOnly }, { stoodWithout }) =>
    isOnly && now.createdAt !== undefined && stoodWithout?.(item, asked, now.createdAt) === true,
};

/** The numbers at the end of an item that people said to be its own, by `issueKey`. That says nothing of others in its list. */
function answeredOwn(
  item: Item,
  bare: WrittenLinks['bare'],
  { answers = NO_ANSWERS, named }: NamingFacts,
): ReadonlySet<string> {
  const isOwn = ({ issue }: { readonly issue: IssueRef }) => {
    const answer = answerOf(answers, item, issue);
    if (answer !== undefined) return answer === 'own';
    const now = named(issue);
    const names = typeof now === 'object' ? [issue, now.ref] : [issue];
    return names.some((one) => answers.ofEnds.get(issueKey(one)) === 'own');
  };
  return new Set([...bare].filter(([, one]) => isOwn(one)).map(([key]) => key));
}

/** The numbers at the end of an item that are proven to be its own, by `issueKey`. */
function provenBy(
  item: Item,
  bare: WrittenLinks['bare'],
  list: ItemList,
  facts: NamingFacts,
): ReadonlySet<string> {
  const proven = new Set<string>();
  for (const [key, { issue: asked }] of bare) {
    const now = facts.named(asked);
    if (typeof now !== 'object') continue;
    const isOnly = isNamedOnce(asked, list, facts);
    const claim = { item, asked, now, isOnly, isText: (hash: string) => list.like.has(hash) };
    if (Object.values(PROOFS).some((proves) => proves(claim, facts))) proven.add(key);
  }
  return proven;
}

function isSetOff({ bare = NO_NUMBERS }: Partial<WrittenLinks> = {}): boolean {
  return bare.size > 0 && [...bare.values()].every(({ place }) => place === 'set-off');
}

/** What a list says of its items that are not proven: where enough of them are, the same form is a proof. */
function whoseInList(
  list: readonly Item[],
  isProven: (item: Item) => boolean,
  isOpen: (item: Item) => boolean,
): Whose {
  const isEnough = (count: number) => count * 3 >= list.length * 2;
  const sure = list.filter(isProven).length;
  if (isEnough(sure)) return 'own';
  const open = list.filter((item) => !isProven(item) && isOpen(item)).length;
  return isEnough(sure + open) ? 'unknown' : 'asked';
}

const LEAST_IN_LIST = 3;

/** So many words, or signs of a script without blanks, tell enough. */
const LEAST_WORDS = 3;
const LEAST_SIGNS = 6;

function isSameWork(words: string, title: string): boolean {
  const work = firstWork(words);
  return work === undefined || work === firstWork(title);
}

/** Whether two texts have the same words, or one holds those of the other in a row and not many more. */
function haveSameWords(a: string, b: string): boolean {
  const [short, long] = [wordsOf(a), wordsOf(b)].sort((x, y) => x.length - y.length);
  if (short === undefined || long === undefined) return false;
  const least = short.some((word) => SIGN.test(word)) ? LEAST_SIGNS : LEAST_WORDS;
  if (short.length < least || short.length * 2 < long.length) return false;
  return ` ${long.join(' ')} `.includes(` ${short.join(' ')} `);
}

function wordsOf(text: string): readonly string[] {
  return fold(text).match(WORDS) ?? [];
}

const SIGN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const WORDS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}\p{M}])+/gu;

function namesChecklist({ names = [] }: NamedIssue, checklist: ChecklistRef): boolean {
  return names.includes(issueKey(issueOfChecklist(checklist)));
}
