import type { ChangeHeader } from '../../../lib/core/engine/job.ts';
import { type ChangeDraft, newChange } from '../../../lib/core/engine/new-change.ts';
import { entryAt, formatMap, readMap } from '../../../lib/core/identity/identity-map.ts';
import type { KnownIssue } from '../../../lib/core/identity/issue.ts';
import type { LogEvent } from '../../../lib/core/log/event.ts';
import { checklistKey, type IssueRef } from '../../../lib/core/refs.ts';
import { mapChanges } from '../../../lib/core/runs/map-changes.ts';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import { type Item, locatorOf } from '../../../lib/core/text/checklist.ts';
import type { Edit } from '../../../lib/core/text/edit.ts';
import { formatMarker, markerFor } from '../../../lib/core/text/marker.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { day, MASTER, REPO, ref } from '../sync/build-sync.ts';

export const RUN = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
export const OTHER_RUN = '01BX5ZZKBKACTAV9WEVGEMMVRZ';
export const CONTEXT = { repo: REPO, placeholder: '(#PR_NUMBER)' };

export function itemAt(text: string, index = 0): Item {
  const item = parseChecklist(text).items[index];
  if (item === undefined) throw new Error(`no item ${index} in ${text}`);
  return item;
}

/** A line of the log. */
export function event(changes: Partial<LogEvent> = {}): LogEvent {
  return {
    at: 1_000,
    kind: 'write-master',
    job: '',
    run: RUN,
    checklistKey: checklistKey(MASTER),
    cause: { by: 'click', what: 'sync' },
    login: 'ada',
    ...changes,
  } as LogEvent;
}

/** A write of a text as it is logged. */
export interface Logged {
  readonly text: string;
  readonly event: LogEvent;
}

/** Writes edits as `writeChecklist` does, and logs them alike. */
export function write(text: string, edits: readonly Edit[], changes?: Partial<LogEvent>): Logged {
  const { markdown, applied } = applyEdits(text, edits, CONTEXT);
  const inverse = applied.flatMap(({ changed, inverse: one }) => (changed && one ? [one] : []));
  const map = mapChanges(text, markdown, CONTEXT);
  const line = event({ before: text, inverse, ...(map.length > 0 && { map }), ...changes });
  return { text: markdown, event: line };
}

/** Writes the text of a change run as its job does: new words last, then the block. */
export function writeRows(text: string, rows: readonly ChangeDraft[]): Logged {
  const edits = rows.flatMap(({ change }) => change.edits);
  const { items } = parseChecklist(text, CONTEXT);
  const block = new Map(readMap(text, items, REPO).entries);
  for (const [key, issue] of rows.flatMap(({ change }) => change.map))
    if (issue === undefined) block.delete(entryAt(block, key) ?? key);
    else block.set(key, issue);
  const hasEntries = rows.some(({ change }) => change.map.length > 0);
  return write(
    text,
    [
      ...edits.filter(({ kind }) => kind !== 'retext'),
      ...edits.filter(({ kind }) => kind === 'retext'),
      ...(hasEntries ? [mapOf(block, items)] : []),
    ],
    { cause: { by: 'click', what: 'undo' } },
  );
}

/** The edit that writes the hidden block. */
export function mapOf(map: ReadonlyMap<string, IssueRef>, items: readonly Item[]): Edit {
  return { kind: 'comment', name: 'map', content: formatMap(map, items, REPO) };
}

/** A text with a hidden block for some of its items. */
export function mapped(text: string, issues: Readonly<Record<number, number>>): string {
  const entries = Object.entries(issues).map(
    ([index, number]) => [itemAt(text, Number(index)).key, ref(number)] as const,
  );
  return applyEdits(text, [mapOf(new Map(entries), parseChecklist(text, CONTEXT).items)], CONTEXT)
    .markdown;
}

export const tick = (text: string, index = 0): Edit => ({
  kind: 'tick',
  item: locatorOf(itemAt(text, index)),
});

/** Header of an ended change run, unless told otherwise. */
export function header(changes: Partial<ChangeHeader>): ChangeHeader {
  const account = { login: 'ada', endedRuns: [], careful: false };
  const change = {
    id: OTHER_RUN,
    checklist: MASTER,
    cause: 'undo',
    rows: [],
    creates: [],
    linkStyle: 'closes',
    placeholder: '(#PR_NUMBER)',
    identity: 'links',
  } as const;
  const ended = { endedAt: 3_000, outcome: 'done' } as const;
  return { ...newChange(change, account, 2_000).header, ...ended, ...changes };
}

/** An open issue of a member with the marker of an item of a text, unless told otherwise. */
export function marked(
  number: number,
  text: string,
  changes: Partial<KnownIssue> & {
    readonly index?: number;
    readonly run?: string;
    readonly state?: 'open' | 'closed';
    readonly undone?: boolean;
    readonly place?: string;
  } = {},
): KnownIssue {
  const { index = 0, run = RUN, undone = false, place, ...rest } = changes;
  const item = itemAt(text, index);
  const counts = markerFor(item, MASTER, run);
  const marker = formatMarker(undone ? { ...counts, state: 'undone' } : counts);
  return {
    ref: ref(number, place),
    kind: 'issue',
    title: item.subject,
    body: `Part of #1\n\n${marker}`,
    state: 'open',
    author: 'bob',
    authorAssociation: 'OWNER',
    createdAt: day(5, number),
    ...rest,
  };
}
