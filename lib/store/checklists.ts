import { type ChecklistRef, checklistKey } from '../core/refs.ts';
import type { Db } from './db.ts';

/** Remembers that this browser worked on a checklist. */
export async function saveChecklist(
  db: Db,
  checklist: ChecklistRef,
  title: string,
  now: number,
): Promise<void> {
  await db.use((open) =>
    open.put('checklists', { key: checklistKey(checklist), checklist, title, usedAt: now }),
  );
}

/** Whether this browser ever worked on a checklist. */
export async function isKnownChecklist(db: Db, checklist: ChecklistRef): Promise<boolean> {
  return (await db.use((open) => open.count('checklists', checklistKey(checklist)))) > 0;
}
