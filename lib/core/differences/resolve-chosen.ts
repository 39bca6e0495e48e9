import { readMap } from '../identity/identity-map.ts';
import { type IssueRef, issueKey } from '../refs.ts';
import { type Checklist, type ItemLocator, locatorOf } from '../text/checklist.ts';
import type { Chosen, ChosenMatch } from './chosen.ts';
import type { Consequence, Difference, Match, ReconcilePlan } from './difference.ts';
import { linkTo } from './link-to.ts';
import { readContext } from './reconcile-context.ts';
import type { ReconcileFacts } from './reconcile-facts.ts';
import { rematch } from './rematch.ts';
import { sameEffect } from './same-effect.ts';

/** Differences with what they were found from. `items` is the text of the facts as parsed with the rules' placeholder. */
export interface FoundDifferences {
  readonly facts: ReconcileFacts;
  readonly plan: ReconcilePlan;
  readonly items: Checklist;
}

/** A choice that is possible now, with what it writes. */
export interface ResolvedChoice {
  /** What was chosen about; missing in the table of matches. */
  readonly difference: Difference | undefined;
  /** Missing for an issue without an item. */
  readonly item: ItemLocator | undefined;
  readonly text: string;
  readonly consequence: Consequence;
}

/** What a match by hand would write; nothing where it cannot be, or writes nothing. */
export function matchConsequence(
  found: FoundDifferences,
  chosen: ChosenMatch,
): Consequence | undefined {
  return resolveMatch(found, chosen)?.consequence;
}

/** A choice as it is possible on fresh facts; nothing where it means something else there than what the user saw. */
export function resolveChosen(
  fresh: FoundDifferences,
  approved: ReconcilePlan,
  chosen: Chosen,
): ResolvedChoice | undefined {
  if (chosen.kind === 'offered') return resolveOffered(fresh, approved, chosen);
  if (chosen.kind === 'link' || chosen.kind === 'adopt')
    return find(approved, chosen.difference) && resolveMatch(fresh, chosen);
  const before = matchOf(approved, chosen.item);
  const now = matchOf(fresh.plan, chosen.item);
  if (before === undefined || now === undefined || !isSameMatch(before, now)) return undefined;
  return resolveMatch(fresh, chosen);
}

function resolveOffered(
  { facts, plan }: FoundDifferences,
  approved: ReconcilePlan,
  { difference: id, choice }: Extract<Chosen, { readonly kind: 'offered' }>,
): ResolvedChoice | undefined {
  const seen = find(approved, id)?.choices[choice];
  const difference = find(plan, id);
  if (seen === undefined || difference === undefined || seen.choice.kind === 'link-to')
    return undefined;
  const { repo } = facts.checklist;
  const map = readMap(facts.master.text, repo);
  const consequence = difference.choices.find((one) => sameEffect(one, seen, map, repo));
  return consequence && { ...subjectOf(difference), difference, consequence };
}

function resolveMatch(found: FoundDifferences, chosen: ChosenMatch): ResolvedChoice | undefined {
  switch (chosen.kind) {
    case 'link':
      return resolveLinkTo(found, chosen.difference, { issue: chosen.issue });
    case 'adopt': {
      const item = found.items.items.find(({ key }) => key === chosen.item);
      return item && resolveLinkTo(found, chosen.difference, { index: item.index });
    }
    case 'match':
      return resolveRematch(found, chosen.item, chosen.issue);
    case 'unmatch':
      return resolveRematch(found, chosen.item, undefined);
  }
}

function resolveLinkTo(
  { facts, plan, items }: FoundDifferences,
  id: string,
  target: { readonly issue: IssueRef } | { readonly index: number },
): ResolvedChoice | undefined {
  const difference = find(plan, id);
  if (!difference?.choices.some(({ choice }) => choice.kind === 'link-to')) return undefined;
  const consequence = linkTo(facts, difference, target, items);
  const item = 'index' in target ? items.items[target.index] : undefined;
  const subject =
    item === undefined ? subjectOf(difference) : { item: locatorOf(item), text: item.text };
  return consequence && { ...subject, difference, consequence };
}

function resolveRematch(
  { facts, items }: FoundDifferences,
  key: string,
  issue: IssueRef | undefined,
): ResolvedChoice | undefined {
  const context = readContext(facts, items);
  const one = context.items.find(({ item }) => item.key === key);
  const consequence = one && rematch(one, issue, context);
  if (one === undefined || consequence === undefined) return undefined;
  const { item } = one;
  return { difference: undefined, item: locatorOf(item), text: item.text, consequence };
}

function subjectOf({ item, text, finding }: Difference): Pick<ResolvedChoice, 'item' | 'text'> {
  return { item, text: finding.kind === 'orphan' ? finding.issue.title : text };
}

function find({ differences }: ReconcilePlan, id: string): Difference | undefined {
  return differences.find((one) => one.id === id);
}

function matchOf({ matches }: ReconcilePlan, key: string): Match | undefined {
  return matches.find(({ item }) => item.key === key);
}

function isSameMatch(one: Match, other: Match): boolean {
  const issues = [one, other].map(({ issue }) => issue && issueKey(issue));
  return issues[0] === issues[1] && one.item.twins === other.item.twins;
}
