import type { Result } from '../core/failures.ts';
import type { Sweep } from '../core/github.ts';
import type { KnownIssue } from '../core/identity/issue.ts';
import { formatRepo, parseRepo, type RepoRef } from '../core/refs.ts';
import { path, read } from './ask.ts';
import { type Client, UnreadableAnswer } from './client.ts';
import { loginOf } from './fragments.ts';
import { header } from './limits.ts';

/** Pages of 100 that one sweep reads at most. */
const PAGES = 30;

/** An issue as REST lists it, as far as we read it. */
export interface RestIssue {
  readonly number: number;
  readonly title: string;
  readonly body?: string | null | undefined;
  readonly state: string;
  readonly state_reason?: string | null;
  readonly created_at: string;
  readonly author_association?: string;
  readonly user: { readonly login: string } | null;
  readonly html_url: string;
  readonly pull_request?: { readonly merged_at?: string | null } | undefined;
}

/** All issues that somebody created and that changed since a time, newest first. A page that fails fails all. */
export function listIssues(
  client: Client,
  repo: RepoRef,
  query: { readonly creator: string; readonly since: string },
): Promise<Result<readonly KnownIssue[]>> {
  return read(client, repo, async () => {
    const { octokit } = client;
    const issues = await octokit.paginate(octokit.rest.issues.listForRepo, {
      ...path(repo),
      ...query,
      state: 'all',
      sort: 'created',
      direction: 'desc',
      per_page: 100,
    });
    return issues
      .filter((issue) => issue.pull_request === undefined)
      .map((issue) => fromRest(issue, repo));
  });
}

/**
 * All issues of a repository that were created at or after a time (ISO), open and closed, newest first, without pull
 * requests: 100 in a request. Ends with the first page that holds an older one, or after 30 pages (`complete` is then
 * false). GitHub's `since` is about updates, and nothing is updated before it is created. A page that fails fails all.
 */
export function sweepIssues(
  client: Client,
  repo: RepoRef,
  createdSince: string,
): Promise<Result<Sweep>> {
  const { octokit } = client;
  const from = Date.parse(createdSince);
  return read(client, repo, async () => {
    const found = new Map<number, KnownIssue>();
    let pages = 0;
    for await (const { data, headers } of octokit.paginate.iterator(
      octokit.rest.issues.listForRepo,
      {
        ...path(repo),
        since: createdSince,
        state: 'all',
        sort: 'created',
        direction: 'desc',
        per_page: 100,
      },
    )) {
      if (!Array.isArray(data)) throw new UnreadableAnswer();
      pages += 1;
      const recent = data.filter((issue) => Date.parse(issue.created_at) >= from);
      for (const issue of recent) {
        // New issues push others onto the next page: one may come twice.
        if (issue.pull_request === undefined) found.set(issue.number, fromRest(issue, repo));
      }
      const isLast =
        recent.length < data.length || !/rel="next"/.test(header(headers, 'link') ?? '');
      if (isLast) break;
      if (pages === PAGES) return { issues: [...found.values()], complete: false };
    }
    return { issues: [...found.values()], complete: true };
  });
}

/** Reads an issue of REST's form; its address says where it really stands. */
export function fromRest(issue: RestIssue, repo: RepoRef): KnownIssue {
  const merged = issue.pull_request?.merged_at ? 'merged' : undefined;
  return {
    ref: { repo: repoOf(issue.html_url, repo), number: issue.number },
    kind: issue.pull_request === undefined ? 'issue' : 'pull-request',
    title: issue.title,
    body: issue.body ?? '',
    state: issue.state === 'open' ? 'open' : 'closed',
    stateReason: merged ?? issue.state_reason ?? undefined,
    author: loginOf(issue.user),
    authorAssociation: issue.author_association ?? 'NONE',
    createdAt: issue.created_at,
  };
}

function repoOf(url: string, asked: RepoRef): RepoRef {
  const found = parseRepo(new URL(url).pathname.split('/').slice(1, 3).join('/'), asked.host);
  return found !== undefined && formatRepo(found) !== formatRepo(asked) ? found : asked;
}
