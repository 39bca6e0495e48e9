import type { AlertFacts } from '../core/alerts/list-alerts.ts';
import type { Timing } from '../core/preferences.ts';
import { issueKey } from '../core/refs.ts';
import type { ReleasedChecklist, TrackedChecklist } from '../core/sync/tracked.ts';
import type { Db } from './db.ts';
import { listJobStatuses } from './jobs.ts';
import { listAccounts } from './tokens.ts';

/** Everything that alerts follow from: the checklists as given, with what is stored of them, the accounts and the jobs. `now` in milliseconds since 1970. */
export async function loadAlertFacts(
  db: Db,
  tracked: readonly TrackedChecklist[],
  released: readonly ReleasedChecklist[],
  now: number,
  timing?: Timing,
): Promise<AlertFacts> {
  const [checklists, accounts, jobs] = await Promise.all([
    loadChecklists(db, tracked),
    listAccounts(db),
    listJobStatuses(db, now, timing),
  ]);
  return {
    checklists,
    released,
    accounts: accounts.flatMap(({ state, host, login, expiresAt }) =>
      state === 'active' && login !== undefined ? [{ host, login, expiresAt }] : [],
    ),
    jobs,
  };
}

function loadChecklists(
  db: Db,
  tracked: readonly TrackedChecklist[],
): Promise<AlertFacts['checklists']> {
  return db.use((open) => {
    const look = open.transaction(['syncs', 'reconciles']);
    return Promise.all(
      tracked.map(async (one) => {
        const key = issueKey(one.checklist);
        const [sync, reconcile] = await Promise.all([
          look.objectStore('syncs').get(key),
          look.objectStore('reconciles').get(key),
        ]);
        return { tracked: one, sync, reconcile };
      }),
    );
  });
}
