import { fail, failure, type Result, succeed } from '../core/failure.ts';
import { type IssueRef, issueKey, parseIssueUrl, sameIssue } from '../core/refs.ts';
import type { Followed, FollowedByKey } from '../core/sync/sync-facts.ts';
import { path, read } from './ask.ts';
import { askPartly } from './ask-graphql.ts';
import type { Client } from './client.ts';
import { commitIds, type FollowedContext, followedFrom } from './followed-facts.ts';
import {
  BATCH,
  COMMIT_BATCH,
  COMMITS,
  type CommitsAnswer,
  type FollowedNode,
  type PullNode,
  selectFollowed,
} from './followed-query.ts';
import { askBatch, inBatches, placeInBatch } from './graphql.ts';

/** Numbers that GitHub hides are looked up one by one, since they may have been moved; not more than these at a time. */
const LOOK_UPS = 30;

/** An issue as asked, and what GitHub shows of it. */
interface Sight {
  readonly asked: IssueRef;
  readonly node: FollowedNode | 'hidden' | 'hidden-repo';
}

/**
 * Reads issues and pull requests of any repositories: one GraphQL request per 100 (per 50 with mentions), one more per
 * 100 commits that closed any of them, and for each number that GitHub hides a REST request that says whether it was
 * moved (one GraphQL request more for those that were). Other hosts are not asked. Anything but "not shown to you" fails
 * all.
 */
export async function readFollowed(
  client: Client,
  issues: readonly IssueRef[],
  options: { readonly mentions: boolean },
): Promise<Result<FollowedByKey>> {
  const here = issues.filter(({ repo }) => repo.host.toLowerCase() === client.host.toLowerCase());
  const asked = [...new Map(here.map((issue) => [issueKey(issue), issue])).values()];
  const seen = await look(client, asked, options.mentions);
  if (!seen.ok) return seen;
  const followed = await follow(client, seen.value, options.mentions);
  if (!followed.ok) return followed;
  const commits = await readCommits(client, commitIds(followed.value.map(({ node }) => node)));
  if (!commits.ok) return commits;
  return succeed(byKey(followed.value, { host: client.host, commits: commits.value }));
}

function byKey(sights: readonly Sight[], context: FollowedContext): FollowedByKey {
  const found: Record<string, Followed | 'unreadable'> = {};
  for (const { asked, node } of sights) {
    found[issueKey(asked)] =
      typeof node === 'string' ? 'unreadable' : followedFrom(node, asked, context);
  }
  return found;
}

async function look(
  client: Client,
  issues: readonly IssueRef[],
  mentions: boolean,
): Promise<Result<readonly Sight[]>> {
  const sights: Sight[] = [];
  for (const batch of inBatches(issues, mentions ? BATCH.withMentions : BATCH.plain)) {
    const answer = await askBatch<FollowedNode>(client, batch, selectFollowed(mentions));
    if (!answer.ok) return answer;
    for (const asked of batch) {
      const place = placeInBatch(answer.value, batch, asked);
      // An answer that says nothing of what was asked is not GitHub's, or not whole.
      if (place === 'absent') return fail(unreadable());
      sights.push({ asked, node: typeof place === 'object' ? place.node : place });
    }
  }
  return succeed(sights);
}

function unreadable() {
  return failure('server-error', { status: 'an answer that cannot be read' });
}

/** GraphQL calls a moved issue "not found"; REST redirects to where it is now (apache/devlake#7969). */
async function follow(
  client: Client,
  sights: readonly Sight[],
  mentions: boolean,
): Promise<Result<readonly Sight[]>> {
  const hidden = sights.filter(({ node }) => node === 'hidden').slice(0, LOOK_UPS);
  const moved = new Map<Sight, IssueRef>();
  for (const sight of hidden) {
    const place = await findMoved(client, sight.asked);
    if (!place.ok) return place;
    if (place.value !== undefined) moved.set(sight, place.value);
  }
  const there = await look(client, distinct([...moved.values()]), mentions);
  if (!there.ok) return there;
  return succeed(
    sights.map((sight) => {
      const target = moved.get(sight);
      const found = target && there.value.find(({ asked }) => sameIssue(asked, target));
      return found === undefined ? sight : { asked: sight.asked, node: found.node };
    }),
  );
}

function distinct(issues: readonly IssueRef[]): readonly IssueRef[] {
  return [...new Map(issues.map((issue) => [issueKey(issue), issue])).values()];
}

/** Where an issue was moved to; nothing when it is gone, or out of the token's reach. */
async function findMoved(client: Client, issue: IssueRef): Promise<Result<IssueRef | undefined>> {
  const answer = await read(client, issue.repo, () =>
    client.octokit.rest.issues.get({ ...path(issue.repo), issue_number: issue.number }),
  );
  if (!answer.ok) return UNSEEN.includes(answer.failure.code) ? succeed(undefined) : answer;
  const found = parseIssueUrl(answer.value.data.html_url);
  if (found === undefined || sameIssue(found, issue)) return succeed(undefined);
  return succeed({ repo: found.repo, number: found.number });
}

/** Failures that only say that one issue is not there or may not be seen. */
const UNSEEN: readonly string[] = [
  'not-found',
  'approval-pending',
  'gone',
  'issues-disabled',
  'forbidden',
  'sso-required',
];

/** The pull requests of commits, by the commits' node ids. */
async function readCommits(
  client: Client,
  ids: readonly string[],
): Promise<Result<FollowedContext['commits']>> {
  const pulls = new Map<string, readonly PullNode[]>();
  for (const batch of inBatches(ids, COMMIT_BATCH)) {
    const answer = await askPartly<CommitsAnswer>(client, undefined, COMMITS, { ids: batch });
    if (!answer.ok) return answer;
    const { nodes } = answer.value;
    // Not GitHub's answer, or not whole.
    if (nodes === undefined) return fail(unreadable());
    for (const node of nodes) {
      const found = node?.associatedPullRequests?.nodes ?? [];
      if (node?.id !== undefined)
        pulls.set(
          node.id,
          found.filter((pull) => pull !== null),
        );
    }
  }
  return succeed(pulls);
}
