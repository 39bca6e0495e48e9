import { type Account, accountKey } from '../core/account.ts';
import { limitEnd } from '../core/engine/pace.ts';
import { type ChecklistRef, checklistKey } from '../core/refs.ts';
import type { SyncView } from '../core/sync/tracked.ts';
import { syncView } from '../core/sync/tracked-view.ts';
import type { Ports } from '../ports.ts';

/** How this browser keeps a checklist up to date, from what it remembers: asks nobody. */
export async function syncViewOf(ports: Ports, checklist: ChecklistRef): Promise<SyncView> {
  const key = checklistKey(checklist);
  const { host } = checklist.repo;
  const [record, tracked, { pollMinutes }, reconcile, account, open] = await Promise.all([
    ports.syncs.loadRecord(key),
    ports.tracked.find(checklist),
    ports.preferences(),
    ports.reconciles.load(key),
    accountOf(ports, host),
    ports.store.loadOpenJob(key),
  ]);
  const running = open !== undefined;
  const view = syncView({ record, tracked, reconcile, everyMinutes: pollMinutes, running });
  const limitedUntil = await limitOf(ports, accountKey(host, account));
  return {
    ...view,
    ...(tracked === undefined && { login: account?.login }),
    ...(limitedUntil !== undefined && { limitedUntil }),
  };
}

async function accountOf({ accounts }: Ports, host: string): Promise<Account | undefined> {
  const all = await accounts.list();
  return all.find((account) => account.host === host && account.state === 'active');
}

async function limitOf({ paces, clock }: Ports, account: string): Promise<number | undefined> {
  const pace = await paces.load(account);
  const end = pace === undefined ? 0 : limitEnd(pace, clock.now());
  return end > clock.now() ? end : undefined;
}
