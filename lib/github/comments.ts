import type { IssueComment } from '../core/engine/job-facts.ts';
import type { Result } from '../core/failures.ts';
import type { IssueRef } from '../core/refs.ts';
import { path, read, write, writeIssue } from './ask.ts';
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
    return comments.map(({ id, user, body }) => ({ id, author: loginOf(user), body: body ?? '' }));
  });
}

/**
 * Deletes a comment by its id; one that is gone already counts as deleted. GitHub says "not found" to a token without the
 * right, too: only then one more request looks whether the comment is still there.
 */
export function deleteComment(client: Client, issue: IssueRef, id: number): Promise<Result<void>> {
  return write(client, issue.repo, async (repo) => {
    const comment = { ...path(repo), comment_id: id };
    try {
      await client.octokit.rest.issues.deleteComment(comment);
    } catch (error) {
      if (!isMissing(error) || (await isThere(client, comment))) throw error;
    }
  });
}

async function isThere(
  { octokit }: Client,
  comment: Parameters<Client['octokit']['rest']['issues']['getComment']>[0],
): Promise<boolean> {
  try {
    await octokit.rest.issues.getComment(comment);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 404;
}
