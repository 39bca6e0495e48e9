import { formatIssueRef, type IssueRef, issueKey, parseIssueRef, type RepoRef } from '../refs.ts';
import type { ItemLocator } from '../text/checklist.ts';
import { readComments } from '../text/own-comments.ts';
import { distinctIssues } from '../text/referenced-issue.ts';

/** The hidden block, read for the items of its text. */
export interface Block {
  /** By the items' keys. What no item is proven to have is under a name that is no key: it is kept as it is written. */
  readonly entries: ReadonlyMap<string, IssueRef>;
  /** By the items' keys: issues of entries that may be an item's. A person has to say so. */
  readonly asked: ReadonlyMap<string, readonly IssueRef[]>;
}

/** No item's issue is in a hidden block. */
export const NO_BLOCK: Block = { entries: new Map(), asked: new Map() };

/**
 * Writes which item is which issue as the content of the hidden comment `map`, sorted: `KEY.TYPED=12`, where KEY is an
 * item's key and TYPED the hash of its text as typed. `KEY.TYPED.2=owner/repo#13`: other items have the same words, and two
 * are typed the same. One line without list markers, because GitHub counts `- [ ]` in comments when it toggles a box.
 */
export function formatMap(
  entries: ReadonlyMap<string, IssueRef>,
  items: readonly ItemLocator[],
  repo: RepoRef,
): string {
  const names = new Map(items.map((item) => [item.key, entryName(item)]));
  // What is proven replaces what is written the same and was not.
  const ordered = [...entries].sort(([a], [b]) => Number(names.has(a)) - Number(names.has(b)));
  const written = new Map(
    ordered.map(([key, issue]) => [names.get(key) ?? key.replace(/\.$/, ''), issue]),
  );
  return [...written]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, issue]) => `${name}=${formatIssueRef(issue, repo).replace(/^#/, '')}`)
    .join(' ');
}

/** Reads the hidden block at the end of a checklist's text; empty when there is none. */
export function readMap(markdown: string, items: readonly ItemLocator[], repo: RepoRef): Block {
  return parseMap(readComments(markdown, 'map').at(-1) ?? '', items, repo);
}

/**
 * Reads the content of a `map` comment for the items of its text. What is malformed is left out, and so is a name that
 * stands twice with different issues. An entry is one item's by the rules for markers (`marked-issues.ts`), without
 * a history:
 *
 * | the item that an entry was written for, and the items now | the entry |
 * |---|---|
 * | typed like no other then, and one item is typed so now, wherever it is | is that item's |
 * | had words like no other then, and its key has words like no other now, typed otherwise | is that item's |
 * | as many are typed so now as then, and one of these has its key | is that item's |
 * | no text as typed (earlier versions), and its key has words like no other now | is that item's |
 * | otherwise: those that are typed so; else that with its key (of equal words, all) | may be theirs |
 *
 * Two entries with different issues for one item may both be its. Where very many may be, each item has a part of them.
 */
export function parseMap(content: string, items: readonly ItemLocator[], repo: RepoRef): Block {
  const written = readEntries(content, repo);
  if (written.length === 0) return NO_BLOCK;
  const find = entryReader(items);
  const found = written.map((entry) => ({ ...entry, ...find(entry) }));
  const proven = Map.groupBy(
    found.filter(({ isProven }) => isProven),
    ({ of: [item] }) => item?.key,
  );
  const isSettled = (key: string) => {
    const issues = proven.get(key)?.map(({ issue }) => issueKey(issue)) ?? [];
    return new Set(issues).size === 1;
  };
  const isSure = ({ isProven, of: [item] }: (typeof found)[number]) =>
    isProven && item !== undefined && isSettled(item.key);
  const sure = found.filter(isSure);
  const taken = new Set(sure.map(({ issue }) => issueKey(issue)));
  const unsure = found.filter((one) => !isSure(one));
  const asked = new Map<string, Map<string, IssueRef>>();
  const open = unsure.filter(({ issue }) => !taken.has(issueKey(issue)));
  for (const [of, entries] of Map.groupBy(open, (one) => one.of)) {
    const issues = distinctIssues(entries.map(({ issue }) => issue));
    const partOf = sharer(issues, of.length);
    for (const [at, { key }] of of.entries()) {
      if (isSettled(key)) continue;
      const all = asked.get(key) ?? new Map<string, IssueRef>();
      for (const issue of partOf(at)) all.set(issueKey(issue), issue);
      asked.set(key, all);
    }
  }
  return {
    entries: new Map([
      ...unsure.map(({ name, issue }) => [name.includes('.') ? name : `${name}.`, issue] as const),
      ...sure.flatMap(({ of: [item], issue }) => (item ? [[item.key, issue] as const] : [])),
    ]),
    asked: new Map([...asked].map(([key, issues]) => [key, [...issues.values()]])),
  };
}

/** Of so many issues any equal item asks at most. */
const MOST_ASKED = 20;

/** The part of many issues for each of some equal items: every item gets some, and every issue is somewhere. */
function sharer(issues: readonly IssueRef[], count: number): (at: number) => readonly IssueRef[] {
  const size = Math.max(MOST_ASKED, Math.ceil(issues.length / count));
  if (issues.length <= size) return () => issues;
  const twice = [...issues, ...issues];
  return (at) => {
    const from = Math.floor((at * issues.length) / count);
    return twice.slice(from, from + size);
  };
}

/** One entry as it is written. */
interface Entry {
  readonly name: string;
  readonly key: string;
  /** Missing in what earlier versions wrote. */
  readonly typed?: string | undefined;
  /** How many items were typed so; missing where no other item had its words. */
  readonly alike?: number | undefined;
  readonly issue: IssueRef;
}

const ENTRY = /^(([\w-]+)(?:\.([\w-]+)(?:\.([1-9]\d{0,3}))?)?)=(\S+)$/;

/** The name of the entry for an item's key: also of one that no item is proven to have, because its item is gone. */
export function entryAt(entries: Block['entries'], key: string): string | undefined {
  if (entries.has(key)) return key;
  return [...entries.keys()].find((name) => name.startsWith(`${key}.`));
}

/** What an item's entry is called. */
export function entryName({ key, typedHash, namesakes = 1, alike = 1 }: ItemLocator): string {
  if (typedHash === undefined) return key;
  return namesakes === 1 ? `${key}.${typedHash}` : `${key}.${typedHash}.${alike}`;
}

function readEntries(content: string, repo: RepoRef): readonly Entry[] {
  const entries = content.split(/\s+/).flatMap((written): Entry[] => {
    const [, name, key, typed, alike, target] = ENTRY.exec(written) ?? [];
    const issue = target === undefined ? undefined : parseTarget(target, repo);
    if (name === undefined || key === undefined || issue === undefined) return [];
    return [{ name, key, typed, alike: alike === undefined ? undefined : Number(alike), issue }];
  });
  return [...Map.groupBy(entries, ({ name }) => name).values()].flatMap((same) => {
    const [first, ...more] = same;
    const isOne = more.every(({ issue }) => first && issueKey(issue) === issueKey(first.issue));
    return first !== undefined && isOne ? [first] : [];
  });
}

/** The one item that an entry is proven to be for, or those that it may be for. */
interface Found {
  readonly isProven: boolean;
  readonly of: readonly ItemLocator[];
}

function entryReader(items: readonly ItemLocator[]): (entry: Entry) => Found {
  const byKey = new Map(items.map((item) => [item.key, item]));
  const byTyped = Map.groupBy(items, ({ typedHash }) => typedHash);
  const byWords = Map.groupBy(items, ({ textHash }) => textHash);
  return ({ key, typed, alike }) => {
    const there = byKey.get(key);
    const same = typed === undefined ? [] : (byTyped.get(typed) ?? []);
    const isAlone = there !== undefined && (there.namesakes ?? 1) === 1;
    if (same.length === 0) {
      const hadOwnWords = alike === undefined;
      if (isAlone && hadOwnWords) return { isProven: true, of: [there] };
      if (there === undefined) return NOBODY;
      const like = hadOwnWords ? (byWords.get(there.textHash) ?? []) : [there];
      return { isProven: false, of: like };
    }
    if (same.length !== (alike ?? 1)) return { isProven: false, of: same };
    if (same.length === 1) return { isProven: true, of: same };
    const isOneOfThem = there !== undefined && same.includes(there);
    return { isProven: isOneOfThem, of: isOneOfThem ? [there] : same };
  };
}

const NOBODY: Found = { isProven: false, of: [] };

function parseTarget(target: string, repo: RepoRef): IssueRef | undefined {
  if (/^[1-9]\d{0,9}$/.test(target)) return { repo, number: Number(target) };
  return parseIssueRef(target, repo.host);
}
