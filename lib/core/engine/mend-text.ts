import { formatMap, readMap } from '../identity/identity-map.ts';
import type { EditOutcome } from '../text/apply-edits.ts';
import type { Edit } from '../text/edit.ts';
import type { Job, JobHeader, JobRow } from './job.ts';
import { claimEdit } from './job-claim.ts';
import type { LoggedRow } from './job-facts.ts';
import type { RowMend } from './mend.ts';

/** What rows of a mending still want to write into the text. `isClaimed`: another machine is creating issues from it. */
export function mendEdits(
  { header }: Pick<Job, 'header'>,
  rows: readonly JobRow[],
  text: string,
  isClaimed: boolean,
): readonly Edit[] {
  const mends = rows.flatMap(({ mend }) => mend ?? []);
  const edits = mends.flatMap((mend) => mend.edits);
  return [
    ...edits.filter(({ kind }) => kind !== 'retext'),
    // With other words an item is another one: the edits before find it by the old ones.
    ...edits.filter(({ kind }) => kind === 'retext'),
    ...blockEdits(header, mends, text, isClaimed),
  ];
}

/** Whether a mending has anything to write into the text. */
export function writesText({ edits, map, dropMap }: RowMend): boolean {
  return edits.length > 0 || map.length > 0 || dropMap === true;
}

/** The rows of a mending that changed the text, for the log. */
export function loggedMends(
  rows: readonly JobRow[],
  { applied }: EditOutcome,
): readonly LoggedRow[] {
  const changed = applied.flatMap(({ changed: isChanged, edit }) => (isChanged ? [edit] : []));
  const items = new Set(changed.flatMap((edit) => ('item' in edit ? [edit.item.key] : [])));
  const block = changed.some((edit) => !('item' in edit));
  return rows.flatMap(({ item, text, mend }): readonly LoggedRow[] => {
    if (mend === undefined) return [];
    const ownsBlock = block && (mend.map.length > 0 || mend.dropMap === true);
    const own = mend.edits.some((edit) => 'item' in edit && items.has(edit.item.key));
    if (!own && !ownsBlock) return [];
    const [first] = mend.changes;
    return [{ item: item.key, text, what: mend.choice, ...(first && { issue: first.issue }) }];
  });
}

function blockEdits(
  header: JobHeader,
  mends: readonly RowMend[],
  text: string,
  isClaimed: boolean,
): readonly Edit[] {
  if (mends.some(({ dropMap }) => dropMap)) {
    const noMap: Edit = { kind: 'comment', name: 'map', content: '' };
    // What an ended run left of its claim is ours to clear away; a run that goes on elsewhere needs its own.
    return isClaimed ? [noMap] : [noMap, claimEdit(undefined)];
  }
  const entries = mends.flatMap((mend) => mend.map);
  if (entries.length === 0) return [];
  const { repo } = header.checklist;
  const map = new Map(readMap(text, repo));
  for (const [key, issue] of entries) {
    if (issue === undefined) map.delete(key);
    else map.set(key, issue);
  }
  return [{ kind: 'comment', name: 'map', content: formatMap(map, repo) }];
}
