import type { Result } from '../core/failure.ts';
import type { IssueComment } from '../core/job/job-facts.ts';
import type { IssueRef } from '../core/refs.ts';
import { path, read, writeIssue } from './ask.ts';
import type { Client } from './client.ts';
import { loginOf } from './graphql.ts';

/** Comments on an issue, once. It mails everyone who watches. */
export function createComment(
  client: Client,
  issue: IssueRef,
  body: string,
): Promise<Result<void>> {
  return writeIssue(client, issue, async (repo) => {
    await client.octokit.rest.issues.createComment({
      ...path(repo),
      issue_number: issue.number,
      body,
    });
  });
}

/** All comments of an issue, oldest first. A page that fails fails all. */
export function listComments(
  client: Client,
  issue: IssueRef,
): Promise<Result<readonly IssueComment[]>> {
  return read(client, issue.repo, async () => {
    const { octokit } = client;
    const comments = await octokit.paginate(octokit.rest.issues.listComments, {
      ...path(issue.repo),
      issue_number: issue.number,
      per_page: 100,
    });
    return comments.map(({ user, body }) => ({ author: loginOf(user), body: body ?? '' }));
  });
}
