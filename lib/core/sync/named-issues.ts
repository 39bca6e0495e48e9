import { type IssueRef, issueKey, type RepoRef } from '../refs.ts';
import { visibleText } from './closing-words.ts';

/** Every issue that a text may name. */
const NAMED =
  /(?:([A-Za-z\d][A-Za-z\d-]*)\/([\w.-]+))?(?:#|(?<![\w-])GH-)([1-9]\d{0,9})\b|\/\/[^\s/]+\/([^\s/]+)\/([^\s/]+)\/(?:issues|pull)\/([1-9]\d{0,9})\b/gi;

/** The issues that a text may name, read as loosely as does no harm. A bare number means `repo`. */
export function looselyNamed(text: string, repo: RepoRef): readonly IssueRef[] {
  return [...text.matchAll(NAMED)].map(([, owner, name, number, urlOwner, urlName, urlNumber]) => ({
    repo: {
      host: repo.host,
      owner: owner ?? urlOwner ?? repo.owner,
      name: name ?? urlName ?? repo.name,
    },
    number: Number(number ?? urlNumber),
  }));
}

/** `issueKey`s of the issues that the visible part of an issue's text names, each once. */
export function namedIn(text: string, repo: RepoRef): readonly string[] {
  if (!/#|gh-|\/\//i.test(text)) return [];
  return [...new Set(looselyNamed(visibleText(text), repo).map(issueKey))];
}
