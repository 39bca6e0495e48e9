import type {
  GenerationPlan,
  GenerationRow,
  RowChoice,
} from '../../lib/core/plan/plan-generation.ts';

/** What the user changed, by `GenerationRow.index`. */
export type RowChoices = ReadonlyMap<number, RowChoice>;

/** What stands in the preview for a row: its decision, and whether it takes part. */
export type RowFate = Pick<GenerationRow, 'decision' | 'selected'>;

/** What will become of a row, given the user's choice for it; as `choose` in the core does it, which decides. */
export function fateOf(row: GenerationRow, choice: RowChoice | undefined): RowFate {
  if (!row.selectable || choice === undefined) return row;
  if (choice.link !== undefined) return { decision: 'link', selected: true };
  if (choice.create) return { decision: 'create', selected: true };
  if (!choice.selected)
    return { decision: row.decision, selected: choice.selected ?? row.selected };
  return { decision: row.decision === 'link' ? 'link' : 'create', selected: true };
}

/** The plan as it stands with the choices, for counting. */
export function withChoices(plan: GenerationPlan, choices: RowChoices): GenerationPlan {
  const rows = plan.rows.map((row) => ({ ...row, ...fateOf(row, choices.get(row.index)) }));
  return { ...plan, rows };
}

/** A change of one row's choice: what is given replaces what was chosen, `undefined` takes it back. */
export type RowChange = {
  readonly [Key in keyof RowChoice]: RowChoice[Key] | undefined;
} & { readonly index: number };

/** The choices with some more. */
export function chooseRows(choices: RowChoices, changes: readonly RowChange[]): RowChoices {
  const next = new Map(choices);
  for (const change of changes) {
    const merged = Object.entries({ ...next.get(change.index), ...change });
    const given = merged.filter(([, value]) => value !== undefined);
    next.set(change.index, Object.fromEntries(given) as unknown as RowChoice);
  }
  return next;
}

/** Ticks or unticks a row; what was chosen for it otherwise is taken back. */
export function tickRow({ index }: Pick<GenerationRow, 'index'>, selected: boolean): RowChange {
  return { index, selected, link: undefined, create: undefined };
}

/** The choices that still mean the same rows after the plan was made anew. */
export function keepChoices(
  choices: RowChoices,
  before: GenerationPlan,
  after: GenerationPlan,
): RowChoices {
  const keysOf = ({ rows }: GenerationPlan) =>
    new Map(rows.map((row) => [row.index, row.item.key]));
  const [old, fresh] = [keysOf(before), keysOf(after)];
  return new Map([...choices].filter(([index]) => old.get(index) === fresh.get(index)));
}
