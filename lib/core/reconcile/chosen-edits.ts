import type { Edit } from '../edits.ts';
import { formatMap, parseMap, readMap } from '../plan/identity-map.ts';
import { type IssueRef, issueKey } from '../refs.ts';
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
  const map = overlay(
    readMap(master.text, repo),
    contents.map((content) => parseMap(content, repo)),
  );
  return [...ordered, { kind: 'comment', name: 'map', content: formatMap(map, repo) }];
}

/** What each of some maps changes of one, all of it. */
function overlay(
  base: ReadonlyMap<string, IssueRef>,
  changed: readonly ReadonlyMap<string, IssueRef>[],
): ReadonlyMap<string, IssueRef> {
  const merged = new Map(base);
  for (const map of changed) {
    for (const key of base.keys()) if (!map.has(key)) merged.delete(key);
    for (const [key, issue] of map) {
      const before = base.get(key);
      if (before === undefined || issueKey(before) !== issueKey(issue)) merged.set(key, issue);
    }
  }
  return merged;
}
