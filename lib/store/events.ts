import type { JobEvent } from '../core/job/job-facts.ts';
import type { Db } from './db.ts';

/** How long the log is kept, in milliseconds: 30 days. */
export const KEEP_EVENTS_MS = 30 * 24 * 60 * 60 * 1_000;

/** How many lines of the log are kept at most: the newest. */
export const MOST_EVENTS = 10_000;

/** A text that was kept because we replaced it, without the text itself. */
export interface SavedTextEntry {
  readonly id: number;
  /** When we wrote, in milliseconds since 1970. */
  readonly at: number;
  readonly login: string;
  readonly cause: string;
  /** In UTF-16 units. */
  readonly length: number;
}

/** What was written for a checklist, oldest first; of one run where it is given. */
export async function listEvents(
  db: Db,
  checklistKey: string,
  run?: string,
): Promise<readonly JobEvent[]> {
  const events = await db.use((open) => open.getAllFromIndex('events', 'checklist', checklistKey));
  return run === undefined ? events : events.filter((event) => event.run === run);
}

/** The whole log of all checklists, in the order in which it was written. */
export function listAllEvents(db: Db): Promise<readonly JobEvent[]> {
  return db.use((open) => open.getAll('events'));
}

/** One line of the log; undefined when it is not kept any more. */
export function loadEvent(db: Db, id: number): Promise<JobEvent | undefined> {
  return db.use((open) => open.get('events', id));
}

/** The texts of a checklist before our writes, newest first. */
export function listSavedTexts(db: Db, checklistKey: string): Promise<readonly SavedTextEntry[]> {
  return db.use(async (open) => {
    const texts: SavedTextEntry[] = [];
    const index = open.transaction('events').store.index('checklist');
    for await (const { primaryKey: id, value } of index.iterate(checklistKey)) {
      const { at, login, cause, before } = value;
      if (before !== undefined) texts.push({ id, at, login, cause, length: before.length });
    }
    return texts.sort((a, b) => b.at - a.at || b.id - a.id);
  });
}

/** Removes everything logged before a time, and of the rest all but the newest lines. */
export function pruneEvents(db: Db, before: number, most: number = MOST_EVENTS): Promise<void> {
  return db.use(async (open) => {
    const change = open.transaction('events', 'readwrite');
    const old = await change.store.index('at').getAllKeys(IDBKeyRange.upperBound(before, true));
    for (const key of old) await change.store.delete(key);
    const kept = await change.store.index('at').getAllKeys();
    for (const key of kept.slice(0, Math.max(0, kept.length - most))) {
      await change.store.delete(key);
    }
    await change.done;
  });
}
