import type { Stores } from '../store-ports.ts';
import { loadAlertFacts } from './alert-facts.ts';
import { isKnownChecklist, saveChecklist } from './checklists.ts';
import type { Db } from './db.ts';
import { listEventsSince, listSavedTexts, loadEvent } from './events.ts';
import {
  issueDatesReadAt,
  listIssueDates,
  removeIssueDates,
  saveIssueDates,
} from './issue-dates.ts';
import { createJobStore } from './jobs.ts';
import { createOutboxStore } from './outbox.ts';
import { createPaceStore } from './paces.ts';
import { loadPlan, savePlan } from './plans.ts';
import { loadReconcilePreview, saveReconcilePreview } from './reconcile-previews.ts';
import {
  listReconciles,
  loadReconcile,
  moveReconcile,
  removeReconcile,
  saveReconcile,
} from './reconciles.ts';
import { hasSecret } from './secrets.ts';
import { loadSyncPreview, saveSyncPreview } from './sync-previews.ts';
import { createSyncStore } from './syncs.ts';
import {
  activateAccount,
  listAccounts,
  noteFailedCheck,
  openToken,
  unlockToken,
} from './tokens.ts';

/** Everything that the engine remembers, on IndexedDB. */
export function createStores(db: Db): Stores {
  return {
    store: createJobStore(db),
    paces: createPaceStore(db),
    syncs: createSyncStore(db),
    plans: {
      save: (plan, now) => savePlan(db, plan, now),
      load: (run) => loadPlan(db, run),
    },
    previews: {
      saveSync: (checklist, preview, now) => saveSyncPreview(db, checklist, preview, now),
      loadSync: (checklist, id) => loadSyncPreview(db, checklist, id),
      saveReconcile: (checklist, preview, now) => saveReconcilePreview(db, checklist, preview, now),
      loadReconcile: (checklist, id) => loadReconcilePreview(db, checklist, id),
    },
    reconciles: {
      load: (key) => loadReconcile(db, key),
      list: () => listReconciles(db),
      save: (record) => saveReconcile(db, record),
      remove: (key) => removeReconcile(db, key),
      move: (from, to) => moveReconcile(db, from, to),
    },
    log: {
      listSince: (from) => listEventsSince(db, from),
      load: (id) => loadEvent(db, id),
      listTexts: (key) => listSavedTexts(db, key),
    },
    checklists: {
      save: (checklist, title, now) => saveChecklist(db, checklist, title, now),
      isKnown: (checklist) => isKnownChecklist(db, checklist),
    },
    dates: {
      list: (key) => listIssueDates(db, key),
      readAt: (key) => issueDatesReadAt(db, key),
      save: (key, dates, readAt) => saveIssueDates(db, key, dates, readAt),
      remove: (key) => removeIssueDates(db, key),
    },
    accounts: {
      list: () => listAccounts(db),
      open: (which) => openToken(db, which),
      unlock: (id, passphrase) => unlockToken(db, id, passphrase),
      activate: (id, details) => activateAccount(db, id, details),
      noteFailedCheck: (id, failure) => noteFailedCheck(db, id, failure),
    },
    outbox: createOutboxStore(db),
    alertFacts: {
      load: (settings, now) => loadAlertFacts(db, settings, now),
      hasAddress: async (channel) => (await hasSecret(db, channel)) !== undefined,
    },
  };
}
