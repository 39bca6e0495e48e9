import { answerOf, NO_ANSWERS } from '../identity/answers.ts';
import { type ItemList, wasMadeFor } from '../identity/marked-issues.ts';
import type { NamingFacts } from '../identity/naming.ts';
import { formatRepo, type IssueRef, issueKey, repoKey, sameIssue } from '../refs.ts';
import type { SyncRules } from '../settings/settings.ts';
import type { Item } from '../text/checklist.ts';
import { referencedIssue } from '../text/referenced-issue.ts';
import { baseMerges, inOrder, pullsElsewhere, pullsOfIssue } from './merged-pulls.ts';
import type { PastItems } from './past-items.ts';
import type {
  Followed,
  Following,
  FollowedLink as Link,
  MergedPull,
  SyncFacts,
} from './sync-facts.ts';
import type { SyncChange, SyncRemark, TickReason } from './sync-plan.ts';

/** What sync writes for an item, and what it says of it. */
export interface ItemPlan {
  readonly changes: readonly SyncChange[];
  readonly remarks: readonly SyncRemark[];
}

/** For an item that is left alone. */
export const LEFT_ALONE: ItemPlan = { changes: [], remarks: [] };

/** What the plans of all items depend on. */
export interface PlanContext {
  readonly facts: SyncFacts;
  readonly past: PastItems;
  readonly naming: NamingFacts<Followed>;
  readonly list: ItemList;
}

/** Plans one item by what it follows. */
export function planItem(item: Item, following: Following, context: PlanContext): ItemPlan {
  switch (following.kind) {
    case 'nothing':
    case 'elsewhere':
    case 'unknown':
    // A question of the whole checklist, and nothing of the item's.
    case 'asked':
      return LEFT_ALONE;
    case 'unreadable':
      return { changes: [], remarks: [{ kind: 'unreadable', issue: following.issue }] };
    case 'several':
      return {
        changes: [],
        remarks: [{ kind: 'several-issues', issues: following.links.map(({ asked }) => asked) }],
      };
    case 'issue':
      return planByIssue(item, following, context);
    case 'issues':
      return planByIssues(item, following.links, context);
    case 'pulls':
      return planByPulls(item, following.links, context);
  }
}

type ByIssue = Extract<Following, { readonly kind: 'issue' }>;

function planByIssue(item: Item, following: ByIssue, context: PlanContext): ItemPlan {
  const { link } = following;
  const isClosed = link.now.state === 'closed';
  return together([
    movedFrom(link),
    isClosed ? planClosed(item, following, context) : planOpen(item, following, context),
    planNumbers(item, following, context),
  ]);
}

function planClosed(item: Item, following: ByIssue, context: PlanContext): ItemPlan {
  if (item.checked) return LEFT_ALONE;
  const { asked, now } = following.link;
  const reason = now.reason ?? 'completed';
  const left = leftOf(now, context.facts.rules);
  if (left !== undefined) return { changes: [], remarks: [left] };
  const because = { kind: 'closed', issue: now.ref, reason } as const;
  const isOld = isDoneBefore(item, following, now.closedAt, context);
  return planTick(
    item,
    asked,
    { because, at: now.closedAt, old: isOld ? now.ref : undefined },
    context,
  );
}

function planOpen(item: Item, following: ByIssue, context: PlanContext): ItemPlan {
  const { asked, now } = following.link;
  const { rules } = context.facts;
  const merges = baseMerges(following.link, context.facts);
  const merge = merges.findLast((pull) => isAfter(pull.mergedAt, now.reopenedAt));
  if (!item.checked) {
    if (merge === undefined || !rules.tickOnBaseBranches) return LEFT_ALONE;
    const because = { kind: 'merged-into', pull: merge.ref, base: merge.base } as const;
    const isOld = isDoneBefore(item, following, merge.mergedAt, context);
    const old = isOld ? merge.ref : undefined;
    return planTick(item, asked, { because, at: merge.mergedAt, old }, context);
  }
  // Another legal rule ticks on such a merge: the tick is left alone under every rule.
  return merge === undefined ? planReopened(following.link, context) : LEFT_ALONE;
}

/** A ticked item whose issue is open. */
function planReopened({ now }: Link, { facts: { master } }: PlanContext): ItemPlan {
  const edited = master.history[0]?.editedAt ?? master.createdAt;
  if (now.reopenedAt !== undefined && isAfter(now.reopenedAt, edited)) {
    const { ref: issue, reopenedAt } = now;
    return { changes: [{ kind: 'untick', issue, reopenedAt }], remarks: [] };
  }
  return { changes: [], remarks: [{ kind: 'ticked-open', issue: now.ref }] };
}

/** A number that the item named at the merge or since was taken out by a person. */
function planNumbers(item: Item, following: ByIssue, context: PlanContext): ItemPlan {
  const { facts, past } = context;
  if (!facts.rules.pullRequests) return LEFT_ALONE;
  const { link } = following;
  const unnamed = (all: readonly MergedPull[]) =>
    all
      .filter(({ ref }) => !names(item, ref, facts))
      .filter(({ mergedAt }) => !isDoneBefore(item, following, mergedAt, context));
  const missing = unnamed(pullsOfIssue(link, facts));
  const back = missing.filter(({ ref, mergedAt }) =>
    past.wasSince(mergedAt, item, link.asked, (before) => names(before, ref, facts)),
  );
  const pulls = missing.filter((pull) => !back.includes(pull)).map(({ ref }) => ref);
  return {
    changes: pulls.length === 0 ? [] : [{ kind: 'add-pulls', pulls }],
    remarks: [
      ...back.map(({ ref }): SyncRemark => ({ kind: 'pull-taken-back', pull: ref })),
      ...elsewhere(unnamed(pullsElsewhere(link, facts)), link, facts),
    ],
  };
}

/** One remark for each repository. */
function elsewhere(
  pulls: readonly MergedPull[],
  { now: { ref: issue } }: Link,
  { rules: { pullRequestsFrom = [] } }: { readonly rules: Partial<SyncRules> },
): readonly SyncRemark[] {
  const ofRepos = Map.groupBy(pulls, ({ ref }) => repoKey(ref.repo));
  return [...ofRepos.values()].flatMap((same): readonly SyncRemark[] => {
    const refs = same.map(({ ref }) => ref);
    const names = refs.slice(0, 1).map(({ repo }) => formatRepo(repo));
    return [{ kind: 'pulls-elsewhere', issue, pulls: refs, from: [...pullRequestsFrom, ...names] }];
  });
}

/** An item with several issues is ticked when all of them are done. Numbers of pull requests are left to people. */
function planByIssues(item: Item, links: readonly Link[], context: PlanContext): ItemPlan {
  const moved = links.map(movedFrom);
  const open = links.filter(({ now }) => now.state === 'open');
  if (item.checked) {
    const reopened = open.find(({ now }) => now.reopenedAt !== undefined) ?? open[0];
    return together([...moved, reopened ? planReopened(reopened, context) : LEFT_ALONE]);
  }
  if (open.length > 0) return together(moved);
  const left = links.flatMap(({ now }) => leftOf(now, context.facts.rules) ?? []);
  if (left.length > 0) return together([...moved, { changes: [], remarks: left }]);
  const [last] = [...links].sort((a, b) => timeOf(b.now.closedAt) - timeOf(a.now.closedAt));
  if (last === undefined) return together(moved);
  const old = links.find((link) =>
    isDoneBefore(item, { link, by: 'link' }, link.now.closedAt, context),
  );
  const because = {
    kind: 'closed',
    issue: last.now.ref,
    reason: last.now.reason ?? 'completed',
  } as const;
  const done = { because, at: last.now.closedAt, old: old?.now.ref };
  return together([...moved, planTick(item, last.asked, done, context)]);
}

/** What is said of an issue that was closed for a reason that by the rules ticks nothing. */
function leftOf(
  { ref, reason = 'completed' }: Followed,
  { notPlanned, duplicate }: SyncRules,
): SyncRemark | undefined {
  if (reason === 'completed') return undefined;
  const rule = { 'not-planned': notPlanned, duplicate }[reason];
  return rule === 'leave' ? { kind: reason, issue: ref } : undefined;
}

/** Whether an open item is ticked for it, once it is the item's own. */
export function isDone(now: Followed, rules: SyncRules): boolean {
  if (now.kind === 'pull-request') return now.merged !== undefined;
  return now.state === 'closed' && leftOf(now, rules) === undefined;
}

function timeOf(time: string | undefined): number {
  return time === undefined ? 0 : Date.parse(time);
}

/**
 * An item that links pull requests only is ticked when all are merged that were not closed without it, and one is;
 * nothing is said of a tick before that.
 */
function planByPulls(
  item: Item,
  links: readonly [Link, ...Link[]],
  context: PlanContext,
): ItemPlan {
  const merges = links.flatMap(({ now }) => now.merged ?? []);
  const last = inOrder(merges).at(-1);
  const moved = links.map(movedFrom);
  const isPending = links.some(({ now }) => now.state === 'open');
  if (item.checked || last === undefined || isPending) return together(moved);
  const { past } = context;
  const old = links.find(
    ({ asked, now }) =>
      now.merged !== undefined &&
      !isAnsweredOwn(item, asked, context) &&
      !past.namedBefore(now.merged.mergedAt, item, asked),
  );
  const because = { kind: 'merged', pull: last.ref } as const;
  const done = { because, at: last.mergedAt, old: old?.now.ref };
  const tick = planTick(item, links[0].asked, done, context);
  return together([...moved, tick]);
}

/**
 * Whether what is done was done before the item named its issue: an open box beside finished work means other work, such
 * as testing it. Where Masterlist wrote the link, or a person said so, it is the item's own.
 */
function isDoneBefore(
  item: Item,
  { link, by }: Pick<ByIssue, 'link' | 'by'>,
  at: string | undefined,
  context: PlanContext,
): boolean {
  if (isAnsweredOwn(item, link.asked, context)) return false;
  const isOwn = by === 'block' || wasMadeFor(item, link.now, context.list, context.naming);
  return !isOwn && !context.past.namedBefore(at, item, link.asked);
}

/** Whether a person said of this very item that the number is its own: also of what was done before it. */
function isAnsweredOwn(item: Item, issue: IssueRef, { naming }: PlanContext): boolean {
  return answerOf(naming.answers ?? NO_ANSWERS, item, issue) === 'own';
}

/** That what an item follows is done. */
interface Done {
  readonly because: TickReason;
  readonly at: string | undefined;
  /** What was done before the item named it. */
  readonly old: IssueRef | undefined;
}

/** Ticks, unless the item was ticked at the event or since (a person took it back), or named what was done already. */
function planTick(
  item: Item,
  issue: IssueRef | undefined,
  { because, at, old }: Done,
  { past }: PlanContext,
): ItemPlan {
  const left = (remark: SyncRemark): ItemPlan => ({ changes: [], remarks: [remark] });
  if (past.wasSince(at, item, issue, ({ checked }) => checked))
    return left({ kind: 'tick-taken-back', because });
  if (old !== undefined) return left({ kind: 'done-before', because, issue: old });
  return { changes: [{ kind: 'tick', because }], remarks: [] };
}

function movedFrom({ asked, now }: Link): ItemPlan {
  if (sameIssue(asked, now.ref)) return LEFT_ALONE;
  return { changes: [], remarks: [{ kind: 'moved', issue: asked, to: now.ref }] };
}

/** Whether the item names the pull request, in whatever form, anywhere; also by an address from before a renaming. */
function names(item: Item, pull: IssueRef, { checklist, followed }: SyncFacts): boolean {
  return item.references.some((reference) => {
    const written = referencedIssue(reference, checklist.repo);
    if (sameIssue(written, pull)) return true;
    const now = followed[issueKey(written)];
    if (typeof now === 'object') return sameIssue(now.ref, pull);
    // Not asked: behind the link a number of another repository may be an old name of this one.
    return now === undefined && reference.role !== 'mention' && written.number === pull.number;
  });
}

/** Later than another time; also when there is no other. Not in the same second. */
function isAfter(time: string, other: string | undefined): boolean {
  return other === undefined || Date.parse(time) > Date.parse(other);
}

function together(plans: readonly ItemPlan[]): ItemPlan {
  return {
    changes: plans.flatMap(({ changes }) => changes),
    remarks: plans.flatMap(({ remarks }) => remarks),
  };
}
