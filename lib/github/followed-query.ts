/**
 * What sync reads of the issues and pull requests that items link. GitHub counts one request per connection and node
 * above it, and a point per 100: an issue has 2 connections (3 with mentions), so 100 issues cost 2 points and 50 with
 * mentions 1.5. The pull requests of commits are asked apart: inside the events they would cost 50 points. Reverts add 4
 * (the first 3 closers, and the mentions of each): 100 issues cost 6 points, 50 with mentions 3.5; with the mentions of
 * all 100 closers it would be 102 points and more nodes than GitHub allows. The few closers past 3 are asked apart too.
 */

import type { FollowedOptions } from '../core/github.ts';
import {
  type MentionNode,
  type Nodes,
  PULL,
  type PullNode,
  type RepositoryNode,
} from './pull-node.ts';
import { type MentionedPullNode, selectMentioning } from './reverts-query.ts';

/** State events of an issue, newest: more than anybody opens and closes one. */
const EVENTS = 50;

const PULLS = 100;

const MENTIONS = 100;

/** Closers whose reverts are read in the same request: hardly an issue has more. */
const CLOSING_PULLS = 3;

/** Mentions of each of these: most pull requests have none, and a revert is among the first. */
const CLOSING_MENTIONS = 20;

/** Issues in one request. The bodies of mentioning pull requests make answers large: half as many. */
export const BATCH = { plain: 100, withMentions: 50 } as const;

/** Commits in one request (as many points as hundreds of them). */
export const COMMIT_BATCH = 100;

/** The state of an issue and a pull request are of two types: one answer may not hold both under one name. */
const FOLLOWED = `
fragment FollowedIssue on Issue {
  number title body state closedAt stateReason(enableDuplicate: true)
  repository { nameWithOwner isPrivate }
  stateEvents: timelineItems(last: ${EVENTS}, itemTypes: [CLOSED_EVENT, REOPENED_EVENT]) {
    nodes {
      __typename
      ... on ClosedEvent { createdAt closer { __typename ...Pull ... on Commit { id } } }
      ... on ReopenedEvent { createdAt }
    }
  }
  closedByPullRequestsReferences(first: ${PULLS}, includeClosedPrs: true) { nodes { ...Pull } }
}
fragment FollowedPull on PullRequest { title pullState: state closedAt ...Pull }`;

const MENTIONED = `
fragment Mentioned on Issue {
  mentions: timelineItems(last: ${MENTIONS}, itemTypes: [CROSS_REFERENCED_EVENT]) {
    nodes {
      ... on CrossReferencedEvent { source { __typename ... on PullRequest { title body ...Pull } } }
    }
  }
}`;

const CLOSING = `
fragment Closing on Issue {
  closing: closedByPullRequestsReferences(first: ${CLOSING_PULLS}, includeClosedPrs: true) {
    nodes { ...Pull ...Mentioning }
  }
}`;

/** Selects a followed issue or pull request in a batch. */
export function selectFollowed({ mentions, reverts = false }: FollowedOptions) {
  const fields = ['__typename ...FollowedIssue ...FollowedPull'];
  const fragments = [PULL, FOLLOWED];
  if (mentions) {
    fields.push('...Mentioned');
    fragments.push(MENTIONED);
  }
  if (reverts) {
    fields.push('...Closing');
    fragments.push(CLOSING, selectMentioning(CLOSING_MENTIONS));
  }
  return { fields: fields.join(' '), fragments: fragments.join('') };
}

/** The pull requests that brought commits into their repository. */
export const COMMITS = `query Commits($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Commit { id associatedPullRequests(first: 10) { nodes { ...Pull } } }
  }
}${PULL}`;

/** An event of an issue's state. */
export interface StateEventNode {
  readonly __typename: string;
  readonly createdAt?: string;
  readonly closer?:
    | (({ readonly __typename: string; readonly id?: string } & Partial<PullNode>) | null)
    | undefined;
}

/** A followed issue or pull request; null fields are hidden from the token. */
export interface FollowedNode {
  readonly __typename: string;
  readonly number: number;
  readonly title: string;
  readonly repository: RepositoryNode;
  readonly closedAt: string | null;
  readonly body?: string;
  readonly state?: string;
  readonly stateReason?: string | null;
  readonly stateEvents?: Nodes<StateEventNode>;
  readonly closedByPullRequestsReferences?: Nodes<PullNode>;
  readonly mentions?: Nodes<MentionNode>;
  readonly closing?: Nodes<PullNode & MentionedPullNode>;
  readonly pullState?: string;
  readonly merged?: boolean;
  readonly mergedAt?: string | null;
  readonly baseRefName?: string;
}

/** The answer to `COMMITS`, in the order of the ids. */
export interface CommitsAnswer {
  readonly nodes?: readonly ({
    readonly id?: string;
    readonly associatedPullRequests?: Nodes<PullNode>;
  } | null)[];
}
