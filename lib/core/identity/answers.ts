import { formatIssueRef, type IssueRef, issueKey, parseIssueRef, type RepoRef } from '../refs.ts';
import type { ComparedLine } from '../text/line-difference.ts';

/** What people answered about the numbers of a checklist, by `issueKey`: the items' own issues, and what items are only about. */
export interface Answers {
  readonly own: ReadonlyMap<string, IssueRef>;
  readonly about: ReadonlyMap<string, IssueRef>;
}

export const NO_ANSWERS: Answers = { own: new Map(), about: new Map() };

/** An answer to the question whose numbers they are. */
export interface NewAnswers {
  readonly own: readonly IssueRef[];
  readonly about: readonly IssueRef[];
  /** Own ones whose bare numbers get brackets in the text, which then says so itself. */
  readonly bracket?: readonly IssueRef[];
}

/** An answer, and the hash of the text that its change was shown against. */
export interface GivenAnswers extends NewAnswers {
  readonly now?: string;
}

/** What an answer would change in the text. */
export interface AnswerPreview {
  /** Hash of the text as it is now. */
  readonly now: string;
  readonly lines: readonly ComparedLine[];
}

/**
 * Reads the hidden comment `numbers` at the end of a checklist's text: `own=12,owner/repo#13 about=14`. What is malformed
 * is left out, and so is a number that stands under both.
 */
export function readAnswers(markdown: string, repo: RepoRef): Answers {
  const content = [...markdown.matchAll(COMMENT)].at(-1)?.[1];
  if (content === undefined) return NO_ANSWERS;
  const [own, about] = ['own', 'about'].map((name) => listed(content, name, repo));
  return { own: without(own, about), about: without(about, own) };
}

/** The content of the comment once new answers are added: a later one takes the place of an earlier one. */
export function formatAnswers(
  before: Answers,
  { own, about, bracket = [] }: NewAnswers,
  repo: RepoRef,
): string {
  const now = { own: new Map(before.own), about: new Map(before.about) };
  for (const issue of bracket) now.about.delete(issueKey(issue));
  for (const issue of own) move(issue, now.about, now.own);
  for (const issue of about) move(issue, now.own, now.about);
  return (['own', 'about'] as const)
    .filter((name) => now[name].size > 0)
    .map((name) => `${name}=${[...now[name].values()].map((one) => written(one, repo)).join(',')}`)
    .join(' ');
}

const COMMENT = /(?<=^|[\r\n])<!-- masterlist:numbers ([^<>\r\n]*?) ?-->/g;

function listed(content: string, name: string, repo: RepoRef): ReadonlyMap<string, IssueRef> {
  const entry = content.split(/\s+/).find((one) => one.startsWith(`${name}=`)) ?? '';
  const issues = entry
    .slice(name.length + 1)
    .split(',')
    .map((one) => parseIssueRef(/^[1-9]\d{0,9}$/.test(one) ? `${HERE}#${one}` : one, repo.host))
    .filter((issue) => issue !== undefined)
    .map(({ repo: of, number }) => ({
      repo: `${of.owner}/${of.name}` === HERE ? repo : of,
      number,
    }));
  return new Map(issues.map((issue) => [issueKey(issue), issue]));
}

/** A number alone is one of the checklist's repository. No login has two dashes in a row. */
const HERE = 'here--here/here';

function without(
  issues: ReadonlyMap<string, IssueRef> = new Map(),
  others: ReadonlyMap<string, IssueRef> = new Map(),
): ReadonlyMap<string, IssueRef> {
  return new Map([...issues].filter(([key]) => !others.has(key)));
}

function move(issue: IssueRef, from: Map<string, IssueRef>, to: Map<string, IssueRef>): void {
  const key = issueKey(issue);
  from.delete(key);
  to.set(key, issue);
}

function written(issue: IssueRef, repo: RepoRef): string {
  return formatIssueRef(issue, repo).replace(/^#/, '');
}
