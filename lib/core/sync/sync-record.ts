import type { LoggedRow } from '../log/event.ts';
import { type IssueRef, issueKey } from '../refs.ts';
import type { Checklist, Item } from '../text/checklist.ts';
import type { AppliedEdit } from '../text/edit.ts';
import { type AskedNumber, countItems, type NumbersQuestion } from './ask-numbers.ts';
import type { SyncPlan, SyncRemark, SyncRow } from './sync-plan.ts';
import type { SyncRecord } from './tracked.ts';

/** A text as it was calculated, with what that says. */
export interface Calculated {
  readonly textHash: string;
  readonly checklist: Checklist;
  /** Per item, what it links. */
  readonly links: readonly (readonly IssueRef[])[];
  readonly plan: SyncPlan;
  /** Whether GitHub was asked for all links, or only some. */
  readonly isRead: (key: string) => boolean;
  readonly settled?: SyncRecord['settled'];
}

/** A checklist of which nothing is known yet: all of it is to be read. */
export function newRecord(key: string): SyncRecord {
  return {
    key,
    textHash: '',
    links: [],
    knownItems: [],
    newItems: 0,
    rows: [],
    counts: { items: 0, followed: 0, done: 0 },
    checkedAt: undefined,
    fullAt: undefined,
    wroteAt: undefined,
    pending: 'all',
    waiting: undefined,
    failure: undefined,
    failures: 0,
    notBefore: undefined,
    closedAt: undefined,
    ruleMistakes: [],
    rulesFrom: 'browser',
  };
}

/** What a record says of the text after a calculation. Rows of items that were not read stay as they were. */
export function recordText(record: SyncRecord, now: Calculated): SyncRecord {
  const { checklist, links, plan } = now;
  const isFirst = record.textHash === '';
  const free = checklist.items.filter((item) => isFree(item, links[item.index]));
  const isKnown = new Set(record.knownItems);
  const isFreeItem = new Set(free.map(({ key }) => key));
  const unread = unreadAsked(record, now);
  // An item that loses its link is nothing new.
  const knownItems = checklist.items
    .map(({ key }) => key)
    .filter((key) => isFirst || isKnown.has(key) || !isFreeItem.has(key));
  return {
    ...record,
    textHash: now.textHash,
    links: [...new Set(links.flat().map(issueKey))],
    knownItems,
    newItems: isFirst ? 0 : free.filter(({ key }) => !isKnown.has(key)).length,
    rows: rowsAfter(record, now),
    question: questionAfter(unread, now),
    // What was not read counts as linked there.
    counts: { ...plan.counts, followed: plan.counts.followed - countItems(unread.ends) },
    settled: now.settled,
  };
}

/** An item for which there could be an issue: not done, and without any reference. */
function isFree(item: Item, links: readonly IssueRef[] | undefined): boolean {
  const linked = (links?.length ?? 0) > 0 || item.references.length > 0;
  return !linked && !item.checked && !item.isParent && !item.struck;
}

/** Items that were not read are asked about as before. */
function questionAfter(kept: NumbersQuestion, { plan }: Calculated): NumbersQuestion | undefined {
  const ends = [...(plan.question?.ends ?? []), ...kept.ends];
  const old = [...(plan.question?.old ?? []), ...kept.old];
  return ends.length + old.length === 0 ? undefined : { ends, old };
}

/** What was asked before about items of which not all was read now. */
function unreadAsked(
  { question }: SyncRecord,
  { checklist, links, isRead }: Calculated,
): NumbersQuestion {
  const unread = new Set(
    checklist.items
      .filter((_, index) => (links[index] ?? []).some((link) => !isRead(issueKey(link))))
      .map(({ key }) => key),
  );
  const kept = (numbers: readonly AskedNumber[] = []) =>
    numbers.filter(({ item }) => unread.has(item));
  return { ends: kept(question?.ends), old: kept(question?.old) };
}

function rowsAfter(
  record: SyncRecord,
  { checklist, links, plan, isRead }: Calculated,
): readonly SyncRow[] {
  const planned = new Map(plan.rows.map((row) => [row.index, row]));
  const before = new Map(record.rows.map((row) => [row.item.key, row]));
  return checklist.items.flatMap(({ key, index }) => {
    const row = planned.get(index);
    if (row !== undefined) return [row];
    const unread = (links[index] ?? []).some((link) => !isRead(issueKey(link)));
    const earlier = unread ? before.get(key) : undefined;
    return earlier === undefined ? [] : [{ ...earlier, index }];
  });
}

/** Whether another reason not to write, or another remark, is there than before: that is worth a line of the log. */
export function remarksDiffer(before: SyncRecord | undefined, after: SyncRecord): boolean {
  return remarksOf(before) !== remarksOf(after);
}

function remarksOf(record: SyncRecord | undefined): string {
  const rows = loggedRemarks(record?.rows ?? []).map(({ item, text, what, issue, pulls }) => {
    // Which of an item's issues is named depends on how much of the history was read.
    if (what === 'done-before') return [item, what, text].join(' ');
    return [item, what, ...[issue, ...(pulls ?? [])].map((ref) => ref && issueKey(ref))].join(' ');
  });
  const { code, message } = record?.failure ?? {};
  return JSON.stringify([code, message, rows.sort()]);
}

/** The remarks of rows as lines of the log have them. */
export function loggedRemarks(rows: readonly SyncRow[]): readonly LoggedRow[] {
  return rows.flatMap((row) =>
    row.remarks.map((remark) => ({
      item: row.item.key,
      text: row.text,
      what: remark.kind,
      ...issueOfRemark(remark, row),
      ...pullsOfRemark(remark),
    })),
  );
}

function pullsOfRemark(remark: SyncRemark): Pick<LoggedRow, 'pulls'> {
  if ('pulls' in remark) return { pulls: remark.pulls };
  return 'pull' in remark ? { pulls: [remark.pull] } : {};
}

function issueOfRemark(remark: SyncRemark, row: SyncRow): { readonly issue?: IssueRef } {
  const issue = 'issue' in remark ? remark.issue : row.issue;
  return issue === undefined ? {} : { issue };
}

/** What was written of a plan, as lines of the log have it: only what changed the text. */
export function loggedChanges(
  plan: SyncPlan,
  applied: readonly AppliedEdit[],
): readonly LoggedRow[] {
  const done = new Set(
    applied.flatMap(({ edit, changed }) =>
      changed && 'item' in edit ? [`${edit.item.key} ${edit.kind}`] : [],
    ),
  );
  return plan.rows.flatMap((row) =>
    row.changes.flatMap((change) => {
      const kind = change.kind === 'add-pulls' ? 'append-pull-requests' : change.kind;
      if (!done.has(`${row.item.key} ${kind}`)) return [];
      const { issue } = row;
      return [
        {
          item: row.item.key,
          text: row.text,
          what: change.kind,
          ...(issue !== undefined && { issue }),
          ...(change.kind === 'add-pulls' && { pulls: change.pulls }),
        },
      ];
    }),
  );
}
