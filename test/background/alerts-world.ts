import { vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { type Background, createBackground } from '../../entrypoints/background/ports.ts';
import {
  type AlertSettings,
  DEFAULT_ALERT_SETTINGS,
} from '../../lib/core/alerts/alert-settings.ts';
import { checklistKey, issueChecklist } from '../../lib/core/refs.ts';
import type { PartialSettings } from '../../lib/core/settings/table.ts';
import type { SyncRecord, TrackedChecklist } from '../../lib/core/sync/tracked.ts';
import { completePreferences } from '../../lib/settings.ts';
import { connect } from '../../lib/store/db.ts';
import { saveReconcile } from '../../lib/store/reconciles.ts';
import { createLocks } from '../engine/locks.ts';
import { sampleRecord } from '../engine/sync-samples.ts';
import { stored } from '../stored.ts';
import { FAST } from './background-world.ts';

/** 20 November 2026, a Friday, noon by the local clock. */
export const NOON = new Date(2026, 10, 20, 12).getTime();

/** Background and clock of a browser that keeps checklists up to date; their state is put into the store by hand. */
export interface AlertsWorld {
  now: number;
  /** What the alerts say: tells it, as after a poll. */
  look(): Promise<void>;
  /** Notifications that are shown, by id. */
  notifications(): Readonly<Record<string, { readonly title?: string; readonly message?: string }>>;
  set(settings: PartialSettings<AlertSettings>): Promise<void>;
  /** A tracked checklist `ann/demo#number`. */
  track(number: number): Promise<TrackedChecklist>;
  /** The last look found so many differences. */
  differ(one: TrackedChecklist, left: number): Promise<void>;
  /** The last check came to this. */
  check(one: TrackedChecklist, record: Partial<SyncRecord>): Promise<void>;
  readonly background: Background;
  /** A worker that starts anew over the same storage: locks of the dead one are free. */
  restart(parts?: Partial<Background>): Background;
}

/** Makes one. What the fake browser lacks is stood in for. */
export function createAlertsWorld(parts: Partial<Background> = {}): AlertsWorld {
  standIn();
  const restart = (more: Partial<Background> = {}) =>
    createBackground({
      own: { id: 'x', pages: 'chrome-extension://x/' },
      db: connect(),
      fetch: () => Promise.reject(new TypeError('Failed to fetch')),
      clock: { now: () => world.now, sleep: async () => {} },
      preferences: async () => completePreferences(FAST),
      locks: createLocks(),
      ...parts,
      ...more,
    });
  const world: AlertsWorld = {
    now: NOON,
    look: () => world.background.alerts.refresh(),
    notifications: () => fakeBrowser.notifications.getAllCreateOptions(),
    set: (settings) => stored().alerts.setValue(settings),
    track: async (number) => {
      const repo = { host: 'github.com', owner: 'ann', name: 'demo' };
      const checklist = issueChecklist({ repo, number });
      const one = { checklist, title: `Plan ${number}`, login: 'ann', since: 0 };
      await world.background.tracked.put(one);
      return one;
    },
    differ: ({ checklist }, left) => {
      const key = checklistKey(checklist);
      const record = { key, checkedAt: 1, nightlyAt: 1, left, kinds: {}, failure: undefined };
      return saveReconcile(world.background.db, record);
    },
    check: ({ checklist }, change) =>
      world.background.syncs.saveRecord(sampleRecord(checklistKey(checklist), change)),
    background: undefined as never,
    restart,
  };
  return Object.assign(world, { background: restart() });
}

/** Notifications, relay and Slack switched on, in a browser that sends for the team. */
export const ALL_CHANNELS: Pick<AlertSettings, 'on' | 'sendsForTeam'> = {
  on: { ...DEFAULT_ALERT_SETTINGS.on, browser: true, relay: true, slack: true },
  sendsForTeam: true,
};

function standIn(): void {
  Object.assign(fakeBrowser.runtime, {
    getURL: (path: string) => `chrome-extension://x${path}`,
    openOptionsPage: vi.fn(async () => {}),
    getContexts: undefined,
  });
  Object.assign(fakeBrowser.permissions, { contains: vi.fn(async () => true) });
}
