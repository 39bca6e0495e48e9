import { formatMap, parseMap, readMap } from '../identity/identity-map.ts';
import type { Edit } from '../text/edit.ts';
import { changedEntries } from './changed-entries.ts';
import type { Consequence } from './difference.ts';
import type { ReconcileFacts } from './reconcile-facts.ts';

/**
 * The edits of several choices, to be written at once: each rewrites the hidden block by itself, so what they change of
 * it is put together. New words come last: the other edits find the item by the old ones.
 */
export function chosenEdits(
  { master, checklist }: Pick<ReconcileFacts, 'master' | 'checklist'>,
  chosen: readonly Pick<Consequence, 'edits'>[],
): readonly Edit[] {
  const { repo } = checklist;
  const edits = chosen.flatMap((one) => one.edits);
  const own = edits.filter(({ kind }) => kind !== 'comment');
  const ordered = [
    ...own.filter(({ kind }) => kind !== 'retext'),
    ...own.filter(({ kind }) => kind === 'retext'),
  ];
  const contents = edits.flatMap((edit) => (edit.kind === 'comment' ? [edit.content] : []));
  if (contents.length === 0) return ordered;
  const before = readMap(master.text, repo);
  const map = new Map(before);
  for (const content of contents)
    for (const [key, issue] of changedEntries(before, parseMap(content, repo)))
      if (issue === undefined) map.delete(key);
      else map.set(key, issue);
  return [...ordered, { kind: 'comment', name: 'map', content: formatMap(map, repo) }];
}
