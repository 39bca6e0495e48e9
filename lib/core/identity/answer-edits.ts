import { type ChecklistRef, type IssueRef, issueKey, type RepoRef } from '../refs.ts';
import { applyEdits } from '../text/apply-edits.ts';
import { type Item, locatorOf } from '../text/checklist.ts';
import type { Edit } from '../text/edit.ts';
import { parseChecklist } from '../text/parse-checklist.ts';
import { referencedIssue } from '../text/referenced-issue.ts';
import { formatAnswers, type NewAnswers, readAnswers } from './answers.ts';

/**
 * What an answer writes: brackets around the numbers that are to have them, and the hidden comment with all that no
 * bracket says. Numbers that no item names any more are left out.
 */
export function answerEdits(
  text: string,
  placeholder: string,
  { repo }: ChecklistRef,
  { own, about, bracket = [] }: NewAnswers,
): readonly Edit[] {
  const { items } = parseChecklist(text, { placeholder });
  const wished = bracketEdits(items, bracket, repo);
  const outcome = applyEdits(text, wished, { repo, placeholder });
  const brackets = outcome.applied.filter(({ changed }) => changed).map(({ edit }) => edit);
  const bare = bareIn(parseChecklist(outcome.markdown, { placeholder }).items, repo);
  const named = new Set(items.flatMap((item) => namedBy(item, repo)));
  const isNamed = (issue: IssueRef) => named.has(issueKey(issue));
  const answers = {
    own: [...own, ...bracket.filter((issue) => bare.has(issueKey(issue)))].filter(isNamed),
    about: about.filter(isNamed),
    bracket,
  };
  const before = readAnswers(text, repo);
  const content = formatAnswers(before, answers, repo);
  const isNothing = content === '' && before.own.size + before.about.size === 0;
  return isNothing ? brackets : [...brackets, { kind: 'comment', name: 'numbers', content }];
}

/** Edits that put brackets around the bare numbers of some issues, wherever items end in them. */
export function bracketEdits(
  items: readonly Item[],
  issues: readonly IssueRef[],
  repo: RepoRef,
): readonly Edit[] {
  const keys = new Set(issues.map(issueKey));
  return items
    .filter((item) => [...bareIn([item], repo)].some((key) => keys.has(key)))
    .map((item) => ({ kind: 'bracket', item: locatorOf(item), issues }));
}

/** `issueKey`s of all issues of which only a bare number says that they are an item's. */
function bareIn(items: readonly Item[], repo: RepoRef): ReadonlySet<string> {
  return new Set(
    items.flatMap(({ references }) =>
      references
        .filter(({ bare }) => bare !== undefined)
        .map((one) => issueKey(referencedIssue(one, repo))),
    ),
  );
}

function namedBy({ references }: Item, repo: RepoRef): readonly string[] {
  return references.map((one) => issueKey(referencedIssue(one, repo)));
}
