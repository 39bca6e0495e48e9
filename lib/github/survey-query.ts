import type { KnownIssueNode } from './graphql.ts';
import { KNOWN_ISSUE, KNOWN_ISSUE_FRAGMENTS } from './graphql.ts';
import { RULES, type RulesNode } from './rules-node.ts';

const MENTIONS = `timelineItems(itemTypes: [CROSS_REFERENCED_EVENT], last: 100, before: $before) {
  pageInfo { hasPreviousPage startCursor }
  nodes { ... on CrossReferencedEvent { source { ${KNOWN_ISSUE} } } }
}`;

const MASTER = 'title body locked viewerCanUpdate milestone { title }';

/** Master, target and candidates at once. */
export const SURVEY = `query Survey(
  $owner: String!, $name: String!, $number: Int!, $before: String,
  $targetOwner: String!, $targetName: String!, $rules: String!
) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    ${RULES}
    issueOrPullRequest(number: $number) {
      __typename
      ... on Issue { ${MASTER} state ${MENTIONS} }
      ... on PullRequest { ${MASTER} pullState: state }
    }
  }
  target: repository(owner: $targetOwner, name: $targetName) {
    nameWithOwner isArchived hasIssuesEnabled viewerPermission
    watchers(first: 1) { totalCount }
    labels(first: 100) { pageInfo { hasNextPage endCursor } nodes { name } }
    milestones(first: 100) { nodes { title } }
    issues(first: 100, orderBy: { field: CREATED_AT, direction: DESC }) {
      totalCount nodes { __typename ...IssueFields }
    }
  }
}${KNOWN_ISSUE_FRAGMENTS}`;

/** The next page of the master's cross-references, backwards. */
export const MORE_MENTIONS = `query Mentions($owner: String!, $name: String!, $number: Int!, $before: String) {
  repository(owner: $owner, name: $name) { issue(number: $number) { ${MENTIONS} } }
}${KNOWN_ISSUE_FRAGMENTS}`;

/** The next page of the target's labels. */
export const MORE_LABELS = `query Labels($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    labels(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { name } }
  }
}`;

/** A page of cross-references; null where the token may not see who refers. */
export interface Mentions {
  readonly pageInfo: { readonly hasPreviousPage: boolean; readonly startCursor: string | null };
  readonly nodes: readonly ({ readonly source?: KnownIssueNode | null } | null)[];
}

/** A page of labels. */
export interface Labels {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly { readonly name: string }[];
}

/** The answer to `SURVEY`. */
export interface SurveyAnswer {
  readonly viewer: { readonly login: string };
  readonly repository: {
    readonly rules: RulesNode | null;
    readonly issueOrPullRequest: MasterNode | null;
  } | null;
  readonly target: TargetNode | null;
}

/** The master, issue or pull request. */
export interface MasterNode {
  readonly __typename: string;
  readonly title: string;
  readonly body: string;
  readonly state?: string;
  readonly pullState?: string;
  readonly locked: boolean;
  readonly viewerCanUpdate: boolean;
  readonly milestone: { readonly title: string } | null;
  readonly timelineItems?: Mentions;
}

/** Where the issues would be created. */
export interface TargetNode {
  readonly nameWithOwner: string;
  readonly isArchived: boolean;
  readonly hasIssuesEnabled: boolean;
  readonly viewerPermission: string | null;
  readonly watchers: { readonly totalCount: number };
  readonly labels: Labels | null;
  readonly milestones: { readonly nodes: readonly { readonly title: string }[] } | null;
  readonly issues: {
    readonly totalCount: number;
    readonly nodes: readonly (KnownIssueNode | null)[];
  };
}
