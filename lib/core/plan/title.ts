import type { Item } from '../text/checklist.ts';
import { isUnclear } from './unclear-title.ts';

/** GitHub's limit for titles, in characters; counted in UTF-16 units, which is never less. */
export const TITLE_LIMIT = 256;

/** A title, and whether it had to be cut. */
export interface Title {
  readonly title: string;
  readonly shortened: boolean;
}

/** What stands in front of an item's title: `[Test] `, `T-001`; '' for none. */
export interface TitleFront {
  readonly prefix: string;
  readonly id: string;
}

/**
 * Titles for items, in order, distinct among each other: the item's words, with one label in front where they, or those
 * of most items beside it, do not say what it is about. Where two would be equal, a label that tells them apart, else the
 * people and references that a title does without, else a number.
 */
export function draftTitles(
  items: readonly Item[],
  fronts: readonly TitleFront[],
): readonly Title[] {
  const parts = readParts(items);
  labelUnclear(parts);
  const build = () => parts.map((part, index) => joinTitle(part, fronts[index]));
  for (const tell of [tellByLabel, tellByLabel, tellByWords])
    for (const same of findClashes(build())) tell(same.flatMap((index) => parts[index] ?? []));
  return numberEqual(build());
}

/**
 * Titles that an item's issue may have beside the drafted one: with another label, because there were other items beside
 * it, and from before titles kept what was typed and named one label.
 */
export function otherTitles(item: Item): readonly string[] {
  const words = titleOfWords(item.title);
  const subject = titleOfWords(item.subject);
  const path = labelsOf(item, earlierLabel);
  const paths = path.map((_, index) =>
    path
      .slice(0, index + 1)
      .reverse()
      .join(' › '),
  );
  return [
    ...titlesWith(words, labelsOf(item, shortLabel), isUnclear(words, item.mentions)),
    ...titlesWith(subject, paths, subject.split(' ', 3).length < 3),
  ];
}

function titlesWith(words: string, labels: readonly string[], isShort: boolean): readonly string[] {
  if (words === '') return [];
  const labeled = labels.map((label) => cutTitle(`${label}: ${words}`).title);
  return isShort && labels.length > 0 ? labeled : [cutTitle(words).title, ...labeled];
}

/** One line of text as a title can hold it: no control or bidi characters, no half characters, blanks folded. */
export function cleanLine(text: string): string {
  if (!UNCLEAN.test(text)) return text.trim();
  return text.replace(BREAKING, ' ').replace(INVISIBLE, '').replace(/\s+/g, ' ').trim();
}

/** Cuts at a word and marks the cut with `…`. */
export function cutTitle(title: string, limit: number = TITLE_LIMIT): Title {
  if (title.length <= limit) return { title, shortened: false };
  const start = title.slice(0, limit - 1);
  const word = start.replace(/\s+\S*$/, '');
  // A word longer than half a title is cut itself, but never within a character.
  const kept = (word.length > limit / 2 ? word : start).replace(/[\uD800-\uDBFF]$/, '');
  return { title: `${kept.replace(/[\s,;:–—-]+$/, '')}…`, shortened: true };
}

const UNCLEAN =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|\s\s|[^\S ]/u;
const BREAKING = /[\t\n\v\f\r\u0085\p{Zl}\p{Zp}]/gu;
const INVISIBLE = /[\p{Cc}\p{Cs}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

/** What a title is put together from; the label is chosen among `labels`, which are the nearest first. */
interface TitleParts {
  words: string;
  label: string;
  readonly fullWords: string;
  readonly labels: readonly string[];
  readonly isUnclear: boolean;
  readonly beside: Siblings;
}

/** All items right below the same label. */
interface Siblings {
  readonly parts: TitleParts[];
  unclear: number;
}

function readParts(items: readonly Item[]): readonly TitleParts[] {
  const groups = new Map<string, Siblings>();
  return items.map((item) => {
    const place = `${item.groupHash} ${item.parent ?? ''}`;
    const beside = groups.get(place) ?? { parts: [], unclear: 0 };
    groups.set(place, beside);
    const words = titleWords(item);
    const part: TitleParts = {
      words,
      label: '',
      fullWords: item.fullTitle === undefined ? words : titleOfWords(item.fullTitle),
      labels: labelsOf(item, shortLabel),
      isUnclear: isUnclear(words, item.mentions),
      beside,
    };
    beside.parts.push(part);
    if (part.isUnclear) beside.unclear++;
    return part;
  });
}

/** An item's words as a title holds them, never empty: one without a word is called by its place. */
export function titleWords(item: Item): string {
  return titleOfWords(item.title) || `Item ${item.index + 1}`;
}

function titleOfWords(words: string): string {
  return defuseClosing(cleanLine(words.slice(0, ENOUGH)));
}

/** More of a text never gets into a title. */
const ENOUGH = 1_000;

/** A title may end up in the message of a commit, where `closes #12` closes; `closes 12` does not. */
function defuseClosing(title: string): string {
  return title.replace(CLOSING, '$1');
}

const CLOSING = /\b((?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:[\w.-]+\/[\w.-]+)?)#(?=\d)/gi;
const LABEL_LIMIT = 40;
const EARLIER_LABEL_LIMIT = 60;

/** Group labels, nearest first. */
function labelsOf(item: Item, shorten: (label: string) => string): readonly string[] {
  const groups = item.groups.length > 0 ? item.groups : [item.label];
  return groups
    .map((group) => withoutStop(shorten(withoutStop(cleanLine(group.slice(0, ENOUGH))))))
    .filter((group) => group !== '')
    .reverse();
}

function withoutStop(label: string): string {
  return label.replace(/(?:[\s:：]|(?<!\.)\.)+$/, '');
}

/** A label that is too long goes without what it says in brackets, then without all but its first clause. */
function shortLabel(label: string): string {
  if (label.length <= LABEL_LIMIT) return label;
  const plain = label.replace(/\s*[([（【][^()[\]（）【】]*[)\]）】]/g, '');
  const clause = /^.{10,}?(?=[.,:;!?] | [–—-] |[，。：；])/u.exec(plain)?.[0] ?? plain;
  const short = plain.length > LABEL_LIMIT && clause.length <= LABEL_LIMIT ? clause : plain;
  const cut = cutTitle(short, LABEL_LIMIT).title;
  // Half a bracket is none.
  return short === cut ? cut : cut.replace(/\s*[([（【][^)\]）】]*…$/, '…');
}

function earlierLabel(label: string): string {
  return cutTitle(label, EARLIER_LABEL_LIMIT).title;
}

/** Puts a label in front of items that need one; where most of them do, also of those beside them. */
function labelUnclear(parts: readonly TitleParts[]): void {
  for (const part of parts) {
    const { unclear, parts: all } = part.beside;
    if (part.isUnclear || unclear * 2 >= all.length) part.label = tellingLabel(part);
  }
}

/** The nearest label that says more than that there is something to do, unless the item's words start with it. */
function tellingLabel({ labels, words }: TitleParts): string {
  const label = labels.find((one) => !EMPTY_LABEL.test(one)) ?? '';
  return words.toLowerCase().startsWith(label.toLowerCase()) ? '' : label;
}

const EMPTY_LABEL =
  /^\W*(?:tasks?|to-?dos?|to do|(?:release |task )?check-?\s?lists?|lists?|deliverables?|progress|overview|description|summary|details|misc|miscellaneous|others?|general|notes?|remaining|status|sub-?tasks|(?:sub-?)?issues|(?:action |open )?items?|(?:next )?steps?)\W*$/i;

/** Takes, of the labels of items with one title, those by which most can be told apart, the nearest first. Labels beside them change alike. */
function tellByLabel(same: readonly TitleParts[]): void {
  const depth = Math.max(...same.map(({ labels }) => labels.length));
  let best = { level: 0, count: 1 };
  for (let level = 0; level < depth; level++) {
    const count = new Set(same.map((part) => part.labels[level]?.toLowerCase())).size;
    if (count > best.count) best = { level, count };
  }
  if (best.count === 1) return;
  const alike = new Set(same);
  for (const { parts } of new Set(same.map(({ beside }) => beside)))
    for (const one of parts)
      if (alike.has(one) || one.label !== '') one.label = one.labels[best.level] ?? one.label;
}

function tellByWords(same: readonly TitleParts[]): void {
  for (const part of same) part.words = part.fullWords;
}

function joinTitle(
  { label, words }: TitleParts,
  front: TitleFront = { prefix: '', id: '' },
): Title {
  const full = label === '' ? words : `${label}: ${words}`;
  const numbered = front.id === '' ? full : `${front.id} ${full}`;
  const hasPrefix = numbered.toLowerCase().startsWith(front.prefix.trim().toLowerCase());
  return cutTitle(hasPrefix ? numbered : front.prefix + numbered);
}

/** Indexes of titles that stand more than once, as a person reads them, together. */
function findClashes(titles: readonly Title[]): readonly (readonly number[])[] {
  const seen = new Map<string, number[]>();
  titles.forEach(({ title }, index) => {
    const key = title.toLowerCase();
    const same = seen.get(key);
    if (same === undefined) seen.set(key, [index]);
    else same.push(index);
  });
  return [...seen.values()].filter((same) => same.length > 1);
}

function numberEqual(titles: readonly Title[]): readonly Title[] {
  const taken = new Set(titles.map(({ title }) => title.toLowerCase()));
  const seen = new Set<string>();
  const next = new Map<string, number>();
  return titles.map(({ title, shortened }) => {
    const key = title.toLowerCase();
    if (!seen.has(key)) {
      seen.add(key);
      return { title, shortened };
    }
    let count = next.get(key) ?? 2;
    let numbered = withNumber(title, count);
    while (taken.has(numbered.toLowerCase())) numbered = withNumber(title, ++count);
    next.set(key, count + 1);
    taken.add(numbered.toLowerCase());
    return { title: numbered, shortened };
  });
}

function withNumber(title: string, count: number): string {
  const suffix = ` (${count})`;
  return cutTitle(title, TITLE_LIMIT - suffix.length).title + suffix;
}
