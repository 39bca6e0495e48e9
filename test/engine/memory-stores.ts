import type { Account } from '../../lib/core/account.ts';
import { EMPTY_MEMORY } from '../../lib/core/alerts/notices.ts';
import type { OutboxMessage } from '../../lib/core/alerts/outbox.ts';
import type { ReconcileRecord } from '../../lib/core/differences/reconcile-record.ts';
import type { UnverifiedWrite } from '../../lib/core/engine/job-facts.ts';
import type { Pace } from '../../lib/core/engine/pace.ts';
import { succeed } from '../../lib/core/failures.ts';
import type { LogEvent } from '../../lib/core/log/event.ts';
import type { IssueDates } from '../../lib/core/metrics/metric-facts.ts';
import { type ChecklistRef, checklistKey } from '../../lib/core/refs.ts';
import type { PollCursor, SyncRecord } from '../../lib/core/sync/tracked.ts';
import type {
  StoredPlan,
  StoredReconcilePreview,
  StoredSyncPreview,
  Stores,
} from '../../lib/store-ports.ts';
import { createMemoryStore } from './memory-store.ts';

/** Everything that the engine remembers, in memory; values are immutable, so nothing is copied. */
export function createMemoryStores(account: Account, token: string): Stores {
  const written = new Map<string, UnverifiedWrite>();
  const events: LogEvent[] = [];
  const journal = createMemoryStore(undefined, events);
  const add = (added: readonly LogEvent[] = []) => void events.push(...added);
  return {
    store: {
      ...journal,
      saveUnverified: (key, write, added) => {
        if (write === undefined) written.delete(key);
        else written.set(key, write);
        return journal.saveUnverified(key, write, added);
      },
    },
    paces: createPaces(),
    syncs: createSyncs(written, add),
    ...createPreviews(),
    ...createFacts(),
    log: {
      listSince: async (from) => events.filter(({ at }) => at >= from),
      load: async (id) => events[id],
      listTexts: async () => [],
    },
    accounts: {
      list: async () => [account],
      open: async () => ({ account, token }),
      unlock: async () => succeed(undefined),
      activate: async () => {},
      noteFailedCheck: async () => {},
    },
    alertFacts: {
      load: async ({ released }) => ({
        checklists: [],
        released,
        accounts: [],
        jobs: [],
        stuckMessages: 0,
      }),
      hasAddress: async () => false,
    },
  };
}

function createPaces(): Stores['paces'] {
  const paces = new Map<string, Pace>();
  return {
    load: async (account) => paces.get(account),
    change: async (account, change) => {
      const pace = change(paces.get(account));
      paces.set(account, pace);
      return pace;
    },
  };
}

function createSyncs(
  written: ReadonlyMap<string, UnverifiedWrite>,
  add: (events?: readonly LogEvent[]) => void,
): Stores['syncs'] {
  const records = new Map<string, SyncRecord>();
  const cursors = new Map<string, PollCursor>();
  return {
    loadRecord: async (key) => records.get(key),
    saveRecord: async (record, added) => {
      records.set(record.key, record);
      add(added);
    },
    removeRecord: async (key) => void records.delete(key),
    loadCursor: async (key) => cursors.get(key),
    saveCursor: async (key, cursor) => void cursors.set(key, cursor),
    listUnverified: async () => [...written.values()],
    count: async () => {},
  };
}

function createPreviews(): Pick<Stores, 'plans' | 'previews'> {
  const plans = createLatest<StoredPlan>();
  const syncs = createLatest<StoredSyncPreview>();
  const reconciles = createLatest<StoredReconcilePreview>();
  const withId = <T extends { readonly id: string }>(preview: T | undefined, id: string) =>
    preview?.id === id ? preview : undefined;
  return {
    plans: {
      save: async (stored, now) => plans.save(stored.plan.checklist, stored, now),
      load: async (run) => plans.all().find(({ plan }) => plan.run === run),
    },
    previews: {
      saveSync: async (checklist, preview, now) => syncs.save(checklist, preview, now),
      loadSync: async (checklist, id) => withId(syncs.load(checklist), id),
      saveReconcile: async (checklist, preview, now) => reconciles.save(checklist, preview, now),
      loadReconcile: async (checklist, id) => withId(reconciles.load(checklist), id),
    },
  };
}

/** The latest of each checklist, for a day. */
function createLatest<T>() {
  const saved = new Map<string, { readonly value: T; readonly at: number }>();
  return {
    save(checklist: ChecklistRef, value: T, now: number) {
      for (const [key, { at }] of saved) if (at < now - 24 * 60 * 60_000) saved.delete(key);
      saved.set(checklistKey(checklist), { value, at: now });
    },
    load: (checklist: ChecklistRef) => saved.get(checklistKey(checklist))?.value,
    all: () => [...saved.values()].map(({ value }) => value),
  };
}

function createFacts(): Pick<Stores, 'reconciles' | 'checklists' | 'dates' | 'outbox'> {
  const reconciles = new Map<string, ReconcileRecord>();
  const known = new Set<string>();
  const dates = new Map<string, { readonly all: readonly IssueDates[]; readonly at: number }>();
  const messages = new Map<string, OutboxMessage>();
  let memory = EMPTY_MEMORY;
  return {
    reconciles: {
      load: async (key) => reconciles.get(key),
      list: async () => [...reconciles.values()],
      save: async (record) => void reconciles.set(record.key, record),
      remove: async (key) => void reconciles.delete(key),
      move: async (from, to) => {
        const record = reconciles.get(from);
        if (record !== undefined && reconciles.delete(from))
          reconciles.set(to, { ...record, key: to });
      },
    },
    checklists: {
      save: async (checklist) => void known.add(checklistKey(checklist)),
      isKnown: async (checklist) => known.has(checklistKey(checklist)),
    },
    dates: {
      list: async (key) => dates.get(key)?.all ?? [],
      readAt: async (key) => dates.get(key)?.at,
      save: async (key, all, at) => void dates.set(key, { all, at }),
      remove: async (key) => void dates.delete(key),
    },
    outbox: {
      loadMemory: async () => memory,
      saveMemory: async (next, added) => {
        memory = next;
        for (const message of added) messages.set(message.id, message);
      },
      list: async () => [...messages.values()],
      update: async (id, change) => {
        const message = messages.get(id);
        if (message !== undefined) messages.set(id, change(message));
        return messages.get(id);
      },
      remove: async (id) => void messages.delete(id),
    },
  };
}
