import { changedEntries } from '../differences/item-edits.ts';
import { readMap } from '../identity/identity-map.ts';
import type { MapChange } from '../log/event.ts';
import { type IssueRef, issueKey } from '../refs.ts';
import type { EditContext } from '../text/edit.ts';
import { parseChecklist } from '../text/parse-checklist.ts';

/** What differs between the hidden blocks of two texts, for the log: the block's inverse alone would take others' entries away. */
export function mapChanges(
  before: string,
  after: string,
  { repo, placeholder }: EditContext,
): readonly MapChange[] {
  if (![before, after].some((text) => text.includes('masterlist:map'))) return [];
  const [map = new Map<string, IssueRef>(), now = map] = [before, after].map((text) => {
    const { items } = parseChecklist(text, placeholder === undefined ? {} : { placeholder });
    return readMap(text, items, repo).entries;
  });
  return changedEntries(map, now).map(([name, to]) => ({
    item: name.replace(/\..*$/, ''),
    from: map.get(name),
    to,
  }));
}

/** Whether two entries name the same issue, or neither any. */
export function isSameEntry(a: IssueRef | undefined, b: IssueRef | undefined): boolean {
  return a === undefined || b === undefined ? a === b : issueKey(a) === issueKey(b);
}
