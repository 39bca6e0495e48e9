import { describe, expect, it } from 'vitest';
import { type DeliveryPorts, deliver } from '../../lib/channels/deliver.ts';
import { DEFAULT_ALERT_SETTINGS } from '../../lib/core/alerts/alert-settings.ts';
import { EMPTY_MEMORY } from '../../lib/core/alerts/notices.ts';
import { newMessage } from '../../lib/core/alerts/outbox.ts';
import { differences, NOW } from '../core/alerts/samples.ts';
import { createOutboxWorld } from './outbox-world.ts';

const PAYLOAD = { kind: 'alert', subject: 'Sync failed', text: 'Sync failed' } as const;

describe('delivering', () => {
  it('sends to a channel that answers although the other does not', async () => {
    const world = createOutboxWorld([differences(1)], (request) =>
      request === 0 ? 'refused-now' : 'none',
    );
    await world.runWorker();
    expect(world.messages().map(({ channel, state }) => [channel, state])).toEqual([
      ['relay', 'queued'],
      ['slack', 'sent'],
    ]);
  });

  it('asks a channel that does not answer for one message only', async () => {
    const asked: string[] = [];
    const ports = await portsWith(3, async (url) => {
      asked.push(url);
      throw new TypeError('Failed to fetch');
    });
    expect(await deliver(ports)).toBe(NOW);
    expect(asked).toHaveLength(1);
  });

  it('goes on to the next message after one that is refused', async () => {
    const asked: string[] = [];
    const ports = await portsWith(3, async (url) => {
      asked.push(url);
      return new Response('', { status: 400 });
    });
    expect(await deliver(ports)).toBeUndefined();
    expect(asked).toHaveLength(3);
  });

  it('begins no message late in the life of its worker', async () => {
    let time = NOW;
    const ports = await portsWith(3, async () => {
      time += 12_000;
      return new Response('', { status: 400 });
    });
    await deliver({ ...ports, clock: { now: () => time } });
    const states = (await ports.outbox.list()).map(({ state }) => state);
    expect(states).toEqual(['failed', 'failed', 'queued']);
  });

  it('works once when it is called twice at the same moment', async () => {
    const ports = await portsWith(2, async () => new Response('', { status: 400 }));
    await Promise.all([deliver(ports), deliver(ports)]);
    expect((await ports.outbox.list()).map(({ attempts }) => attempts)).toEqual([1, 1]);
  });

  it('says so when the address was removed meanwhile', async () => {
    const ports = await portsWith(1, async () => new Response(''));
    await deliver({ ...ports, openAddress: async () => undefined });
    const [message] = await ports.outbox.list();
    expect(message?.failure?.message).toContain('its address was removed');
  });

  it('sends nothing in a browser where no channel is on', async () => {
    const world = createOutboxWorld([differences(1)], undefined, DEFAULT_ALERT_SETTINGS);
    await world.settle();
    expect([world.messages(), world.mails, world.posts, [...world.raised]]).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });
});

async function portsWith(
  count: number,
  answer: (url: string) => Promise<Response>,
): Promise<DeliveryPorts> {
  const { store } = createOutboxWorld([]);
  const messages = Array.from({ length: count }, (_, index) =>
    newMessage(`ULID${index}`, 'relay', PAYLOAD, NOW),
  );
  await store.saveMemory(EMPTY_MEMORY, messages);
  let isHeld = false;
  const hold = async <T>(run: () => Promise<T>) => {
    isHeld = true;
    return run().finally(() => {
      isHeld = false;
    });
  };
  return {
    outbox: store,
    clock: { now: () => NOW },
    locks: {
      withLock: (_, run) => hold(run),
      tryLock: async (_, run) => (isHeld ? undefined : hold(run)),
    },
    fetch: (input) => answer(String(input)),
    openAddress: async () => ({ url: 'https://relay.example.org/', token: 'token' }),
  };
}
