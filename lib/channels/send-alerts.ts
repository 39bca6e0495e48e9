import type { Alert } from '../core/alerts/alert.ts';
import { messageOf } from '../core/alerts/alert-message.ts';
import type { AlertSettings } from '../core/alerts/alert-settings.ts';
import { type Digest, describeDigest, dueDigests, rememberDigests } from '../core/alerts/digest.ts';
import { type NoticePlan, planNotices } from '../core/alerts/notices.ts';
import { newMessage, type OutboxMessage } from '../core/alerts/outbox.ts';
import type { Clock, Notifications, Ports } from '../ports.ts';

/** What shows alerts and queues their messages. */
export type AlertPorts = Pick<Ports, 'outbox' | 'locks' | 'notifications' | 'newId'> & {
  readonly clock: Pick<Clock, 'now'>;
};

/** The alerts of now, and how the user wants them. */
export interface CurrentAlerts {
  /** `listAlerts` of now. */
  readonly alerts: readonly Alert[];
  readonly settings: AlertSettings;
  /** `summarizeDigest` since a time (milliseconds since 1970); undefined when nothing happened. Called only for digests that are due. */
  digestSince(from: number, to: number): Promise<Digest | undefined>;
}

/** Held from reading the alerts to saving what was sent: whoever read earlier would withdraw what a later one has shown. */
const LOCK = 'alerts';

/**
 * Shows and withdraws the browser's notifications, then queues messages and remembers what was sent in one transaction.
 * A worker that dies before that does the same at its next start: a notification replaces itself, and no message was
 * queued. Answers all notices of now. `deliver` sends what is queued.
 */
export async function sendAlerts(
  ports: AlertPorts,
  read: () => Promise<CurrentAlerts>,
): Promise<NoticePlan['show']> {
  return ports.locks.withLock(LOCK, async () => {
    const { outbox, notifications, clock } = ports;
    const current = await read();
    const { alerts, settings } = current;
    const now = clock.now();
    const before = await outbox.loadMemory();
    const plan = planNotices(alerts, before, settings, now);
    const messages = [
      ...alertMessages(ports, plan, now),
      ...(await digests(ports, current, plan, now)),
    ];
    const memory = rememberDigests(plan.memory, settings, now);
    await notify(notifications, plan);
    const isSame = JSON.stringify(memory) === JSON.stringify(before);
    if (!isSame || messages.length > 0) await outbox.saveMemory(memory, messages);
    return plan.show;
  });
}

function alertMessages(ports: AlertPorts, plan: NoticePlan, now: number): readonly OutboxMessage[] {
  return plan.send.flatMap(({ channel, notices: [first, ...others] }) => {
    if (first === undefined) return [];
    return [newMessage(ports.newId(), channel, messageOf([first, ...others]), now)];
  });
}

async function digests(
  ports: AlertPorts,
  { settings, digestSince }: CurrentAlerts,
  { memory }: NoticePlan,
  now: number,
): Promise<readonly OutboxMessage[]> {
  const messages: OutboxMessage[] = [];
  for (const { channel, from } of dueDigests(memory, settings, now)) {
    const digest = await digestSince(from, now);
    if (digest === undefined) continue;
    messages.push(newMessage(ports.newId(), channel, describeDigest(digest), now));
  }
  return messages;
}

// Notifications are a courtesy: where the browser refuses them the messages still go out.
async function notify(notifications: Notifications, plan: NoticePlan): Promise<void> {
  await Promise.allSettled([
    ...plan.raise.map((notice) => notifications.show(notice)),
    ...plan.refresh.map((notice) => notifications.update(notice)),
    ...plan.withdraw.map((id) => notifications.clear(id)),
  ]);
}
