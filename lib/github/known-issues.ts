import { isOfPlace, type Result, succeed } from '../core/failures.ts';
import type { KnownIssues } from '../core/github.ts';
import type { KnownIssue } from '../core/identity/issue.ts';
import { type IssueRef, issueKey } from '../core/refs.ts';
import { path, read } from './ask.ts';
import type { Client } from './client.ts';
import {
  askBatch,
  inBatch,
  inBatches,
  KNOWN_ISSUE,
  KNOWN_ISSUE_FRAGMENTS,
  type KnownIssueNode,
  knownIssue,
} from './graphql.ts';
import { fromRest } from './issues.ts';

/** GitHub answers 50 aliases in one query comfortably. */
const BATCH = 50;

/** Without a token there are 60 requests an hour: not more than this many for one look. */
const SINGLE_READS = 10;

/** Reads issues and pull requests by number, 50 in a request; without a token a few, one by one. */
export async function readKnownIssues(
  client: Client,
  issues: readonly IssueRef[],
): Promise<Result<KnownIssues>> {
  const asked = [...new Map(issues.map((issue) => [issueKey(issue), issue])).values()].filter(
    ({ repo }) => repo.host === client.host,
  );
  if (client.token === 'none') return readOneByOne(client, asked.slice(0, SINGLE_READS));
  const found: Record<string, KnownIssue | undefined> = {};
  for (const batch of inBatches(asked, BATCH)) {
    const answer = await askBatch<KnownIssueNode>(client, batch, {
      fields: KNOWN_ISSUE,
      fragments: KNOWN_ISSUE_FRAGMENTS,
    });
    if (!answer.ok) return answer;
    for (const issue of batch) {
      found[issueKey(issue)] = knownIssue(inBatch(answer.value, batch, issue), client.host);
    }
  }
  return succeed(found);
}

async function readOneByOne(
  client: Client,
  issues: readonly IssueRef[],
): Promise<Result<KnownIssues>> {
  const found: Record<string, KnownIssue | undefined> = {};
  for (const issue of issues) {
    const answer = await read(client, issue.repo, () =>
      client.octokit.rest.issues.get({ ...path(issue.repo), issue_number: issue.number }),
    );
    if (!answer.ok && !isOfPlace(answer.failure.code)) return answer;
    found[issueKey(issue)] = answer.ok ? fromRest(answer.value.data, issue.repo) : undefined;
  }
  return succeed(found);
}
