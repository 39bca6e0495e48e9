import { changedEntries } from '../differences/item-edits.ts';
import { readMap } from '../identity/identity-map.ts';
import type { MapChange } from '../log/event.ts';
import { type IssueRef, issueKey, type RepoRef } from '../refs.ts';

/** What differs between the hidden blocks of two texts, for the log: the block's inverse alone would take others' entries away. */
export function mapChanges(before: string, after: string, repo: RepoRef): readonly MapChange[] {
  const map = readMap(before, repo);
  return changedEntries(map, readMap(after, repo)).map(([item, to]) => ({
    item,
    from: map.get(item),
    to,
  }));
}

/** Whether two entries name the same issue, or neither any. */
export function isSameEntry(a: IssueRef | undefined, b: IssueRef | undefined): boolean {
  return a === undefined || b === undefined ? a === b : issueKey(a) === issueKey(b);
}
