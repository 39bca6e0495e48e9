import { failure, succeed } from '../../lib/core/failures.ts';
import type { LogEvent } from '../../lib/core/log/event.ts';
import { type ChecklistRef, checklistKey, issueChecklist } from '../../lib/core/refs.ts';
import {
  DEFAULT_PREFERENCES,
  DEFAULT_RULES,
  type SyncRules,
} from '../../lib/core/settings/settings.ts';
import type { PollCursor, SyncRecord, TrackedChecklist } from '../../lib/core/sync/tracked.ts';
import { type PollPorts, poll } from '../../lib/engine/poll.ts';
import type { ReconcilePorts } from '../../lib/ports.ts';
import type { SyncStore } from '../../lib/store-ports.ts';
import type { FakeClock } from './fake-clock.ts';
import type { Killer } from './kill.ts';
import { createLocks } from './locks.ts';
import { createMemoryStore } from './memory-store.ts';
import type { SyncFake } from './sync-fake.ts';

/** The master of all sync worlds. */
export const MASTER: ChecklistRef = issueChecklist({
  repo: { host: 'github.com', owner: 'octo', name: 'demo' },
  number: 12,
});

/** Its key. */
export const KEY = checklistKey(MASTER);

/** How often the browsers of the tests poll, in milliseconds. */
export const EVERY_MS = 120_000;

/** A browser that keeps checklists up to date. Its worker may die; what is stored stays. */
export interface Browser {
  readonly login: string;
  readonly tracked: TrackedChecklist[];
  readonly records: Map<string, SyncRecord>;
  readonly cursors: Map<string, PollCursor>;
  readonly counts: Record<string, number>;
  readonly changes: ChecklistRef[];
  /** Changed by tests: the next worker has them. */
  rules: SyncRules;
  editorOpen: boolean;
  /** Why the account's token cannot be used. */
  lockedOut: 'signed-out' | 'sync-of-other' | undefined;
  sync(): ReconcilePorts;
  polling(change?: Partial<PollPorts>): PollPorts;
  poll(until?: number): ReturnType<typeof poll>;
  events(): Promise<readonly LogEvent[]>;
  record(): SyncRecord | undefined;
  unverified(): Promise<number>;
}

/** What a browser is made of. */
export interface BrowserOptions {
  readonly login?: string;
  readonly clock: FakeClock;
  readonly fake: SyncFake;
  readonly killer?: Killer;
  /** How far its clock is ahead of GitHub's, in milliseconds. */
  readonly skew?: number;
  readonly checklists?: readonly ChecklistRef[];
}

/** Makes a browser. */
export function createBrowser(options: BrowserOptions): Browser {
  const { login = 'ada', fake, killer, skew = 0, checklists = [MASTER] } = options;
  const clock = { now: () => options.clock.now() + skew, sleep: options.clock.sleep };
  const store = createMemoryStore(killer);
  const records = new Map<string, SyncRecord>();
  const cursors = new Map<string, PollCursor>();
  const counts: Record<string, number> = {};
  const extra: LogEvent[] = [];
  const locks = createLocks();
  const github = fake.connect(login, killer);
  let runs = 0;
  const syncs: SyncStore = {
    loadRecord: async (key) => records.get(key),
    saveRecord: async (record, events = []) => {
      records.set(record.key, record);
      extra.push(...events);
    },
    removeRecord: async (key) => void records.delete(key),
    loadCursor: async (key) => cursors.get(key),
    saveCursor: async (key, cursor) => void cursors.set(key, cursor),
    listUnverified: async () => {
      const all = await Promise.all(
        checklists.map((checklist) => store.loadUnverified(checklistKey(checklist))),
      );
      return all.filter((write) => write !== undefined);
    },
    count: async (_, added) => {
      for (const [name, count] of Object.entries(added)) counts[name] = (counts[name] ?? 0) + count;
    },
  };
  const browser: Browser = {
    login,
    tracked: checklists.map((checklist) => ({ checklist, title: 'Plan', login, since: 0 })),
    records,
    cursors,
    counts,
    changes: [],
    rules: DEFAULT_RULES,
    editorOpen: false,
    lockedOut: undefined,
    sync: () => ({
      github,
      store,
      syncs,
      clock,
      locks,
      timing: DEFAULT_PREFERENCES.timing,
      login,
      rules: browser.rules,
      isEditorOpen: () => browser.editorOpen,
      newId: () => `${login}-${++runs}`,
    }),
    polling: (change = {}) => ({
      syncs,
      locks,
      clock,
      everyMs: EVERY_MS,
      identity: 'links',
      random: () => 0.5,
      listTracked: async () => [...browser.tracked],
      release: async (tracked) => void browser.tracked.splice(browser.tracked.indexOf(tracked), 1),
      moved: async (tracked, to) => {
        browser.tracked.splice(browser.tracked.indexOf(tracked), 1, { ...tracked, checklist: to });
      },
      portsFor: async () =>
        browser.lockedOut === undefined
          ? succeed(browser.sync())
          : { ok: false, failure: failure(browser.lockedOut) },
      isJobOpen: async (key) => (await store.loadOpenJob(key)) !== undefined,
      onChange: (checklist) => void browser.changes.push(checklist),
      ...change,
    }),
    poll: (until = Number.POSITIVE_INFINITY) => poll(browser.polling(), until),
    events: async () => [...(await store.listEvents(KEY)), ...extra],
    record: () => records.get(KEY),
    unverified: async () => (await syncs.listUnverified()).length,
  };
  return browser;
}
