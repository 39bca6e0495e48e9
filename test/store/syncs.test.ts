import { describe, expect, it } from 'vitest';
import type { LogEvent } from '../../lib/core/log/event.ts';
import { listCounters } from '../../lib/store/counters.ts';
import { connect } from '../../lib/store/db.ts';
import { listAllEvents, listSavedTexts, loadEvent, pruneEvents } from '../../lib/store/events.ts';
import { createSyncStore } from '../../lib/store/syncs.ts';
import { sampleRecord } from '../engine/sync-samples.ts';

const KEY = 'github.com/octo/demo#12';

describe('what sync remembers', () => {
  it('counts by day and keeps a month of days', async () => {
    const db = connect();
    const syncs = createSyncStore(db);
    await syncs.count('2026-11-20', { polls: 1, unchanged: 1 });
    await syncs.count('2026-11-20', { polls: 1 });
    expect(await listCounters(db)).toEqual([
      { day: '2026-11-20', counts: { polls: 2, unchanged: 1 } },
    ]);
    for (let day = 1; day <= 31; day++) {
      await syncs.count(`2026-12-${String(day).padStart(2, '0')}`, { polls: 1 });
    }
    expect((await listCounters(db)).at(0)?.day).toBe('2026-12-01');
  });
});

describe('the log', () => {
  it('gives the texts before our writes, newest first, and each whole by its id', async () => {
    const db = connect();
    const lines = [
      { ...event(1), before: 'one' },
      event(2),
      { ...event(3), before: 'three!' },
      { ...event(4), before: 'other', checklistKey: 'github.com/octo/demo#13' },
    ];
    await createSyncStore(db).saveRecord(sampleRecord(KEY), lines);
    const texts = await listSavedTexts(db, KEY);
    expect(texts).toMatchObject([
      { at: 3, length: 6, login: 'ada', cause: { by: 'background', what: 'sync' } },
      { at: 1, length: 3 },
    ]);
    expect(await loadEvent(db, texts[1]?.id ?? 0)).toMatchObject({ before: 'one' });
    expect(await loadEvent(db, 99)).toBeUndefined();
    expect(await listAllEvents(db)).toHaveLength(4);
  });

  it('is bounded by age and by count, and the oldest go first', async () => {
    const db = connect();
    const lines = [5, 1, 4, 2, 3].map(event);
    await createSyncStore(db).saveRecord(sampleRecord(KEY), lines);
    await pruneEvents(db, 2);
    expect((await listAllEvents(db)).map(({ at }) => at)).toEqual([5, 4, 2, 3]);
    await pruneEvents(db, 2, 2);
    expect((await listAllEvents(db)).map(({ at }) => at)).toEqual([5, 4]);
  });
});

function event(at: number): LogEvent {
  const cause = { by: 'background', what: 'sync' } as const;
  return { at, kind: 'write-master', job: '', run: 'R', checklistKey: KEY, cause, login: 'ada' };
}
