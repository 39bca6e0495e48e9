import type { IssueChange, RowChange } from '../engine/change.ts';
import type { ChangeDraft } from '../engine/new-change.ts';
import { entryAt, entryName, readMap } from '../identity/identity-map.ts';
import type { AnyFacts, LogEvent, MapChange } from '../log/event.ts';
import { formatIssueRef, issueKey } from '../refs.ts';
import { applyEdits } from '../text/apply-edits.ts';
import { type Item, type ItemLocator, locatorOf } from '../text/checklist.ts';
import type { Edit, EditContext } from '../text/edit.ts';
import { itemFinder } from '../text/find-item.ts';
import { parseChecklist } from '../text/parse-checklist.ts';
import { isSameEntry } from './map-changes.ts';
import { hasInverse, runKind } from './run-entry.ts';

/**
 * What takes back a sync or a change, from the run's entries of the log (oldest first), as far as it still
 * is in `text`, the master as it is now: one row per item, then one per issue. What nothing can take back, or somebody has
 * taken back already, is left out. Generations are taken back by `undoGeneration`.
 */
export function takeBackRows(
  events: readonly LogEvent[],
  text: string,
  context: EditContext,
): readonly ChangeDraft[] {
  const newestFirst = events.filter((event) => hasInverse(runKind(event))).toReversed();
  return [...itemRows(newestFirst, text, context), ...issueRows(newestFirst, text, context)];
}

function itemRows(
  newestFirst: readonly LogEvent[],
  text: string,
  context: EditContext,
): readonly ChangeDraft[] {
  const inverses = newestFirst.flatMap((event) =>
    event.kind === 'write-master' ? (event.inverse ?? []).toReversed() : [],
  );
  const { items, markdown } = effectiveEdits(text, inverses.filter(isOfItem), context);
  const entries = entriesBack(newestFirst, text, markdown, context);
  const edits = new Map(items.map((one) => [one.item.index, one.edits]));
  return parseChecklist(text, context).items.flatMap((item) => {
    const back = { edits: edits.get(item.index) ?? [], map: entries.get(item.index) ?? [] };
    const isEmpty = back.edits.length === 0 && back.map.length === 0;
    return isEmpty ? [] : [draft(item, back)];
  });
}

function isOfItem(edit: Edit): edit is ItemEdit {
  return 'item' in edit;
}

function draft(item: Item, back: Pick<RowChange, 'edits' | 'map'>): ChangeDraft {
  return {
    item: locatorOf(item),
    text: item.text,
    change: { choice: 'undo', changes: [], ...back },
  };
}

/** An edit of an item. */
type ItemEdit = Extract<Edit, { readonly item: ItemLocator }>;

/** What of an item each edit changes: of its box and its words only the last edit counts, links each count. */
const PARTS: Readonly<Record<ItemEdit['kind'], 'box' | 'words' | 'links'>> = {
  tick: 'box',
  untick: 'box',
  retext: 'words',
  link: 'links',
  unlink: 'links',
  relink: 'links',
  'drop-link': 'links',
  bracket: 'links',
  unbracket: 'links',
  'append-pull-requests': 'links',
  'remove-pull-requests': 'links',
};

/** What edits do to one item of a text. */
interface ItemEdits {
  /** As the text has it now. */
  readonly item: Item;
  /** In the order in which they are to be made; each finds the item as it is now. New words come last. */
  readonly edits: readonly ItemEdit[];
}

/** What some edits really do to a text. */
interface EffectiveEdits {
  /** In the checklist's order; only items that change. */
  readonly items: readonly ItemEdits[];
  readonly markdown: string;
}

/**
 * Those of some edits that change a text when they are made one after the other, by item: so they may be made all at
 * once. What is there already, or whose item is gone, is left out.
 */
function effectiveEdits(
  text: string,
  edits: readonly ItemEdit[],
  context: EditContext,
): EffectiveEdits {
  const { items } = parseChecklist(text, context);
  const byIndex = new Map<number, ItemEdit[]>();
  let now = text;
  for (let rest = edits; rest.length > 0; ) {
    const checklist = parseChecklist(now, context);
    const find = itemFinder(checklist, context.repo);
    const alone = rest.findIndex((edit) => renames(edit, find(edit)));
    const step = alone === -1 ? rest : rest.slice(0, Math.max(1, alone));
    const { markdown, applied } = applyEdits(now, step, { ...context, checklist });
    for (const { edit, changed } of applied) {
      const item = find(edit);
      if (!changed || !('item' in edit) || typeof item === 'string') continue;
      byIndex.set(item.index, [...(byIndex.get(item.index) ?? []), edit]);
    }
    now = markdown;
    rest = rest.slice(step.length);
  }
  const after = parseChecklist(now, context).items;
  return {
    items: items.flatMap((item) => {
      const then = after[item.index];
      const own = byIndex.get(item.index);
      // What one edit does, another may take back again.
      const isSame = then === undefined || lineOf(text, item) === lineOf(now, then);
      return own === undefined || isSame ? [] : [{ item, edits: foundNow(own, item, then) }];
    }),
    markdown: now,
  };
}

function lineOf(text: string, { boxOffset, textEnd }: Item): string {
  return text.slice(boxOffset, textEnd);
}

/** Whether an edit makes another item of an item: those behind it look for that one. */
function renames({ kind }: ItemEdit, item: Item | string): boolean {
  if (PARTS[kind] === 'words') return true;
  // A link may be all by which an item is told apart.
  return kind === 'relink' && typeof item === 'object' && item.subject === '';
}

/** What makes another item of it comes last: the others find it as it is now. Of boxes and words only the last stay. */
function foundNow(edits: readonly ItemEdit[], item: Item, then: Item): readonly ItemEdit[] {
  const now = edits.map((edit) => ({ ...edit, item: locatorOf(item) }));
  const of = (part: 'box' | 'words' | 'links') => now.filter(({ kind }) => PARTS[kind] === part);
  const box = of('box').slice(-1);
  const words = of('words').slice(-1);
  const links = of('links');
  return [
    ...(item.checked === then.checked ? [] : box),
    ...links.filter((edit) => !renames(edit, item)),
    ...links.filter((edit) => renames(edit, item)),
    ...words,
  ];
}

type Entries = RowChange['map'];

/**
 * The entries of the hidden block that take back what a run's entries of the log (newest first) say, by the index of their
 * item. `before` is the text as it is now, `after` as it is with the run's edits taken back. Entries that somebody
 * changed since stay, and so do those of items that are gone.
 */
function entriesBack(
  newestFirst: readonly LogEvent[],
  before: string,
  after: string,
  context: EditContext,
): ReadonlyMap<number, Entries> {
  const [now, then] = [itemsByKey(before, context), itemsByKey(after, context)];
  const entriesNow = readMap(before, [...now.values()], context.repo).entries;
  const changes = netChanges(newestFirst).filter(
    ({ item, from, to }) =>
      isSameEntry(entriesNow.get(entryAt(entriesNow, item) ?? item), to) && !isSameEntry(from, to),
  );
  const isLost = ({ item, from }: MapChange) => from !== undefined && !then.has(item);
  // An issue that finds no place where it was stays where it is.
  const kept = new Set(changes.filter(isLost).flatMap(({ from }) => from && [issueKey(from)]));
  const entries = new Map<number, Entries>();
  for (const change of changes) {
    const { item, from, to } = change;
    const own = then.get(item) ?? now.get(item);
    const stays = from === undefined && to !== undefined && kept.has(issueKey(to));
    if (own === undefined || isLost(change) || stays) continue;
    // An item that has its key only once its words are back is named as it will be then.
    const name = now.has(item) ? item : entryName(own);
    entries.set(own.index, [...(entries.get(own.index) ?? []), [name, from]]);
  }
  return entries;
}

function itemsByKey(text: string, context: EditContext): ReadonlyMap<string, Item> {
  return new Map(parseChecklist(text, context).items.map((item) => [item.key, item]));
}

/** From the entry before a run's first change of it to that after its last. */
function netChanges(newestFirst: readonly LogEvent[]): readonly MapChange[] {
  const net = new Map<string, MapChange>();
  for (const event of newestFirst)
    for (const { item, from, to } of event.kind === 'write-master' ? (event.map ?? []) : [])
      net.set(item, { item, from, to: net.has(item) ? net.get(item)?.to : to });
  return [...net.values()];
}

/** The rows that change issues back, one per issue, from a run's entries of the log (newest first). */
function issueRows(
  newestFirst: readonly LogEvent[],
  text: string,
  context: EditContext,
): readonly ChangeDraft[] {
  const words = itemWords(newestFirst, text, context);
  const back = new Map<string, { readonly change: IssueChange; readonly text: string }>();
  for (const event of newestFirst) {
    if (event.kind !== 'change-issue' || event.undo === undefined) continue;
    const { undo, item = '' } = event;
    const key = issueKey(undo.issue);
    const later = back.get(key);
    back.set(key, {
      change: joined(later?.change, undo),
      text: later?.text ?? words.get(item) ?? formatIssueRef(undo.issue, context.repo),
    });
  }
  return [...back.values()].map(({ change, text: what }) => ({
    item: undefined,
    text: what,
    change: { choice: 'undo', changes: [change], edits: [], map: [] },
  }));
}

/** One change that does what two do one after the other: `later` takes back what was done last. */
function joined(later: IssueChange | undefined, earlier: IssueChange): IssueChange {
  if (later === undefined) return earlier;
  const title =
    later.title && earlier.title
      ? { from: later.title.from, to: earlier.title.to }
      : (earlier.title ?? later.title);
  return { ...later, ...earlier, issue: later.issue, ...(title !== undefined && { title }) };
}

/** What each item says: now, else as it was logged. */
function itemWords(
  events: readonly LogEvent[],
  text: string,
  context: EditContext,
): ReadonlyMap<string, string> {
  const logged = events.flatMap(({ rows = [] }: AnyFacts) =>
    rows.map((row) => [row.item, row.text] as const),
  );
  const now = parseChecklist(text, context).items.map((item) => [item.key, item.text] as const);
  const known = new Map([...logged, ...now]);
  known.delete('');
  return known;
}
