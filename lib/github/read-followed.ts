/**
 * What sync reads of the issues and pull requests that items link. GitHub counts one request per connection and node
 * above it, and a point per 100: an issue has 2 connections (3 with mentions), so 100 issues cost 2 points and 50 with
 * mentions 1.5. The pull requests of commits are asked apart: inside the events they would cost 50 points. Reverts add 4
 * (the first 3 closers, and the mentions of each): 100 issues cost 6 points, 50 with mentions 3.5; with the mentions of
 * all 100 closers it would be 102 points and more nodes than GitHub allows. The few closers past 3 are asked apart too.
 */

import { fail, isOfPlace, type Result, succeed } from '../core/failures.ts';
import type { FollowedOptions } from '../core/github.ts';
import { type IssueRef, issueAt, issueKey, type RepoRef, sameIssue } from '../core/refs.ts';
import { namedIn } from '../core/sync/named-issues.ts';
import { boxesIn } from '../core/sync/open-boxes.ts';
import type {
  Followed,
  FollowedByKey,
  MentioningPull,
  MergedPull,
} from '../core/sync/sync-facts.ts';
import { parseMarker } from '../core/text/marker.ts';
import { askPartly, path, read } from './ask.ts';
import { askEach, inBatches, type Sight, unreadable } from './batch.ts';
import type { Client } from './client.ts';
import {
  authorOf,
  type IssueNode,
  mergedPull,
  type Nodes,
  type PullNode,
  parentOf,
  present,
  reasonOf,
  repoOf,
  type StateEventNode,
  select,
  stateOf,
  withFragments,
} from './fragments.ts';
import { findReverts, hasMoreMentions, type Reverters, revertersIn } from './reverts.ts';

/** Numbers that GitHub hides are looked up one by one, since they may have been moved; not more than these at a time. */
const LOOK_UPS = 30;

/** The pull requests that brought commits into their repository: as many points as hundreds of commits. */
const COMMITS = withFragments(`query Commits($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Commit { id associatedPullRequests(first: 10) { nodes { ...Pull } } }
  }
}`);

/** In the order of the ids. */
interface CommitsAnswer {
  readonly nodes?: readonly ({
    readonly id?: string;
    readonly associatedPullRequests?: Nodes<PullNode>;
  } | null)[];
}

/** What a node does not say itself. */
interface FollowedContext {
  readonly host: string;
  /** Pull requests by the node ids of the commits that they brought. */
  readonly commits: ReadonlyMap<string, readonly PullNode[]>;
}

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
  const seen = await look(client, issues, options);
  if (!seen.ok) return seen;
  const followed = await follow(client, seen.value, options);
  if (!followed.ok) return followed;
  const nodes = followed.value.map(({ node }) => node);
  const commits = await readCommits(client, commitIds(nodes));
  if (!commits.ok) return commits;
  const found = byKey(followed.value, { host: client.host, commits: commits.value });
  return options.reverts ? withReverts(client, found, nodes) : succeed(found);
}

function byKey(sights: readonly Sight[], context: FollowedContext): FollowedByKey {
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
  { mentions, reverts = false }: FollowedOptions,
): Promise<Result<readonly Sight[]>> {
  const fields = [
    select('IssueFields', 'StateEvents', 'ClosedBy', 'PullState', 'Pull'),
    mentions && '...Mentioned',
    reverts && '...Closing',
  ];
  // The bodies of mentioning pull requests make answers large: half as many.
  const size = mentions ? 50 : 100;
  return askEach(client, issues, { size, fields: fields.filter(Boolean).join(' ') });
}

/** GraphQL calls a moved issue "not found"; REST redirects to where it is now (apache/devlake#7969). */
async function follow(
  client: Client,
  sights: readonly Sight[],
  options: FollowedOptions,
): Promise<Result<readonly Sight[]>> {
  const hidden = sights.filter(({ node }) => node === 'hidden').slice(0, LOOK_UPS);
  const moved = new Map<Sight, IssueRef>();
  for (const sight of hidden) {
    const place = await findMoved(client, sight.asked);
    if (!place.ok) return place;
    if (place.value !== undefined) moved.set(sight, place.value);
  }
  const there = await look(client, [...moved.values()], options);
  if (!there.ok) return there;
  return succeed(
    sights.map((sight) => {
      const target = moved.get(sight);
      const found = target && there.value.find(({ asked }) => sameIssue(asked, target));
      return found === undefined ? sight : { asked: sight.asked, node: found.node };
    }),
  );
}

/** Where an issue was moved to; nothing when it is gone, or out of the token's reach. */
async function findMoved(client: Client, issue: IssueRef): Promise<Result<IssueRef | undefined>> {
  const answer = await read(client, issue.repo, () =>
    client.octokit.rest.issues.get({ ...path(issue.repo), issue_number: issue.number }),
  );
  if (!answer.ok) return isOfPlace(answer.failure.code) ? succeed(undefined) : answer;
  const found = issueAt(answer.value.data.html_url, issue.repo.host);
  return succeed(found === undefined || sameIssue(found, issue) ? undefined : found);
}

/** The pull requests of commits, by the commits' node ids. */
async function readCommits(
  client: Client,
  ids: readonly string[],
): Promise<Result<FollowedContext['commits']>> {
  const pulls = new Map<string, readonly PullNode[]>();
  for (const batch of inBatches(ids, 100)) {
    const answer = await askPartly<CommitsAnswer>(client, undefined, COMMITS, { ids: batch });
    if (!answer.ok) return answer;
    const { nodes } = answer.value;
    // Not GitHub's answer, or not whole.
    if (nodes === undefined) return fail(unreadable());
    for (const node of nodes) {
      if (node?.id !== undefined) pulls.set(node.id, present(node.associatedPullRequests));
    }
  }
  return succeed(pulls);
}

/** The ids of all commits that closed issues, each once. */
function commitIds(nodes: readonly Sight['node'][]): readonly string[] {
  const ids = nodes
    .filter((node) => typeof node !== 'string')
    .flatMap((node) => present(node.stateEvents))
    .map(({ closer }) => (closer?.__typename === 'Commit' ? closer.id : undefined));
  return [...new Set(ids.filter((id) => id !== undefined))];
}

/** Reads a node as sync sees it; the bodies of issues are read for their markers and, once closed, their open boxes. */
function followedFrom(node: IssueNode, asked: IssueRef, context: FollowedContext): Followed {
  const { host } = context;
  const isPull = node.__typename === 'PullRequest';
  const state = stateOf(node);
  const marker = isPull ? undefined : parseMarker(node.body ?? '', host);
  return {
    ref: { repo: repoOf(node, asked.repo), number: node.number ?? asked.number },
    kind: isPull ? 'pull-request' : 'issue',
    title: node.title ?? '',
    state,
    reason: isPull || state === 'open' ? undefined : reasonOf(node.stateReason),
    closedAt: state === 'open' ? undefined : (node.closedAt ?? undefined),
    reopenedAt: state === 'open' ? reopenedAt(present(node.stateEvents)) : undefined,
    merged: isPull ? mergedPull(node, host) : undefined,
    closers: isPull ? [] : closersOf(node, context),
    mentions: isPull ? [] : mentionsOf(node, host),
    createdAt: node.createdAt ?? '',
    author: authorOf(node.author),
    authorAssociation: node.authorAssociation ?? 'NONE',
    ...namesOf(node, asked.repo),
    ...parentOf(node, host),
    marker,
    ...(!isPull && boxesIn(node.body ?? '', { state, marker })),
  };
}

/** The issues that its text names; missing where it names none. */
function namesOf(node: IssueNode, asked: RepoRef): Pick<Followed, 'names'> {
  const names = namedIn(node.body ?? '', repoOf(node, asked));
  return names.length === 0 ? {} : { names };
}

/** GitHub lists events oldest first. */
function reopenedAt(events: readonly StateEventNode[]): string | undefined {
  const last = events.at(-1);
  return last?.__typename === 'ReopenedEvent' ? last.createdAt : undefined;
}

function closersOf(node: IssueNode, { host, commits }: FollowedContext): readonly MergedPull[] {
  const closing = present(node.stateEvents).flatMap(({ closer }): readonly Partial<PullNode>[] => {
    if (closer?.__typename === 'Commit') return commits.get(closer.id ?? '') ?? [];
    return closer?.__typename === 'PullRequest' ? [closer] : [];
  });
  const linked: readonly Partial<PullNode>[] = present(node.closedByPullRequestsReferences);
  const merged = (pulls: readonly Partial<PullNode>[]) =>
    pulls.filter((pull) => mayBeNamed(pull, node)).flatMap((pull) => mergedPull(pull, host) ?? []);
  const named = merged(closing).map((pull) => ({ ...pull, closed: true as const }));
  return eachOnce([...merged(linked), ...named]);
}

function mentionsOf(node: IssueNode, host: string): readonly MentioningPull[] {
  const pulls = present(node.mentions).flatMap(({ source }): readonly MentioningPull[] => {
    const pull = source?.__typename === 'PullRequest' ? mergedPull(source, host) : undefined;
    if (pull === undefined || !mayBeNamed(source ?? {}, node)) return [];
    return [{ ...pull, text: `${source?.title ?? ''}\n${source?.body ?? ''}` }];
  });
  return eachOnce(pulls);
}

/** The name of a private repository is not written into a text that more people may read than may know of it. */
function mayBeNamed(pull: Partial<PullNode>, issue: IssueNode): boolean {
  return pull.repository?.isPrivate !== true || issue.repository?.isPrivate === true;
}

function eachOnce<T extends MergedPull>(pulls: readonly T[]): readonly T[] {
  return [...new Map(pulls.map((pull) => [issueKey(pull.ref), pull])).values()];
}

/** Says of each closer which merged pull request reverts it. Asks only for closers that the nodes do not tell about. */
async function withReverts(
  client: Client,
  followed: FollowedByKey,
  nodes: readonly Sight['node'][],
): Promise<Result<FollowedByKey>> {
  const closers = Object.values(followed).flatMap((one) =>
    one === undefined || one === 'unreadable' ? [] : one.closers.map(({ ref }) => ref),
  );
  const reverts = await findReverts(client, closers, revertersAmong(nodes, client.host));
  if (!reverts.ok) return reverts;
  const entries = Object.entries(followed).map(([key, one]) => [key, marked(one, reverts.value)]);
  return succeed(Object.fromEntries(entries));
}

/** What the nodes tell of the first pull requests that close each issue. */
function revertersAmong(nodes: readonly Sight['node'][], host: string): Reverters {
  const reverters = new Map<string, readonly MergedPull[]>();
  for (const pull of nodes.flatMap((node) =>
    typeof node === 'string' ? [] : present(node.closing),
  )) {
    const merged = mergedPull(pull, host);
    if (merged === undefined || hasMoreMentions(pull)) continue;
    reverters.set(issueKey(merged.ref), revertersIn(pull, host));
  }
  return reverters;
}

function marked(
  one: Followed | 'unreadable' | undefined,
  reverts: ReadonlyMap<string, MergedPull>,
): Followed | 'unreadable' | undefined {
  if (one === undefined || one === 'unreadable') return one;
  const closers = one.closers.map((closer) => {
    const revertedBy = reverts.get(issueKey(closer.ref));
    return revertedBy === undefined ? closer : { ...closer, revertedBy };
  });
  return { ...one, closers };
}
