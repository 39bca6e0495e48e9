import type { ReconcileRecord } from '../core/differences/reconcile-record.ts';
import type { Db } from './db.ts';

/** What is remembered of the last reconcile of a checklist (`checklistKey`); undefined when there was none. */
export function loadReconcile(db: Db, checklistKey: string): Promise<ReconcileRecord | undefined> {
  return db.use((open) => open.get('reconciles', checklistKey));
}

/** What is remembered of the last reconcile of each checklist. */
export function listReconciles(db: Db): Promise<readonly ReconcileRecord[]> {
  return db.use((open) => open.getAll('reconciles'));
}

/** Puts what came of a reconcile in place of what was remembered of the one before. */
export async function saveReconcile(db: Db, record: ReconcileRecord): Promise<void> {
  await db.use((open) => open.put('reconciles', record));
}

/** Forgets it: the checklist is not kept up to date any more. */
export function removeReconcile(db: Db, checklistKey: string): Promise<void> {
  return db.use((open) => open.delete('reconciles', checklistKey));
}

/** Takes what is remembered over to where the checklist is now. */
export function moveReconcile(db: Db, from: string, to: string): Promise<void> {
  return db.use(async (open) => {
    const change = open.transaction('reconciles', 'readwrite');
    const record = await change.store.get(from);
    if (record !== undefined) {
      await change.store.delete(from);
      await change.store.put({ ...record, key: to });
    }
    await change.done;
  });
}
