import type { ListedEvent, LogEvent } from '../core/log/event.ts';
import type { SavedText } from '../core/text/saved-text.ts';
import type { Db, EventRecord } from './db.ts';

/** How many entries of the log are kept at most: the newest. */
const MOST_EVENTS = 50_000;

/** The stores of the log, of a transaction that may write them. */
interface LogStores {
  readonly events: { add(event: EventRecord): Promise<number> };
  readonly texts: { put(text: string, id: number): Promise<number> };
}

/** Adds entries to the log, in the caller's transaction. */
export async function addEvents(
  { events, texts }: LogStores,
  added: readonly LogEvent[],
): Promise<void> {
  for (const event of added) {
    const { kept, before } = withoutText(event);
    const id = await events.add(kept);
    if (before !== undefined) await texts.put(before, id);
  }
}

function withoutText(event: LogEvent) {
  if (event.kind !== 'write-master') return { kept: event, before: undefined };
  const { before, ...rest } = event;
  return { kept: before === undefined ? rest : { ...rest, textLength: before.length }, before };
}

/** What was written for a checklist, oldest first, without texts; of one run where it is given. */
export async function listEvents(
  db: Db,
  checklistKey: string,
  run?: string,
): Promise<readonly ListedEvent[]> {
  const events = await db.use((open) => open.getAllFromIndex('events', 'checklist', checklistKey));
  return events.filter((event) => run === undefined || event.run === run).map(withoutLength);
}

/** What was logged from a time on (milliseconds since 1970), of all checklists, without texts. */
export async function listEventsSince(db: Db, from: number): Promise<readonly ListedEvent[]> {
  const range = IDBKeyRange.lowerBound(from);
  const events = await db.use((open) => open.getAllFromIndex('events', 'at', range));
  return events.map(withoutLength);
}

/** The whole log of all checklists with its texts, in the order in which it was written: for a download. */
export function listAllEvents(db: Db): Promise<readonly LogEvent[]> {
  return db.use(async (open) => {
    const look = open.transaction(['events', 'texts']);
    const ids = await look.objectStore('events').getAllKeys();
    const events = await look.objectStore('events').getAll();
    const textIds = await look.objectStore('texts').getAllKeys();
    const texts = await look.objectStore('texts').getAll();
    const byId = new Map(textIds.map((id, index) => [id, texts[index]]));
    return events.map((event, index) => whole(event, byId.get(ids[index] ?? 0)));
  });
}

/** One entry of the log, with its text; undefined when it is not kept any more. */
export function loadEvent(db: Db, id: number): Promise<LogEvent | undefined> {
  return db.use(async (open) => {
    const look = open.transaction(['events', 'texts']);
    const event = await look.objectStore('events').get(id);
    return event && whole(event, await look.objectStore('texts').get(id));
  });
}

/** The texts of a checklist before our writes, newest first. */
export function listSavedTexts(db: Db, checklistKey: string): Promise<readonly SavedText[]> {
  return db.use(async (open) => {
    const texts: SavedText[] = [];
    const index = open.transaction('events').store.index('checklist');
    for await (const { primaryKey: id, value } of index.iterate(checklistKey)) {
      const { at, login, cause, textLength: length } = value;
      if (length !== undefined) texts.push({ id, at, login, cause, length });
    }
    return texts.sort((a, b) => b.at - a.at || b.id - a.id);
  });
}

/** Removes everything logged before a time, and of the rest all but the newest entries. */
export function pruneEvents(db: Db, before: number, most: number = MOST_EVENTS): Promise<void> {
  return db.use(async (open) => {
    const change = open.transaction(['events', 'texts'], 'readwrite');
    const events = change.objectStore('events');
    const old = await events.index('at').getAllKeys(IDBKeyRange.upperBound(before, true));
    const surplus = (await events.count()) - most;
    const oldest = surplus > old.length ? await events.index('at').getAllKeys(null, surplus) : old;
    for (const range of runsOf(oldest)) {
      await events.delete(range);
      await change.objectStore('texts').delete(range);
    }
    await change.done;
  });
}

/** Keys as ranges without gaps: the log grows in the order of time, so old entries are neighbors. */
function runsOf(keys: readonly number[]): readonly IDBKeyRange[] {
  const runs: { from: number; to: number }[] = [];
  for (const key of keys.toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.to === key - 1) last.to = key;
    else runs.push({ from: key, to: key });
  }
  return runs.map(({ from, to }) => IDBKeyRange.bound(from, to));
}

function withoutLength({ textLength: _length, ...event }: EventRecord): ListedEvent {
  return event;
}

function whole(record: EventRecord, before: string | undefined): LogEvent {
  const event = withoutLength(record);
  return event.kind === 'write-master' && before !== undefined ? { ...event, before } : event;
}
