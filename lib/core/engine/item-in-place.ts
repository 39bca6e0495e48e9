import type { IssueRef } from '../refs.ts';
import type { Checklist, Item } from '../text/checklist.ts';
import { itemFinder } from '../text/find-item.ts';
import type { GenerateRow, Job } from './job.ts';

type Find = ReturnType<typeof itemFinder>;

/**
 * The issues that a run created and never saw linked, and whose items are found no more, by the key of the item that
 * stands there now.
 */
export function renamedSince(
  { header, rows }: Job<'generate'>,
  read: Checklist,
): Readonly<Record<string, IssueRef>> {
  const find = itemFinder(read, header.checklist.repo);
  const renamed = rows.flatMap((row): readonly (readonly [string, IssueRef])[] => {
    const { own, issue, item, phase } = row;
    const isUnlinked = own && issue !== undefined && phase !== 'verified';
    if (!isUnlinked || find({ kind: 'tick', item }) !== 'item-gone') return [];
    const there = itemInPlace(row, rows, read.items, find);
    return there === undefined ? [] : [[there.key, { repo: header.target, number: issue.number }]];
  });
  return Object.fromEntries(renamed);
}

/**
 * The item that stands where a row's item was, which is found no more: its words were changed. Known only where the
 * nearest items that are found on both sides (else the beginning or the end) have as many items between them as before,
 * and it is in the same group and no other row's.
 */
export function itemInPlace(
  row: GenerateRow,
  rows: readonly GenerateRow[],
  items: readonly Item[],
  find: Find,
): Item | undefined {
  const found = rows.flatMap(({ index, item }) => {
    const there = find({ kind: 'tick', item });
    return typeof there === 'string' ? [] : [{ was: index, is: there.index }];
  });
  const before = found.findLast(({ was }) => was < row.index) ?? { was: -1, is: -1 };
  const after = found.find(({ was }) => was > row.index);
  if (after !== undefined && after.is - before.is !== after.was - before.was) return undefined;
  const item = items[before.is + row.index - before.was];
  if (item === undefined || item.groupHash !== row.item.groupHash) return undefined;
  return found.some(({ is }) => is === item.index) ? undefined : item;
}
