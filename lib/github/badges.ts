import { type Result, succeed } from '../core/failures.ts';
import type { BadgeStates } from '../core/github.ts';
import type { KnownIssue } from '../core/identity/issue.ts';
import { type IssueRef, issueKey, type RepoRef } from '../core/refs.ts';
import { path, read } from './ask.ts';
import { askEach, type Sight } from './batch.ts';
import type { Client } from './client.ts';
import { repoOf, select } from './fragments.ts';
import { fromRest } from './list-issues.ts';
import { readKnownIssues } from './read-issues.ts';

type BadgeState = NonNullable<BadgeStates[string]>;

/** Reads titles and states, 50 in a request; without a token as far as a few requests go. */
export async function readBadges(
  client: Client,
  issues: readonly IssueRef[],
): Promise<Result<BadgeStates>> {
  if (client.token === 'none') return readPublicBadges(client, issues);
  const sights = await askEach(client, issues, {
    size: 50,
    fields: select('IssueState', 'PullState'),
  });
  if (!sights.ok) return sights;
  return succeed(
    Object.fromEntries(sights.value.map((sight) => [issueKey(sight.asked), badgeOf(sight)])),
  );
}

function badgeOf({ asked, node }: Sight): BadgeState | undefined {
  if (typeof node === 'string' || node.number === undefined) return undefined;
  const kind = node.pullState === undefined ? 'issue' : 'pull-request';
  const state = (node.state ?? node.pullState)?.toLowerCase();
  return {
    ref: { repo: repoOf(node, asked.repo), number: node.number },
    kind,
    title: node.title ?? '',
    state: stateFrom(kind, state, node.stateReason?.toLowerCase()),
  };
}

/** The newest hundred of the repository in one request, and a few others one by one. */
async function readPublicBadges(
  client: Client,
  issues: readonly IssueRef[],
): Promise<Result<BadgeStates>> {
  const repo = issues[0]?.repo;
  if (repo === undefined) return succeed({});
  const recent = await readRecent(client, repo);
  if (!recent.ok) return recent;
  const listed = new Set(recent.value.map(({ ref }) => issueKey(ref)));
  const others = await readKnownIssues(
    client,
    issues.filter((issue) => !listed.has(issueKey(issue))),
  );
  if (!others.ok) return others;
  const rest = Object.values(others.value).filter((issue) => issue !== undefined);
  return succeed(
    Object.fromEntries(
      [...recent.value, ...rest].map((issue) => [issueKey(issue.ref), badgeFrom(issue)]),
    ),
  );
}

function readRecent(client: Client, repo: RepoRef): Promise<Result<readonly KnownIssue[]>> {
  return read(client, repo, async () => {
    const { data } = await client.octokit.rest.issues.listForRepo({
      ...path(repo),
      state: 'all',
      per_page: 100,
    });
    return data.map((issue) => fromRest(issue, repo));
  });
}

function badgeFrom({ ref, kind, title, state, stateReason }: KnownIssue): BadgeState {
  const merged = kind === 'pull-request' && stateReason === 'merged' ? 'merged' : undefined;
  return { ref, kind, title, state: stateFrom(kind, merged ?? state, stateReason) };
}

function stateFrom(
  kind: KnownIssue['kind'],
  state: string | undefined,
  reason: string | undefined,
): BadgeState['state'] {
  if (state === 'open') return 'open';
  if (kind === 'pull-request') return state === 'merged' ? 'merged' : 'closed';
  switch (reason) {
    case 'completed':
      return 'completed';
    case 'not_planned':
      return 'not-planned';
    case 'duplicate':
      return 'duplicate';
    default:
      return 'closed';
  }
}
