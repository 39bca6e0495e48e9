import type { Checklist, Item, NearMiss, Reference } from './checklist.ts';
import { parseChecklist, type ReadingOptions } from './parse-checklist.ts';
import { applySplices } from './splices.ts';

/** A text whose near misses are tasks, and which of them (from its `lookalikes`) were made ones. */
export interface Correction {
  readonly markdown: string;
  readonly corrected: readonly NearMiss[];
}

/**
 * Makes tasks of the lines that miss but a blank or the like; nothing else changes. A line is left as it is where GitHub
 * would not see a task there either, or where an item would lose or gain a reference, or become another item by it.
 */
export function correctLines(markdown: string, options: ReadingOptions = {}): Correction {
  const before = parseChecklist(markdown, options);
  let lines: readonly NearMiss[] = before.lookalikes.nearMisses;
  for (let round = 0; round < MOST_ROUNDS && lines.length > 0; round++) {
    const corrected = apply(markdown, lines);
    const after = parseChecklist(corrected, options);
    const wrong = failing(before, after, lines);
    if (wrong.size === 0) return { markdown: corrected, corrected: lines };
    lines = lines.filter((line) => !wrong.has(line));
  }
  return { markdown, corrected: [] };
}

/** Leaving one out may show that another fails. */
const MOST_ROUNDS = 4;

function apply(markdown: string, lines: readonly NearMiss[]): string {
  return applySplices(
    markdown,
    lines.map(({ start, end, box }) => ({ at: start, remove: end - start, insert: box })),
  );
}

/** Lines that became no task, and those by which an item is not what it was: in its text, or with the same words. */
function failing(
  before: Checklist,
  after: Checklist,
  lines: readonly NearMiss[],
): ReadonlySet<NearMiss> {
  const moved = (offset: number) =>
    lines.reduce(
      (at, { start, end, box }) => (end <= offset ? at + box.length - (end - start) : at),
      offset,
    );
  const boxes = new Map(after.items.map((item) => [item.boxOffset, item]));
  const unmade = lines.filter(({ start, box }) => !boxes.has(moved(start) + box.indexOf('[') + 1));
  const changed = before.items.filter((item) => {
    const now = boxes.get(moved(item.boxOffset));
    return now?.key !== item.key || namesOf(now) !== namesOf(item);
  });
  const hashes = new Set(changed.map(({ textHash }) => textHash));
  const within = lines.filter(({ start, box }) => {
    const made = boxes.get(moved(start) + box.indexOf('[') + 1);
    if (made !== undefined && hashes.has(made.textHash)) return true;
    return changed.some(({ textStart, textEnd }) => textStart <= start && start < textEnd);
  });
  // What changed an item without standing in it is unknown: then nothing is corrected.
  const all = changed.length > 0 && within.length === 0 ? lines : [];
  return new Set([...unmade, ...within, ...all]);
}

function namesOf({ references }: Item): string {
  return references
    .map(({ host, owner, name, number, role }: Reference) =>
      [host, owner, name, number, role].join(' '),
    )
    .join(', ');
}
