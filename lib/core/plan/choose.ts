import { failure, isOfChoice } from '../failures.ts';
import type { IssueRef } from '../refs.ts';
import type { GenerationPlan, GenerationRow, RowChoice } from './plan-generation.ts';
import { sizeBlockers } from './plan-size.ts';
import { cleanLine, cutTitle } from './title.ts';

/**
 * Applies what the user chose in the preview, and checks again what depends on it. Choices for rows that do not
 * exist or may not be chosen are ignored. When nothing is selected, that is a blocker.
 */
export function choose(plan: GenerationPlan, choices: readonly RowChoice[]): GenerationPlan {
  const byIndex = new Map(choices.map((choice) => [choice.index, choice]));
  const rows = plan.rows.map((row) => {
    const choice = byIndex.get(row.index);
    return choice === undefined ? row : chooseRow(row, choice, plan);
  });
  return withRows(plan, rows);
}

/** The plan with only its first selected creation (or, without any, its first selected link) left. */
export function firstOnly(plan: GenerationPlan): GenerationPlan {
  const selected = plan.rows.filter((row) => row.selected);
  const first = selected.find(({ decision }) => decision === 'create') ?? selected[0];
  const rows = plan.rows.map((row) => (row === first ? row : { ...row, selected: false }));
  return withRows(plan, rows);
}

/** The issue that a row with the decision `link` links; undefined for others. */
export function linkTarget({ decision, reason }: GenerationRow): IssueRef | undefined {
  if (decision !== 'link') return undefined;
  return 'issue' in reason ? reason.issue : undefined;
}

function withRows(plan: GenerationPlan, rows: readonly GenerationRow[]): GenerationPlan {
  const others = plan.blockers.filter(({ code }) => !isOfChoice(code));
  const nothing = rows.some(({ selected }) => selected) ? [] : [failure('nothing-selected')];
  return { ...plan, rows, blockers: [...others, ...sizeBlockers(rows, plan), ...nothing] };
}

function chooseRow(row: GenerationRow, choice: RowChoice, plan: GenerationPlan): GenerationRow {
  if (!row.selectable) return row;
  const titled = withTitle(row, choice.title);
  const issue = choice.link === undefined ? undefined : chosenIssue(row, choice.link, plan);
  if (issue !== undefined)
    return { ...titled, decision: 'link', reason: { kind: 'chosen', issue }, selected: true };
  if (choice.selected === false) return { ...titled, selected: false };
  if (choice.create === true) return { ...titled, decision: 'create', selected: true };
  if (choice.selected !== true) return titled;
  const decision = row.decision === 'link' ? 'link' : 'create';
  return { ...titled, decision, selected: true };
}

function withTitle(row: GenerationRow, wanted: string | undefined): GenerationRow {
  const title = cleanLine(wanted ?? '');
  if (row.draft === undefined || title === '' || title === row.draft.title) return row;
  return { ...row, draft: { ...row.draft, ...cutTitle(title) } };
}

/** The candidate with that number, else that issue of the target. */
function chosenIssue(
  row: GenerationRow,
  number: number,
  plan: GenerationPlan,
): IssueRef | undefined {
  if (!Number.isSafeInteger(number) || number < 1) return undefined;
  const candidate = row.candidates.find(({ ref }) => ref.number === number);
  return candidate?.ref ?? { repo: plan.target, number };
}
