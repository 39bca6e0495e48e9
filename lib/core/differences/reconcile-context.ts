import { type Identities, type ItemIdentity, identify } from '../identity/identify.ts';
import type { KnownIssue } from '../identity/issue.ts';
import { type ItemList, wasMadeFor } from '../identity/marked-issues.ts';
import type { NamingFacts } from '../identity/naming.ts';
import { readList } from '../identity/own-numbers.ts';
import type { Title, TitleFront } from '../plan/title.ts';
import { type IssueRef, issueKey, sameIssue } from '../refs.ts';
import { type PastItems, readPast } from '../sync/past-items.ts';
import { namingOf, planSync, trustFor } from '../sync/plan-sync.ts';
import type { Followed, FollowedLink, Following } from '../sync/sync-facts.ts';
import type { SyncRow } from '../sync/sync-plan.ts';
import type { Checklist, Item } from '../text/checklist.ts';
import type { EditContext } from '../text/edit.ts';
import { parseChecklist } from '../text/parse-checklist.ts';
import type { WrittenLinks } from '../text/referenced-issue.ts';
import type { LineChange } from './choice.ts';
import type { ReconcileFacts, ReconcileOptions } from './reconcile-facts.ts';
import { titlesOf } from './title-words.ts';

/** What is known about one item. */
export interface ItemContext {
  readonly item: Item;
  /** Whose issue is whose. */
  readonly identity: ItemIdentity<Followed>;
  readonly written: WrittenLinks;
  readonly following: Following;
  /** The issue that it follows. */
  readonly link: FollowedLink | undefined;
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
  readonly naming: NamingFacts<Followed>;
  readonly list: ItemList;
  readonly map: ReadonlyMap<string, IssueRef>;
  readonly identities: Identities<Followed>;
  readonly items: readonly ItemContext[];
  /** Earlier versions of the items; parsed when they are looked at. */
  readonly past: PastItems;
  /** Labels of the groups that hold items, by their hash. */
  readonly groups: ReadonlyMap<string, string>;
  /** Lines after edits that were worked out already: several choices need the same. */
  readonly previews: Map<string, LineChange | undefined>;
}

/** Issues that no item links but that could be an item's. */
export interface Candidates {
  readonly by: 'marker' | 'title';
  /** Those of people with a say first. */
  readonly issues: readonly KnownIssue[];
  /** One of them that may be linked without asking. */
  readonly safe: KnownIssue | undefined;
}

/** What the kinds of differences look at. */
export interface PlanContext extends ReconcileContext {
  /** Only items that have some. */
  readonly candidates: ReadonlyMap<Item, Candidates>;
}

/** Looks everything up. `checklist` is the text as already parsed with the rules' placeholder. */
export function readContext(
  facts: ReconcileFacts,
  checklist: Checklist = parse(facts),
  options: ReconcileOptions = {},
): ReconcileContext {
  const { repo } = facts.checklist;
  const { placeholder } = facts.rules;
  const naming = namingOf(facts, checklist);
  const identities = identify(checklist.items, {
    ...naming,
    ...trustFor(facts),
    candidates: facts.listed.issues,
  });
  const followings = identities.items.map(({ own }) => own);
  const rows = new Map(planSync(facts, checklist).rows.map((row) => [row.index, row]));
  const titles = titlesOf(facts, checklist.items, followings, options);
  const items = identities.items.flatMap((identity, index): readonly ItemContext[] => {
    const item = checklist.items[index];
    if (item === undefined) return [];
    const { own: following, written, isOwner } = identity;
    const link = following.kind === 'issue' ? following.link : undefined;
    const row = rows.get(index);
    return [{ item, identity, written, following, link, isOwner, row, ...titles(index) }];
  });
  return {
    facts,
    checklist,
    editing: { repo, placeholder, checklist },
    naming,
    list: readList(checklist.items, naming),
    map: naming.block.entries,
    identities,
    items,
    past: readPast(facts, checklist),
    previews: new Map(),
    groups: new Map(checklist.items.map(({ groupHash, label }) => [groupHash, label])),
  };
}

/** Whether any item links an issue. */
export function isLinked(issue: IssueRef, { identities }: ReconcileContext): boolean {
  return identities.linked.has(issueKey(issue));
}

function parse({ master, rules }: ReconcileFacts): Checklist {
  return parseChecklist(master.text, { placeholder: rules.placeholder });
}

/** Whether an item's text links an issue; the hidden block does not count. */
export function links(issue: IssueRef, { links: own, behind }: WrittenLinks): boolean {
  return [...own, ...behind].some((one) => sameIssue(one, issue));
}

/** Whether the issue that an item follows was made for it, also if the item was renamed or moved since. */
export function followsOwn({ item, link }: ItemContext, context: ReconcileContext): boolean {
  return link !== undefined && wasMadeFor(item, link.now, context.list, context.naming);
}
