import { expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createAlarms, schedulePruning } from '../../entrypoints/background/alarms.ts';
import { now } from '../clock.ts';

const MINUTE = 60_000;
const DAYS_400 = 400 * 24 * 60 * MINUTE;
const alarms = createAlarms(() => 0.5, now);

it('alarms that a clock 400 days ahead has set ring in their time once it is back', async () => {
  const start = now();
  for (const [name, periodInMinutes] of [
    ['poll', 2],
    ['tick', 0.5],
    ['prune', 24 * 60],
  ] as const) {
    await fakeBrowser.alarms.create(name, { when: start + DAYS_400, periodInMinutes });
  }
  await fakeBrowser.alarms.create('poll-soon', { when: start + DAYS_400 });
  await fakeBrowser.alarms.create('nightly', { when: start + DAYS_400 });
  await alarms.pollEvery(2);
  await alarms.tick(true);
  await schedulePruning(now());
  await alarms.pollSoon(start + MINUTE);
  await alarms.ringAt('nightly', start + 60 * MINUTE);
  for (const { name, scheduledTime } of await fakeBrowser.alarms.getAll()) {
    expect(scheduledTime - start, name).toBeLessThan(DAYS_400 / 2);
  }
});

it('alarms that ring soon enough are left alone: set again at each start, they might never ring', async () => {
  const start = now();
  await fakeBrowser.alarms.create('poll', { when: start + MINUTE, periodInMinutes: 2 });
  await fakeBrowser.alarms.create('prune', { when: start + MINUTE, periodInMinutes: 24 * 60 });
  await alarms.pollEvery(2);
  await schedulePruning(now());
  const times = (await fakeBrowser.alarms.getAll()).map(({ scheduledTime }) => scheduledTime);
  expect(times).toEqual([start + MINUTE, start + MINUTE]);
});
