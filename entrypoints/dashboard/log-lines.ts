import type { LogLine } from '../../lib/core/log/event.ts';
import type { Db } from '../../lib/store/db.ts';

/** So many lines are read first, so that the page stands at once; and then at a time, so that it never waits. */
const FIRST_LINES = 500;
const NEXT_LINES = 2_000;

/**
 * Reads the log, newest lines first, in pieces: each is handed over (newest first) before the next is asked for. With
 * `after` only lines that are newer than that one. Ends early when the signal aborts.
 */
export async function readLogLines(
  db: Db,
  onLines: (lines: readonly LogLine[]) => void,
  { after = 0, signal }: { readonly after?: number; readonly signal: AbortSignal },
): Promise<void> {
  let end = await db.use(async (open) => {
    const newest = await open.transaction('events').store.openKeyCursor(null, 'prev');
    return newest?.key ?? 0;
  });
  for (let size = FIRST_LINES; end > after && !signal.aborted; size = NEXT_LINES) {
    const start = Math.max(after + 1, end - size + 1);
    const range = IDBKeyRange.bound(start, end);
    const [ids, events] = await db.use(async (open) => {
      const { store } = open.transaction('events');
      return Promise.all([store.getAllKeys(range), store.getAll(range)]);
    });
    if (signal.aborted) return;
    onLines(events.map((event, index) => ({ ...event, id: ids[index] ?? 0 })).reverse());
    end = start - 1;
    // What the user does comes first.
    await new Promise((resolve) => setTimeout(resolve));
  }
}
