import { type ChecklistRef, checklistKey } from '../core/refs.ts';
import type { StoredSyncPreview } from '../store-ports.ts';
import type { Db } from './db.ts';

/** How long a preview may wait for its confirmation, in milliseconds: a working day. */
const KEEP_MS = 24 * 60 * 60 * 1_000;

/** Keeps a previewed sync until it is confirmed; earlier ones of its checklist and old ones of others go. */
export function saveSyncPreview(
  db: Db,
  checklist: ChecklistRef,
  preview: StoredSyncPreview,
  now: number,
): Promise<void> {
  const key = checklistKey(checklist);
  return db.use(async (open) => {
    const change = open.transaction('syncPreviews', 'readwrite');
    for (const record of await change.store.getAll()) {
      if (record.checklist === key || record.savedAt < now - KEEP_MS) {
        await change.store.delete(record.id);
      }
    }
    await change.store.put({ ...preview, checklist: key, savedAt: now });
    await change.done;
  });
}

/** A previewed sync of a checklist; undefined when it is not its latest any more. */
export async function loadSyncPreview(
  db: Db,
  checklist: ChecklistRef,
  id: string,
): Promise<StoredSyncPreview | undefined> {
  const record = await db.use((open) => open.get('syncPreviews', id));
  return record?.checklist === checklistKey(checklist) ? record : undefined;
}
