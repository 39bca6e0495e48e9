import { parseMap } from '../identity/identity-map.ts';
import { type IssueRef, issueKey, type RepoRef } from '../refs.ts';
import type { Edit } from '../text/edit.ts';
import { changedEntries } from './changed-entries.ts';
import type { Consequence } from './difference.ts';

/**
 * Whether a choice writes now what the user saw. Of the hidden block only what it changes counts: `map` is the block as
 * it stands now.
 */
export function sameEffect(
  now: Consequence,
  seen: Consequence,
  map: ReadonlyMap<string, IssueRef>,
  repo: RepoRef,
): boolean {
  return told(now) === told(seen) && sameEntries(now, seen, map, repo);
}

function told({ choice, edits, issues, issueLines }: Consequence): string {
  return JSON.stringify([choice, edits.map(toldEdit), issues, issueLines]);
}

/** The same item in the same place: among another number of equal lines it may be another. */
function toldEdit(edit: Edit): unknown {
  if (edit.kind === 'comment') return edit.name;
  if (edit.kind === 'summary') return edit.content;
  const { item, ...rest } = edit;
  return [item.key, item.twins, rest];
}

function sameEntries(
  now: Consequence,
  seen: Consequence,
  map: ReadonlyMap<string, IssueRef>,
  repo: RepoRef,
): boolean {
  const shown = contentOf(seen);
  const content = contentOf(now);
  if (content === undefined || shown === undefined) return content === shown;
  const approved = parseMap(shown, repo);
  return changedEntries(map, parseMap(content, repo)).every(([key, issue]) => {
    const other = approved.get(key);
    return (issue && issueKey(issue)) === (other && issueKey(other));
  });
}

function contentOf({ edits }: Consequence): string | undefined {
  const comment = edits.find((edit) => edit.kind === 'comment');
  return comment?.kind === 'comment' ? comment.content : undefined;
}
