import { type Account, accountKey } from '../core/account.ts';
import type { AlertFacts } from '../core/alerts/list-alerts.ts';
import { isStuck } from '../core/alerts/outbox.ts';
import { limitEnd } from '../core/engine/pace.ts';
import { shownStatus } from '../core/engine/summarize-job.ts';
import { checklistKey } from '../core/refs.ts';
import type { FactSettings } from '../store-ports.ts';
import type { Db } from './db.ts';
import { listLimits } from './paces.ts';
import { listShownJobs } from './shown-jobs.ts';
import { listAccounts } from './tokens.ts';

/**
 * Everything that alerts follow from: the checklists as given, with what is stored of them, the accounts and the jobs.
 * `now` in milliseconds since 1970. Settings that are still to be read are read beside the records.
 */
export async function loadAlertFacts(
  db: Db,
  settings: FactSettings | Promise<FactSettings>,
  now: number,
): Promise<AlertFacts> {
  const [{ tracked, released, timing }, records, accounts, jobs, messages, limits] =
    await Promise.all([
      settings,
      loadRecords(db),
      listAccounts(db),
      listShownJobs(db, now),
      db.use((open) => open.getAll('outbox')),
      listLimits(db),
    ]);
  return {
    limitedUntil: limitOf(accounts, limits, now),
    checklists: tracked.map((one) => {
      const key = checklistKey(one.checklist);
      return { tracked: one, sync: records.syncs.get(key), reconcile: records.reconciles.get(key) };
    }),
    released,
    accounts: accounts.flatMap(({ id, state, host, login, expiresAt, lock }) =>
      state === 'active' && login !== undefined
        ? [{ id, host, login, expiresAt, ...(lock && { lock }) }]
        : [],
    ),
    jobs: jobs.map(({ job, pace, title }) => ({
      status: shownStatus(job, pace, now, timing),
      title,
    })),
    stuckMessages: messages.filter(isStuck).length,
  };
}

/** The last end of the limits of those who are signed in; without anybody, of requests without a token. */
function limitOf(
  accounts: readonly Account[],
  limits: ReadonlyMap<string, number>,
  now: number,
): number | undefined {
  const active = accounts.filter(({ state }) => state === 'active');
  const keys =
    active.length > 0
      ? active.map((account) => accountKey(account.host, account))
      : [...limits.keys()].filter((key) => key.endsWith('/'));
  const ends = keys.map((key) => limitEnd({ limitedUntil: limits.get(key) ?? 0 }, now));
  const end = Math.max(0, ...ends);
  return end > now ? end : undefined;
}

/** By `checklistKey`. All of them are two requests: one by one they were two for each checklist. */
function loadRecords(db: Db) {
  return db.use(async (open) => {
    const look = open.transaction(['syncs', 'reconciles']);
    const [syncs, reconciles] = await Promise.all([
      look.objectStore('syncs').getAll(),
      look.objectStore('reconciles').getAll(),
    ]);
    return { syncs: byKey(syncs), reconciles: byKey(reconciles) };
  });
}

function byKey<Value extends { readonly key: string }>(
  records: readonly Value[],
): ReadonlyMap<string, Value> {
  return new Map(records.map((record) => [record.key, record]));
}
