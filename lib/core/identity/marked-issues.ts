import {
  type ChecklistRef,
  holdsChecklist,
  type IssueRef,
  issueKey,
  sameChecklist,
  sameRepo,
} from '../refs.ts';
import type { Item } from '../text/checklist.ts';
import { type Marker, parseMarker, runTime } from '../text/marker.ts';
import type { KnownIssue } from './issue.ts';

/** An issue with the marker that its body carries. */
export interface Known {
  readonly issue: KnownIssue;
  /** Only markers that count: one that was undone does not. */
  readonly marker: Marker | undefined;
}

/** All issues that are known, and what their markers say. Pull requests and the checklist's own issue are left out. */
export interface MarkedIssues {
  /** By `issueKey`. */
  readonly known: ReadonlyMap<string, Known>;
  /** Issues of this checklist by the key of the item that their marker proves to be theirs. */
  readonly byItem: ReadonlyMap<string, readonly Known[]>;
  /** Issues of this checklist by the keys of items that may be theirs: a person has to say so. */
  readonly asked: ReadonlyMap<string, readonly Known[]>;
  /** Issues of this checklist whose marker proves no item. */
  readonly orphans: ReadonlySet<Known>;
}

/** Reads the markers of all known issues, once. */
export function readMarkers(
  facts: MarkerFacts,
  issues: readonly KnownIssue[],
  items: readonly Item[],
): MarkedIssues {
  const known = new Map<string, Known>();
  for (const issue of issues) {
    const key = issueKey(issue.ref);
    const isOther = issue.kind !== 'issue' || holdsChecklist(issue.ref, facts.checklist);
    if (isOther || known.has(key)) continue;
    known.set(key, { issue, marker: ourMarker({ marker: markerOf(issue) }) });
  }
  const like = byWords(items);
  const byItem = new Map<string, Known[]>();
  const asked = new Map<string, Known[]>();
  const orphans = new Set<Known>();
  for (const one of known.values()) {
    const { marker } = one;
    if (marker === undefined || !isOurs(marker, facts)) continue;
    const named = (like.get(marker.text) ?? []).map((item) => ({
      item,
      says: whatMarkerSays(marker, item, facts),
    }));
    const proven = named.find(({ says }) => says === 'proves');
    if (proven !== undefined) {
      append(byItem, proven.item.key, one);
      continue;
    }
    orphans.add(one);
    for (const { item, says } of named) if (says === 'asks') append(asked, item.key, one);
  }
  return { known, byItem, asked, orphans };
}

/** What the rule for markers needs beside an item. */
export interface MarkerFacts {
  readonly checklist: ChecklistRef;
  /**
   * Whether the checklist's history shows that a text (its hash) was that of one item alone when a run began
   * (milliseconds since 1970). Missing where no history was read: then nothing is proven by it.
   */
  readonly wasAlone?: (textHash: string, at: number) => boolean;
}

/**
 * What the marker of an issue of this checklist says of an item: that the issue is its own (`proves`), that it may be
 * (`asks`: a person has to say so), or nothing.
 *
 * | the marker's item, and this one | it |
 * |---|---|
 * | other words | says nothing |
 * | the same text as typed, one item alone had it then and has it now, wherever it is | proves |
 * | the same text as typed, several had it: the same place among as many | proves |
 * | the same text as typed, several had it, otherwise | asks |
 * | the same words, something else typed, and no other item has these words | asks |
 * | the same words, something else typed, and other items have these words | says nothing |
 * | version 1 (words only): one item has these words now, and had them alone in the text's history at the run | proves |
 * | version 1 otherwise | asks |
 */
export function whatMarkerSays(
  { item: key, text, typed, run }: Marker,
  item: Item,
  { wasAlone }: Pick<MarkerFacts, 'wasAlone'>,
): 'proves' | 'asks' | 'nothing' {
  const { namesakes = 1, alike = 1 } = item;
  if (text !== item.textHash) return 'nothing';
  if (typed === undefined)
    return namesakes === 1 && wasAlone?.(text, runTime(run)) === true ? 'proves' : 'asks';
  if (typed.hash !== item.typedHash) return namesakes === 1 ? 'asks' : 'nothing';
  const isSure = alike === typed.alike && (alike === 1 || key === item.key);
  return isSure ? 'proves' : 'asks';
}

/** What all items of a checklist say. */
export interface ItemList {
  /** The items by the hash of their words. */
  readonly like: ReadonlyMap<string, readonly Item[]>;
  /** How many items name an issue in whatever form, by `issueKey`. */
  readonly namers: ReadonlyMap<string, number>;
  /**
   * Whether a mention, or an entry of the hidden block for an item that is gone, names an issue of the checklist's
   * repository of which GitHub was not asked: an issue that is elsewhere now may have had that number.
   */
  readonly hasStrays: boolean;
}

/** Whether more than one item names an issue (as it is called now), or may name it by a former number. */
export function mayBeNamedTwice(
  issue: IssueRef,
  { namers, hasStrays }: ItemList,
  { repo }: ChecklistRef,
): boolean {
  return (namers.get(issueKey(issue)) ?? 0) > 1 || (hasStrays && !sameRepo(issue.repo, repo));
}

/**
 * Whether an issue was made for an item, wherever that stood then, or for one that is gone and may have been this one
 * with other words: then no other item may name it.
 */
export function wasMadeFor(
  item: Item,
  issue: { readonly ref: IssueRef; readonly marker: Marker | undefined },
  list: ItemList,
  facts: MarkerFacts,
): boolean {
  const marker = ourMarker(issue);
  if (marker === undefined || !isOurs(marker, facts)) return false;
  if (whatMarkerSays(marker, item, facts) === 'proves') return true;
  const same = list.like.get(marker.text) ?? [];
  if (!same.includes(item) && mayBeNamedTwice(issue.ref, list, facts.checklist)) return false;
  const others = same.filter((other) => other !== item);
  return others.every((other) => whatMarkerSays(marker, other, facts) === 'nothing');
}

/** The items of a checklist by the hash of their words. */
export function byWords(items: readonly Item[]): ReadonlyMap<string, readonly Item[]> {
  return Map.groupBy(items, ({ textHash }) => textHash);
}

/** The marker in an issue's body, whatever its state. */
export function markerOf({ body, ref }: KnownIssue): Marker | undefined {
  return parseMarker(body, ref.repo.host);
}

/** A marker that counts: one that was undone does not. */
export function ourMarker({ marker }: { readonly marker: Marker | undefined }): Marker | undefined {
  return marker?.state === 'undone' ? undefined : marker;
}

/** Whether a marker names this checklist. */
export function isOurs(marker: Marker, facts: { readonly checklist: ChecklistRef }): boolean {
  return sameChecklist(marker.checklist, facts.checklist);
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
