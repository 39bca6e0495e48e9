import type { RowChange } from '../engine/change.ts';
import type { JobEvent } from '../engine/job-facts.ts';
import { readMap } from '../identity/identity-map.ts';
import { issueKey } from '../refs.ts';
import type { EditContext } from '../text/edit.ts';
import { parseChecklist } from '../text/parse-checklist.ts';
import { isSameEntry, type MapChange } from './map-changes.ts';

type Entries = RowChange['map'];

/**
 * The entries of the hidden block that take back what a run's lines of the log (newest first) say, by the index of their
 * item. `before` is the text as it is now, `after` as it is with the run's edits taken back. Entries that somebody
 * changed since stay, and so do those of items that are gone.
 */
export function entriesBack(
  newestFirst: readonly JobEvent[],
  before: string,
  after: string,
  context: EditContext,
): ReadonlyMap<number, Entries> {
  const [now, then] = [indexByKey(before, context), indexByKey(after, context)];
  const standing = readMap(before, context.repo);
  const changes = netChanges(newestFirst).filter(
    ({ item, from, to }) => isSameEntry(standing.get(item), to) && !isSameEntry(from, to),
  );
  const isLost = ({ item, from }: MapChange) => from !== undefined && !then.has(item);
  // An issue that finds no place where it was stays where it is.
  const kept = new Set(changes.filter(isLost).flatMap(({ from }) => from && [issueKey(from)]));
  const entries = new Map<number, Entries>();
  for (const change of changes) {
    const { item, from, to } = change;
    const index = then.get(item) ?? now.get(item);
    const stays = from === undefined && to !== undefined && kept.has(issueKey(to));
    if (index === undefined || isLost(change) || stays) continue;
    entries.set(index, [...(entries.get(index) ?? []), [item, from]]);
  }
  return entries;
}

function indexByKey(text: string, context: EditContext): ReadonlyMap<string, number> {
  return new Map(parseChecklist(text, context).items.map(({ key, index }) => [key, index]));
}

/** From the entry before a run's first change of it to that after its last. */
function netChanges(newestFirst: readonly JobEvent[]): readonly MapChange[] {
  const net = new Map<string, MapChange>();
  for (const { map = [] } of newestFirst)
    for (const { item, from, to } of map)
      net.set(item, { item, from, to: net.has(item) ? net.get(item)?.to : to });
  return [...net.values()];
}
