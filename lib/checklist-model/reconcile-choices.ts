import type { Consequence } from '../core/differences/choice.ts';
import type { Chosen } from '../core/differences/chosen.ts';
import type { Difference, ReconcilePlan } from '../core/differences/difference.ts';

/** What the user chose about a difference, and what that writes. */
export interface MadeChoice {
  readonly chosen: Extract<Chosen, { readonly difference: string }>;
  readonly consequence: Consequence;
}

/** What the user chose, by `Difference.id`. */
export type MadeChoices = ReadonlyMap<string, MadeChoice>;

/** One of a difference's own choices, by its place; nothing when there is none. */
export function offered({ id, choices }: Difference, choice: number): MadeChoice | undefined {
  const consequence = choices[choice];
  return consequence && { chosen: { kind: 'offered', difference: id, choice }, consequence };
}

/** The safe choice of every difference that has one. */
export function safeChoices({ differences }: ReconcilePlan): MadeChoices {
  const made = differences.flatMap((difference): [string, MadeChoice][] => {
    const safe = difference.safe === undefined ? undefined : offered(difference, difference.safe);
    return safe === undefined ? [] : [[difference.id, safe]];
  });
  return new Map(made);
}

/** The choices that still mean the same after differences were looked for again, and the safe choice of those that are new. */
export function keptChoices(
  choices: MadeChoices,
  before: ReconcilePlan,
  after: ReconcilePlan,
): MadeChoices {
  const known = new Set(before.differences.map(({ id }) => id));
  const differences = after.differences.filter(({ id }) => !known.has(id));
  const kept = after.differences.flatMap((difference): [string, MadeChoice][] => {
    const made = choices.get(difference.id);
    const again = made && offeredAgain(difference, made);
    return again === undefined ? [] : [[difference.id, again]];
  });
  return new Map([...safeChoices({ ...after, differences }), ...kept]);
}

function offeredAgain(difference: Difference, made: MadeChoice): MadeChoice | undefined {
  const byHand = made.chosen.kind !== 'offered';
  const same = difference.choices.findIndex(({ choice }) =>
    byHand
      ? choice.kind === 'link-to'
      : JSON.stringify(choice) === JSON.stringify(made.consequence.choice),
  );
  return byHand && same !== -1 ? made : offered(difference, same);
}

/** The choices with another one for a difference, or with none. */
export function withChoice(
  choices: MadeChoices,
  id: string,
  made: MadeChoice | undefined,
): MadeChoices {
  const next = new Map(choices);
  if (made === undefined) next.delete(id);
  else next.set(id, made);
  return next;
}

/** What is sent: all but a "Link to…" that names nothing yet. */
export function readyChoices(choices: MadeChoices): readonly Chosen[] {
  return [...choices.values()]
    .filter(({ consequence }) => consequence.choice.kind !== 'link-to')
    .map(({ chosen }) => chosen);
}
