import { changeItem } from './change-item.ts';
import type { Checklist } from './checklist.ts';
import type { AppliedEdit, Edit, EditContext, MissedEdit } from './edit.ts';
import { itemFinder } from './find-item.ts';
import { writeComment } from './own-comments.ts';
import { parseChecklist } from './parse-checklist.ts';
import { applySplices, type Change, type Splice } from './splices.ts';
import { readSummary, writeSummary } from './summary-block.ts';

/** The text after the edits, and what became of each. */
export interface EditOutcome {
  readonly markdown: string;
  readonly applied: readonly AppliedEdit[];
  readonly missed: readonly MissedEdit[];
}

/**
 * Applies all edits at once; only the bytes they own change; the same edits again change nothing. The result is that
 * of applying them one by one in their order. Items that are gone or not to be told apart are reported, never guessed.
 */
export function applyEdits(
  markdown: string,
  edits: readonly Edit[],
  context: EditContext,
): EditOutcome {
  const outcomes: (AppliedEdit | MissedEdit)[] = [];
  let pending: readonly NumberedEdit[] = edits.map((edit, index) => ({ edit, index }));
  let text = markdown;
  let { checklist } = context;
  while (pending.length > 0) {
    const round = nextRound(text, pending, context, checklist);
    for (const [index, outcome] of round.outcomes) outcomes[index] = outcome;
    text = round.markdown;
    pending = round.later;
    checklist = undefined;
  }
  return {
    markdown: text,
    applied: outcomes.filter((one) => 'changed' in one),
    missed: outcomes.filter((one) => 'reason' in one),
  };
}

interface NumberedEdit {
  readonly edit: Edit;
  readonly index: number;
  /** Place of its item in the checklist, once that was found: no edit changes it, but other words change the item's key. */
  readonly item?: number | undefined;
}

interface Round {
  readonly outcomes: readonly (readonly [index: number, AppliedEdit | MissedEdit])[];
  /** The text after it. */
  readonly markdown: string;
  /** Edits whose place another edit of this round changes: they need the text as it is then. */
  readonly later: readonly NumberedEdit[];
}

/** As many edits as can be made at once. A summary stands anywhere, so it is written for itself. */
function nextRound(
  markdown: string,
  pending: readonly NumberedEdit[],
  context: EditContext,
  known: Checklist | undefined,
): Round {
  const place = pending.findIndex(({ edit }) => edit.kind === 'summary');
  const [first, ...others] = pending;
  if (first?.edit.kind === 'summary') {
    const { outcome, text } = setSummary(markdown, first.edit);
    return { outcomes: [[first.index, outcome]], markdown: text, later: others };
  }
  const before = place === -1 ? pending : pending.slice(0, place);
  const round = planRound(markdown, before, context, known);
  return { ...round, later: [...round.later, ...pending.slice(before.length)] };
}

function setSummary(
  markdown: string,
  edit: Extract<Edit, { kind: 'summary' }>,
): { readonly outcome: AppliedEdit; readonly text: string } {
  const text = writeSummary(markdown, edit.content);
  if (text === markdown) return { outcome: { edit, changed: false }, text };
  const inverse = { kind: 'summary', content: readSummary(markdown) ?? '' } as const;
  return { outcome: { edit, changed: true, inverse }, text };
}

/** The first edit of each place, all on one reading of the text. */
function planRound(
  markdown: string,
  pending: readonly NumberedEdit[],
  context: EditContext,
  known: Checklist | undefined,
): Round {
  const hasItems = pending.some(({ edit }) => edit.kind !== 'comment');
  const checklist = hasItems ? (known ?? parseChecklist(markdown, context)) : undefined;
  const find = checklist && itemFinder(checklist, context.repo);
  const outcomes: [number, AppliedEdit | MissedEdit][] = [];
  const splices: Splice[] = [];
  // Our comments go behind what is appended to an item at the very end of the text.
  const last: Splice[] = [];
  const later: NumberedEdit[] = [];
  const taken = new Set<string>();
  for (const one of pending) {
    const { edit, index } = one;
    const found = one.item === undefined ? undefined : checklist?.items[one.item];
    const item = edit.kind === 'comment' ? undefined : (found ?? find?.(edit));
    if (typeof item === 'string') {
      outcomes.push([index, { edit, reason: item }]);
      continue;
    }
    const place = placeOf(edit, item?.index);
    if (taken.has(place)) {
      later.push({ ...one, item: item?.index });
      continue;
    }
    const change = changeOf(markdown, edit, item, context);
    if (change !== undefined) {
      taken.add(place);
      if (edit.kind === 'comment') last.push(...change.splices);
      else splices.push(...change.splices);
    }
    outcomes.push([index, appliedEdit(edit, change)]);
  }
  return { outcomes, markdown: applySplices(markdown, [...splices, ...last]), later };
}

function changeOf(
  markdown: string,
  edit: Edit,
  item: Parameters<typeof changeItem>[1] | undefined,
  context: EditContext,
): Change | undefined {
  if (edit.kind === 'comment') return writeComment(markdown, edit);
  return item === undefined ? undefined : changeItem(markdown, item, edit, context);
}

function appliedEdit(edit: Edit, change: Change | undefined): AppliedEdit {
  if (change === undefined) return { edit, changed: false };
  return { edit, changed: true, inverse: change.inverse };
}

/** What an edit changes: a box, the end of an item's text, or the end of the whole text. */
function placeOf(edit: Edit, item: number | undefined): string {
  if (edit.kind === 'comment') return 'comment';
  return edit.kind === 'tick' || edit.kind === 'untick' ? `box ${item}` : `text ${item}`;
}
