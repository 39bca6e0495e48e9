// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { beforeEach, describe, expect, it } from 'vitest';
import { readLogLines } from '../../entrypoints/dashboard/log-lines.ts';
import { LogPage } from '../../entrypoints/dashboard/log-page.tsx';
import type { LogLine } from '../../lib/core/log/event.ts';
import { createSettings } from '../../lib/settings.ts';
import { connect, type Db } from '../../lib/store/db.ts';
import { addEvents } from '../../lib/store/events.ts';
import { sampleLine } from './log-samples.ts';
import { settle, show } from './render.ts';
import { NOW } from './samples.ts';

let db: Db;

beforeEach(async () => {
  db = connect(`log-${Math.random()}`);
});

async function write(count: number, before?: string): Promise<void> {
  await db.use(async (open) => {
    const change = open.transaction(['events', 'texts'], 'readwrite');
    const lines = Array.from({ length: count }, (_, index) => {
      const { id: _id, ...event } = sampleLine(index + 1);
      return before === undefined ? event : { ...event, before };
    });
    await addEvents(
      { events: change.objectStore('events'), texts: change.objectStore('texts') },
      lines,
    );
    await change.done;
  });
}

async function read(after?: number): Promise<(readonly LogLine[])[]> {
  const pieces: (readonly LogLine[])[] = [];
  const { signal: stop } = new AbortController();
  await readLogLines(db, (lines) => pieces.push(lines), {
    ...(after !== undefined && { after }),
    signal: stop,
  });
  return pieces;
}

describe('the log in the store', () => {
  it('is read in pieces, newest first, a small one at once, without texts', async () => {
    await write(3_000, '- [ ] text');
    const pieces = await read();
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces[0]?.length).toBeLessThan(1_000);
    const ids = pieces.flat().map(({ id }) => id);
    expect(ids).toEqual(Array.from({ length: 3_000 }, (_, index) => 3_000 - index));
    expect(JSON.stringify(pieces)).not.toContain('- [ ] text');
  });

  it('gives only what is newer than a line', async () => {
    await write(10);
    expect((await read(7)).flat().map(({ id }) => id)).toEqual([10, 9, 8]);
    expect(await read(10)).toEqual([]);
  });

  it('that is empty gives nothing', async () => {
    expect(await read()).toEqual([]);
  });

  it('is not read on once the page is left', async () => {
    await write(3_000);
    const leave = new AbortController();
    const pieces: number[] = [];
    const onLines = (lines: readonly LogLine[]) => {
      pieces.push(lines.length);
      leave.abort();
    };
    await readLogLines(db, onLines, { signal: leave.signal });
    expect(pieces).toHaveLength(1);
  });

  it('is shown by the page', async () => {
    await write(3);
    const route = signal({ path: '/log', checklist: undefined, run: undefined } as const);
    const { root, text } = show(
      <LogPage db={db} tracked={createSettings(db).tracked} route={route} now={signal(NOW)} />,
    );
    await settle();
    await settle();
    expect(root.querySelectorAll('.log-rows > [role="row"]')).toHaveLength(3);
    expect(text()).toContain('Ticked: Step 3');
  });
});
