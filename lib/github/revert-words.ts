import {
  type IssueRef,
  issueKey,
  parseIssueRef,
  parseIssueUrl,
  type RepoRef,
} from '../core/refs.ts';
import { visibleText } from '../core/sync/closing-words.ts';

/**
 * The pull requests (by `issueKey`) that a pull request says it reverts. GitHub's Revert button writes
 * `Reverts owner/repo#12`; people write `Reverts #12`, `This reverts pull request #12`, or `Revert #12` as a title. The
 * words must begin a line, so that "partially reverts" does not count; code and comments do not count either. A bare
 * number means `repo`, the pull request's own.
 */
export function revertedByText(
  pull: { readonly title: string; readonly body: string },
  repo: RepoRef,
): ReadonlySet<string> {
  const body = /reverts/i.test(pull.body) ? visibleText(pull.body) : '';
  const lists = [...pull.title.matchAll(TITLE), ...body.matchAll(LINE)].map(
    ([, list]) => list ?? '',
  );
  const pulls = lists.flatMap((list) =>
    [...list.matchAll(EACH)].map(([text]) => pullOf(text, repo)),
  );
  return new Set(pulls.filter((ref) => ref !== undefined).map(issueKey));
}

const PLACE = String.raw`[\w.-]{1,39}\/[\w.-]{1,100}`;
const PULL = String.raw`(?:https:\/\/[\w.:-]{1,100}\/${PLACE}\/pull\/\d{1,10}|(?:${PLACE})?#\d{1,10})(?![\w])`;
const PULLS = String.raw`(${PULL}(?:(?:,|[ \t]+and|,[ \t]+and)[ \t]+${PULL})*)`;
const KIND = String.raw`(?:(?:the[ \t]+)?(?:pull[ \t]+requests?|prs?)[ \t]+)?`;
const SUBJECT = String.raw`(?:this[ \t]+(?:(?:pr|pull[ \t]+request|change)[ \t]+)?)?`;

const TITLE = new RegExp(`^reverts?:?[ \\t]+${KIND}${PULLS}`, 'gi');
const LINE = new RegExp(
  `^[ \\t]{0,3}(?:[-*+][ \\t]+)?${SUBJECT}reverts:?[ \\t]+${KIND}${PULLS}`,
  'gim',
);
const EACH = new RegExp(PULL, 'gi');

function pullOf(text: string, repo: RepoRef): IssueRef | undefined {
  if (text.startsWith('#')) return { repo, number: Number(text.slice(1)) };
  return parseIssueUrl(text) ?? parseIssueRef(text, repo.host);
}
