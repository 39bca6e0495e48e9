import type { IssueChange } from '../engine/change.ts';
import type { JobEvent } from '../engine/job-facts.ts';
import type { ChangeDraft } from '../engine/new-change.ts';
import { formatIssueRef, issueKey } from '../refs.ts';
import type { EditContext } from '../text/edit.ts';
import { parseChecklist } from '../text/parse-checklist.ts';

/** The rows that change issues back, one per issue, from a run's lines of the log (newest first). */
export function issueRows(
  newestFirst: readonly JobEvent[],
  text: string,
  context: EditContext,
): readonly ChangeDraft[] {
  const words = itemWords(newestFirst, text, context);
  const back = new Map<string, { readonly change: IssueChange; readonly text: string }>();
  for (const { undo, item = '' } of newestFirst) {
    if (undo === undefined) continue;
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
  events: readonly JobEvent[],
  text: string,
  context: EditContext,
): ReadonlyMap<string, string> {
  const logged = events.flatMap(({ rows = [] }) =>
    rows.map((row) => [row.item, row.text] as const),
  );
  const now = parseChecklist(text, context).items.map((item) => [item.key, item.text] as const);
  const known = new Map([...logged, ...now]);
  known.delete('');
  return known;
}
