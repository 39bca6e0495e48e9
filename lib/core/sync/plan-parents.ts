import type { Checklist, Item, ItemLocator } from '../text/checklist.ts';
import type { PastItems } from './past-items.ts';
import { type ItemPlan, LEFT_ALONE } from './plan-item.ts';
import type { SyncChange } from './sync-plan.ts';

/**
 * Adds the ticks of items that group others: all nested in them are ticked once the plan is written. `linking` are the
 * indexes of items with a link of their own, which go by that alone.
 */
export function planParents(
  { items }: Pick<Checklist, 'items'>,
  plans: readonly ItemPlan[],
  linking: ReadonlySet<number>,
  past: PastItems,
): readonly ItemPlan[] {
  const planned = [...plans];
  const tickedAfter = items.map((item, index) => isTicked(item, planned[index]));
  const allTicked = items.map(() => true);
  // From the end: nested items come behind the one that they are nested in.
  for (const item of items.toReversed()) {
    const { index, parent } = item;
    const ripe = item.isParent && !linking.has(index) && !item.checked;
    if (ripe && allTicked[index] === true) {
      const plan = planParent(item, past);
      planned[index] = plan;
      tickedAfter[index] = isTicked(item, plan);
    }
    if (parent !== undefined && !(tickedAfter[index] && allTicked[index]))
      allTicked[parent] = false;
  }
  return planned;
}

/** How many of the newest versions have all items ticked that are nested in this one. */
export function countComplete(item: ItemLocator, { versions }: PastItems): number {
  const open = versions.findIndex((version) => {
    const [then] = version.find(item);
    return then === undefined || !isComplete(then, version.items());
  });
  return open === -1 ? versions.length : open;
}

/** Since the nested items are all ticked the item was ticked too: a person took it back. */
function planParent(item: Item, past: PastItems): ItemPlan {
  const because = { kind: 'children' } as const;
  const since = past.versions.slice(0, countComplete(item, past));
  return since.some((version) => version.find(item)[0]?.checked === true)
    ? { changes: [], remarks: [{ kind: 'tick-taken-back', because }] }
    : { changes: [{ kind: 'tick', because }], remarks: [] };
}

function isComplete(item: Item, items: readonly Item[]): boolean {
  const nested = items.filter(({ start, end }) => start > item.start && end <= item.end);
  return nested.length > 0 && nested.every(({ checked }) => checked);
}

function isTicked(item: Item, { changes }: ItemPlan = LEFT_ALONE): boolean {
  const box = changes.find(
    (change): change is Exclude<SyncChange, { kind: 'add-pulls' }> =>
      change.kind === 'tick' || change.kind === 'untick',
  );
  return box === undefined ? item.checked : box.kind === 'tick';
}
