import { timestamp } from '../timestamps.ts';
import { type ApiAnswer, apiError, type RepoRequest, type World } from '../world.ts';
import { withIssue } from './rest-paging.ts';
import { issueShape } from './rest-shapes.ts';

/** A pull request: as much of it as an issue, and whether it was merged. */
export function getPull(world: World, request: RepoRequest, number = 0): ApiAnswer {
  return withIssue(world, request, number, (issue) => {
    if (issue.pull === null) return apiError(404, 'Not Found');
    const url = `https://api.github.com/repos/${issue.repo}/pulls/${number}`;
    const body = {
      ...issueShape(world, issue, request.repo),
      url,
      merged: issue.pull.merged,
      merged_at: issue.pull.mergedAt === null ? null : timestamp(issue.pull.mergedAt),
      merge_commit_sha: issue.pull.mergeCommit,
    };
    return { status: 200, body };
  });
}

/** 204 when the pull request was merged, else 404. */
export function getMerge(world: World, request: RepoRequest, number = 0): ApiAnswer {
  return withIssue(world, request, number, (issue) =>
    issue.pull?.merged ? { status: 204, body: null } : apiError(404, 'Not Found'),
  );
}
