import { expect, it } from 'vitest';
import { describeEntry } from '../../lib/core/log/describe-entry.ts';
import { namingOf } from '../../lib/core/sync/plan-sync.ts';
import { formatMarker, markerFor } from '../../lib/core/text/marker.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import { noteReading } from '../../lib/engine/note-reading.ts';
import { readReconcile } from '../../lib/engine/read-reconcile.ts';
import { syncChecklist } from '../../lib/engine/sync-checklist.ts';
import { createFakeClock } from './fake-clock.ts';
import { createSyncFake } from './sync-fake.ts';
import { createBrowser, MASTER } from './sync-world.ts';

const TEXT = [
  '- [ ] Parse dates (closes #101)',
  '- [ ] Print dates (closes #102)',
  '- [ ] Compare dates #102 #103',
  '- [ ] Think about dates',
  '',
  '```',
  '- [ ] no item',
  '```',
].join('\n');

it('logs what was read at first, and nothing while it is read the same', async () => {
  const { sync, entries } = setUp();
  await sync();
  const first =
    '4 items read (1 line looks like an item but is not), 2 linked, 1 needs your decision';
  expect(await entries()).toEqual([first]);
  await sync();
  expect(await entries()).toEqual([first]);
});

it('logs each item that has another issue than before, and the counts only where they changed', async () => {
  const { fake, sync, entries } = setUp();
  await sync();
  fake.edit((text) => text.replace('(closes #102)', '(closes #103)'));
  await sync();
  expect((await entries()).slice(1)).toEqual([
    'Matched by its link: Print dates (closes #103) → #103',
  ]);
  fake.edit((text) => text.replace(' (closes #101)', ''));
  await sync();
  expect((await entries()).slice(2)).toEqual([
    '4 items read (1 line looks like an item but is not), 1 linked, 1 needs your decision',
    'No longer matched: Parse dates',
  ]);
});

it('logs all items that match otherwise in one entry', async () => {
  const { fake, sync, entries } = setUp();
  await sync();
  fake.edit((text) => text.replaceAll('(closes #10', '(see #10'));
  await sync();
  expect((await entries()).slice(1)).toEqual([
    '4 items read (1 line looks like an item but is not), 1 needs your decision',
    'No longer matched: 2 items',
  ]);
});

it.each(['Print dates', 'Compare dates'])(
  'takes an item that was only renamed for the same item: %s',
  async (words) => {
    const { fake, sync, entries } = setUp();
    await sync();
    fake.edit((text) => text.replace(words, 'Other words'));
    await sync();
    expect(await entries()).toHaveLength(1);
  },
);

it('says that the marker told only where it chose among several issues', async () => {
  const { fake, sync, entries } = setUp();
  await sync();
  const [item] = parseChecklist(TEXT).items;
  if (item === undefined) throw new Error('no item');
  const marker = markerFor(item, MASTER, '01JD0000000000000000000000');
  fake.addIssue(104, { body: formatMarker(marker) });
  fake.addPull(105, '');
  fake.edit((text) => text.replace('(closes #101)', '#104 #105'));
  await sync();
  fake.edit((text) => text.replace('#104 #105', '#104 #103'));
  await sync();
  expect((await entries()).filter((words) => words.startsWith('Matched'))).toEqual([
    'Matched by its link: Parse dates #104 #105 → #104',
    "Matched by the issue's marker: Parse dates #104 #103 → #104",
  ]);
});

it('logs what a preview reads with the memory of Sync, of checklists with a record alone', async () => {
  const { fake, sync, preview, entries } = setUp();
  await preview();
  expect(await entries()).toEqual([]);
  await sync();
  await preview();
  expect(await entries()).toHaveLength(1);
  fake.edit((text) => text.replace('(closes #102)', '(closes #103)'));
  await preview();
  await sync();
  expect((await entries()).slice(1)).toEqual([
    'Matched by its link: Print dates (closes #103) → #103',
  ]);
});

it('logs nothing of items whose issues were not asked for', async () => {
  const { fake, sync, entries } = setUp();
  await sync();
  fake.close(101);
  await sync([`github.com/${MASTER.repo.owner}/${MASTER.repo.name}#101`]);
  expect(await entries()).toHaveLength(1);
});

function setUp() {
  const clock = createFakeClock();
  const fake = createSyncFake({ clock, master: MASTER, text: TEXT });
  for (const number of [101, 102, 103]) fake.addIssue(number);
  const browser = createBrowser({ clock, fake });
  return {
    fake,
    sync: async (read: 'all' | readonly string[] = 'all') => {
      clock.advance(600_000);
      const cause = { by: 'background', what: 'sync' } as const;
      const request = { checklist: MASTER, identity: 'links', read, cause } as const;
      const done = await syncChecklist(browser.sync(), { ...request, background: true });
      expect(done.ok).toBe(true);
    },
    preview: async () => {
      const ports = browser.sync();
      const query = { checklist: MASTER, identity: 'links', left: [], targets: [] } as const;
      const read = await readReconcile(ports, query);
      if (!read.ok) throw new Error(read.failure.message);
      const { facts, items } = read.value;
      await noteReading(ports, { naming: namingOf(facts), items, what: 'resolve', login: 'ada' });
    },
    entries: async () =>
      (await browser.events())
        .filter(({ kind }) => kind === 'read' || kind === 'match')
        .map((entry) => describeEntry(entry, MASTER.repo)),
  };
}
