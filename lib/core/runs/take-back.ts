import type { RowChange } from '../engine/change.ts';
import type { JobEvent } from '../engine/job-facts.ts';
import type { ChangeDraft } from '../engine/new-change.ts';
import { type Item, locatorOf } from '../text/checklist.ts';
import type { Edit, EditContext } from '../text/edit.ts';
import { parseChecklist } from '../text/parse-checklist.ts';
import { effectiveEdits, type ItemEdit } from './effective-edits.ts';
import { entriesBack } from './entries-back.ts';
import { issueRows } from './issue-rows.ts';
import { hasInverse, runKind } from './run-kind.ts';

/**
 * What takes back a sync, or what a mending did, from the run's lines of the log (oldest first), as far as it still
 * stands in `text`, the master as it is now: one row per item, then one per issue. What nothing can take back, or somebody has
 * taken back already, is left out. Generations are taken back by `newUndo`.
 */
export function takeBackRows(
  events: readonly JobEvent[],
  text: string,
  context: EditContext,
): readonly ChangeDraft[] {
  const newestFirst = events.filter((event) => hasInverse(runKind(event))).toReversed();
  return [...itemRows(newestFirst, text, context), ...issueRows(newestFirst, text, context)];
}

function itemRows(
  newestFirst: readonly JobEvent[],
  text: string,
  context: EditContext,
): readonly ChangeDraft[] {
  const inverses = newestFirst.flatMap(({ inverse = [] }) => inverse.toReversed());
  const { items, markdown } = effectiveEdits(text, inverses.filter(isOfItem), context);
  const entries = entriesBack(newestFirst, text, markdown, context);
  const edits = new Map(items.map((one) => [one.item.index, one.edits]));
  return parseChecklist(text, context).items.flatMap((item) => {
    const mend = { edits: edits.get(item.index) ?? [], map: entries.get(item.index) ?? [] };
    const isEmpty = mend.edits.length === 0 && mend.map.length === 0;
    return isEmpty ? [] : [draft(item, mend)];
  });
}

function isOfItem(edit: Edit): edit is ItemEdit {
  return 'item' in edit;
}

function draft(item: Item, mend: Pick<RowChange, 'edits' | 'map'>): ChangeDraft {
  return {
    item: locatorOf(item),
    text: item.text,
    change: { choice: 'undo', changes: [], ...mend },
  };
}
