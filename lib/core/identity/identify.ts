import { holdsChecklist, type IssueRef, issueKey } from '../refs.ts';
import type { Item } from '../text/checklist.ts';
import type { Marker } from '../text/marker.ts';
import { allLinks, type WrittenLinks, writtenLinks } from '../text/referenced-issue.ts';
import type { KnownIssue } from './issue.ts';
import {
  isOurs,
  isTrusted,
  type Known,
  type MarkedIssues,
  type MarkerFacts,
  ourMarker,
  readMarkers,
  whatMarkerSays,
} from './marked-issues.ts';

/** What must be known of an issue or pull request that a text or the hidden block names. */
export interface NamedIssue extends Pick<KnownIssue, 'ref' | 'kind'> {
  readonly marker: Marker | undefined;
}

/** An issue or pull request as the text names it, and as GitHub has it. */
export interface Link<Named extends NamedIssue = NamedIssue> {
  readonly asked: IssueRef;
  readonly now: Named;
}

/** How an item found its issue: by `marker` where it decided among several links. */
export type FoundBy = 'link' | 'block' | 'bracket' | 'marker';

/** Which issue is an item's, by its text and the hidden block. */
export type OwnIssue<Named extends NamedIssue = NamedIssue> =
  | { readonly kind: 'nothing' }
  /** Its link is on another host: an issue of its own that nothing can be said about. */
  | { readonly kind: 'elsewhere'; readonly issue: IssueRef }
  /** GitHub was not asked about all of its links: nothing can be said. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unreadable'; readonly issue: IssueRef }
  /** Several issues that could be its own: a person has to say which. */
  | { readonly kind: 'several'; readonly links: readonly Link<Named>[] }
  /** `pulls` are the pull requests that it links beside, as far as GitHub was asked. */
  | {
      readonly kind: 'issue';
      readonly link: Link<Named>;
      readonly by: FoundBy;
      readonly pulls: readonly Link<Named>[];
    }
  | { readonly kind: 'pulls'; readonly links: readonly [Link<Named>, ...Link<Named>[]] };

/** Where names in a text are looked up. */
export interface NamingFacts<Named extends NamedIssue = NamedIssue> extends MarkerFacts {
  /** The hidden block, by the items' keys; empty where it does not count. */
  readonly block: ReadonlyMap<string, IssueRef>;
  /** By `issueKey` of the reference as it is written. `'unreadable'`: GitHub does not show it; undefined: not asked. */
  readonly named: (issue: IssueRef) => Named | 'unreadable' | undefined;
}

/** All that tells which item is which issue. */
export interface IdentityFacts<Named extends NamedIssue = NamedIssue> extends NamingFacts<Named> {
  /** Issues that were found by searching: those with a marker, and those whose title could be an item's. */
  readonly candidates: readonly KnownIssue[];
  /** Login of the token, whose markers are believed beside those of people with a say. */
  readonly viewer: string | undefined;
}

/** One item, and the issues that are its own or could be. */
export interface ItemIdentity<Named extends NamedIssue = NamedIssue> {
  readonly written: WrittenLinks;
  readonly own: OwnIssue<Named>;
  /** Whether its issue is this item's, and not another's that links it too. */
  readonly isOwner: boolean;
  /** Issues that are no item's and whose marker proves that they are this one's, or with `moved` says that they may be. */
  readonly marked: readonly Known[];
  readonly moved: boolean;
  /** Issues whose marker says so of this item as well, but that are another item's. */
  readonly taken: readonly Known[];
  /** Open issues of people with a say that were made for the item, beside the one that it links, and that nobody links. */
  readonly doubles: readonly KnownIssue[];
}

/** The identities of all items, in order, and what is nobody's. */
export interface Identities<Named extends NamedIssue = NamedIssue> {
  readonly items: readonly ItemIdentity<Named>[];
  /** Index of the item that each issue belongs to, by `issueKey`. */
  readonly owners: ReadonlyMap<string, number>;
  /** By `issueKey`: linked by any item, by whatever address, also where GitHub was not asked. */
  readonly linked: ReadonlySet<string>;
  readonly marked: MarkedIssues;
  /** Issues of nobody: no item's, not marked for an item, not of another checklist. Only these can have "the same title". */
  readonly free: readonly Known[];
}

/**
 * Which issue is an item's. This is the only place that decides it: Generate, Sync, Reconcile, the badges and the running
 * job ask here, and edits find an item's link by the same reading of its text (`text/referenced-issue.ts`).
 *
 * | the item's text, the hidden block, and the markers | the item's issue is |
 * |---|---|
 * | a link to an issue (`(closes #12)`, `#12` first or last) | that issue |
 * | links to pull requests only, and the hidden block names an issue | the issue of the block; the pull requests are its pull requests |
 * | no link, and the hidden block names an issue | the issue of the block |
 * | links to pull requests only, none in the block, and an issue in the bracket behind | that issue |
 * | links to pull requests only | none: it is followed by its pull requests |
 * | links to several issues, one of them with a marker that names the item | that one |
 * | links to several issues, all but one with a marker of another checklist | the remaining one |
 * | links to several issues otherwise | asked |
 * | a link that GitHub does not show, unless a marker names the item on an issue linked beside it | asked |
 * | a link to the checklist's own issue, to a discussion, or a mention | none of these |
 * | a link to another host, with or without numbers behind it | an issue that cannot be followed: none is created |
 * | no issue by all that, and one issue of somebody with a say whose marker names the item, and no item's | that issue, once it is linked |
 * | no issue by all that, and several such, or one of a stranger, or one whose marker does not prove which item it names | asked |
 *
 * An issue that several items link belongs to the item that its marker names, else to the first of them. Markers that
 * were undone do not count. Who only has a part of the facts (Sync asks nothing about markers of unlinked issues) gets the
 * same answer for what the text and the block say.
 */
export function identify<Named extends NamedIssue>(
  items: readonly Item[],
  facts: IdentityFacts<Named>,
): Identities<Named> {
  const written = items.map((item) => linksOf(item, facts));
  const own = items.map((item, index) => ownIssue(item, facts, written[index]));
  const owners = ownersOf(items, own, facts);
  const linked = linkedKeys(written, facts);
  const marked = readMarkers(facts, facts.candidates, items);
  const taken = takenKeys(written, own, owners);
  return {
    items: items.map((item, index): ItemIdentity<Named> => {
      const { [index]: links = linksOf(item, facts) } = written;
      const answer = own[index] ?? { kind: 'nothing' };
      const isOwner =
        answer.kind === 'issue' && owners.get(issueKey(answer.link.now.ref)) === index;
      const byMarker = markedFor(item, marked, taken);
      const doubles = isOwner ? doublesOf(byMarker, linked, facts) : [];
      return { written: links, own: answer, isOwner, ...byMarker, doubles };
    }),
    owners,
    linked,
    marked,
    free: [...marked.known.values()].filter((one) => isFree(one, marked, taken, facts)),
  };
}

/** What an item's text and the hidden block link. */
export function linksOf(
  item: Item,
  { checklist, block }: Pick<NamingFacts, 'checklist' | 'block'>,
): WrittenLinks {
  return writtenLinks(item, checklist, block.get(item.key));
}

/** Which issue is an item's by its text and the hidden block alone: the first rows of the table of `identify`. */
export function ownIssue<Named extends NamedIssue>(
  item: Item,
  facts: NamingFacts<Named>,
  written: WrittenLinks = linksOf(item, facts),
): OwnIssue<Named> {
  const pulls: Link<Named>[] = [];
  for (const [place, refs] of placesOf(written)) {
    const found = refs.map((asked) => ({ asked, now: facts.named(asked) }));
    if (found.some(({ now }) => now === undefined)) return { kind: 'unknown' };
    const links = distinctLinks(found.filter(isKnown)).filter(
      ({ now }) => !holdsChecklist(now.ref, facts.checklist),
    );
    const possible = links.filter(({ now }) => now.kind === 'issue');
    const issues = meant(possible, item, facts);
    const [issue, ...more] = issues;
    const only = more.length === 0 ? issue : undefined;
    const hidden = found.find(({ now }) => now === 'unreadable');
    const isNamed = isNamedBy(only, item, facts);
    // What cannot be read may be the item's own issue, unless a marker tells.
    if (hidden !== undefined && !isNamed) return { kind: 'unreadable', issue: hidden.asked };
    if (only !== undefined) {
      const isTold = isNamed && (possible.length > 1 || hidden !== undefined);
      const by = isTold ? 'marker' : place;
      return { kind: 'issue', link: only, by, pulls: pullsOf(written, facts) };
    }
    if (issue !== undefined) return { kind: 'several', links: issues };
    pulls.push(...links);
  }
  const [pull, ...more] = distinctLinks(pulls);
  if (pull !== undefined) return { kind: 'pulls', links: [pull, ...more] };
  const [issue] = written.elsewhere;
  return issue === undefined ? { kind: 'nothing' } : { kind: 'elsewhere', issue };
}

/**
 * Where an item's issue may be written, first to last; each counts only when those before it hold no issue. Numbers that
 * sync wrote behind an item without a link look like its link: the hidden block still knows better. What stands behind a
 * link to another host belongs to that.
 */
function placesOf({
  links,
  behind,
  mapped,
  elsewhere,
}: WrittenLinks): readonly (readonly [FoundBy, readonly IssueRef[]])[] {
  return [
    ['link', links],
    ['block', mapped === undefined ? [] : [mapped]],
    ['bracket', elsewhere.length > 0 ? [] : behind],
  ];
}

function isKnown<Named extends NamedIssue>(found: {
  readonly asked: IssueRef;
  readonly now: Named | 'unreadable' | undefined;
}): found is Link<Named> {
  return typeof found.now === 'object';
}

/** Of several issues those that can be the item's: one that its marker names, else those that are not of another checklist. */
function meant<Named extends NamedIssue>(
  issues: readonly Link<Named>[],
  item: Item,
  facts: NamingFacts<Named>,
): readonly Link<Named>[] {
  if (issues.length < 2) return issues;
  const named = issues.filter((link) => isNamedBy(link, item, facts));
  if (named.length === 1) return named;
  const ours = issues.filter(({ now }) => {
    const marker = ourMarker(now);
    return marker === undefined || isOurs(marker, facts);
  });
  return ours.length > 0 ? ours : issues;
}

function isNamedBy(link: Link | undefined, item: Item, facts: MarkerFacts): boolean {
  const marker = link && ourMarker(link.now);
  if (marker === undefined || !isOurs(marker, facts)) return false;
  const says = whatMarkerSays(marker, item, facts);
  // The item links it already: then the words are enough where no other item has them.
  return says === 'proves' || (says === 'asks' && (item.namesakes ?? 1) === 1);
}

function pullsOf<Named extends NamedIssue>(
  written: WrittenLinks,
  { named }: NamingFacts<Named>,
): readonly Link<Named>[] {
  const found = allLinks(written).map((asked) => ({ asked, now: named(asked) }));
  return distinctLinks(found.filter(isKnown).filter(({ now }) => now.kind === 'pull-request'));
}

/** Two addresses of one issue (it was transferred, its repository renamed) are one link. */
function distinctLinks<Named extends NamedIssue>(
  links: readonly Link<Named>[],
): readonly Link<Named>[] {
  const seen = new Map<string, Link<Named>>();
  for (const link of links) {
    const key = issueKey(link.now.ref);
    if (!seen.has(key)) seen.set(key, link);
  }
  return [...seen.values()];
}

/** An issue belongs to the item that its marker names, else to the first that links it. */
function ownersOf(
  items: readonly Item[],
  own: readonly OwnIssue[],
  facts: MarkerFacts,
): ReadonlyMap<string, number> {
  const owners = new Map<string, number>();
  items.forEach((item, index) => {
    for (const link of issuesOf(own[index])) {
      const key = issueKey(link.now.ref);
      if (!owners.has(key) || isNamedBy(link, item, facts)) owners.set(key, index);
    }
  });
  return owners;
}

function issuesOf(own: OwnIssue | undefined): readonly Link[] {
  if (own?.kind === 'issue') return [own.link];
  return own?.kind === 'several' ? own.links : [];
}

function linkedKeys(
  written: readonly WrittenLinks[],
  { named }: Pick<NamingFacts, 'named'>,
): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const ref of written.flatMap(allLinks)) {
    const now = named(ref);
    keys.add(issueKey(ref));
    if (typeof now === 'object') keys.add(issueKey(now.ref));
  }
  return keys;
}

/** Issues that are an item's, or may be as long as GitHub was not asked. A link that is discarded, or behind another, takes nothing. */
function takenKeys(
  written: readonly WrittenLinks[],
  own: readonly OwnIssue[],
  owners: ReadonlyMap<string, number>,
): ReadonlySet<string> {
  const undecided = written.filter((_, index) => own[index]?.kind === 'unknown').flatMap(allLinks);
  return new Set([...owners.keys(), ...undecided.map(issueKey)]);
}

function markedFor(
  item: Item,
  { byItem, asked }: MarkedIssues,
  keys: ReadonlySet<string>,
): Pick<ItemIdentity, 'marked' | 'moved' | 'taken'> {
  const named = byItem.get(item.key) ?? [];
  const moved = named.length === 0;
  const all = moved ? (asked.get(item.key) ?? []) : named;
  const isTaken = ({ issue }: Known) => keys.has(issueKey(issue.ref));
  return { marked: all.filter((one) => !isTaken(one)), moved, taken: all.filter(isTaken) };
}

function doublesOf(
  { marked, moved }: Pick<ItemIdentity, 'marked' | 'moved'>,
  linked: ReadonlySet<string>,
  facts: Pick<IdentityFacts, 'viewer'>,
): readonly KnownIssue[] {
  if (moved) return [];
  return marked
    .map(({ issue }) => issue)
    .filter(({ ref }) => !linked.has(issueKey(ref)))
    .filter((issue) => issue.state === 'open' && isTrusted(issue, facts));
}

function isFree(
  known: Known,
  { orphans }: MarkedIssues,
  taken: ReadonlySet<string>,
  facts: Pick<IdentityFacts, 'checklist'>,
): boolean {
  const { issue, marker } = known;
  if (taken.has(issueKey(issue.ref))) return false;
  return marker === undefined || (isOurs(marker, facts) && orphans.has(known));
}
