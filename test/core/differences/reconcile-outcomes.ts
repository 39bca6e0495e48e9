import type { Consequence } from '../../../lib/core/differences/choice.ts';
import type { Difference } from '../../../lib/core/differences/difference.ts';
import { linkTo } from '../../../lib/core/differences/match-by-hand.ts';
import { planReconcile } from '../../../lib/core/differences/plan-reconcile.ts';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import { REPO } from '../sync/build-sync.ts';
import type { Case } from './reconcile-cases.ts';
import { applied, factsOf, type World } from './reconcile-world.ts';

/** What a choice leads to. */
export interface Outcome {
  /** The line that it changes, as it is afterwards; missing where the text stays. */
  readonly line?: string;
  /** The issue's side, afterwards. */
  readonly issues?: readonly string[];
  /** Kinds that planning again finds, information not counted; missing when there are none. */
  readonly next?: readonly string[];
}

/** What is found in a case, and what each choice leads to. */
export interface Expected {
  readonly says: string;
  readonly safe?: string;
  readonly byItself?: true;
  readonly choices: Readonly<Record<string, Outcome>>;
}

/** The difference that a case is about. */
export function differenceOf({ kind, world, name }: Case): Difference {
  const found = planReconcile(factsOf(world)).differences.find((one) => one.finding.kind === kind);
  if (found === undefined) throw new Error(`${name}: no ${kind}`);
  return found;
}

/** Makes each choice of a case's difference, and plans again. */
export function outcomesOf(one: Case): Expected {
  const difference = differenceOf(one);
  const { words, choices, safe, byItself } = difference;
  const safest = safe === undefined ? undefined : choices[safe];
  return {
    says: words,
    ...(safest && { safe: safest.words }),
    ...(byItself && { byItself }),
    choices: Object.fromEntries(
      choices.map((choice) => [choice.words, outcomeOf(choice, difference, one)]),
    ),
  };
}

/** The consequence of a choice; of "Link to…" once it was answered. */
export function resolved(
  consequence: Consequence,
  difference: Difference,
  { world, target }: Case,
): Consequence & { readonly index: number | undefined } {
  const { index } = difference;
  if (consequence.choice.kind !== 'link-to') return { ...consequence, index };
  const linked = target && linkTo(factsOf(world), difference, target);
  if (linked === undefined) throw new Error('nothing to link to');
  return { ...linked, index: target !== undefined && 'index' in target ? target.index : index };
}

/** The world after a choice. */
export function worldAfter(consequence: Consequence, difference: Difference, one: Case): World {
  const { world } = one;
  if (consequence.choice.kind === 'leave') return { ...world, left: [difference.id] };
  return applied(world, [resolved(consequence, difference, one)]);
}

/** The text after a choice was made and undone. */
export function undone(consequence: Consequence, difference: Difference, one: Case): string {
  const { text, rules } = one.world;
  const context = { repo: REPO, placeholder: rules.placeholder };
  const { edits } = resolved(consequence, difference, one);
  const { markdown, applied: done } = applyEdits(text, edits, context);
  const inverses = done.flatMap(({ inverse }) => inverse ?? []).reverse();
  return applyEdits(markdown, inverses, context).markdown;
}

function outcomeOf(consequence: Consequence, difference: Difference, one: Case): Outcome {
  const { issueLines } = resolved(consequence, difference, one);
  const world = worldAfter(consequence, difference, one);
  const again = planReconcile(factsOf(world)).differences.filter(({ level }) => level === 'action');
  const line = changedLine(one.world.text, world.text);
  return {
    ...(line !== undefined && { line }),
    ...(issueLines.length > 0 && { issues: issueLines.map((side) => side.after) }),
    ...(again.length > 0 && { next: again.map(({ finding }) => finding.kind) }),
  };
}

/** The one line in which two texts differ. */
function changedLine(before: string, now: string): string | undefined {
  const old = before.split('\n');
  const lines = now.split('\n').filter((line, index) => line !== old[index]);
  if (lines.length > 1) throw new Error('more than one line changed');
  return lines[0];
}
