import { type IssueRef, issueKey, sameIssue } from '../refs.ts';
import { type Checklist, locatorOf } from '../text/checklist.ts';
import type { Edit } from '../text/edit.ts';
import type { Choice, Consequence } from './choice.ts';
import { consequenceOf, rulesOf } from './choices.ts';
import type { Difference, ReconcilePlan } from './difference.ts';
import type { Sighting } from './kind.ts';
import { findCandidates } from './kinds/unlinked.ts';
import { type Finding, KINDS } from './kinds.ts';
import { matchesOf } from './matches.ts';
import { type PlanContext, readContext } from './reconcile-context.ts';
import type { ReconcileFacts, ReconcileOptions } from './reconcile-facts.ts';

/**
 * All differences between a checklist and its issues, from the text and GitHub's state alone. What sync would write is
 * taken from its plan, and only that and links of transferred issues may be written automatically. Items of whose links
 * GitHub was not asked are left out, and so is what the user left as it is. `checklist` is the text as already parsed with
 * the rules' placeholder.
 */
export function planReconcile(
  facts: ReconcileFacts,
  checklist?: Checklist,
  options?: ReconcileOptions,
): ReconcilePlan {
  const found = readContext(facts, checklist, options);
  const context: PlanContext = { ...found, candidates: findCandidates(found) };
  const sightings = [
    ...context.items.flatMap((one) =>
      KINDS.flatMap((kind): readonly Sighting<Finding>[] => kind.inItem(one, context)),
    ),
    ...KINDS.flatMap((kind): readonly Sighting<Finding>[] => kind.inAll(context)),
  ];
  return {
    checklist: facts.checklist,
    differences: differencesOf(sightings, context, new Set(facts.left)),
    matches: matchesOf(context),
  };
}

/** A difference with the choice that is made without asking. */
export interface AutomaticChoice {
  readonly difference: Difference;
  readonly consequence: Consequence;
}

/** What is resolved automatically beside what sync does: links of transferred issues. Never anything on the issue's side. */
export function automaticChoices({
  checklist,
  differences,
}: ReconcilePlan): readonly AutomaticChoice[] {
  return differences.flatMap((difference) => {
    const { byItself, choices, safe } = difference;
    const consequence = byItself && safe !== undefined ? choices[safe] : undefined;
    if (consequence === undefined || consequence.issues.length > 0) return [];
    const { isOfSync } = rulesOf(consequence.choice, checklist.repo);
    return isOfSync ? [] : [{ difference, consequence }];
  });
}

/** That a link can only be changed by hand is said where a choice is missing for it. */
function differencesOf(
  sightings: readonly Sighting<Finding>[],
  context: PlanContext,
  left: ReadonlySet<string>,
): readonly Difference[] {
  const hindered = new Set<number | undefined>();
  const differences = sightings.flatMap((sighting) => {
    const difference = differenceOf(sighting, context);
    if (left.has(difference.id)) return [];
    if (difference.choices.length < sighting.choices.length) hindered.add(difference.index);
    return [{ difference, shown: sighting.shown }];
  });
  return differences
    .filter(({ difference, shown }) => shown === 'always' || hindered.has(difference.index))
    .map(({ difference }) => difference);
}

function differenceOf(sighting: Sighting<Finding>, context: PlanContext): Difference {
  const { finding, item, choices, alike = [] } = sighting;
  const one = item && context.items[item.index];
  const possible = choices.flatMap((choice): readonly Consequence[] => {
    const consequence = consequenceOf(choice, choices, one, context);
    return consequence === undefined ? [] : [{ ...consequence, about: aboutOf(choice, alike) }];
  });
  const safe = possible.findIndex(
    ({ choice, edits }) => choice === sighting.safe && edits.every(isHarmless),
  );
  return {
    id: idOf(sighting),
    finding,
    words: sighting.words,
    links: sighting.links,
    item: item && locatorOf(item),
    index: item?.index,
    label: item?.label ?? '',
    text: sighting.text ?? item?.text ?? '',
    level: sighting.level,
    isSettled: sighting.isSettled,
    choices: possible,
    safe: safe === -1 ? undefined : safe,
    byItself: sighting.byItself === true && safe !== -1,
  };
}

/** The issue among several that look alike which a choice is about. */
function aboutOf(
  choice: Choice,
  alike: NonNullable<Sighting<Finding>['alike']>,
): Consequence['about'] {
  const issue: IssueRef | undefined =
    'issue' in choice ? choice.issue : choice.kind === 'relink' ? choice.to : undefined;
  return issue && alike.find(({ ref }) => sameIssue(ref, issue));
}

/** Whether an edit loses no words of people: a link in a form of its own is somebody's. */
function isHarmless({ kind }: Edit): boolean {
  return kind !== 'drop-link' && kind !== 'retext';
}

/** Kind, item and issue; and what else makes it another difference than the one that the user left. */
function idOf({ finding, item, issue, detail = '' }: Sighting<Finding>): string {
  const parts = [finding.kind, item?.key ?? '', issue === undefined ? '' : issueKey(issue), detail];
  return parts.filter((part) => part !== '').join(' ');
}
