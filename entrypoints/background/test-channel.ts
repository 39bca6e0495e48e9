import { browser } from 'wxt/browser';
import { notificationId } from '../../lib/channels/browser.ts';
import { sendToRelay } from '../../lib/channels/relay.ts';
import { sendToSlack } from '../../lib/channels/slack.ts';
import { TEST_MESSAGE } from '../../lib/core/alerts/alert-message.ts';
import type { TeamChannel } from '../../lib/core/alerts/alert-settings.ts';
import { CHANNEL_NAMES, refusal, type SendOutcome } from '../../lib/core/alerts/outbox.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failure.ts';
import type { Protocol } from '../../lib/messages.ts';
import { newUlid } from './new-ulid.ts';
import { canNotify } from './notice-board.ts';
import type { Background } from './ports.ts';

/**
 * Sends the test message through a channel and answers what came of it. It goes past the outbox: a test that comes
 * hours later, behind what waits there, tests nothing.
 */
export function testChannel(
  { channel }: Parameters<Protocol['testChannel']>[0],
  background: Background,
): Promise<Result<void>> {
  return channel === 'browser' ? notify() : send(background, channel);
}

async function notify(): Promise<Result<void>> {
  if (!canNotify()) return fail(failure('notifications-not-allowed'));
  const { subject: title, text: message } = TEST_MESSAGE;
  const iconUrl = browser.runtime.getURL('/icon/128.png');
  await browser.notifications.create(notificationId('test'), {
    type: 'basic',
    iconUrl,
    title,
    message,
  });
  return succeed(undefined);
}

async function send(background: Background, name: TeamChannel): Promise<Result<void>> {
  const outcome = await sendTo(background, name);
  const channel = CHANNEL_NAMES[name];
  switch (outcome.kind) {
    case 'sent':
      return succeed(undefined);
    case 'offline':
    case 'later':
      return fail(failure('message-not-taken', { channel }));
    case 'unknown':
      return fail(failure('message-unconfirmed', { channel }));
    case 'refused':
      return fail(refusal(name, outcome.reason));
  }
}

async function sendTo(
  { addresses, fetch, clock }: Background,
  channel: TeamChannel,
): Promise<SendOutcome> {
  const now = () => clock.now();
  if (channel === 'slack') {
    const webhook = await addresses.slack();
    return webhook === undefined ? NOWHERE : sendToSlack(fetch, webhook, TEST_MESSAGE, now);
  }
  const relay = await addresses.relay();
  if (relay === undefined) return NOWHERE;
  const message = { key: newUlid(now()), payload: TEST_MESSAGE };
  return sendToRelay(fetch, relay, message, now);
}

const NOWHERE: SendOutcome = { kind: 'refused', reason: 'no address is set that may be reached' };
