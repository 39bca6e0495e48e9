import { deliver } from '../channels/deliver.ts';
import { sendAlerts } from '../channels/send-alerts.ts';
import type { Alert } from '../core/alerts/alert.ts';
import { type AlertSettings, ofTeam, TEAM_CHANNELS } from '../core/alerts/alert-settings.ts';
import { type Digest, nextDigestAt, summarizeDigest } from '../core/alerts/digest.ts';
import { type AlertFacts, listAlerts } from '../core/alerts/list-alerts.ts';
import { EMPTY_MEMORY, planNotices } from '../core/alerts/notices.ts';
import type { Alerts, Ports } from '../ports.ts';

/** What alerts are read from and sent by. */
export type AlertContext = Pick<
  Ports,
  | 'alertFacts'
  | 'alertSettings'
  | 'alarms'
  | 'clock'
  | 'fetch'
  | 'isPaused'
  | 'locks'
  | 'log'
  | 'newId'
  | 'notifications'
  | 'openAddress'
  | 'outbox'
  | 'preferences'
  | 'tracked'
>;

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
    refresh: () => quietly(() => refresh(context)),
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

async function refresh(context: AlertContext): Promise<void> {
  await sendAlerts(context, async () => {
    const current = await readAlerts(context);
    const { alerts, settings } = current;
    return { alerts, settings, digestSince: (from, to) => digestOf(context, current, from, to) };
  });
  const settings = await usableSettings(context);
  await context.alarms.ringAt('digest', nextDigestAt(await context.outbox.loadMemory(), settings));
  await deliverDue(context);
}

async function deliverDue(context: AlertContext): Promise<void> {
  await context.alarms.ringAt('deliver', await deliver(context));
}

async function readAlerts(context: AlertContext): Promise<AlertsAt> {
  const { alertFacts, tracked, preferences, clock } = context;
  const now = clock.now();
  const { timing } = await preferences();
  const released = await tracked.listReleased();
  const facts = await alertFacts.load({ tracked: await tracked.list(), released, timing }, now);
  return { facts, alerts: listAlerts(facts, now), settings: await usableSettings(context), now };
}

/** A channel without its permission or address is off: what it should have sent is new once it works. */
async function usableSettings(context: AlertContext): Promise<AlertSettings> {
  const settings = await context.alertSettings();
  const found = await Promise.all(
    TEAM_CHANNELS.map((channel) => context.alertFacts.hasAddress(channel)),
  );
  const hasAddress = new Set(TEAM_CHANNELS.filter((_, index) => found[index]));
  return {
    ...settings,
    on: {
      ...settings.on,
      browser: settings.on.browser && context.notifications.isAllowed(),
      ...ofTeam((channel) => settings.on[channel] && hasAddress.has(channel)),
    },
  };
}

async function digestOf(
  { log }: AlertContext,
  { facts, alerts }: AlertsAt,
  from: number,
  to: number,
): Promise<Digest | undefined> {
  const checklists = facts.checklists.map(({ tracked, sync }) => ({
    checklist: { ref: tracked.checklist, title: tracked.title },
    done: sync?.counts.done ?? 0,
    items: sync?.counts.items ?? 0,
  }));
  return summarizeDigest(checklists, alerts, await log.listSince(from), from, to);
}
