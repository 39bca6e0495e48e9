import { type ChecklistRef, type IssueRef, issueKey, type RepoRef, sameIssue } from '../refs.ts';
import { applyEdits } from '../text/apply-edits.ts';
import { type Item, locatorOf } from '../text/checklist.ts';
import type { Edit } from '../text/edit.ts';
import { parseChecklist } from '../text/parse-checklist.ts';
import { referencedIssue } from '../text/referenced-issue.ts';
import { type AnswerEntry, formatEntries, type NewAnswers, readEntries } from './answers.ts';
import { type NumberOfItem, numberNames } from './number-names.ts';

/** Those of the answers that are of an item of a text. */
export function answersIn(
  text: string,
  placeholder: string,
  { repo }: ChecklistRef,
  { own, about, bracket }: NewAnswers,
): NewAnswers {
  const { find } = numberNames(parseChecklist(text, { placeholder }).items, repo);
  const isThere = (number: NumberOfItem) => find(number) !== undefined;
  const brackets = bracket && { bracket: bracket.filter(isThere) };
  return { own: own.filter(isThere), about: about.filter(isThere), ...brackets };
}

/**
 * What an answer writes: brackets around the numbers that are to have them, and the hidden comment with all that no
 * bracket says. Answers that are of no item any more are left out.
 */
export function answerEdits(
  text: string,
  placeholder: string,
  checklist: ChecklistRef,
  answers: NewAnswers,
): readonly Edit[] {
  const { repo } = checklist;
  const { own, about, bracket = [] } = answersIn(text, placeholder, checklist, answers);
  const { items } = parseChecklist(text, { placeholder });
  const { find } = numberNames(items, repo);
  const wished = Map.groupBy(bracket, find);
  const edits = items.flatMap((item) => {
    const issues = wished.get(item)?.map(({ issue }) => issue) ?? [];
    return bracketEdits([item], issues, repo);
  });
  const outcome = applyEdits(text, edits, { repo, placeholder });
  const brackets = outcome.applied.filter(({ changed }) => changed).map(({ edit }) => edit);
  const after = parseChecklist(outcome.markdown, { placeholder }).items;
  const { nameOf } = numberNames(after, repo);
  const itemAfter = (number: NumberOfItem) => after[find(number)?.index ?? -1];
  // An item is called otherwise once it has brackets.
  const renamed = (entry: AnswerEntry) => {
    const item = itemAfter(entry);
    return item === undefined ? entry : { ...entry, name: nameOf(item, entry.issue) };
  };
  const isWished = (old: NumberOfItem) =>
    wished.get(find(old))?.some(({ issue }) => sameIssue(issue, old.issue)) === true;
  const before = readEntries(text, repo);
  const entries = [
    ...before.filter((old) => !isWished(old)),
    ...own.map((one) => ({ ...one, answer: 'own' as const })),
    ...bracket
      .filter((one) => !saysOwn(itemAfter(one), one.issue, repo))
      .map((one) => ({ ...one, answer: 'own' as const })),
    ...about.map((one) => ({ ...one, answer: 'about' as const })),
  ];
  const content = formatEntries(entries.map(renamed), repo);
  const isNothing = content === '' && before.length === 0;
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
    .filter((item) => [...bareIn(item, repo)].some((key) => keys.has(key)))
    .map((item) => ({ kind: 'bracket', item: locatorOf(item), issues }));
}

/** `issueKey`s of all issues of which only a bare number says that they are an item's. */
function bareIn({ references }: Item, repo: RepoRef): ReadonlySet<string> {
  const bare = references.filter((one) => one.bare !== undefined);
  return new Set(bare.map((one) => issueKey(referencedIssue(one, repo))));
}

/** Whether an item's text says by its form that a number is its own. */
function saysOwn(item: Item | undefined, issue: IssueRef, repo: RepoRef): boolean {
  const own = item?.references.filter(({ role, bare }) => role === 'link' && bare === undefined);
  return own?.some((one) => sameIssue(referencedIssue(one, repo), issue)) === true;
}
