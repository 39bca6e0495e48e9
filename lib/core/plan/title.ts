import type { Item } from '../text/checklist.ts';

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
 * Titles for items, in order, distinct among each other: the item's subject; its group label in front when it has
 * under three words; more of its group path, then a number, where two would be equal.
 */
export function draftTitles(
  items: readonly Item[],
  fronts: readonly TitleFront[],
): readonly Title[] {
  const subjects = items.map(subjectOf);
  const paths = items.map(pathOf);
  const depths: number[] = subjects.map((subject) => (isShort(subject) ? 1 : 0));
  const build = (index: number): Title =>
    joinTitle(subjects[index] ?? '', paths[index] ?? [], depths[index] ?? 0, fronts[index]);
  const titles = items.map((_, index) => build(index));
  for (let clashes = findClashes(titles); clashes.length > 0; clashes = findClashes(titles)) {
    const deeper = clashes.filter((index) => (depths[index] ?? 0) < (paths[index]?.length ?? 0));
    if (deeper.length === 0) break;
    for (const index of deeper) {
      depths[index] = (depths[index] ?? 0) + 1;
      titles[index] = build(index);
    }
  }
  return numberEqual(titles);
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

/** Never empty: an item of mentions or references alone is called by its text, its group, or its place. */
function subjectOf(item: Item): string {
  const subject = cleanLine(item.subject.slice(0, ENOUGH));
  const text = subject || cleanLine(item.text.slice(0, ENOUGH).replace(/[@#]/g, ''));
  return defuseClosing(text) || `Item ${item.index + 1}`;
}

/** More of a text never gets into a title. */
const ENOUGH = 1_000;

/** A title may end up in the message of a commit, where `closes #12` closes; `closes 12` does not. */
function defuseClosing(title: string): string {
  return title.replace(CLOSING, '$1');
}

const CLOSING = /\b((?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:[\w.-]+\/[\w.-]+)?)#(?=\d)/gi;
const LABEL_LIMIT = 60;

/** Group labels, innermost first. */
function pathOf(item: Item): readonly string[] {
  const groups = item.groups.length > 0 ? item.groups : [item.label];
  return groups
    .map(
      (group) =>
        cutTitle(cleanLine(group.slice(0, ENOUGH)).replace(/[\s:]+$/, ''), LABEL_LIMIT).title,
    )
    .filter((group) => group !== '')
    .reverse();
}

function isShort(subject: string): boolean {
  return subject.split(' ', 3).length < 3;
}

function joinTitle(
  subject: string,
  path: readonly string[],
  depth: number,
  front: TitleFront = { prefix: '', id: '' },
): Title {
  const groups = path.slice(0, depth).reverse().join(' › ');
  const full = groups === '' ? subject : `${groups}: ${subject}`;
  const numbered = front.id === '' ? full : `${front.id} ${full}`;
  const hasPrefix = numbered.toLowerCase().startsWith(front.prefix.trim().toLowerCase());
  return cutTitle(hasPrefix ? numbered : front.prefix + numbered);
}

/** Indexes of titles that stand more than once, as a person reads them. */
function findClashes(titles: readonly Title[]): readonly number[] {
  const seen = new Map<string, number[]>();
  titles.forEach(({ title }, index) => {
    const key = title.toLowerCase();
    const same = seen.get(key);
    if (same === undefined) seen.set(key, [index]);
    else same.push(index);
  });
  return [...seen.values()].filter((same) => same.length > 1).flat();
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
