import { type ChecklistRef, checklistKey } from '../../lib/core/refs.ts';
import type { SyncView } from '../../lib/core/sync/tracked.ts';
import { syncView } from '../../lib/core/sync/tracked-view.ts';
import { loadReconcile } from '../../lib/store/reconciles.ts';
import { listAccounts } from '../../lib/store/tokens.ts';
import type { Background } from './ports.ts';

/** How this browser keeps a checklist up to date, from what it remembers: asks nobody. */
export async function syncViewOf(
  background: Background,
  checklist: ChecklistRef,
): Promise<SyncView> {
  const key = checklistKey(checklist);
  const [record, tracked, { pollMinutes }, reconcile] = await Promise.all([
    background.syncs.loadRecord(key),
    background.tracked.find(checklist),
    background.preferences(),
    loadReconcile(background.db, key),
  ]);
  const view = syncView(record, tracked, pollMinutes, reconcile);
  if (tracked !== undefined) return view;
  return { ...view, login: await loginOf(background, checklist.repo.host) };
}

async function loginOf({ db }: Background, host: string): Promise<string | undefined> {
  const accounts = await listAccounts(db);
  return accounts.find((account) => account.host === host && account.state === 'active')?.login;
}
