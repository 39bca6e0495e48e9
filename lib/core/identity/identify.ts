import { holdsChecklist, type IssueRef, issueKey } from '../refs.ts';
import type { Item } from '../text/checklist.ts';
import {
  allLinks,
  type LinkReading,
  type WrittenLinks,
  writtenLinks,
} from '../text/referenced-issue.ts';
import { isAnsweredAbout } from './answers.ts';
import type { KnownIssue } from './issue.ts';
import {
  isOurs,
  type Known,
  type MarkedIssues,
  type MarkerFacts,
  ourMarker,
  readMarkers,
  whatMarkerSays,
} from './marked-issues.ts';
import type { Link, NamedIssue, NamingFacts } from './naming.ts';
import { ownNumbers, type Whose } from './own-numbers.ts';
import { isTrusted, type TrustFacts } from './trust.ts';

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
  /** Several issues of which only one can be its own: a person has to say which. */
  | { readonly kind: 'several'; readonly links: readonly Link<Named>[] }
  /** It ends in numbers that nothing proves to be its own: a person has to say whose they are. */
  | { readonly kind: 'asked'; readonly links: readonly Link<Named>[] }
  /** Several issues, all of them its own. */
  | { readonly kind: 'issues'; readonly links: readonly [Link<Named>, ...Link<Named>[]] }
  /** `pulls` are the pull requests that it links beside, as far as GitHub was asked. */
  | {
      readonly kind: 'issue';
      readonly link: Link<Named>;
      readonly by: FoundBy;
      readonly pulls: readonly Link<Named>[];
    }
  | { readonly kind: 'pulls'; readonly links: readonly [Link<Named>, ...Link<Named>[]] };

/** Whether an item counts as linked: what it is followed by is clear, or nobody was asked yet. */
export function isLinked({ kind }: OwnIssue): boolean {
  return LINKED[kind];
}

const LINKED: Readonly<Record<OwnIssue['kind'], boolean>> = {
  nothing: false,
  elsewhere: true,
  unknown: true,
  unreadable: true,
  several: false,
  asked: false,
  issues: true,
  issue: true,
  pulls: true,
};

/** All that tells which item is which issue. */
export interface IdentityFacts<Named extends NamedIssue = NamedIssue>
  extends NamingFacts<Named>,
    TrustFacts {
  readonly checklist: NamingFacts['checklist'];
  /** Issues that were found by searching: those with a marker, and those whose title could be an item's. */
  readonly candidates: readonly KnownIssue[];
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
 * | a link to an issue (`(closes #12)`, `#12` first; a number at the end that is proven: `own-numbers.ts`) | that issue |
 * | nothing but numbers at the end that are not proven | asked |
 * | links to pull requests only, and the hidden block names an issue | the issue of the block; the pull requests are its pull requests |
 * | no link, and the hidden block names an issue | the issue of the block |
 * | no issue in its text, and an entry of the hidden block that may be another item's with the same words | asked |
 * | links to pull requests only, none in the block, and an issue in the bracket behind | that issue |
 * | links to pull requests only | none: it is followed by its pull requests |
 * | links to several issues, one of them with a marker that names the item | that one |
 * | links to several issues, all but one with a marker of another checklist | the remaining one |
 * | links to several issues, more than one made for the item, or all for another checklist | asked |
 * | links to several issues otherwise | all of them; pull requests beside them are evidence |
 * | a number at the end that GitHub does not show, beside a link or the issue of the block | a mention |
 * | a link that GitHub does not show otherwise, unless a marker names the item on an issue linked beside it | asked |
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
  const own = ownIssues(items, facts, written);
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
  {
    checklist,
    block,
    answers,
    hosts,
  }: Pick<NamingFacts, 'checklist' | 'block' | 'answers' | 'hosts'>,
): WrittenLinks {
  const reading: LinkReading = {
    ...(answers && {
      isAbout: (issue, isBare) => isAnsweredAbout(answers, item, issue, isBare),
    }),
    ...(hosts && { hosts }),
  };
  const { entries, asked } = block;
  const maybe = asked.get(item.key);
  return writtenLinks(item, checklist, entries.get(item.key), {
    ...reading,
    ...(maybe && { maybe }),
  });
}

/** Which issue is each item's by the text and the hidden block alone: the first rows of the table of `identify`. */
export function ownIssues<Named extends NamedIssue>(
  items: readonly Item[],
  facts: NamingFacts<Named>,
  written: readonly WrittenLinks[] = items.map((item) => linksOf(item, facts)),
): readonly OwnIssue<Named>[] {
  const whose = ownNumbers(items, written, facts);
  return items.map((item, index) => {
    const links = written[index] ?? linksOf(item, facts);
    return ownIssue(item, facts, links, (issue) => whose(index, issue));
  });
}

function ownIssue<Named extends NamedIssue>(
  item: Item,
  facts: NamingFacts<Named>,
  written: WrittenLinks,
  whose: (issue: IssueRef) => Whose,
): OwnIssue<Named> {
  const pulls: Link<Named>[] = [];
  const isBare = ({ asked }: Pick<Link, 'asked'>) =>
    written.bare.has(issueKey(asked)) && whose(asked) !== 'own';
  for (const [place, refs] of placesOf(written)) {
    const named = refs.map((asked) => ({ asked, now: facts.named(asked) }));
    if (named.some(({ now }) => now === undefined)) return { kind: 'unknown' };
    // Beside what says so by its form, or in the block, a number at the end is what the item is about, whatever it is.
    const isAbout = ({ asked, now }: (typeof named)[number]) =>
      now === 'unreadable' && place === 'link' && isBare({ asked }) && !isAloneAtEnd(written);
    const found = named.filter((one) => !isAbout(one));
    const all = distinctLinks(found.filter(isKnown)).filter(
      ({ now }) => !holdsChecklist(now.ref, facts.checklist),
    );
    const claims = place === 'link' ? all.filter(isBare) : [];
    if (claims.some(({ asked }) => whose(asked) === 'unknown')) return { kind: 'unknown' };
    const links = all.filter((link) => !claims.includes(link));
    if (claims.length > 0 && isAloneAtEnd(written) && !areSettledBy(links, claims, item, facts)) {
      const doubt = doubtOf(claims, written, facts);
      if (doubt !== 'none')
        return doubt === 'asked' ? { kind: 'asked', links: all } : { kind: doubt };
    }
    const possible = links.filter(({ now }) => now.kind === 'issue');
    const issues = meant(possible, item, facts);
    const [issue, ...more] = issues;
    const only = more.length === 0 ? issue : undefined;
    const hidden = found.find(({ now }) => now === 'unreadable');
    const isNamed = isNamedBy(only, item, facts);
    const isUnsure = place === 'block' && written.mapped === undefined;
    // What cannot be read may be the item's own issue, unless a marker tells.
    if (hidden !== undefined && !isNamed) return { kind: 'unreadable', issue: hidden.asked };
    // It may be of another item with the same words.
    if (isUnsure && !isNamed && links.length > 0) return { kind: 'several', links };
    if (only !== undefined) {
      const isAmong = all.filter(({ now }) => now.kind === 'issue').length > 1;
      const isProven = isNamed && (isAmong || isUnsure || hidden !== undefined);
      const by = isProven ? 'marker' : place;
      return { kind: 'issue', link: only, by, pulls: pullsOf(written, facts) };
    }
    if (issue !== undefined)
      return areAllOwn(issues, item, facts)
        ? { kind: 'issues', links: [issue, ...more] }
        : { kind: 'several', links: issues };
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
  maybe,
  elsewhere,
}: WrittenLinks): readonly (readonly [FoundBy, readonly IssueRef[]])[] {
  return [
    ['link', links],
    ['block', mapped === undefined ? maybe : [mapped]],
    ['bracket', elsewhere.length > 0 ? [] : behind],
  ];
}

/** Whether neither another link nor the hidden block says which issue is the item's. */
function isAloneAtEnd({ links, bare, mapped }: WrittenLinks): boolean {
  return mapped === undefined && links.every((issue) => bare.has(issueKey(issue)));
}

/** Whether numbers in doubt say nothing beside proven ones: the marker of one names the item, or they are its pull requests. */
function areSettledBy(
  proven: readonly Link[],
  claims: readonly Link[],
  item: Item,
  facts: MarkerFacts,
): boolean {
  if (proven.some((link) => isNamedBy(link, item, facts))) return true;
  return proven.length > 0 && claims.every(({ now }) => now.kind === 'pull-request');
}

/** Brackets behind numbers at the end say what the item is followed by, unless they may be the pull requests of that issue. */
function doubtOf(
  claims: readonly Link[],
  { behind }: WrittenLinks,
  { named }: Pick<NamingFacts, 'named'>,
): 'asked' | 'unknown' | 'none' {
  if (behind.length === 0) return 'asked';
  const found = behind.map(named);
  if (found.includes(undefined)) return 'unknown';
  const isIssue = (now: ReturnType<typeof named>) =>
    typeof now === 'object' && now.kind === 'issue';
  if (found.some(isIssue)) return 'none';
  return claims.some(({ now }) => isIssue(now)) ? 'asked' : 'none';
}

/** Not where several were made for the item, nor where all were made for another checklist: the line was copied with its links. */
function areAllOwn(issues: readonly Link[], item: Item, facts: NamingFacts): boolean {
  const isForeign = ({ now }: Link) => {
    const marker = ourMarker(now);
    return marker !== undefined && !isOurs(marker, facts);
  };
  const made = issues.filter((link) => isNamedBy(link, item, facts));
  return made.length < 2 && !issues.every(isForeign);
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
  return own?.kind === 'several' || own?.kind === 'issues' ? own.links : [];
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
  facts: TrustFacts,
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
  facts: TrustFacts,
): boolean {
  const { issue, marker } = known;
  if (taken.has(issueKey(issue.ref))) return false;
  if (marker === undefined) return true;
  // Nobody is kept from a question by a stranger's word.
  return isOurs(marker, facts) ? orphans.has(known) : !isTrusted(issue, facts);
}
