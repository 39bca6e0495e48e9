import { type ChecklistRef, checklistKey } from '../../lib/core/refs.ts';
import type { TrackedChecklist } from '../../lib/core/sync/tracked.ts';
import type { Db } from '../../lib/store/db.ts';

/** A checklist that this browser ever worked on. `title` is other people's text. */
export interface KnownChecklist {
  readonly checklist: ChecklistRef;
  readonly title: string;
}

/** All checklists that this browser knows, by `issueKey`: those that are kept up to date first, by title. */
export async function loadKnownChecklists(
  db: Db,
  tracked: readonly TrackedChecklist[],
): Promise<ReadonlyMap<string, KnownChecklist>> {
  const met = await db.use((open) => open.getAll('checklists'));
  const byTitle = (a: KnownChecklist, b: KnownChecklist) => a.title.localeCompare(b.title);
  const known = new Map<string, KnownChecklist>();
  for (const { checklist, title } of [...tracked.toSorted(byTitle), ...met.toSorted(byTitle)]) {
    const key = checklistKey(checklist);
    if (!known.has(key)) known.set(key, { checklist, title });
  }
  return known;
}
