import type { Result } from '../core/failures.ts';
import type { Sweep } from '../core/github.ts';
import type { KnownIssue } from '../core/identity/issue.ts';
import type { RepoRef } from '../core/refs.ts';
import { path, read } from './ask.ts';
import { type Client, UnreadableAnswer } from './client.ts';
import { fromRest } from './issues.ts';
import { header } from './rate-limit.ts';

/** Pages of 100 that one sweep reads at most. */
const PAGES = 30;

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
