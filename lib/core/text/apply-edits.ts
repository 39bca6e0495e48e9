import { type ItemEdit, isBoxEdit, waysToChange } from './change-item.ts';
import type { Checklist } from './checklist.ts';
import { chooseWays, type ReadyEdit } from './choose-ways.ts';
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
 * of applying them one by one in their order, but that each finds its item in the text as it was before all: where one takes
 * away the link that tells an item from its twins, the next would not be told whose it is. Items that are gone or not to be told apart are reported, never guessed; an
 * edit that would change what anything else means is refused.
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
  const comments = planComments(markdown, pending);
  const ofItems = pending.filter(({ edit }) => edit.kind !== 'comment');
  const items = planItems(markdown, ofItems, context, known);
  // Our comments go behind what is appended to an item at the very end of the text.
  const splices = [...items.splices, ...comments.splices];
  return {
    outcomes: [...items.outcomes, ...comments.outcomes],
    markdown: applySplices(markdown, splices),
    later: [...items.later, ...comments.later].sort((a, b) => a.index - b.index),
  };
}

/** What is to be made of some edits on one reading of the text. */
interface Planned extends Omit<Round, 'markdown'> {
  readonly splices: readonly Splice[];
}

/** The first comment that changes; all our comments have one place, the end of the text. */
function planComments(markdown: string, pending: readonly NumberedEdit[]): Planned {
  const outcomes: [number, AppliedEdit][] = [];
  for (const [place, { edit, index }] of pending.entries()) {
    if (edit.kind !== 'comment') continue;
    const change = writeComment(markdown, edit);
    outcomes.push([index, appliedEdit(edit, change)]);
    if (change === undefined) continue;
    const later = pending.slice(place + 1).filter((one) => one.edit.kind === 'comment');
    return { outcomes, splices: change.splices, later };
  }
  return { outcomes, splices: [], later: [] };
}

function planItems(
  markdown: string,
  pending: readonly NumberedEdit[],
  context: EditContext,
  known: Checklist | undefined,
): Planned {
  if (pending.length === 0) return { outcomes: [], splices: [], later: [] };
  const checklist = known ?? parseChecklist(markdown, context);
  const find = itemFinder(checklist, context.repo);
  const outcomes: [number, AppliedEdit | MissedEdit][] = [];
  const later: NumberedEdit[] = [];
  const ready = new Map<string, ReadyEdit>();
  for (const one of pending) {
    const { edit, index } = one;
    if (!isItemEdit(edit)) continue;
    const earlier = one.item === undefined ? undefined : checklist.items[one.item];
    const item = earlier ?? find(edit);
    if (typeof item === 'string') {
      outcomes.push([index, { edit, reason: item }]);
      continue;
    }
    const place = `${isBoxEdit(edit) ? 'box' : 'text'} ${item.index}`;
    const ways = ready.has(place) ? [] : waysToChange(markdown, item, edit, context);
    if (ready.has(place)) later.push({ ...one, item: item.index });
    else if (ways.length > 0) ready.set(place, { edit, index, item, ways });
    else outcomes.push([index, { edit, changed: false }]);
  }
  const chosen = chooseWays(markdown, checklist, [...ready.values()], context);
  return {
    splices: chosen.made.flatMap(({ change }) => change.splices),
    outcomes: [
      ...outcomes,
      ...chosen.made.map(({ index, edit, change }) => [index, appliedEdit(edit, change)] as const),
      ...chosen.refused.map(
        ({ index, edit }) => [index, { edit, changed: false, refused: true }] as const,
      ),
    ],
    later: [
      ...later,
      ...chosen.later.map(({ edit, index, item }) => ({ edit, index, item: item.index })),
    ],
  };
}

function isItemEdit(edit: Edit): edit is ItemEdit {
  return 'item' in edit;
}

function appliedEdit(edit: Edit, change: Change | undefined): AppliedEdit {
  if (change === undefined) return { edit, changed: false };
  return { edit, changed: true, inverse: change.inverse };
}
