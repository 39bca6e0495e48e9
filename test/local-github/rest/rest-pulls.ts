import type { EmulateRepo } from '../data/emulate-base.ts';
import { pullOf } from '../data/pulls.ts';
import { timestampOrNull } from '../timestamps.ts';
import type { StoredIssue } from '../types.ts';
import { type ApiAnswer, apiError, type RepoRequest, type World } from '../world.ts';
import { withIssue } from './rest-paging.ts';
import { getRepository } from './rest-repository.ts';
import { issueShape, userShape } from './rest-shapes.ts';

const API = 'https://api.github.com';

/** A pull request. Branches have no commits here: their `sha` is made up, and there are no files. */
export async function getPull(world: World, request: RepoRequest, number = 0): Promise<ApiAnswer> {
  const repository = await getRepository(world, { ...request, query: new URLSearchParams() });
  const { repo, viewer } = request;
  if (repo.private && viewer.token?.pulls === 'none')
    return apiError(403, 'Resource not accessible by personal access token', undefined, {
      'x-accepted-github-permissions': 'pull_requests=read',
    });
  return withIssue(world, request, number, (issue) =>
    issue.pull === null
      ? apiError(404, 'Not Found')
      : { status: 200, body: pullShape(world, issue, repo, repository.body) },
  );
}

function pullShape(world: World, issue: StoredIssue, repo: EmulateRepo, repository: unknown) {
  const pull = pullOf(issue);
  const url = `${API}/repos/${repo.full_name}/pulls/${issue.number}`;
  const { repository_url: _, ...shared } = issueShape(world, issue, repo);
  const page = shared.html_url;
  const user = userShape(world, world.accounts.ownerLogin(repo));
  const branch = (ref: string) => ({
    label: `${user.login}:${ref}`,
    ref,
    sha: issue.id.toString(16).padStart(40, '0'),
    user,
    repo: repository,
  });
  const urls = {
    self: url,
    html: page,
    issue: shared.url,
    comments: shared.comments_url,
    review_comments: `${url}/comments`,
    review_comment: `${API}/repos/${repo.full_name}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${API}/repos/${repo.full_name}/statuses/${branch(pull.head).sha}`,
  };
  const links = Object.entries(urls).map(([name, href]) => [name, { href }]);
  return {
    ...shared,
    url,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: urls.issue,
    commits_url: urls.commits,
    review_comments_url: urls.review_comments,
    review_comment_url: urls.review_comment,
    statuses_url: urls.statuses,
    head: branch(pull.head),
    base: branch(pull.base),
    _links: Object.fromEntries(links),
    auto_merge: null,
    draft: false,
    merged: pull.merged,
    merged_at: timestampOrNull(pull.mergedAt),
    merged_by: pull.mergedBy === null ? null : userShape(world, pull.mergedBy),
    merge_commit_sha: pull.mergeCommit,
    mergeable: pull.merged ? null : true,
    rebaseable: pull.merged ? null : true,
    mergeable_state: pull.merged ? 'unknown' : 'clean',
    requested_reviewers: [],
    requested_teams: [],
    review_comments: 0,
    maintainer_can_modify: false,
    commits: 1,
    additions: 0,
    deletions: 0,
    changed_files: 0,
  };
}

/** 204 when the pull request was merged, else 404. */
export function getMerge(world: World, request: RepoRequest, number = 0): ApiAnswer {
  return withIssue(world, request, number, (issue) =>
    issue.pull?.merged ? { status: 204, body: null } : apiError(404, 'Not Found'),
  );
}
