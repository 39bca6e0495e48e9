import { describe, expect, it } from 'vitest';
import type { AnyFacts, EventOf, LogEvent, Logged } from '../../lib/core/log/event.ts';
import { connect, type Db } from '../../lib/store/db.ts';
import {
  listAllEvents,
  listEvents,
  listEventsSince,
  loadEvent,
  pruneEvents,
} from '../../lib/store/events.ts';
import { createSyncStore } from '../../lib/store/syncs.ts';
import { sampleRecord } from '../engine/sync-samples.ts';

const KEY = 'github.com/octo/demo#12';
const OTHER = 'github.com/octo/demo#13';

describe('the log', () => {
  it('gives lists without texts, and a line or a download with them', async () => {
    const db = connect();
    const events = [event(1, KEY, 'one'), event(2, OTHER), event(3, KEY, '')];
    await log(db, events);
    const [first, second, third] = events.map(({ before: _text, ...line }) => line);
    expect(await listEvents(db, KEY)).toEqual([first, third]);
    expect(await listEventsSince(db, 2)).toEqual([second, third]);
    expect(await listAllEvents(db)).toEqual(events);
    expect(await loadEvent(db, 3)).toEqual(events[2]);
  });

  it('forgets the texts with their lines, and no others', async () => {
    const db = connect();
    // Written in another order than they happened: what is old does not stand together.
    const times = [5, 1, 6, 2, 3, 7];
    await log(
      db,
      times.map((at) => event(at, KEY, `text ${at}`)),
    );
    await pruneEvents(db, 3);
    expect(
      (await listAllEvents(db)).map(({ at, before }: Logged & AnyFacts) => [at, before]),
    ).toEqual([5, 6, 3, 7].map((at) => [at, `text ${at}`]));
    await pruneEvents(db, 3, 2);
    expect((await listAllEvents(db)).map(({ at }) => at)).toEqual([6, 7]);
    expect(await db.use((open) => open.getAll('texts'))).toEqual(['text 6', 'text 7']);
  });

  it('is as long as it may be without losing a line', async () => {
    const db = connect();
    await log(db, [event(1, KEY), event(2, KEY), event(3, KEY)]);
    await pruneEvents(db, 0, 3);
    expect(await listAllEvents(db)).toHaveLength(3);
  });
});

function log(db: Db, events: readonly LogEvent[]): Promise<void> {
  return createSyncStore(db).saveRecord(sampleRecord(KEY), events);
}

function event(at: number, checklistKey: string, before?: string): EventOf<'write-master'> {
  const line = { at, kind: 'write-master', job: '', run: '', checklistKey } as const;
  return {
    ...line,
    cause: { by: 'background', what: 'sync' },
    login: 'ada',
    ...(before !== undefined && { before }),
  };
}
