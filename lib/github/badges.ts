import { type Result, succeed } from '../core/failures.ts';
import type { BadgeStates } from '../core/github.ts';
import { type IssueRef, issueKey, parseRepo, type RepoRef } from '../core/refs.ts';
import { path, read } from './ask.ts';
import type { Client } from './client.ts';
import { askBatch, inBatch, inBatches } from './graphql.ts';
import type { RestIssue } from './issues.ts';
import { readKnownIssues } from './known-issues.ts';

type BadgeState = NonNullable<BadgeStates[string]>;

const BATCH = 50;

const FRAGMENTS = `
fragment IssueBadge on Issue { number title state stateReason repository { nameWithOwner } }
fragment PullBadge on PullRequest { number title pullState: state repository { nameWithOwner } }`;

interface BadgeNode {
  readonly number?: number;
  readonly title: string;
  readonly state?: string;
  readonly pullState?: string;
  readonly stateReason?: string | null;
  readonly repository: { readonly nameWithOwner: string };
}

/** Reads titles and states, 50 in a request; without a token as far as a few requests go. */
export async function readBadges(
  client: Client,
  issues: readonly IssueRef[],
): Promise<Result<BadgeStates>> {
  if (client.token === 'none') return readPublicBadges(client, issues);
  const states: Record<string, BadgeState | undefined> = {};
  for (const batch of inBatches(issues, BATCH)) {
    const answer = await askBatch<BadgeNode>(client, batch, {
      fields: '__typename ...IssueBadge ...PullBadge',
      fragments: FRAGMENTS,
    });
    if (!answer.ok) return answer;
    for (const issue of batch) {
      states[issueKey(issue)] = stateOf(inBatch(answer.value, batch, issue), issue.repo);
    }
  }
  return succeed(states);
}

function stateOf(node: BadgeNode | undefined, asked: RepoRef): BadgeState | undefined {
  if (node?.number === undefined) return undefined;
  const repo = parseRepo(node.repository.nameWithOwner, asked.host) ?? asked;
  const isPullRequest = node.pullState !== undefined;
  const state = isPullRequest
    ? pullState(node.pullState?.toLowerCase())
    : issueState(node.state?.toLowerCase(), node.stateReason?.toLowerCase());
  const kind = isPullRequest ? 'pull-request' : 'issue';
  return { ref: { repo, number: node.number }, kind, title: node.title, state };
}

function pullState(state: string | undefined): BadgeState['state'] {
  return state === 'open' || state === 'merged' ? state : 'closed';
}

function issueState(state: string | undefined, reason: string | undefined): BadgeState['state'] {
  if (state === 'open') return 'open';
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

/** The newest hundred of the repository in one request, and a few others one by one. */
async function readPublicBadges(
  client: Client,
  issues: readonly IssueRef[],
): Promise<Result<BadgeStates>> {
  const repo = issues[0]?.repo;
  if (repo === undefined) return succeed({});
  const recent = await read(client, repo, async () => {
    const { data } = await client.octokit.rest.issues.listForRepo({
      ...path(repo),
      state: 'all',
      per_page: 100,
    });
    return data;
  });
  if (!recent.ok) return recent;
  const listed = recent.value.map((issue) => publicState(issue, repo));
  const known = new Map(listed.map((each) => [issueKey(each.ref), each]));
  const others = await readKnownIssues(
    client,
    issues.filter((issue) => !known.has(issueKey(issue))),
  );
  if (!others.ok) return others;
  const rest = Object.values(others.value).flatMap((issue) => (issue ? [issue] : []));
  const singles = rest.map((issue) => ({
    ref: issue.ref,
    kind: issue.kind,
    title: issue.title,
    state: stateFrom(issue.kind === 'pull-request', issue.state, issue.stateReason),
  }));
  return succeed(
    Object.fromEntries([...known.values(), ...singles].map((each) => [issueKey(each.ref), each])),
  );
}

function publicState(issue: RestIssue, repo: RepoRef): BadgeState {
  const isPullRequest = issue.pull_request !== undefined;
  const merged = issue.pull_request?.merged_at ? 'merged' : undefined;
  return {
    ref: { repo, number: issue.number },
    kind: isPullRequest ? 'pull-request' : 'issue',
    title: issue.title,
    state: stateFrom(isPullRequest, issue.state, merged ?? issue.state_reason ?? undefined),
  };
}

function stateFrom(
  isPullRequest: boolean,
  state: string,
  reason: string | undefined,
): BadgeState['state'] {
  if (!isPullRequest) return issueState(state, reason);
  return pullState(reason === 'merged' ? 'merged' : state);
}
