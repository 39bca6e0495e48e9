import type { Result } from '../core/failures.ts';
import type { ChangesQuery } from '../core/github.ts';
import { issueAt, parseRepo, type RepoRef } from '../core/refs.ts';
import type { ChangedIssue, RepoChanges } from '../core/sync/tracked.ts';
import { path, read } from './ask.ts';
import { type Client, UnreadableAnswer } from './client.ts';
import { header, type Refusal } from './limits.ts';
import type { RestIssue } from './list-issues.ts';

type Headers = Refusal['headers'];

/** One page of the list, as far as we read it. */
interface Page {
  readonly url: string;
  readonly headers: Headers;
  readonly issues: readonly ListedIssue[];
}

type ListedIssue = RestIssue & { readonly updated_at: string };

/**
 * Issues and pull requests updated since a time, newest first: one request per 100, and one alone where the ETag still
 * holds (304, which costs nothing). A page that fails fails all. The time is GitHub's own, never this machine's. Without
 * `since`: only GitHub's time and where the repository is.
 */
export function listChanges(
  client: Client,
  repo: RepoRef,
  query: ChangesQuery,
): Promise<Result<RepoChanges>> {
  return read(client, repo, async () => {
    const first = await firstPage(client, repo, query);
    if ('notModified' in first) return unchanged(first.notModified);
    const fresh = query.since === undefined;
    const pages = fresh ? [first] : [first, ...(await laterPages(client, first))];
    return {
      kind: 'changed',
      // The first page's: what changes while the others are read comes again next time.
      serverAt: timeOf(first.headers) ?? newest(first.issues),
      etag: fresh ? undefined : header(first.headers, 'etag'),
      issues: fresh ? [] : eachOnce(pages.flatMap(({ issues }) => issues)),
      repo: await whereIs(client, repo, first),
    };
  });
}

async function firstPage(
  client: Client,
  repo: RepoRef,
  { since, etag }: ChangesQuery,
): Promise<Page | { readonly notModified: Headers }> {
  try {
    const answer = await client.octokit.request('GET /repos/{owner}/{repo}/issues', {
      ...path(repo),
      state: 'all',
      ...(since !== undefined && { since }),
      sort: 'updated',
      direction: 'desc',
      per_page: since === undefined ? 1 : 100,
      headers: { ...(since !== undefined && etag !== undefined && { 'if-none-match': etag }) },
    });
    return pageOf(answer);
  } catch (error) {
    const headers = etag === undefined ? undefined : notModified(error);
    if (headers === undefined) throw error;
    return { notModified: headers };
  }
}

/** Octokit throws for 304. */
function notModified(error: unknown): Headers | undefined {
  if (!(error instanceof Error) || !('status' in error) || error.status !== 304) return undefined;
  return 'response' in error ? (error.response as Refusal).headers : undefined;
}

/** Follows the Link headers; the client asks no other host. */
async function laterPages(client: Client, first: Page): Promise<readonly Page[]> {
  const pages: Page[] = [];
  const asked = new Set<string>();
  for (let next = nextOf(first); next !== undefined; ) {
    // A list that leads back to itself would never end.
    if (asked.has(next)) throw new UnreadableAnswer();
    asked.add(next);
    const page = pageOf(await client.octokit.request(`GET ${next}`));
    pages.push(page);
    next = nextOf(page);
  }
  return pages;
}

function nextOf({ headers }: Page): string | undefined {
  return /<([^<>]+)>;\s*rel="next"/.exec(header(headers, 'link') ?? '')?.[1];
}

/** JSON that is not a list of issues is somebody else's (a proxy's, say): believing it would skip changes. */
function pageOf(answer: {
  readonly url: string;
  readonly headers: Headers;
  readonly data: unknown;
}): Page {
  const { url, headers, data } = answer;
  if (!Array.isArray(data) || !data.every(isListed)) throw new UnreadableAnswer();
  return { url, headers, issues: data };
}

function isListed(entry: unknown): entry is ListedIssue {
  if (typeof entry !== 'object' || entry === null) return false;
  const { number, updated_at, html_url } = entry as Partial<ListedIssue>;
  const timed = typeof updated_at === 'string' && Number.isFinite(Date.parse(updated_at));
  return Number.isInteger(number) && timed && typeof html_url === 'string';
}

function unchanged(headers: Headers): RepoChanges {
  const serverAt = timeOf(headers);
  if (serverAt === undefined) throw new UnreadableAnswer();
  return { kind: 'unchanged', serverAt };
}

/** GitHub's clock, in ISO with whole seconds as GitHub writes it everywhere else. */
function timeOf(headers: Headers): string | undefined {
  const time = Date.parse(header(headers, 'date') ?? '');
  return Number.isFinite(time) ? `${new Date(time).toISOString().slice(0, 19)}Z` : undefined;
}

/** Without a clock the newest change stands in: it is never later than GitHub's time. */
function newest(issues: readonly ListedIssue[]): string {
  const [first] = issues;
  if (first === undefined) throw new UnreadableAnswer();
  return first.updated_at;
}

/** What changes while pages are read moves to the front and pushes others onto the next page: the newer one counts. */
function eachOnce(listed: readonly ListedIssue[]): readonly ChangedIssue[] {
  const byNumber = new Map<number, ListedIssue>();
  for (const issue of listed) {
    const known = byNumber.get(issue.number);
    if (known === undefined || Date.parse(known.updated_at) < Date.parse(issue.updated_at)) {
      byNumber.set(issue.number, issue);
    }
  }
  return [...byNumber.values()].map(changedIssue);
}

function changedIssue(issue: ListedIssue): ChangedIssue {
  return {
    number: issue.number,
    kind: issue.pull_request === undefined ? 'issue' : 'pull-request',
    state: issue.state === 'open' ? 'open' : 'closed',
    stateReason: issue.state_reason ?? undefined,
    mergedAt: issue.pull_request?.merged_at ?? undefined,
    updatedAt: issue.updated_at,
    title: issue.title,
    body: issue.body ?? '',
  };
}

/** Issues name their repository; of an empty list that was redirected, GitHub is asked (one request more). */
async function whereIs(client: Client, repo: RepoRef, { url, issues }: Page): Promise<RepoRef> {
  const issue = issueAt(issues[0]?.html_url, repo.host);
  if (issue !== undefined) return issue.repo;
  // A redirect leads to the repository's id instead of its name.
  if (!/\/repositories\/\d+\//.test(url)) return repo;
  const { data } = await client.octokit.rest.repos.get(path(repo));
  return parseRepo(data.full_name, repo.host) ?? repo;
}
