import { type IssueRef, issueKey, type RepoRef } from '../refs.ts';
import { type Item, type Reference, withoutTyped } from './checklist.ts';
import type { Edit } from './edit.ts';
import { type TextRange, unitRanges } from './reference-range.ts';
import { referencedIssue } from './referenced-issue.ts';
import type { Change } from './splices.ts';

type EditOf<Kind> = Extract<Edit, { readonly kind: Kind }>;

/** Puts brackets around the item's bare numbers of some issues: `#12` becomes `(#12)`. A row is bracketed whole or not at all. */
export function bracketNumbers(
  markdown: string,
  item: Item,
  edit: EditOf<'bracket'>,
  repo: RepoRef,
): Change | undefined {
  const isMeant = meant(edit.issues, repo);
  const rows = unitRanges(markdown, item).filter((row) =>
    within(item, row).every((one) => one.bare !== undefined && isMeant(one)),
  );
  if (rows.length === 0) return undefined;
  const splices = rows.flatMap(({ start, end }) => [
    { at: start, remove: 0, insert: '(' },
    { at: end, remove: 0, insert: ')' },
  ]);
  const issues = rows.flatMap((row) => within(item, row)).map((one) => referencedIssue(one, repo));
  return { splices, inverse: { kind: 'unbracket', item: withoutTyped(edit.item), issues } };
}

/** Takes brackets away that `bracketNumbers` put there. */
export function unbracketNumbers(
  markdown: string,
  item: Item,
  edit: EditOf<'unbracket'>,
  repo: RepoRef,
): Change | undefined {
  const isMeant = meant(edit.issues, repo);
  const rows = unitRanges(markdown, item).filter(
    ({ start, end }) =>
      markdown.startsWith('(', start) &&
      markdown.startsWith(')', end - 1) &&
      within(item, { start, end }).every(isMeant),
  );
  if (rows.length === 0) return undefined;
  const splices = rows.flatMap(({ start, end }) => [
    { at: start, remove: 1, insert: '' },
    { at: end - 1, remove: 1, insert: '' },
  ]);
  return {
    splices,
    inverse: { kind: 'bracket', item: withoutTyped(edit.item), issues: edit.issues },
  };
}

function meant(issues: readonly IssueRef[], repo: RepoRef): (one: Reference) => boolean {
  const keys = new Set(issues.map(issueKey));
  return (one) => keys.has(issueKey(referencedIssue(one, repo)));
}

function within({ references }: Item, { start, end }: TextRange): readonly Reference[] {
  return references.filter((one) => one.start >= start && one.end <= end);
}
