import { bareTitle, fold } from '../identity/same-title.ts';
import { defuse } from '../plan/defuse.ts';
import { draftTitles, type Title, type TitleFront, titleWords } from '../plan/title.ts';
import { TEST_PREFIX, titleFronts } from '../plan/title-fronts.ts';
import type { Following } from '../sync/sync-facts.ts';
import type { Item } from '../text/checklist.ts';
import type { ReconcileFacts, ReconcileOptions } from './reconcile-facts.ts';

/** Gives the titles that generating would draft for the items today. A number in front stays that of the issue. */
export function titlesOf(
  facts: ReconcileFacts,
  items: readonly Item[],
  followings: readonly Following[],
  { prefix, masterTitle = '' }: ReconcileOptions,
): (index: number) => { readonly title: Title; readonly front: TitleFront } {
  const master = { title: masterTitle, body: facts.master.text };
  const fronts = titleFronts(
    { master, candidates: [], referenced: {} },
    items,
    { prefix, ids: false },
    () => false,
  ).map((front, index): TitleFront => {
    const following = followings[index];
    const present = following?.kind === 'issue' ? following.link.now.title : '';
    return { prefix: front.prefix || prefixOf(present), id: ID.exec(present)?.[1] ?? '' };
  });
  const titles = draftTitles(items, fronts);
  return (index) => ({
    title: titles[index] ?? { title: '', shortened: false },
    front: fronts[index] ?? { prefix: '', id: '' },
  });
}

/** Whether a title says what the item says, as we would shape it: nothing would be gained by writing it again. */
export function isTitleOf(title: string, item: Item, drafted: string, front: TitleFront): boolean {
  const bare = bareOf(title, front);
  const numberless = bare.replace(TWIN, '');
  const isCut = title.trimEnd().endsWith('…') && bare !== '';
  const isTitle = (words: string) =>
    numberless === words || numberless.endsWith(`: ${words}`) || (isCut && words.startsWith(bare));
  return bare === bareOf(drafted, front) || wordsOf(item).some(isTitle);
}

/** What titles say of an item: its words as they are typed, in full, and as titles said them before. */
function wordsOf(item: Item): readonly string[] {
  const { subject, title, fullTitle = title } = item;
  return [title, fullTitle, subject].map(plain).filter((words) => words !== '');
}

/** Whether a title holds the item's words at all, with whatever around them. */
export function holdsWords(title: string, item: Item, front: TitleFront): boolean {
  const bare = bareOf(title, front);
  const all = wordsOf(item);
  return all.length === 0 || all.some((words) => holds(bare, words));
}

function holds(bare: string, words: string): boolean {
  const at = bare.indexOf(words);
  if (at === -1) return false;
  const isWord = (character: string) => /[\p{L}\p{N}]/u.test(character);
  return !isWord(bare.charAt(at - 1)) && !isWord(bare.charAt(at + words.length));
}

/**
 * An issue's title as an item's words, without what we put in front; as it is, and so written that it holds no
 * reference, mention or Markdown.
 */
export function wordsOfTitle(
  title: string,
  item: Item,
  drafted: string,
  front: TitleFront,
  host: string,
): readonly string[] {
  const bare = withoutFront(title, front);
  const group = groupFront(drafted, item, front);
  return asMarkdown(startsWith(bare, group) ? bare.slice(group.length) : bare, host);
}

/** The words that an item may have had when an issue with this title was made for it: whether it had, their hash in the marker tells. */
export function earlierWords(title: string, front: TitleFront, host: string): readonly string[] {
  const bare = withoutFront(title, front);
  const behindGroups = [...bare.matchAll(/: /g)].map(({ index }) => bare.slice(index + 2));
  return [bare, ...behindGroups]
    .flatMap((words) => [words, words.replace(TWIN, '')])
    .flatMap((words) => asMarkdown(words, host));
}

/** A title without the prefix and the number that we put in front. */
function withoutFront(title: string, front: TitleFront): string {
  const start = prefixesOf(front).find((one) => startsWith(title, one)) ?? '';
  return title.slice(start.length).replace(/^\s*T-\d{1,6}\b[\s:]*/, '');
}

/** Words as they are, and so written that they hold no reference, mention or Markdown. */
function asMarkdown(words: string, host: string): readonly string[] {
  const escaped = words.trim().replace(/[\\`*_[\]<>~|]|&(?=[#\w])/g, '\\$&');
  // Brackets and bars may act together with other lines: they are never written as they are.
  return /[[|]/.test(words) ? [defuse(escaped, host)] : [words.trim(), defuse(escaped, host)];
}

/** Equal titles are numbered. */
const TWIN = / \(\d+\)$/;

const ID = /^(?:\[[^\]]{1,60}\] )?(T-\d{1,6})\b/;

function prefixOf(title: string): string {
  return startsWith(title, TEST_PREFIX) ? TEST_PREFIX : '';
}

function prefixesOf({ prefix }: TitleFront): readonly string[] {
  return [prefix, TEST_PREFIX].filter((one) => one !== '');
}

function startsWith(title: string, start: string): boolean {
  return title.toLowerCase().startsWith(start.toLowerCase());
}

function bareOf(title: string, front: TitleFront): string {
  return plain(bareTitle(title, prefixesOf(front).map(fold)));
}

/** Without what only serves to keep a title from acting. */
function plain(text: string): string {
  return fold(text.replace(/\u200b/g, ''));
}

/** The group that a drafted title names in front of the item's words. */
function groupFront(drafted: string, item: Item, { prefix, id }: TitleFront): string {
  const front = prefix + (id === '' ? '' : `${id} `);
  const rest = drafted.startsWith(front) ? drafted.slice(front.length) : drafted;
  const words = titleWords(item);
  return rest.endsWith(words) ? rest.slice(0, rest.length - words.length) : '';
}
