import { deliver } from '../../lib/channels/deliver.ts';
import type { NoticeBoard, OpenAddress, OutboxStore } from '../../lib/channels/ports.ts';
import { tell } from '../../lib/channels/tell.ts';
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
import { canNotify } from './notice-board.ts';
import type { Background } from './ports.ts';

/** What tells the user of alerts. */
export interface Alerts {
  /** Tells what is news, withdraws what is mended, and sends what is due. Never fails: nothing depends on it. */
  look(): Promise<void>;
  /** Sends what is due; an alarm stands ready for the rest. Never fails. */
  deliver(): Promise<void>;
  /** All notices that stand now, the most pressing first. */
  listNotices(): Promise<readonly Notice[]>;
}

/** What alerts are told from and by. */
export interface AlertContext
  extends Pick<Background, 'db' | 'tracked' | 'preferences' | 'clock' | 'locks' | 'isPaused'> {
  readonly fetch: typeof globalThis.fetch;
  readonly store: OutboxStore;
  readonly board: NoticeBoard;
  readonly openAddress: OpenAddress;
}

/** Alerts, recalculated at each look from what is stored: the same after a worker's death. */
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

/** What stands at a time. */
interface Standing {
  readonly facts: AlertFacts;
  readonly alerts: readonly Alert[];
  readonly settings: AlertSettings;
  readonly now: number;
}

async function look(context: AlertContext): Promise<void> {
  const { store, board, clock, locks } = context;
  await tell({ store, board, clock, locks, newId: newUlid }, async () => {
    const standing = await readAlerts(context);
    const { alerts, settings } = standing;
    return { alerts, settings, digestSince: (from, to) => digestOf(context, standing, from, to) };
  });
  const settings = await usableSettings(context);
  await ringAt(DIGEST_ALARM, nextDigestAt(await store.loadMemory(), settings));
  await deliverDue(context);
}

async function deliverDue(context: AlertContext): Promise<void> {
  await ringAt(DELIVER_ALARM, await deliver(context));
}

async function readAlerts(context: AlertContext): Promise<Standing> {
  const { db, tracked, preferences, clock } = context;
  const now = clock.now();
  const { timing } = await preferences();
  const released = await releasedChecklists.getValue();
  const facts = await loadAlertFacts(db, { tracked: await tracked.list(), released, timing }, now);
  return { facts, alerts: listAlerts(facts, now), settings: await usableSettings(context), now };
}

/** A channel without its permission or address is off: what it should have told is news once it works. */
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
  { facts, alerts }: Standing,
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
