import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Background } from '../../entrypoints/background/ports.ts';
import { notifications } from '../../lib/channels/browser.ts';
import { createAlerts } from '../../lib/engine/alerts.ts';
import { saveSecret } from '../../lib/store/secrets.ts';
import type { OutboxStore } from '../../lib/store-ports.ts';
import { MESSAGES_PATH } from '../relay/app.ts';
import { parseConfig } from '../relay/config.ts';
import { decodeHeader, headerOf, type MailServer, startMailServer } from '../relay/mail-server.ts';
import { startRelay } from '../relay/start-relay.ts';
import { ALL_CHANNELS, type AlertsWorld, createAlertsWorld } from './alerts-world.ts';

const TOKEN = 'relay-token-relay-token-relay-token';

describe('an email through a real relay and a real mail server', () => {
  let smtp: MailServer;
  let relay: { readonly port: number; close(): Promise<void> };
  let world: AlertsWorld;

  beforeEach(async () => {
    smtp = await startMailServer();
    const read = parseConfig({
      token: TOKEN,
      from: 'relay@example.org',
      to: ['ada@example.org'],
      smtp: { host: '127.0.0.1', port: smtp.port, tls: 'none' },
      listen: { port: 0 },
    });
    if ('mistakes' in read) throw new Error(read.mistakes.join());
    relay = await startRelay(read.config, () => {});
    world = createAlertsWorld({ fetch: (...request) => fetch(...request) });
    const url = `http://127.0.0.1:${relay.port}${MESSAGES_PATH}`;
    await saveSecret(world.background.db, 'relay', { url, token: TOKEN });
    await world.set({ ...ALL_CHANNELS, on: { relay: true, slack: false } });
    await world.differ(await world.track(1), 2);
  });
  afterEach(async () => {
    await relay.close();
    await smtp.close();
  });

  /** A worker that dies behind so many writes of its outbox: nothing of it goes on. */
  function dyingWorker(writes: number): Promise<void> {
    const background = world.restart();
    return new Promise((died) => {
      let left = writes;
      const dyingAfter =
        <Args extends unknown[], Value>(write: (...args: Args) => Promise<Value>) =>
        async (...args: Args): Promise<Value> => {
          const value = await write(...args);
          left -= 1;
          if (left > 0) return value;
          died();
          return new Promise(() => {});
        };
      const { outbox } = background;
      const store: OutboxStore = {
        ...outbox,
        saveMemory: dyingAfter(outbox.saveMemory),
        update: dyingAfter(outbox.update),
      };
      void createAlerts({ ...background, outbox: store }).refresh();
    });
  }

  it.each([
    ['between queueing and sending', 1, 'queued', 0],
    ['when it had said that it sends', 2, 'sending', 0],
    ['when it had sent and noted it', 3, 'sent', 1],
  ])('arrives once although the worker died %s', async (_when, writes, state, mails) => {
    await dyingWorker(writes);
    expect(await world.background.outbox.list()).toMatchObject([{ state }]);
    expect(smtp.mails).toHaveLength(mails);
    for (let round = 0; round < 3; round++) {
      world.now += 5 * 60_000;
      await world.restart().alerts.refresh();
    }
    expect(smtp.mails).toHaveLength(1);
    const [mail] = smtp.mails;
    expect(mail?.to).toEqual(['ada@example.org']);
    expect(decodeHeader((mail && headerOf(mail, 'subject')) ?? '')).toBe(
      '2 differences need attention: ann/demo#1',
    );
    expect(await world.background.outbox.list()).toMatchObject([{ state: 'sent' }]);
  });

  it('arrives once although the worker died over the answer', async () => {
    const [send] = [fetch];
    const answered = new Promise<void>((resolve) => {
      const lost: typeof fetch = async (...request) => {
        await (await send(...request)).text();
        resolve();
        return new Promise(() => {});
      };
      void world.restart({ fetch: lost }).alerts.refresh();
    });
    await answered;
    expect(smtp.mails).toHaveLength(1);
    for (let round = 0; round < 3; round++) {
      world.now += 5 * 60_000;
      await world.restart().alerts.refresh();
    }
    expect(smtp.mails).toHaveLength(1);
    expect(await world.background.outbox.list()).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });
});

function _contextOf(background: Background) {
  const { db, tracked, preferences, clock, locks, isPaused, fetch: send, openAddress } = background;
  return {
    db,
    tracked,
    preferences,
    clock,
    locks,
    isPaused,
    fetch: send,
    openAddress,
    notifications,
  };
}
