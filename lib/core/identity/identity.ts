import type { Decision, GenerationFacts, RowReason } from '../plan/plan-generation.ts';
import { issueKey } from '../refs.ts';
import type { Item } from '../text/checklist.ts';
import { readMap } from './identity-map.ts';
import type { IdentityStrategy, KnownIssue } from './issue.ts';
import { type ItemLinks, itemLinks } from './item-links.ts';
import { isOurs, isTrusted, type Known, type MarkedIssues, readMarkers } from './marked-issues.ts';

/** What is known about an item's issue, and what follows from it. */
export interface Finding {
  readonly decision: Decision;
  readonly reason: RowReason;
  /** Issues that the user may link instead. */
  readonly candidates: readonly KnownIssue[];
}

/** What identity found out about all items. */
export interface Identities {
  /** One per item, in order; undefined where no issue of the item is known. */
  readonly findings: readonly (Finding | undefined)[];
  /** One per item: references in passing, for the user to review. */
  readonly mentions: readonly ItemLinks['mentions'][];
  /** Issues of nobody: neither linked by an item, nor marked for one, nor of another checklist. Only these can have "the same title". */
  readonly free: readonly KnownIssue[];
}

/**
 * Tells which item is which issue: the issue that its text (or the hidden map) links, else the one whose marker
 * names it. Whatever is not clear is asked, never guessed. Titles are compared later, once they are known.
 */
export function identify(
  facts: GenerationFacts,
  items: readonly Item[],
  strategy: IdentityStrategy,
): Identities {
  const map = strategy === 'block' ? readMap(facts.master.body, facts.checklist.repo) : undefined;
  const links = items.map((item) => itemLinks(item, facts, map?.get(item.key)));
  const marked = readMarkers(facts, items);
  const own = items.map((item, index) =>
    ownIssues(item, links[index]?.issues ?? [], marked, facts),
  );
  const context: Context = { facts, items, links, own, ...marked };
  const owners = linkOwners(context);
  const findings = items.map((item, index) => findIssue(item, index, context, owners));
  return {
    findings,
    mentions: links.map(({ mentions }) => mentions),
    free: [...marked.known.values()]
      .filter((one) => isFree(one, context, owners))
      .map(({ issue }) => issue),
  };
}

interface Context extends MarkedIssues {
  readonly facts: GenerationFacts;
  readonly items: readonly Item[];
  readonly links: readonly ItemLinks[];
  /** Per item, the issues that its text links and that may be its own. */
  readonly own: readonly (readonly KnownIssue[])[];
}

/** Index of the item that each linked issue belongs to, by `issueKey`. */
type Owners = ReadonlyMap<string, number>;

/**
 * A line may keep the link of the plan that it was pasted from, or of another item, beside its own: an issue whose
 * marker names the item is its own, and one of another checklist is not.
 */
function ownIssues(
  item: Item,
  issues: readonly KnownIssue[],
  { known }: MarkedIssues,
  facts: GenerationFacts,
): readonly KnownIssue[] {
  if (issues.length < 2) return issues;
  const markerOf = ({ ref }: KnownIssue) => known.get(issueKey(ref))?.marker;
  const ours = issues.filter((issue) => {
    const marker = markerOf(issue);
    return marker === undefined || isOurs(marker, facts);
  });
  const named = ours.filter((issue) => markerOf(issue)?.item === item.key);
  if (named.length === 1) return named;
  return ours.length > 0 ? ours : issues.slice(0, 1);
}

/** When several items link one issue, it belongs to the one that its marker names, else to the first. */
function linkOwners({ items, own, known, facts }: Context): Owners {
  const owners = new Map<string, number>();
  own.forEach((issues, index) => {
    for (const { ref } of issues) {
      const key = issueKey(ref);
      const marker = known.get(key)?.marker;
      const named =
        marker !== undefined && marker.item === items[index]?.key && isOurs(marker, facts);
      if (named || !owners.has(key)) owners.set(key, index);
    }
  });
  return owners;
}

function findIssue(
  item: Item,
  index: number,
  context: Context,
  owners: Owners,
): Finding | undefined {
  const links = context.links[index];
  if (links === undefined) return undefined;
  return findByText(item, index, links, context, owners) ?? findByMarker(item, context, owners);
}

function findByText(
  item: Item,
  index: number,
  { pulls, unreadable }: ItemLinks,
  { own, known, facts, byItem }: Context,
  owners: Owners,
): Finding | undefined {
  const issues = own[index] ?? [];
  const [issue] = issues;
  const [hidden] = unreadable;
  const [pull] = pulls;
  if (issues.length > 1) return ask({ kind: 'two-candidates' }, issues);
  if (issue === undefined) {
    if (hidden !== undefined) return ask({ kind: 'link-unreadable', issue: hidden }, []);
    return pull && skip({ kind: 'linked', issue: pull.ref, pullRequest: true });
  }
  const key = issueKey(issue.ref);
  const marker = known.get(key)?.marker;
  if (marker !== undefined && !isOurs(marker, facts))
    return ask({ kind: 'other-checklist', issue: issue.ref }, []);
  if (owners.get(key) !== index) return ask({ kind: 'linked-twice', issue: issue.ref }, [issue]);
  const doubles = (byItem.get(item.key) ?? []).filter((one) =>
    isOpenDouble(one, key, facts, owners),
  );
  if (marker?.item === item.key && doubles.length > 0)
    return ask({ kind: 'two-candidates' }, [issue, ...doubles.map((one) => one.issue)]);
  return skip({ kind: 'linked', issue: issue.ref, pullRequest: false });
}

/** An open second issue with the marker of an item that links the first: somebody should close one of them. */
function isOpenDouble(one: Known, linked: string, facts: GenerationFacts, owners: Owners): boolean {
  const key = issueKey(one.issue.ref);
  return (
    key !== linked && !owners.has(key) && one.issue.state === 'open' && isTrusted(one.issue, facts)
  );
}

function findByMarker(item: Item, context: Context, owners: Owners): Finding | undefined {
  const marked = context.byItem.get(item.key) ?? [];
  const moved = marked.length > 0 ? [] : (context.orphans.get(item.textHash) ?? []);
  const issues = [...marked, ...moved].map(({ issue }) => issue);
  const unowned = issues.filter(({ ref }) => !owners.has(issueKey(ref)));
  const [first] = issues;
  const [only, second] = unowned;
  if (first === undefined || (moved.length > 0 && only === undefined)) return undefined;
  if (only === undefined) return ask({ kind: 'linked-twice', issue: first.ref }, issues);
  const trusted = unowned.filter((issue) => isTrusted(issue, context.facts));
  const [safe] = trusted;
  if (safe === undefined && second === undefined)
    return ask({ kind: 'untrusted-marker', issue: only.ref, author: only.author }, unowned);
  if (safe === undefined || trusted.length > 1) return ask({ kind: 'two-candidates' }, unowned);
  if (moved.length > 0) return ask({ kind: 'moved', issue: safe.ref }, unowned);
  return { decision: 'link', reason: { kind: 'marked', issue: safe.ref }, candidates: unowned };
}

function isFree({ issue, marker }: Known, { facts, byItem }: Context, owners: Owners): boolean {
  if (owners.has(issueKey(issue.ref))) return false;
  if (marker === undefined) return true;
  return isOurs(marker, facts) && !byItem.has(marker.item);
}

function ask(reason: RowReason, candidates: readonly KnownIssue[]): Finding {
  return { decision: 'ask', reason, candidates };
}

function skip(reason: RowReason): Finding {
  return { decision: 'skip', reason, candidates: [] };
}
