import { codeRanges } from '../plan/code-ranges.ts';
import { type IssueRef, issueKey, type RepoRef } from '../refs.ts';
import { guardNesting } from '../text/guard-nesting.ts';

/**
 * The issues (by `issueKey`) that a pull request's text closes by GitHub's keywords, as documented in "Linking a pull
 * request to an issue": `closes #12`, `Fixes: owner/repo#12`, `resolved https://…/issues/12`; not in code or comments.
 * A bare number means `repo`, the pull request's own.
 */
export function closedByText(text: string, repo: RepoRef): ReadonlySet<string> {
  const closed = new Set<string>();
  if (!MAY_CLOSE.test(text)) return closed;
  for (const match of visibleText(text).matchAll(CLOSING)) {
    const issue = targetOf(match, repo);
    if (issue !== undefined) closed.add(issueKey(issue));
  }
  return closed;
}

const KEYWORD = '(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)';
const PLACE = '([a-z\\d][a-z\\d-]{0,38})/([\\w.-]{1,100})';
const ADDRESS = `https?://([^\\s/]{1,100})/${PLACE}/(?:issues|pull)/([1-9]\\d{0,9})`;
const CLOSING = new RegExp(
  `(?<![\\w-])${KEYWORD}:?[ \\t]{1,20}(?:<?${ADDRESS}|(?:${PLACE})?#([1-9]\\d{0,9}))(?![\\w])`,
  'gi',
);
const MAY_CLOSE = new RegExp(KEYWORD, 'i');

function targetOf(match: RegExpExecArray, repo: RepoRef): IssueRef | undefined {
  const [, host, owner, name, number, shortOwner, shortName, shortNumber] = match;
  if (host !== undefined && owner !== undefined && name !== undefined) {
    return { repo: { host, owner, name }, number: Number(number) };
  }
  if (shortOwner === undefined || shortName === undefined) {
    return { repo, number: Number(shortNumber) };
  }
  return {
    repo: { host: repo.host, owner: shortOwner, name: shortName },
    number: Number(shortNumber),
  };
}

/** Stands for what nobody sees, so that the words on both sides of it do not meet. */
const HIDDEN = '\ufffc';

/** The text without code and HTML comments, as far as words count in it; nothing of a text nested too deeply to read. */
export function visibleText(text: string): string {
  const guarded = guardNesting(text);
  if (guarded.refused) return '';
  let visible = '';
  let at = 0;
  for (const [start, end] of codeRanges(guarded.text)) {
    visible += text.slice(at, start) + HIDDEN;
    at = end;
  }
  return withoutComments(visible + text.slice(at));
}

/** A comment that is never closed hides the rest. */
function withoutComments(text: string): string {
  let visible = '';
  for (let at = 0; ; ) {
    const start = text.indexOf('<!--', at);
    if (start === -1) return visible + text.slice(at);
    visible += text.slice(at, start) + HIDDEN;
    const end = text.indexOf('-->', start + 4);
    if (end === -1) return visible;
    at = end + 3;
  }
}
