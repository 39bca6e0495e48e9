import type { IssueNow } from '../core/engine/job-facts.ts';
import { fail, failure, isOfPlace, type Result, succeed } from '../core/failures.ts';
import type { KnownIssues } from '../core/github.ts';
import type { IssueDates } from '../core/metrics/metric-facts.ts';
import { type IssueRef, issueKey } from '../core/refs.ts';
import { path, read } from './ask.ts';
import { askEach, type Sight } from './batch.ts';
import { type Client, UnreadableAnswer } from './client.ts';
import { knownIssue, reasonOf, repoOf, select, stateOf } from './fragments.ts';
import { fromRest } from './list-issues.ts';

/** Without a token there are 60 requests an hour: not more than this many at a time. */
const SINGLE_READS = 10;

/** Reads issues and pull requests by number, 50 in a request; without a token a few, one by one. */
export async function readKnownIssues(
  client: Client,
  issues: readonly IssueRef[],
): Promise<Result<KnownIssues>> {
  if (client.token === 'none') return readOneByOne(client, issues);
  const sights = await askEach(client, issues, {
    size: 50,
    fields: select('IssueFields', 'PullFields'),
  });
  if (!sights.ok) return sights;
  const found = sights.value.map(({ asked, node }) => [
    issueKey(asked),
    knownIssue(node, client.host),
  ]);
  return succeed(Object.fromEntries(found));
}

async function readOneByOne(
  client: Client,
  issues: readonly IssueRef[],
): Promise<Result<KnownIssues>> {
  const here = issues.filter(({ repo }) => repo.host === client.host);
  const distinct = new Map(here.map((issue) => [issueKey(issue), issue]));
  const found: Record<string, KnownIssues[string]> = {};
  for (const [key, issue] of [...distinct].slice(0, SINGLE_READS)) {
    const answer = await read(client, issue.repo, () =>
      client.octokit.rest.issues.get({ ...path(issue.repo), issue_number: issue.number }),
    );
    if (!answer.ok && !isOfPlace(answer.failure.code)) return answer;
    found[key] = answer.ok ? fromRest(answer.value.data, issue.repo) : undefined;
  }
  return succeed(found);
}

/**
 * One issue as it is now, past every cache (`createClient` asks so); a transferred one in its new repository. Fails with
 * `is-pull-request` for a pull request.
 */
export async function readIssue(client: Client, issue: IssueRef): Promise<Result<IssueNow>> {
  const answer = await read(client, issue.repo, async () => {
    const { data } = await client.octokit.rest.issues.get({
      ...path(issue.repo),
      issue_number: issue.number,
    });
    if (!Number.isInteger(data.number)) throw new UnreadableAnswer();
    return data;
  });
  if (!answer.ok) return answer;
  if (answer.value.pull_request !== undefined) return fail(failure('is-pull-request'));
  const { ref, title, body, state, stateReason } = fromRest(answer.value, issue.repo);
  return succeed({
    ref,
    title,
    body,
    state,
    stateReason: state === 'closed' ? stateReason : undefined,
    locked: answer.value.locked,
  });
}

/**
 * GitHub's own dates of issues, 100 in a request (1 point), each under where it is now. Pull requests, and issues that
 * GitHub does not show, are left out.
 */
export async function readIssueDates(
  client: Client,
  issues: readonly IssueRef[],
): Promise<Result<readonly Omit<IssueDates, 'checklistKey'>[]>> {
  const sights = await askEach(client, issues, { size: 100, fields: select('IssueState') });
  return sights.ok ? succeed(sights.value.flatMap(datesOf)) : sights;
}

function datesOf({ asked, node }: Sight): readonly Omit<IssueDates, 'checklistKey'>[] {
  if (typeof node === 'string' || node.number === undefined) return [];
  const isClosed = stateOf(node) === 'closed';
  return [
    {
      issue: { repo: repoOf(node, asked.repo), number: node.number },
      createdAt: node.createdAt ?? '',
      // A reopened issue keeps no time of its closing, whatever GitHub should say.
      closedAt: isClosed ? (node.closedAt ?? undefined) : undefined,
      reason: isClosed ? reasonOf(node.stateReason) : undefined,
    },
  ];
}
