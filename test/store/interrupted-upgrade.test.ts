import { afterEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { connect } from '../../lib/store/db.ts';
import { listAllEvents } from '../../lib/store/events.ts';
import { stored } from '../stored.ts';
import { loadStoredData, readStoredData } from '../stored-data.ts';

afterEach(() => vi.restoreAllMocks());

it('an upgrade that dies anywhere leaves the data of before, and the next one gets all of it', async () => {
  await loadStoredData();
  vi.spyOn(console, 'error').mockReturnValue();
  for (const survived of [0, 5, 100]) {
    const death = dieAfter(survived);
    await expect(connect().use((open) => open.count('events'))).rejects.toThrow();
    death.undo();
  }
  expect(await listAllEvents(connect())).toHaveLength(
    readStoredData().database.stores.events?.length ?? 0,
  );
  expect(await stored().tracked.getValue()).toHaveLength(9);
});

it('an older version is taken over in full, wherever the browser is closed meanwhile', async () => {
  await loadStoredData();
  const { local } = fakeBrowser.storage;
  for (const method of ['get', 'set', 'remove'] as const) {
    const spy = vi.spyOn(local, method).mockRejectedValue(new Error('closed'));
    await expect(stored().tracked.getValue()).rejects.toThrow('closed');
    spy.mockRestore();
  }
  const all = stored();
  expect(await all.tracked.getValue()).toHaveLength(9);
  expect(await all.loadPreferences()).toMatchObject({ careful: true, pollMinutes: 5 });
  expect(await all.listOpenJobs()).toHaveLength(3);
  expect(await all.lost.getValue()).toBeUndefined();
  const kept = Object.keys(await local.get()).filter((name) => !name.startsWith('openJob:'));
  expect(kept.sort()).toEqual(['alerts', 'preferences', 'tracked']);
  expect(JSON.stringify(await local.get('tracked'))).not.toContain('title');
});

/** The browser is closed after so many writes. */
function dieAfter(survived: number) {
  let writes = 0;
  const { put } = IDBObjectStore.prototype;
  const { update } = IDBCursor.prototype;
  const count = () => {
    writes += 1;
    if (writes > survived) throw new DOMException('The browser was closed.', 'AbortError');
  };
  const spies = [
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function dying(
      this: IDBObjectStore,
      ...given: Parameters<typeof put>
    ) {
      count();
      return put.apply(this, given);
    }),
    vi.spyOn(IDBCursor.prototype, 'update').mockImplementation(function dying(
      this: IDBCursor,
      ...given: Parameters<typeof update>
    ) {
      count();
      return update.apply(this, given);
    }),
  ];
  return {
    undo: () => {
      for (const spy of spies) spy.mockRestore();
    },
  };
}
