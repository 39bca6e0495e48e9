import { failure } from '../../failures.ts';
import { entryAt, formatMap, readMap } from '../../identity/identity-map.ts';
import type { LoggedRow } from '../../log/event.ts';
import { formatIssueRef, type IssueRef, sameIssue } from '../../refs.ts';
import type { EditOutcome } from '../../text/apply-edits.ts';
import type { Checklist, Item, ItemLocator } from '../../text/checklist.ts';
import type { Edit, MissedEdit } from '../../text/edit.ts';
import { itemFinder } from '../../text/find-item.ts';
import { parseChecklist } from '../../text/parse-checklist.ts';
import { linksTo } from '../../text/referenced-issue.ts';
import type { RowChange } from '../change.ts';
import { claimEdit } from '../claim.ts';
import type { MasterPurpose, WrittenText } from '../effect.ts';
import type { ChangeRow, Job, JobHeader } from '../job.ts';
import type { KindText } from '../kind.ts';
import { isOwed, isUnwritten } from './change.ts';

/** How often a link that is still there is removed again before the user is asked. */
const UNLINKS = 2;

/** The edits of the rows: text last, after all issues. */
export const CHANGE_TEXT: KindText<'change'> = {
  observe: observeRows,
  edits: (job, purpose, text, { holder }) =>
    changeEdits(job.header, rowsToWrite(job, purpose), text, holder !== undefined),
  written: (job, purpose, outcome) => rowsAfterChange(rowsToWrite(job, purpose), outcome),
  logged: (job, purpose, outcome) => loggedChanges(rowsToWrite(job, purpose), outcome),
};

/**
 * Written rows are seen: what people make of the text afterwards is theirs. But of a generation that is undone they are
 * only once their item links its issue no more.
 */
function observeRows({ header, rows }: Job<'change'>, text: string): readonly ChangeRow[] {
  const written = rows.filter(({ phase }) => phase === 'written');
  if (written.length === 0) return [];
  const isLinked = lookForLinks(header, text);
  return written.map((row) => {
    const [left] = madeIssues(row.change).filter((issue) => isLinked(issue, row.item));
    return left === undefined ? { ...row, phase: 'verified' } : withLinkLeft(row, left, header);
  });
}

/** The issues of a generation that a change undoes: of these alone the text loses the links. */
function madeIssues({ changes }: Pick<RowChange, 'changes'>): readonly IssueRef[] {
  return changes.flatMap(({ issue, guard }) => (typeof guard === 'object' ? [issue] : []));
}

function withLinkLeft(row: ChangeRow, issue: IssueRef, { checklist }: JobHeader): ChangeRow {
  const { unlinks = 0 } = row;
  if (unlinks < UNLINKS) return { ...row, phase: 'changed', unlinks: unlinks + 1 };
  // Written in a form that is not ours, or put back each time: somebody's own.
  const link = formatIssueRef(issue, checklist.repo);
  return { ...row, phase: 'review', failure: failure('link-left', { link }) };
}

/** Whether the text links an issue from an item, wherever that stands by now, or the hidden block does. */
function lookForLinks({ checklist, options }: JobHeader, text: string) {
  const { repo } = checklist;
  const today = parseChecklist(text, { placeholder: options.placeholder });
  const { entries } = readMap(text, today.items, repo);
  const find = itemFinder(today, repo);
  return (issue: IssueRef, item: ItemLocator) => {
    const entry = entryAt(entries, keyNow(item, find));
    if (entry !== undefined && isOneOf([issue], entries.get(entry))) return true;
    if (options.identity === 'block') return false;
    const found = find({ kind: 'unlink', item, issue, style: 'parenthesis' });
    return maybe(found, item, today).some((one) => linksTo(one, issue, repo).length > 0);
  };
}

/** The key of an item as it is in the text by now; its own where it is not found. */
function keyNow(item: ItemLocator, find: ReturnType<typeof itemFinder>): string {
  const found = find({ kind: 'tick', item });
  return typeof found === 'object' ? found.key : item.key;
}

/** What an item may be now: of equal ones any, and any at all where its words are gone. */
function maybe(
  found: ReturnType<ReturnType<typeof itemFinder>>,
  { textHash }: ItemLocator,
  { items }: Checklist,
): readonly Item[] {
  if (typeof found !== 'string') return [found];
  return found === 'item-gone' ? items : items.filter((one) => one.textHash === textHash);
}

/** Rows for which a write of this purpose changes something. */
function rowsToWrite({ rows }: Job<'change'>, purpose: MasterPurpose): readonly ChangeRow[] {
  if (purpose === 'links') return rows.filter(isOwed);
  return purpose === 'finish' ? rows.filter(isUnwritten) : [];
}

/** What rows still want to write into the text. `isClaimed`: another machine is creating issues from it. */
export function changeEdits(
  header: JobHeader,
  rows: readonly ChangeRow[],
  text: string,
  isClaimed: boolean,
): readonly Edit[] {
  const changes = rows.map(({ change }) => change);
  const edits = changes.flatMap((change) => change.edits);
  return [
    ...edits.filter(({ kind }) => kind !== 'retext'),
    // With other words an item is another one: the edits before find it by the old ones.
    ...edits.filter(({ kind }) => kind === 'retext'),
    ...blockEdits(header, rows, text, isClaimed),
  ];
}

/** The rows that changed the text, for the log. */
export function loggedChanges(
  rows: readonly ChangeRow[],
  { applied }: EditOutcome,
): readonly LoggedRow[] {
  const changed = applied.flatMap(({ changed: isChanged, edit }) => (isChanged ? [edit] : []));
  const items = new Set(changed.flatMap((edit) => ('item' in edit ? [edit.item.key] : [])));
  const block = changed.some((edit) => !('item' in edit));
  return rows.flatMap(({ item, text, change }): readonly LoggedRow[] => {
    const ownsBlock = block && (change.map.length > 0 || change.dropMap === true);
    const own = change.edits.some((edit) => 'item' in edit && items.has(edit.item.key));
    if (!own && !ownsBlock) return [];
    const [first] = change.changes;
    return [{ item: item.key, text, what: change.choice, ...(first && { issue: first.issue }) }];
  });
}

/** The rows after a write whose edits were all applied but for those missed. */
export function rowsAfterChange(
  rows: readonly ChangeRow[],
  { missed, logged }: WrittenText,
): readonly ChangeRow[] {
  const lost = new Map(
    missed.flatMap(({ edit, reason }) => ('item' in edit ? [[edit.item.key, reason]] : [])),
  );
  return rows.map((row) => {
    const reason = lossOf(row.change, lost);
    // Its worker died over the write: an item that got new words is not found by the old ones any more.
    const isWritten = logged.some(
      ({ item, what }) => item === row.item.key && what === row.change.choice,
    );
    if (reason === undefined || isWritten) return { ...row, phase: 'written' };
    return { ...row, phase: 'review', failure: failure(reason) };
  });
}

function lossOf(
  { edits, changes }: RowChange,
  lost: ReadonlyMap<string, MissedEdit['reason']>,
): MissedEdit['reason'] | undefined {
  const isUndo = madeIssues({ changes }).length > 0;
  const [reason] = edits.flatMap((edit) => {
    const missed = 'item' in edit ? lost.get(edit.item.key) : undefined;
    // Of a generation that is undone there is nothing to remove where the item is gone.
    const isDone = isUndo && edit.kind === 'unlink' && missed === 'item-gone';
    return missed === undefined || isDone ? [] : [missed];
  });
  return reason;
}

function isOneOf(issues: readonly IssueRef[], issue: IssueRef | undefined): boolean {
  return issue !== undefined && issues.some((one) => sameIssue(one, issue));
}

function blockEdits(
  header: JobHeader,
  rows: readonly ChangeRow[],
  text: string,
  isClaimed: boolean,
): readonly Edit[] {
  const changes = rows.map(({ change }) => change);
  if (changes.some(({ dropMap }) => dropMap)) {
    const noMap: Edit = { kind: 'comment', name: 'map', content: '' };
    // What an ended run left of its claim is ours to clear away; a run that goes on elsewhere needs its own.
    return isClaimed ? [noMap] : [noMap, claimEdit(undefined)];
  }
  if (changes.every((change) => change.map.length === 0)) return [];
  const { repo } = header.checklist;
  const today = parseChecklist(text, { placeholder: header.options.placeholder });
  const find = itemFinder(today, repo);
  const { entries: before } = readMap(text, today.items, repo);
  const map = new Map(before);
  for (const { item, change } of rows) {
    const made = madeIssues(change);
    for (const [of, issue] of change.map) {
      const key = of === item.key ? keyNow(item, find) : of;
      const entry = entryAt(map, key) ?? key;
      if (issue !== undefined) map.set(key, issue);
      else if (made.length === 0 || isOneOf(made, map.get(entry))) map.delete(entry);
    }
  }
  const content = formatMap(map, today.items, repo);
  const same = content === formatMap(before, today.items, repo);
  return same ? [] : [{ kind: 'comment', name: 'map', content }];
}
