import { type ChecklistRef, sameChecklist } from '../../lib/core/refs.ts';
import type { ReleasedChecklist, TrackedChecklist } from '../../lib/core/sync/tracked.ts';
import type { Locks } from '../../lib/engine/ports.ts';
import { releasedChecklists, trackedChecklists } from '../../lib/settings.ts';

/** The checklists that this browser keeps up to date. */
export interface TrackedList {
  list(): Promise<readonly TrackedChecklist[]>;
  find(checklist: ChecklistRef): Promise<TrackedChecklist | undefined>;
  /** Adds it; one that is there already is replaced, and so bound anew. */
  put(tracked: TrackedChecklist): Promise<void>;
  /** Adds it unless it is there already: then it stays bound to its account. */
  add(tracked: TrackedChecklist): Promise<void>;
  remove(checklist: ChecklistRef): Promise<void>;
  /** Removes it, and keeps for some days that it was let go: nobody asked for that. */
  release(released: ReleasedChecklist): Promise<void>;
  /** Its repository was renamed: it is the same checklist elsewhere. */
  move(checklist: ChecklistRef, to: ChecklistRef): Promise<void>;
}

/** How long it is said that a checklist was let go, in milliseconds: a week. */
const KEPT_MS = 7 * 24 * 60 * 60_000;

type List = readonly TrackedChecklist[];

/** Keeps the list in the extension's storage. Changes read and write under a lock, so that none is lost. */
export function createTrackedList(locks: Locks): TrackedList {
  const change = (next: (list: List) => List) =>
    locks.withLock('tracked', async () => {
      const list = await trackedChecklists.getValue();
      const changed = next(list);
      if (changed !== list) await trackedChecklists.setValue(changed);
    });
  return {
    list: () => trackedChecklists.getValue(),
    find: async (checklist) => findIn(await trackedChecklists.getValue(), checklist),
    put: (tracked) => change((list) => [...without(list, tracked.checklist), tracked]),
    add: (tracked) =>
      change((list) => (findIn(list, tracked.checklist) === undefined ? [...list, tracked] : list)),
    remove: (checklist) =>
      change((list) => (findIn(list, checklist) === undefined ? list : without(list, checklist))),
    release: async (released) => {
      const { checklist } = released.tracked;
      await change((list) => without(list, checklist));
      const kept = (await releasedChecklists.getValue()).filter(
        ({ tracked, at }) =>
          released.at - at < KEPT_MS && !sameChecklist(tracked.checklist, checklist),
      );
      await releasedChecklists.setValue([released, ...kept]);
    },
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
