import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences, syncFailed } from '../core/alerts/samples.ts';
import { createRandom } from '../engine/random.ts';
import { createOutboxWorld, type Fault, type OutboxWorld } from './outbox-world.ts';

const FAULTS: readonly Fault[] = [
  'none',
  'lost-before',
  'lost-after',
  'refused-now',
  'half-answer',
];
const ALERTS = [differences(3), syncFailed()];

describe('a worker that dies', () => {
  it.each(FAULTS)(
    'anywhere, once or twice, loses no mail and doubles nothing when the network does "%s"',
    async (fault) => {
      // Each channel's first request meets the fault.
      const faultOf = (request: number) => (request < 2 ? fault : 'none');
      const whole = createOutboxWorld(ALERTS, faultOf);
      await whole.settle();
      expectKept(whole);
      const places = whole.passages();
      expect(places).toBeGreaterThan(12);
      for (let first = 0; first < places; first++) {
        for (let second = first; second <= places; second++) {
          const world = createOutboxWorld(ALERTS, faultOf);
          await world.settle((passage) => passage === first || passage === second);
          expectKept(world);
        }
      }
    },
  );

  it('at any places, on any network, never loses a mail and never doubles anything', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const random = createRandom(seed);
        let kills = 0;
        const world = createOutboxWorld(ALERTS, (request) =>
          request < 12 ? (random.pick(FAULTS) ?? 'none') : 'none',
        );
        await world.settle(() => kills < 12 && random.chance(0.15) && kills++ >= 0);
        expectKept(world);
      }),
      { numRuns: 500 },
    );
  });

  it('between queueing and sending has the message sent by the next', async () => {
    const world = createOutboxWorld(ALERTS);
    // Two notifications, then the transaction: the next passage is the first step of the delivery.
    await world.runWorker((passage) => passage === 4);
    expect(world.messages().map(({ state }) => state)).toEqual(['queued', 'queued']);
    await world.settle();
    expect(world.mails).toHaveLength(1);
    expect(world.posts).toHaveLength(1);
  });

  it('between sending and recording has the relay asked again, and Slack never', async () => {
    for (const channel of ['relay', 'slack'] as const) {
      const world = createOutboxWorld(ALERTS);
      const arrived = channel === 'relay' ? world.mails : world.posts;
      await world.settle(killAfter(() => arrived.length === 1));
      const message = world.messages().find((each) => each.channel === channel);
      expect(message?.state).toBe(channel === 'relay' ? 'sent' : 'unknown');
      expect(message?.attempts).toBe(channel === 'relay' ? 2 : 1);
      expectKept(world);
    }
  });
});

/** Kills once, at the first passage at which something is so. */
function killAfter(isSo: () => boolean): () => boolean {
  let isOver = false;
  return () => {
    if (isOver || !isSo()) return false;
    isOver = true;
    return true;
  };
}

/** The alerts were told by one message per channel; the mail arrived once, Slack's at most once, and no outcome is a lie. */
function expectKept(world: OutboxWorld): void {
  const relay = world.messages().filter(({ channel }) => channel === 'relay');
  const slack = world.messages().filter(({ channel }) => channel === 'slack');
  expect(relay.map(({ state }) => state)).toEqual(['sent']);
  expect(world.mails).toEqual(relay.map(({ id }) => id));
  expect(slack).toHaveLength(1);
  expect(world.posts.length).toBeLessThanOrEqual(1);
  expect(['sent', 'unknown']).toContain(slack[0]?.state);
  if (slack[0]?.state === 'sent') expect(world.posts).toHaveLength(1);
  for (const id of ['differences', 'sync-failed rules-invalid']) {
    expect(world.raised.get(id)).toBeGreaterThanOrEqual(1);
  }
}
