import { type ChecklistRef, checklistKey } from '../core/refs.ts';
import type { SyncView } from '../core/sync/tracked.ts';
import { syncView } from '../core/sync/tracked-view.ts';
import type { Ports } from '../ports.ts';

/** How this browser keeps a checklist up to date, from what it remembers: asks nobody. */
export async function syncViewOf(ports: Ports, checklist: ChecklistRef): Promise<SyncView> {
  const key = checklistKey(checklist);
  const [record, tracked, { pollMinutes }, reconcile] = await Promise.all([
    ports.syncs.loadRecord(key),
    ports.tracked.find(checklist),
    ports.preferences(),
    ports.reconciles.load(key),
  ]);
  const view = syncView(record, tracked, pollMinutes, reconcile);
  if (tracked !== undefined) return view;
  return { ...view, login: await loginOf(ports, checklist.repo.host) };
}

async function loginOf({ accounts }: Ports, host: string): Promise<string | undefined> {
  const all = await accounts.list();
  return all.find((account) => account.host === host && account.state === 'active')?.login;
}
