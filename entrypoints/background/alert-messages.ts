import { canNotify, showTestNotification } from '../../lib/channels/browser.ts';
import { sendNow } from '../../lib/channels/deliver.ts';
import { CHANNELS } from '../../lib/channels/registry.ts';
import { TEST_MESSAGE } from '../../lib/core/alerts/alert-message.ts';
import type { TeamChannel } from '../../lib/core/alerts/alert-settings.ts';
import { refusal, sendAgain } from '../../lib/core/alerts/outbox.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';

/**
 * Sends the test message through a channel and answers what came of it. It goes past the outbox: a test that comes
 * hours later, behind what waits there, tests nothing.
 */
export function testChannel(
  { channel }: Parameters<Protocol['testChannel']>[0],
  ports: Ports,
): Promise<Result<void>> {
  return channel === 'browser' ? notify() : send(ports, channel);
}

async function notify(): Promise<Result<void>> {
  if (!canNotify()) return fail(failure('notifications-not-allowed'));
  await showTestNotification(TEST_MESSAGE);
  return succeed(undefined);
}

async function send(ports: Ports, name: TeamChannel): Promise<Result<void>> {
  const message = { id: ports.newId(), payload: TEST_MESSAGE };
  const outcome = await sendNow(ports, name, message);
  const channel = CHANNELS[name].sentenceName;
  switch (outcome.kind) {
    case 'sent':
      return succeed(undefined);
    case 'offline':
    case 'later':
      return fail(failure('message-not-taken', { channel }));
    case 'unknown':
      return fail(failure('message-unconfirmed', { channel }));
    case 'refused':
      return fail(refusal(CHANNELS[name], outcome.reason));
  }
}

/** The user decides about a message that failed, or may have arrived: it is sent again, or forgotten. */
export async function settleMessage(
  { id, send }: Parameters<Protocol['settleMessage']>[0],
  { outbox, clock, alerts }: Ports,
): Promise<Result<void>> {
  if (send) {
    await outbox.update(id, (message) => sendAgain(message, clock.now()));
    await alerts.deliver();
    return succeed(undefined);
  }
  const message = (await outbox.list()).find((one) => one.id === id);
  // Others are still on their way.
  if (message?.state === 'failed' || message?.state === 'unknown') await outbox.remove(id);
  return succeed(undefined);
}
