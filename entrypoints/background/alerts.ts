import { canNotify } from '../../lib/channels/browser.ts';
import { deliver } from '../../lib/channels/deliver.ts';
import type { Notifications, OpenAddress, OutboxStore } from '../../lib/channels/ports.ts';
import { sendAlerts } from '../../lib/channels/send-alerts.ts';
import type { Alert } from '../../lib/core/alerts/alert.ts';
import { type AlertSettings, ofTeam, TEAM_CHANNELS } from '../../lib/core/alerts/alert-settings.ts';
import { type Digest, nextDigestAt, summarizeDigest } from '../../lib/core/alerts/digest.ts';
import { type AlertFacts, listAlerts } from '../../lib/core/alerts/list-alerts.ts';
import { EMPTY_MEMORY, type Notice, planNotices } from '../../lib/core/alerts/notices.ts';
import { alertSettings, completeAlertSettings, releasedChecklists } from '../../lib/settings.ts';
import { loadAlertFacts } from '../../lib/store/alert-facts.ts';
import { listEventsSince } from '../../lib/store/events.ts';
import { hasSecret } from '../../lib/store/secrets.ts';
import { DELIVER_ALARM, DIGEST_ALARM, ringAt } from './alert-alarms.ts';
import { newUlid } from './new-ulid.ts';
import type { Background } from './ports.ts';

/** What brings alerts to the user. */
export interface Alerts {
  /** Shows and sends what is new, withdraws what is resolved. Never fails: nothing depends on it. */
  look(): Promise<void>;
  /** Sends what is due; an alarm is set for the rest. Never fails. */
  deliver(): Promise<void>;
  /** All notices of now, the most pressing first. */
  listNotices(): Promise<readonly Notice[]>;
}

/** What alerts are read from and sent by. */
export interface AlertContext
  extends Pick<Background, 'db' | 'tracked' | 'preferences' | 'clock' | 'locks' | 'isPaused'> {
  readonly fetch: typeof globalThis.fetch;
  readonly store: OutboxStore;
  readonly notifications: Notifications;
  readonly openAddress: OpenAddress;
}

/** Alerts, recalculated each time from what is stored: the same after a worker's death. */
export function createAlerts(context: AlertContext): Alerts {
  const quietly = async (work: () => Promise<void>) => {
    try {
      if (!(await context.isPaused())) await work();
    } catch (error) {
      console.error(error);
    }
  };
  return {
    look: () => quietly(() => look(context)),
    deliver: () => quietly(() => deliverDue(context)),
    listNotices: async () => {
      const { alerts, settings, now } = await readAlerts(context);
      return planNotices(alerts, EMPTY_MEMORY, settings, now).show;
    },
  };
}

/** The alerts of a time, and what they follow from. */
interface AlertsAt {
  readonly facts: AlertFacts;
  readonly alerts: readonly Alert[];
  readonly settings: AlertSettings;
  readonly now: number;
}

async function look(context: AlertContext): Promise<void> {
  const { store, notifications, clock, locks } = context;
  await sendAlerts({ store, notifications, clock, locks, newId: newUlid }, async () => {
    const current = await readAlerts(context);
    const { alerts, settings } = current;
    return { alerts, settings, digestSince: (from, to) => digestOf(context, current, from, to) };
  });
  const settings = await usableSettings(context);
  await ringAt(DIGEST_ALARM, nextDigestAt(await store.loadMemory(), settings));
  await deliverDue(context);
}

async function deliverDue(context: AlertContext): Promise<void> {
  await ringAt(DELIVER_ALARM, await deliver(context));
}

async function readAlerts(context: AlertContext): Promise<AlertsAt> {
  const { db, tracked, preferences, clock } = context;
  const now = clock.now();
  const { timing } = await preferences();
  const released = await releasedChecklists.getValue();
  const facts = await loadAlertFacts(db, { tracked: await tracked.list(), released, timing }, now);
  return { facts, alerts: listAlerts(facts, now), settings: await usableSettings(context), now };
}

/** A channel without its permission or address is off: what it should have sent is new once it works. */
async function usableSettings({ db }: AlertContext): Promise<AlertSettings> {
  const settings = completeAlertSettings(await alertSettings.getValue());
  const found = await Promise.all(TEAM_CHANNELS.map((channel) => hasSecret(db, channel)));
  const hasAddress = new Set(TEAM_CHANNELS.filter((_, index) => found[index] !== undefined));
  return {
    ...settings,
    on: {
      ...settings.on,
      browser: settings.on.browser && canNotify(),
      ...ofTeam((channel) => settings.on[channel] && hasAddress.has(channel)),
    },
  };
}

async function digestOf(
  { db }: AlertContext,
  { facts, alerts }: AlertsAt,
  from: number,
  to: number,
): Promise<Digest | undefined> {
  const checklists = facts.checklists.map(({ tracked, sync }) => ({
    checklist: { ref: tracked.checklist, title: tracked.title },
    done: sync?.counts.done ?? 0,
    items: sync?.counts.items ?? 0,
  }));
  return summarizeDigest(checklists, alerts, await listEventsSince(db, from), from, to);
}
