/**
 * What sync reads of the issues and pull requests that items link. GitHub counts one request per connection and node
 * above it, and a point per 100: an issue has 2 connections (3 with mentions), so 100 issues cost 2 points and 50 with
 * mentions 1.5. The pull requests of commits are asked apart: inside the events they would cost 50 points.
 */

/** State events of an issue, newest: more than anybody opens and closes one. */
const EVENTS = 50;

const PULLS = 100;

const MENTIONS = 100;

/** Issues in one request. The bodies of mentioning pull requests make answers large: half as many. */
export const BATCH = { plain: 100, withMentions: 50 } as const;

/** Commits in one request (as many points as hundreds of them). */
export const COMMIT_BATCH = 100;

const PULL = `
fragment Pull on PullRequest {
  number merged mergedAt baseRefName repository { nameWithOwner isPrivate }
}`;

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

/** Selects a followed issue or pull request in a batch. */
export function selectFollowed(mentions: boolean) {
  return mentions
    ? {
        fields: '__typename ...FollowedIssue ...FollowedPull ...Mentioned',
        fragments: PULL + FOLLOWED + MENTIONED,
      }
    : { fields: '__typename ...FollowedIssue ...FollowedPull', fragments: PULL + FOLLOWED };
}

/** The pull requests that brought commits into their repository. */
export const COMMITS = `query Commits($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Commit { id associatedPullRequests(first: 10) { nodes { ...Pull } } }
  }
}${PULL}`;

/** A repository; where it says nothing of being private it is taken as public. */
export interface RepositoryNode {
  readonly nameWithOwner: string;
  readonly isPrivate?: boolean;
}

/** What `Pull` reads. */
export interface PullNode {
  readonly number: number;
  readonly merged: boolean;
  readonly mergedAt: string | null;
  readonly baseRefName: string;
  readonly repository: RepositoryNode;
}

/** A connection as far as we read it; null, like each of its nodes, where the token may not see it. */
export type Nodes<T> = { readonly nodes: readonly (T | null)[] | null } | null;

/** An event of an issue's state. */
export interface StateEventNode {
  readonly __typename: string;
  readonly createdAt?: string;
  readonly closer?:
    | (({ readonly __typename: string; readonly id?: string } & Partial<PullNode>) | null)
    | undefined;
}

/** Who refers to an issue: a pull request, or something that we do not read. */
export interface MentionNode {
  readonly source?:
    | ({
        readonly __typename: string;
        readonly title?: string;
        readonly body?: string;
      } & Partial<PullNode>)
    | null;
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
