import { fail, isOfPlace, type Result, succeed } from '../core/failures.ts';
import type { FollowedOptions } from '../core/github.ts';
import { type IssueRef, issueKey, parseIssueUrl, sameIssue } from '../core/refs.ts';
import type { Followed, FollowedByKey } from '../core/sync/sync-facts.ts';
import { path, read } from './ask.ts';
import { askEach, type Sight, unreadable } from './ask-each.ts';
import { askPartly } from './ask-graphql.ts';
import type { Client } from './client.ts';
import { commitIds, type FollowedContext, followedFrom } from './followed-facts.ts';
import {
  BATCH,
  COMMIT_BATCH,
  COMMITS,
  type CommitsAnswer,
  type FollowedNode,
  selectFollowed,
} from './followed-query.ts';
import { withReverts } from './followed-reverts.ts';
import { inBatches } from './graphql.ts';
import type { PullNode } from './pull-node.ts';

/** Numbers that GitHub hides are looked up one by one, since they may have been moved; not more than these at a time. */
const LOOK_UPS = 30;

/**
 * Reads issues and pull requests of any repositories: one GraphQL request per 100 (per 50 with mentions), one more per
 * 100 commits that closed any of them, and for each number that GitHub hides a REST request that says whether it was
 * moved (one GraphQL request more for those that were). With `reverts` one request more where a closer was reverted, or is
 * not among the first three of its issue. Other hosts are not asked. Anything but "not shown to you" fails all.
 */
export async function readFollowed(
  client: Client,
  issues: readonly IssueRef[],
  options: FollowedOptions,
): Promise<Result<FollowedByKey>> {
  const here = issues.filter(({ repo }) => repo.host.toLowerCase() === client.host.toLowerCase());
  const asked = [...new Map(here.map((issue) => [issueKey(issue), issue])).values()];
  const seen = await look(client, asked, options);
  if (!seen.ok) return seen;
  const followed = await follow(client, seen.value, options);
  if (!followed.ok) return followed;
  const nodes = followed.value.map(({ node }) => node);
  const commits = await readCommits(client, commitIds(nodes));
  if (!commits.ok) return commits;
  const found = byKey(followed.value, { host: client.host, commits: commits.value });
  return options.reverts ? withReverts(client, found, nodes) : succeed(found);
}

type FollowedSight = Sight<FollowedNode>;

function byKey(sights: readonly FollowedSight[], context: FollowedContext): FollowedByKey {
  const found: Record<string, Followed | 'unreadable'> = {};
  for (const { asked, node } of sights) {
    found[issueKey(asked)] =
      typeof node === 'string' ? 'unreadable' : followedFrom(node, asked, context);
  }
  return found;
}

function look(
  client: Client,
  issues: readonly IssueRef[],
  options: FollowedOptions,
): Promise<Result<readonly FollowedSight[]>> {
  const size = options.mentions ? BATCH.withMentions : BATCH.plain;
  return askEach<FollowedNode>(client, issues, { size, ...selectFollowed(options) });
}

/** GraphQL calls a moved issue "not found"; REST redirects to where it is now (apache/devlake#7969). */
async function follow(
  client: Client,
  sights: readonly FollowedSight[],
  options: FollowedOptions,
): Promise<Result<readonly FollowedSight[]>> {
  const hidden = sights.filter(({ node }) => node === 'hidden').slice(0, LOOK_UPS);
  const moved = new Map<FollowedSight, IssueRef>();
  for (const sight of hidden) {
    const place = await findMoved(client, sight.asked);
    if (!place.ok) return place;
    if (place.value !== undefined) moved.set(sight, place.value);
  }
  const there = await look(client, distinct([...moved.values()]), options);
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
  if (!answer.ok) return isOfPlace(answer.failure.code) ? succeed(undefined) : answer;
  const found = parseIssueUrl(answer.value.data.html_url);
  if (found === undefined || sameIssue(found, issue)) return succeed(undefined);
  return succeed({ repo: found.repo, number: found.number });
}

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
