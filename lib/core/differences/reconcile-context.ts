import { readMap } from '../identity/identity-map.ts';
import { isOurs, type Known, type MarkedIssues, readMarkers } from '../identity/marked-issues.ts';
import type { Title, TitleFront } from '../plan/title.ts';
import { type IssueRef, issueKey, sameIssue } from '../refs.ts';
import { type WrittenLinks, writtenLinks } from '../sync/followed-links.ts';
import { type Following, followingOf, type Link } from '../sync/following.ts';
import { type PastItems, readPast } from '../sync/past-items.ts';
import { planSync } from '../sync/plan-sync.ts';
import type { SyncRow } from '../sync/sync-plan.ts';
import type { Checklist, Item } from '../text/checklist.ts';
import type { EditContext } from '../text/edit.ts';
import { parseChecklist } from '../text/parse-checklist.ts';
import type { LineChange } from './preview-edits.ts';
import type { ReconcileFacts } from './reconcile-facts.ts';
import { titlesOf } from './title-words.ts';

/** What drafting titles depends on beside the facts. */
export interface ReconcileOptions {
  /** As in generating: undefined: `[Test] ` where the master's title or a heading speaks of tests, else none. */
  readonly prefix?: string | undefined;
  readonly masterTitle?: string | undefined;
}

/** What is known about one item. */
export interface ItemContext {
  readonly item: Item;
  readonly written: WrittenLinks;
  readonly following: Following;
  /** The issue that it follows. */
  readonly link: Link | undefined;
  /** Whether the issue is this item's, and not another's that links it too. */
  readonly isOwner: boolean;
  /** What sync writes and says of it. */
  readonly row: SyncRow | undefined;
  readonly title: Title;
  readonly front: TitleFront;
}

/** All that differences are found from, looked up once. */
export interface ReconcileContext {
  readonly facts: ReconcileFacts;
  readonly checklist: Checklist;
  readonly editing: EditContext;
  readonly map: ReadonlyMap<string, IssueRef>;
  readonly marked: MarkedIssues;
  readonly items: readonly ItemContext[];
  /** Index of the item that each issue belongs to, by `issueKey`. */
  readonly owners: ReadonlyMap<string, number>;
  /** By `issueKey`: linked by any item, by whatever address, also where GitHub was not asked. */
  readonly linked: ReadonlySet<string>;
  /** Earlier versions of the items; parsed when they are looked at. */
  readonly past: PastItems;
  /** Labels of the groups that hold items, by their hash. */
  readonly groups: ReadonlyMap<string, string>;
  /** Lines after edits that were worked out already: several choices need the same. */
  readonly previews: Map<string, LineChange | undefined>;
}

/** Looks everything up. `checklist` is the text as already parsed with the rules' placeholder. */
export function readContext(
  facts: ReconcileFacts,
  checklist: Checklist = parse(facts),
  options: ReconcileOptions = {},
): ReconcileContext {
  const { repo } = facts.checklist;
  const { placeholder } = facts.rules;
  const map = facts.identity === 'block' ? readMap(facts.master.text, repo) : new Map();
  const written = checklist.items.map((item) =>
    writtenLinks(item, facts.checklist, map.get(item.key)),
  );
  const followings = checklist.items.map((item) => followingOf(item, facts, map.get(item.key)));
  const marked = readMarkers(asCandidates(facts), checklist.items);
  const owners = ownersOf(checklist.items, followings, facts);
  const rows = new Map(planSync(facts, checklist).rows.map((row) => [row.index, row]));
  const titles = titlesOf(facts, checklist.items, followings, options);
  const items = checklist.items.map((item, index): ItemContext => {
    const following = followings[index] ?? { kind: 'nothing' };
    const link = following.kind === 'issue' ? following.link : undefined;
    return {
      item,
      following,
      link,
      written: written[index] ?? { links: [], behind: [], mapped: undefined },
      isOwner: link !== undefined && owners.get(issueKey(link.now.ref)) === index,
      row: rows.get(index),
      ...titles(index),
    };
  });
  return {
    facts,
    checklist,
    editing: { repo, placeholder, checklist },
    map,
    marked,
    items,
    owners,
    linked: linkedKeys(written, facts),
    past: readPast(facts, checklist),
    previews: new Map(),
    groups: new Map(checklist.items.map(({ groupHash, label }) => [groupHash, label])),
  };
}

/** Issues with the marker of an item, else with that of a text that moved, that no item links. */
export function unownedMarked(item: Item, context: ReconcileContext): readonly Known[] {
  const { byItem, orphans } = context.marked;
  const named = byItem.get(item.key) ?? [];
  const moved = named.length > 0 ? [] : (orphans.get(item.textHash) ?? []);
  return [...named, ...moved].filter(({ issue }) => !isLinked(issue.ref, context));
}

/** Whether any item links an issue. */
export function isLinked(issue: IssueRef, { linked }: ReconcileContext): boolean {
  return linked.has(issueKey(issue));
}

function parse({ master, rules }: ReconcileFacts): Checklist {
  return parseChecklist(master.text, { placeholder: rules.placeholder });
}

function asCandidates({ checklist, listed }: ReconcileFacts) {
  return { checklist, referenced: {}, candidates: listed.issues };
}

/** As in generating: an issue belongs to the item that its marker names, else to the first that links it. */
function ownersOf(
  items: readonly Item[],
  followings: readonly Following[],
  facts: ReconcileFacts,
): ReadonlyMap<string, number> {
  const owners = new Map<string, number>();
  followings.forEach((following, index) => {
    for (const { ref, marker } of followedIssues(following, facts)) {
      const key = issueKey(ref);
      const counts = marker?.state === 'v1' && isOurs(marker, facts);
      if (!owners.has(key) || (counts && marker.item === items[index]?.key)) owners.set(key, index);
    }
  });
  return owners;
}

function followedIssues(following: Following, { followed }: ReconcileFacts) {
  if (following.kind === 'issue') return [following.link.now];
  if (following.kind !== 'several') return [];
  return following.issues.flatMap((asked) => {
    const now = followed[issueKey(asked)];
    return typeof now === 'object' ? [now] : [];
  });
}

function linkedKeys(
  written: readonly WrittenLinks[],
  { followed }: ReconcileFacts,
): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { links, behind, mapped } of written) {
    for (const ref of [...links, ...behind, ...(mapped === undefined ? [] : [mapped])]) {
      const now = followed[issueKey(ref)];
      keys.add(issueKey(ref));
      if (typeof now === 'object') keys.add(issueKey(now.ref));
    }
  }
  return keys;
}

/** Whether an item's text, or the hidden map, holds a link to an issue. */
export function links(issue: IssueRef, { links: own, behind }: WrittenLinks): boolean {
  return [...own, ...behind].some((one) => sameIssue(one, issue));
}
