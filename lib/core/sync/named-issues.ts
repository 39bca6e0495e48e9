import { type IssueRef, issueKey, type RepoRef } from '../refs.ts';
import { knownHost } from '../text/target.ts';
import { visibleText } from './closing-words.ts';

/** Every issue that a text may name. */
const NAMED =
  /(?:([A-Za-z\d][A-Za-z\d-]*)\/([\w.-]+))?(?:#|(?<![\w-])GH-)([1-9]\d{0,9})\b|\/\/([^\s/]+)\/([^\s/]+)\/([^\s/]+)\/(?:issues|pull)\/([1-9]\d{0,9})\b/gi;

/** The issues that a text may name, read as loosely as does no harm: on whatever host. A bare number means `repo`. */
export function looselyNamed(text: string, repo: RepoRef): readonly IssueRef[] {
  return allNamed(text, repo).map(({ issue }) => issue);
}

/** `issueKey`s of the issues that the visible part of an issue's text names, each once: no addresses on other hosts, nor parts of them. */
export function namedIn(text: string, repo: RepoRef): readonly string[] {
  if (!/#|gh-|\/\//i.test(text)) return [];
  const named = allNamed(visibleText(text), repo).filter(({ host, before }) =>
    host === undefined ? !/[\w./&-]/.test(before) : isHost(host, repo),
  );
  return [...new Set(named.map(({ issue }) => issueKey(issue)))];
}

interface Named {
  readonly issue: IssueRef;
  /** Of an address. */
  readonly host: string | undefined;
  /** The sign before it. */
  readonly before: string;
}

function allNamed(text: string, repo: RepoRef): readonly Named[] {
  return [...text.matchAll(NAMED)].map((match) => {
    const [, owner, name, number, host, urlOwner, urlName, urlNumber] = match;
    const place = {
      host: repo.host,
      owner: owner ?? urlOwner ?? repo.owner,
      name: name ?? urlName ?? repo.name,
    };
    const issue = { repo: place, number: Number(number ?? urlNumber) };
    return { issue, host, before: text.charAt(match.index - 1) };
  });
}

function isHost(written: string, { host }: RepoRef): boolean {
  return knownHost(written.toLowerCase()) === host.toLowerCase();
}
