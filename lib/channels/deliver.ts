import type { TeamChannel } from '../core/alerts/alert-settings.ts';
import {
  isPast,
  nextDue,
  nextWakeAt,
  type OutboxMessage,
  recordOutcome,
  recoverMessage,
  type SendOutcome,
  startSending,
} from '../core/alerts/outbox.ts';
import type { Ports } from '../ports.ts';
import type { OutboxStore } from '../store-ports.ts';
import type { SendingPorts, SentMessage } from './channel.ts';
import { CHANNELS } from './registry.ts';

/** What sends the messages of the outbox. */
export type DeliveryPorts = SendingPorts & Pick<Ports, 'outbox' | 'locks' | 'openAddress'>;

/** Held while messages are sent: whoever holds it knows that a message in `sending` was left by a dead worker. */
const LOCK = 'outbox';

/** After this time no further message is begun: a worker lives 30 s, a request takes up to 12. */
const SLICE_MS = 15_000;

/**
 * Sends what is due, one after the other, and may be killed anywhere: each step is saved before and after. Of two that
 * are called at once only one works. Gives the time (milliseconds since 1970) at which it should be called again;
 * undefined when nothing waits. Rejects only when the storage fails.
 */
export async function deliver(ports: DeliveryPorts): Promise<number | undefined> {
  await ports.locks.tryLock(LOCK, () => deliverDue(ports));
  return nextWakeAt(await ports.outbox.list(), ports.clock.now());
}

async function deliverDue(ports: DeliveryPorts): Promise<void> {
  const { outbox, clock } = ports;
  await tidy(outbox, clock);
  const until = clock.now() + SLICE_MS;
  // A channel that does not answer is not asked for the other messages too.
  const resting = new Set<TeamChannel>();
  while (clock.now() < until) {
    const due = nextDue(await outbox.list(), resting, clock.now());
    if (due === undefined) return;
    const outcome = await sendOne(ports, due);
    if (outcome?.kind !== 'sent' && outcome?.kind !== 'refused') resting.add(due.channel);
  }
}

async function tidy(outbox: OutboxStore, clock: SendingPorts['clock']): Promise<void> {
  for (const message of await outbox.list()) {
    if (isPast(message, clock.now())) await outbox.remove(message.id);
    if (message.state !== 'sending') continue;
    await outbox.update(message.id, (now) =>
      recoverMessage(now, CHANNELS[now.channel], clock.now()),
    );
  }
}

async function sendOne(
  ports: DeliveryPorts,
  { id }: OutboxMessage,
): Promise<SendOutcome | undefined> {
  const { outbox, clock } = ports;
  // The user may have dismissed it meanwhile.
  const message = await outbox.update(id, (now) => startSending(now, clock.now()));
  if (message === undefined) return undefined;
  const outcome = await sendNow(ports, message.channel, message);
  await outbox.update(id, (now) => recordOutcome(now, outcome, CHANNELS[now.channel], clock.now()));
  return outcome;
}

/** Sends a message once, now and past the outbox. Never rejects. */
export async function sendNow(
  ports: SendingPorts & Pick<Ports, 'openAddress'>,
  channel: TeamChannel,
  message: SentMessage,
): Promise<SendOutcome> {
  const address = await ports.openAddress(channel);
  return address === undefined ? REMOVED : CHANNELS[channel].send(ports, address, message);
}

const REMOVED: SendOutcome = {
  kind: 'refused',
  reason: 'its address was removed, or the browser may not reach it any more',
};
