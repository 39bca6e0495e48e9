import { type ChecklistRef, checklistKey } from '../core/refs.ts';
import type { StoredReconcilePreview } from '../store-ports.ts';
import type { Db } from './db.ts';

/** How long a preview may wait for its choices, in milliseconds: a working day. */
const KEEP_MS = 24 * 60 * 60 * 1_000;

/** Keeps the differences until they are chosen from; earlier ones of their checklist and old ones of others go. */
export function saveReconcilePreview(
  db: Db,
  checklist: ChecklistRef,
  preview: StoredReconcilePreview,
  now: number,
): Promise<void> {
  const key = checklistKey(checklist);
  return db.use(async (open) => {
    const change = open.transaction('reconcilePreviews', 'readwrite');
    for (const record of await change.store.getAll()) {
      if (record.checklist === key || record.savedAt < now - KEEP_MS) {
        await change.store.delete(record.id);
      }
    }
    await change.store.put({ ...preview, checklist: key, savedAt: now });
    await change.done;
  });
}

/** Previewed differences of a checklist; undefined when they are not its latest any more. An id that is no text names none. */
export async function loadReconcilePreview(
  db: Db,
  checklist: ChecklistRef,
  id: string,
): Promise<StoredReconcilePreview | undefined> {
  // An id comes from a page: IndexedDB throws on what cannot be a key.
  if (typeof id !== 'string') return undefined;
  const record = await db.use((open) => open.get('reconcilePreviews', id));
  return record?.checklist === checklistKey(checklist) ? record : undefined;
}
