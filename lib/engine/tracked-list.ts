import { type ChecklistRef, sameChecklist } from '../core/refs.ts';
import type { ReleasedChecklist, TrackedChecklist } from '../core/sync/tracked.ts';
import type { Locks, StoredValue, TrackedList } from '../ports.ts';

/** Where the list is stored. */
export interface TrackedItems {
  readonly locks: Locks;
  readonly tracked: StoredValue<readonly TrackedChecklist[]>;
  readonly released: StoredValue<readonly ReleasedChecklist[]>;
}

/** How long it is said that a checklist was let go, in milliseconds: a week. */
const KEPT_MS = 7 * 24 * 60 * 60_000;

type List = readonly TrackedChecklist[];

/** Keeps the list as two stored values. Changes read and write under a lock, so that none is lost. */
export function createTrackedList({ locks, tracked, released }: TrackedItems): TrackedList {
  const change = (next: (list: List) => List) =>
    locks.withLock('tracked', async () => {
      const list = await tracked.getValue();
      const changed = next(list);
      if (changed !== list) await tracked.setValue(changed);
    });
  return {
    list: () => tracked.getValue(),
    find: async (checklist) => findIn(await tracked.getValue(), checklist),
    put: (one) => change((list) => [...without(list, one.checklist), one]),
    add: (one) =>
      change((list) => (findIn(list, one.checklist) === undefined ? [...list, one] : list)),
    remove: (checklist) =>
      change((list) => (findIn(list, checklist) === undefined ? list : without(list, checklist))),
    release: async (one) => {
      const { checklist } = one.tracked;
      await change((list) => without(list, checklist));
      const kept = (await released.getValue()).filter(
        (before) =>
          one.at - before.at < KEPT_MS && !sameChecklist(before.tracked.checklist, checklist),
      );
      await released.setValue([one, ...kept]);
    },
    listReleased: () => released.getValue(),
    move: (checklist, to) =>
      change((list) => {
        const moved = findIn(list, checklist);
        if (moved === undefined) return list;
        return [...without(without(list, checklist), to), { ...moved, checklist: to }];
      }),
  };
}

function findIn(list: List, checklist: ChecklistRef): TrackedChecklist | undefined {
  return list.find((each) => sameChecklist(each.checklist, checklist));
}

function without(list: List, checklist: ChecklistRef): List {
  return list.filter((each) => !sameChecklist(each.checklist, checklist));
}
