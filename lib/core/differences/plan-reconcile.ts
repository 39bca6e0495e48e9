import { type IssueRef, issueKey } from '../refs.ts';
import { type Checklist, locatorOf } from '../text/checklist.ts';
import type { Edit } from '../text/edit.ts';
import { consequenceOf } from './consequences.ts';
import type { Consequence, Difference, Finding, ReconcilePlan } from './difference.ts';
import { findBlock } from './find-block.ts';
import { findDoubled, findOrphans, findUnlinked } from './find-by-marker.ts';
import { findBySync } from './find-by-sync.ts';
import { findItemInformation, findMasterInformation } from './find-information.ts';
import { findLinkedTwice } from './find-linked-twice.ts';
import { findRenamed } from './find-renamed.ts';
import { findWrongPulls } from './find-wrong-pulls.ts';
import type { Found } from './found.ts';
import { matchesOf } from './matches.ts';
import { type ReconcileContext, type ReconcileOptions, readContext } from './reconcile-context.ts';
import type { ReconcileFacts } from './reconcile-facts.ts';

/**
 * All differences between a checklist and its issues, from the text and GitHub's state alone. What sync would write is
 * taken from its plan, and only that may be done by itself. Items of whose links GitHub was not asked are left out, and so is what the
 * user left as it is. `checklist` is the text as already parsed with the rules' placeholder.
 */
export function planReconcile(
  facts: ReconcileFacts,
  checklist?: Checklist,
  options?: ReconcileOptions,
): ReconcilePlan {
  const context = readContext(facts, checklist, options);
  const unlinked = findUnlinked(context);
  const left = new Set(facts.left);
  const found = [...findInItems(context, unlinked), ...findElsewhere(context, unlinked)];
  return {
    checklist: facts.checklist,
    differences: differencesOf(found, context, left),
    matches: matchesOf(context, unlinked),
  };
}

function findInItems(
  context: ReconcileContext,
  unlinked: readonly (readonly Found[])[],
): readonly Found[] {
  return context.items.flatMap((one, index) => [
    ...findBySync(one, context),
    ...findWrongPulls(one, context),
    ...findLinkedTwice(one, context),
    ...(unlinked[index] ?? []),
    ...findDoubled(one),
    ...findRenamed(one, context),
    ...findBlock(one, context),
    ...findItemInformation(one, context),
  ]);
}

function findElsewhere(
  context: ReconcileContext,
  unlinked: readonly (readonly Found[])[],
): readonly Found[] {
  const candidates = unlinked
    .flat()
    .flatMap(({ finding }) => (finding.kind === 'unlinked' ? finding.candidates : []));
  const keys = new Set(candidates.map(({ ref }) => issueKey(ref)));
  return [...findOrphans(context, keys), ...findMasterInformation(context)];
}

const INFORMATION: ReadonlySet<Finding['kind']> = new Set([
  'master-closed',
  'master-locked',
  'group-moved',
  'half-understood',
  'links-pull-request',
]);

/** That a link can only be changed by hand is said where a choice is missing for it. */
function differencesOf(
  found: readonly Found[],
  context: ReconcileContext,
  left: ReadonlySet<string>,
): readonly Difference[] {
  const hindered = new Set<number | undefined>();
  const differences = found.flatMap((one) => {
    const difference = differenceOf(one, context);
    if (left.has(difference.id)) return [];
    if (difference.choices.length < one.choices.length) hindered.add(difference.index);
    return [difference];
  });
  return differences.filter(
    ({ finding, index }) => finding.kind !== 'half-understood' || hindered.has(index),
  );
}

function differenceOf(found: Found, context: ReconcileContext): Difference {
  const { finding, item, choices } = found;
  const one = item && context.items[item.index];
  const worked = choices.map((choice) => consequenceOf(choice, finding, one, context));
  const possible = worked.filter(
    (consequence): consequence is Consequence => consequence !== undefined,
  );
  const safe = possible.findIndex(
    ({ choice, edits }) => choice === found.safe && edits.every(isHarmless),
  );
  return {
    id: idOf(found),
    finding,
    item: item && locatorOf(item),
    index: item?.index,
    label: item?.label ?? '',
    text: item?.text ?? '',
    level: INFORMATION.has(finding.kind) ? 'info' : 'action',
    choices: possible,
    safe: safe === -1 ? undefined : safe,
    byItself: found.byItself === true && safe !== -1,
  };
}

/** Whether no words of people go by an edit: a link in a form of its own is somebody's. */
function isHarmless({ kind }: Edit): boolean {
  return kind !== 'drop-link' && kind !== 'retext';
}

/** Kind, item and issue; and what else makes it another difference than the one that the user left. */
function idOf({ finding, item, detail = '' }: Found): string {
  const issue = issueOf(finding);
  const parts = [finding.kind, item?.key ?? '', issue === undefined ? '' : issueKey(issue), detail];
  return parts.filter((part) => part !== '').join(' ');
}

function issueOf(finding: Finding): IssueRef | undefined {
  switch (finding.kind) {
    case 'orphan':
      return finding.issue.ref;
    case 'pull-wrong':
    case 'links-pull-request':
      return finding.pull;
    case 'block-disagrees':
      return finding.block;
    case 'tick-missing':
    case 'unlinked':
    case 'several-issues':
    case 'master-closed':
    case 'master-locked':
      return undefined;
    default:
      return finding.issue;
  }
}
