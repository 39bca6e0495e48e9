import type { Alert } from '../core/alerts/alert.ts';
import { messageOf } from '../core/alerts/alert-message.ts';
import type { AlertSettings } from '../core/alerts/alert-settings.ts';
import { describeDigest } from '../core/alerts/describe-digest.ts';
import { type Digest, dueDigests, rememberDigests } from '../core/alerts/digest.ts';
import { type NoticePlan, planNotices } from '../core/alerts/notices.ts';
import { newMessage, type OutboxMessage } from '../core/alerts/outbox.ts';
import type { NoticeBoard, TellingPorts } from './ports.ts';

/** What there is to tell. */
export interface Telling {
  /** `listAlerts` of now. */
  readonly alerts: readonly Alert[];
  readonly settings: AlertSettings;
  /** `summarizeDigest` since a time (milliseconds since 1970); undefined when nothing happened. Called only for digests that are due. */
  digestSince(from: number, to: number): Promise<Digest | undefined>;
}

/** Held from reading what stands to saving what was told: a look that read earlier would withdraw what a later one has raised. */
const LOCK = 'alerts';

/**
 * Tells what is news: shows and withdraws the browser's notifications, then queues messages and remembers what was told
 * in one transaction. A worker that dies before that tells again at its next start: a notification replaces itself, and
 * no message was queued. Gives what stands, for popup and dashboard. `deliver` sends what is queued.
 */
export async function tell(
  ports: TellingPorts,
  read: () => Promise<Telling>,
): Promise<NoticePlan['show']> {
  return ports.locks.withLock(LOCK, async () => {
    const { store, board, clock } = ports;
    const telling = await read();
    const { alerts, settings } = telling;
    const now = clock.now();
    const before = await store.loadMemory();
    const plan = planNotices(alerts, before, settings, now);
    const messages = [
      ...alertMessages(ports, plan, now),
      ...(await digests(ports, telling, plan, now)),
    ];
    const memory = rememberDigests(plan.memory, settings, now);
    await showOn(board, plan);
    const isSame = JSON.stringify(memory) === JSON.stringify(before);
    if (!isSame || messages.length > 0) await store.saveMemory(memory, messages);
    return plan.show;
  });
}

function alertMessages(
  ports: TellingPorts,
  plan: NoticePlan,
  now: number,
): readonly OutboxMessage[] {
  return plan.send.flatMap(({ channel, notices: [first, ...others] }) => {
    if (first === undefined) return [];
    return [newMessage(ports.newId(now), channel, messageOf([first, ...others]), now)];
  });
}

async function digests(
  ports: TellingPorts,
  { settings, digestSince }: Telling,
  { memory }: NoticePlan,
  now: number,
): Promise<readonly OutboxMessage[]> {
  const messages: OutboxMessage[] = [];
  for (const { channel, from } of dueDigests(memory, settings, now)) {
    const digest = await digestSince(from, now);
    if (digest === undefined) continue;
    messages.push(newMessage(ports.newId(now), channel, describeDigest(digest), now));
  }
  return messages;
}

// Notifications are a courtesy: where the browser refuses them the messages still go out.
async function showOn(board: NoticeBoard, plan: NoticePlan): Promise<void> {
  await Promise.allSettled([
    ...plan.raise.map((notice) => board.raise(notice)),
    ...plan.refresh.map((notice) => board.refresh(notice)),
    ...plan.withdraw.map((id) => board.withdraw(id)),
  ]);
}
