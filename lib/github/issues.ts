import type { IssuePatch } from '../core/engine/change.ts';
import type { CreatedIssue, IssueDraft, IssueNow } from '../core/engine/job-facts.ts';
import { fail, failure, type Result, succeed } from '../core/failures.ts';
import type { KnownIssue } from '../core/identity/issue.ts';
import { formatRepo, type IssueRef, parseRepo, type RepoRef } from '../core/refs.ts';
import { path, read, write, writeIssue } from './ask.ts';
import { type Client, UnreadableAnswer } from './client.ts';
import { loginOf } from './graphql.ts';

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

/** Creates an issue, once. Tells which labels, milestone and assignees GitHub dropped without a word. */
export function createIssue(
  client: Client,
  target: RepoRef,
  draft: IssueDraft,
): Promise<Result<CreatedIssue>> {
  return write(client, target, async (repo) => {
    const { data } = await client.octokit.rest.issues.create({
      ...path(repo),
      title: draft.title,
      body: draft.body,
      ...(draft.labels.length > 0 && { labels: [...draft.labels] }),
      ...(draft.milestone !== undefined && { milestone: draft.milestone }),
      ...(draft.assignees.length > 0 && { assignees: [...draft.assignees] }),
    });
    if (!Number.isInteger(data.number)) throw new UnreadableAnswer();
    return { number: data.number, url: data.html_url, dropped: droppedBy(data, draft) };
  });
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
 * One issue as it is now, past every cache (`createClient` asks so); a transferred one at its new place. Fails with
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

/** Changes an issue's title, body or state. */
export function updateIssue(
  client: Client,
  issue: IssueRef,
  change: IssuePatch,
): Promise<Result<void>> {
  return writeIssue(client, issue, async (repo) => {
    await client.octokit.rest.issues.update({
      ...path(repo),
      issue_number: issue.number,
      ...(change.title !== undefined && { title: change.title }),
      ...(change.body !== undefined && { body: change.body }),
      ...(change.state !== undefined && { state: change.state }),
      ...(change.stateReason !== undefined && { state_reason: change.stateReason }),
    });
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

interface Written {
  readonly labels: readonly (string | { readonly name?: string | undefined })[];
  readonly milestone: { readonly number: number } | null;
  readonly assignees?: readonly { readonly login: string }[] | null;
}

function droppedBy(written: Written, draft: IssueDraft): readonly string[] {
  const labels = new Set(written.labels.map((label) => nameOf(label).toLowerCase()));
  const assignees = new Set((written.assignees ?? []).map(({ login }) => login.toLowerCase()));
  const noMilestone =
    draft.milestone !== undefined && written.milestone?.number !== draft.milestone;
  return [
    ...draft.labels.filter((label) => !labels.has(label.toLowerCase())),
    ...(noMilestone ? ['milestone'] : []),
    ...draft.assignees
      .filter((login) => !assignees.has(login.toLowerCase()))
      .map((login) => `@${login}`),
  ];
}

function nameOf(label: Written['labels'][number]): string {
  return typeof label === 'string' ? label : (label.name ?? '');
}
