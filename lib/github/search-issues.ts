import { fail, failure, type Result, succeed } from '../core/failures.ts';
import type { KnownIssue } from '../core/identity/issue.ts';
import {
  formatIssueRef,
  formatRepo,
  type IssueRef,
  issueKey,
  parseIssueRef,
  parseIssueUrl,
  type RepoRef,
  sameRepo,
} from '../core/refs.ts';
import { askPartly } from './ask.ts';
import { unreadable } from './batch.ts';
import type { Client } from './client.ts';
import {
  type IssueNode,
  knownIssue,
  type Nodes,
  present,
  select,
  withFragments,
} from './fragments.ts';
import { readKnownIssues } from './read-issues.ts';

/** GitHub refuses more than 256 characters of words. */
const MOST_CHARACTERS = 250;

const SEARCH = withFragments(`query Search($wanted: String!) {
  search(type: ISSUE, first: 10, query: $wanted) {
    nodes { ${select('IssueFields', 'PullFields')} }
  }
}`);

interface SearchAnswer {
  readonly search?: Nodes<IssueNode>;
}

/**
 * Issues of a repository whose title holds all the words, the best 10 (GitHub's index lags a few seconds behind). A
 * number, `#12`, `owner/repo#12` or the address of an issue answers that one issue, of whatever repository; it fails
 * where that is a pull request (`names-pull-request`) or GitHub does not show it (`no-such-issue`). One request.
 */
export async function searchIssues(
  client: Client,
  repo: RepoRef,
  text: string,
): Promise<Result<readonly KnownIssue[]>> {
  const named = namedIssue(text.trim(), repo);
  if (named !== undefined) return readOne(client, named, repo);
  const words = searchWords(text);
  if (words === '') return succeed([]);
  const wanted = `repo:${formatRepo(repo)} is:issue in:title ${words}`;
  const answer = await askPartly<SearchAnswer>(client, repo, SEARCH, { wanted });
  if (!answer.ok) return answer;
  const { search } = answer.value;
  if (!search) return fail(unreadable());
  const found = present(search).flatMap((node) => knownIssue(node, client.host) ?? []);
  return succeed(found.filter(({ kind, ref }) => kind === 'issue' && sameRepo(ref.repo, repo)));
}

function namedIssue(text: string, repo: RepoRef): IssueRef | undefined {
  const [, number] = /^#?([1-9]\d{0,9})$/.exec(text) ?? [];
  if (number !== undefined) return { repo, number: Number(number) };
  return parseIssueRef(text, repo.host) ?? parseIssueUrl(text);
}

async function readOne(
  client: Client,
  issue: IssueRef,
  from: RepoRef,
): Promise<Result<readonly KnownIssue[]>> {
  const found = await readKnownIssues(client, [issue]);
  if (!found.ok) return found;
  const one = found.value[issueKey(issue)];
  const name = formatIssueRef(issue, from);
  if (one === undefined) return fail(failure('no-such-issue', { issue: name }));
  if (one.kind !== 'issue') return fail(failure('names-pull-request', { pull: name }));
  return succeed([one]);
}

/**
 * Only letters and digits: GitHub looks for whole words, and without colons, quotes, minus signs and brackets none of them
 * is a qualifier (`author:`) or an operator. Words that are operators are left out.
 */
function searchWords(text: string): string {
  const words = (text.match(/[\p{L}\p{M}\p{N}_]+/gu) ?? []).filter(
    (word) => !/^(?:and|or|not)$/i.test(word),
  );
  let query = '';
  for (const word of words) {
    const longer = query === '' ? word : `${query} ${word}`;
    if (longer.length > MOST_CHARACTERS) break;
    query = longer;
  }
  return query;
}
