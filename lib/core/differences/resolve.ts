import type { IssueChange, RowChange } from '../engine/change.ts';
import type { ChangeDraft } from '../engine/new-change.ts';
import { parseMap, readMap } from '../identity/identity-map.ts';
import { type IssueRef, issueKey } from '../refs.ts';
import { type Checklist, type ItemLocator, locatorOf } from '../text/checklist.ts';
import type { Edit } from '../text/edit.ts';
import type { Consequence } from './choice.ts';
import { rulesOf, wholeOf } from './choices.ts';
import type { Chosen, ChosenMatch } from './chosen.ts';
import type { Difference, Match, ReconcilePlan } from './difference.ts';
import { changedEntries } from './item-edits.ts';
import { linkTo, rematch } from './match-by-hand.ts';
import { readContext } from './reconcile-context.ts';
import type { ReconcileFacts } from './reconcile-facts.ts';

/** What choices come to. */
export interface Resolution {
  /** What the run does. New words come last: other edits find their item by the old ones. */
  readonly rows: readonly ChangeDraft[];
  /** Items for which an issue is to be created. */
  readonly creates: readonly ItemLocator[];
  /** Differences that are not to be shown again. */
  readonly keep: readonly Difference[];
  /** Choices that are not possible any more, or contradict an earlier one. */
  readonly changed: number;
}

/**
 * What the user's choices write. `approved` is the plan that she saw, `fresh` what was found just now: a choice counts
 * only where the same difference still stands there and the choice still writes the same.
 */
export function resolve(
  fresh: FoundDifferences,
  approved: ReconcilePlan,
  chosen: readonly Chosen[],
): Resolution {
  const resolved: ResolvedChoice[] = [];
  const claimed = new Set<string>();
  /** Of which parts are claimed. */
  const divided = new Set<string>();
  const isTaken = (claim: string) =>
    claimed.has(claim) || claimed.has(wholeOf(claim)) || divided.has(claim);
  for (const one of chosen) {
    const choice = resolveChosen(fresh, approved, one);
    if (choice === undefined) continue;
    const claims = claimsOf(choice, fresh);
    if (claims.some(isTaken)) continue;
    for (const claim of claims) {
      claimed.add(claim);
      if (wholeOf(claim) !== claim) divided.add(wholeOf(claim));
    }
    resolved.push(choice);
  }
  const writing = resolved.filter(({ consequence }) => consequence.choice.kind !== 'leave');
  return {
    rows: inOrder(writing.flatMap((one) => rowOf(one, fresh))),
    creates: writing.flatMap(({ item, consequence: { issues } }) =>
      item !== undefined && issues.some(({ kind }) => kind === 'create') ? [item] : [],
    ),
    keep: resolved.flatMap(({ difference, consequence }) =>
      difference !== undefined && consequence.choice.kind === 'leave' ? [difference] : [],
    ),
    changed: chosen.length - resolved.length,
  };
}

/** What a choice decides. No two choices may decide the same. */
function claimsOf(
  { difference, item, consequence }: ResolvedChoice,
  found: FoundDifferences,
): readonly string[] {
  const key = item?.key ?? '';
  return [
    ...(difference === undefined ? [] : [`difference ${difference.id}`]),
    ...rulesOf(consequence.choice, found.facts.checklist.repo).claims(key),
    ...entriesOf(consequence, found).map(([entry]) => `entry ${entry}`),
    ...consequence.issues.flatMap((write) =>
      write.kind === 'create' ? [] : [`${write.kind} ${issueKey(write.issue)}`],
    ),
  ];
}

function rowOf(
  { item, text, consequence }: ResolvedChoice,
  found: FoundDifferences,
): readonly ChangeDraft[] {
  const change: RowChange = {
    choice: consequence.choice.kind,
    changes: changesOf(consequence),
    edits: consequence.edits.filter(({ kind }) => kind !== 'comment'),
    map: entriesOf(consequence, found),
  };
  const { changes, edits, map } = change;
  return changes.length + edits.length + map.length === 0 ? [] : [{ item, text, change }];
}

/** The writes to issues, as changes that may be sent again. The user chose them just now: nobody is asked once more. */
function changesOf({ issues }: Consequence): readonly IssueChange[] {
  return issues.flatMap((write): readonly IssueChange[] => {
    if (write.kind === 'create') return [];
    const { issue } = write;
    if (write.kind === 'title') return [{ issue, title: { from: write.from, to: write.title } }];
    const { state: to, reason } = write;
    return [{ issue, state: { to, ...(reason !== undefined && { reason }) } }];
  });
}

/** What a choice changes of the hidden block as it stands. */
function entriesOf(
  { edits }: Consequence,
  { facts: { master, checklist }, items: { items } }: FoundDifferences,
): RowChange['map'] {
  const { repo } = checklist;
  const before = readMap(master.text, items, repo).entries;
  const entries = edits.flatMap((edit) =>
    edit.kind === 'comment'
      ? changedEntries(before, parseMap(edit.content, items, repo).entries)
      : [],
  );
  return [...new Map(entries)];
}

function inOrder(rows: readonly ChangeDraft[]): readonly ChangeDraft[] {
  const renames = ({ change }: ChangeDraft) => change.choice === 'rename-item';
  return [...rows.filter((row) => !renames(row)), ...rows.filter(renames)];
}

/** Differences with what they were found from. `items` is the text of the facts as parsed with the rules' placeholder. */
export interface FoundDifferences {
  readonly facts: ReconcileFacts;
  readonly plan: ReconcilePlan;
  readonly items: Checklist;
}

/** A choice that is possible now, with what it writes. */
interface ResolvedChoice {
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
function resolveChosen(
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
  found: FoundDifferences,
  approved: ReconcilePlan,
  { difference: id, choice }: Extract<Chosen, { readonly kind: 'offered' }>,
): ResolvedChoice | undefined {
  const seen = find(approved, id)?.choices[choice];
  const difference = find(found.plan, id);
  if (seen === undefined || difference === undefined || seen.choice.kind === 'link-to')
    return undefined;
  const consequence = difference.choices.find((one) => sameEffect(one, seen, found));
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

function subjectOf({ item, text }: Difference): Pick<ResolvedChoice, 'item' | 'text'> {
  return { item, text };
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

/** Whether a choice writes now what the user saw. Of the hidden block only what it changes counts. */
function sameEffect(now: Consequence, seen: Consequence, found: FoundDifferences): boolean {
  return effectOf(now) === effectOf(seen) && sameEntries(now, seen, found);
}

function effectOf({ choice, edits, issues, issueLines }: Consequence): string {
  return JSON.stringify([choice, edits.map(effectOfEdit), issues, issueLines]);
}

/** The same item in the same place: among equal lines it may be another, by their number or by what it links. */
function effectOfEdit(edit: Edit): unknown {
  if (edit.kind === 'comment') return edit.name;
  if (edit.kind === 'summary') return edit.content;
  const { item, ...rest } = edit;
  return [item.key, item.twins, item.link, rest];
}

function sameEntries(
  now: Consequence,
  seen: Consequence,
  { facts: { master, checklist }, items: { items } }: FoundDifferences,
): boolean {
  const { repo } = checklist;
  const shown = contentOf(seen);
  const content = contentOf(now);
  if (content === undefined || shown === undefined) return content === shown;
  const map = readMap(master.text, items, repo).entries;
  const approved = parseMap(shown, items, repo).entries;
  return changedEntries(map, parseMap(content, items, repo).entries).every(([key, issue]) => {
    const other = approved.get(key);
    return (issue && issueKey(issue)) === (other && issueKey(other));
  });
}

function contentOf({ edits }: Consequence): string | undefined {
  const comment = edits.find((edit) => edit.kind === 'comment');
  return comment?.kind === 'comment' ? comment.content : undefined;
}
