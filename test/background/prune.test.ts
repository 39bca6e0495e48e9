import { expect, it } from 'vitest';
import { createBackground } from '../../entrypoints/background/ports.ts';
import type { LogEvent } from '../../lib/core/log/event.ts';
import { pruneJobs } from '../../lib/engine/resume-jobs.ts';
import { connect } from '../../lib/store/db.ts';
import { addEvents, listAllEvents } from '../../lib/store/events.ts';
import { now as start } from '../clock.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

it('a clock 400 days ahead for an evening takes nothing from the log; a month that passed does', async () => {
  const { background, at } = await browser();
  await pruneJobs(at(0));
  await pruneJobs(at(DAY));
  // The same alarm again, and the next start: it is ahead all evening.
  for (const hours of [0, 0.01, 5, 19]) await pruneJobs(at(400 * DAY + hours * HOUR));
  expect(await listAllEvents(background.db)).toHaveLength(1);
  for (let day = 2; day <= 31; day++) await pruneJobs(at(day * DAY));
  expect(await listAllEvents(background.db)).toEqual([]);
});

it('a browser that was off for half a year forgets what is old a day later', async () => {
  const { background, at } = await browser();
  await pruneJobs(at(0));
  await pruneJobs(at(180 * DAY));
  expect(await listAllEvents(background.db)).toHaveLength(1);
  await pruneJobs(at(181 * DAY));
  expect(await listAllEvents(background.db)).toEqual([]);
});

async function browser() {
  const began = start();
  let time = began;
  const own = { id: 'x', pages: 'chrome-extension://x/' };
  const clock = { now: () => time, sleep: async () => {} };
  const background = createBackground({ own, db: connect(), clock });
  const event: LogEvent = {
    at: began,
    kind: 'write-master',
    job: '',
    run: 'R',
    checklistKey: 'github.com/ann/demo#1',
    cause: { by: 'click', what: 'sync' },
    login: 'ann',
    before: 'the text',
  };
  await background.db.use(async (open) => {
    const change = open.transaction(['events', 'texts'], 'readwrite');
    const [events, texts] = [change.objectStore('events'), change.objectStore('texts')];
    await addEvents({ events, texts }, [event]);
    await change.done;
  });
  return {
    background,
    at: (ms: number) => {
      time = began + ms;
      return background;
    },
  };
}
