/**
 * What queries select, and how it is read. GitHub counts a request per connection and node above it, and a point per 100:
 * fields cost nothing, so whatever reads an issue may read the same of it, but bodies make answers large.
 */

import type { KnownIssue } from '../core/identity/issue.ts';
import { parseRepo, type RepoRef } from '../core/refs.ts';
import type { MergedPull } from '../core/sync/sync-facts.ts';

const REPOSITORY = 'repository { nameWithOwner isPrivate }';

/** State events of an issue, newest: more than anybody opens and closes one. */
const EVENTS = 50;

/** The state of an issue and a pull request are of two types: one answer may not hold both under one name. */
const FRAGMENTS = {
  IssueState: `on Issue {
    number title state stateReason(enableDuplicate: true) createdAt closedAt ${REPOSITORY}
  }`,
  PullState: `on PullRequest { number title pullState: state createdAt closedAt ${REPOSITORY} }`,
  IssueFields: `on Issue {
    ...IssueState body authorAssociation author { __typename login }
    parent { number repository { nameWithOwner } }
  }`,
  PullFields: 'on PullRequest { ...PullState body authorAssociation author { __typename login } }',

  Pull: `on PullRequest { number merged mergedAt baseRefName ${REPOSITORY} }`,
  Closes: `on PullRequest {
    closingIssuesReferences(first: 100) { nodes { number repository { nameWithOwner } } }
  }`,
  Mentioning: mentioning(100),
  /** Most pull requests have no mentions, and a revert is among the first. */
  FewMentioning: mentioning(20),
  /** Who refers to an issue or pull request. */
  PullSource: `on CrossReferencedEvent {
    source { __typename ... on PullRequest { title body ...Pull } }
  }`,

  StateEvents: `on Issue {
    stateEvents: timelineItems(last: ${EVENTS}, itemTypes: [CLOSED_EVENT, REOPENED_EVENT]) {
      nodes {
        __typename
        ... on ClosedEvent { createdAt closer { __typename ...Pull ... on Commit { id } } }
        ... on ReopenedEvent { createdAt }
      }
    }
  }`,
  ClosedBy: `on Issue {
    closedByPullRequestsReferences(first: 100, includeClosedPrs: true) { nodes { ...Pull } }
  }`,
  Mentioned: `on Issue {
    mentions: timelineItems(last: 100, itemTypes: [CROSS_REFERENCED_EVENT]) {
      nodes { ...PullSource }
    }
  }`,
  /** Closers whose reverts are read in the same request: hardly an issue has more than three. */
  Closing: `on Issue {
    closing: closedByPullRequestsReferences(first: 3, includeClosedPrs: true) {
      nodes { ...Pull ...FewMentioning }
    }
  }`,
  History: `on Issue {
    comments(first: 100) { nodes { body createdAt author { __typename login } } }
    userContentEdits(first: 100) { totalCount nodes { id editedAt editor { login } } }
  }`,

  Checklist: `on Issue {
    title body state locked viewerCanUpdate createdAt closedAt url repository { nameWithOwner }
    authorAssociation author { __typename login }
  }`,
  /** Whether the text may be written, without the text. */
  Rights: 'on Issue { locked viewerCanUpdate url repository { nameWithOwner } }',
  ChecklistPull: `on PullRequest {
    title body pullState: state locked viewerCanUpdate url repository { nameWithOwner }
  }`,
  /** Enough to see every edit that fell between a read and its write. */
  Versions: `on Issue { userContentEdits(first: 10) { ...Edits } }`,
  /** 100 is all that GitHub gives in one request. */
  AllVersions: `on Issue {
    url repository { nameWithOwner } userContentEdits(first: 100) { ...Edits }
  }`,
  Edits: 'on UserContentEditConnection { totalCount nodes { id editedAt diff editor { login } } }',
  /** Who refers to the checklist; the query declares `$before`. */
  References: `on Issue {
    timelineItems(itemTypes: [CROSS_REFERENCED_EVENT], last: 100, before: $before) {
      pageInfo { hasPreviousPage startCursor }
      nodes { ... on CrossReferencedEvent { source { __typename ...IssueFields ...PullFields } } }
    }
  }`,
  /** The query declares `$rules`. */
  Rules: `on Repository {
    rules: object(expression: $rules) { __typename ... on Blob { text isBinary isTruncated } }
  }`,
  /** The names beside the rules file show whether it only has another one; the top of a repository may hold many. */
  BesideRules: `on Repository {
    rulesFolder: object(expression: "HEAD:.github") { ... on Tree { entries { name } } }
    rulesRoot: object(expression: "HEAD:") { ... on Tree { entries { name } } }
  }`,
  /** Issue templates and forms of the default branch: 2,000 bytes each in most repositories. */
  Templates: `on Repository {
    templates: object(expression: "HEAD:.github/ISSUE_TEMPLATE") {
      ... on Tree { entries { object { ... on Blob { text } } } }
    }
  }`,
} as const;

function mentioning(last: number): string {
  return `on PullRequest {
    mentioning: timelineItems(last: ${last}, itemTypes: [CROSS_REFERENCED_EVENT]) {
      pageInfo { hasPreviousPage }
      nodes { ...PullSource }
    }
  }`;
}

type FragmentName = keyof typeof FRAGMENTS;

/** Spreads fragments: `...IssueState ...PullState`. */
export function select(...names: readonly FragmentName[]): string {
  return ['__typename', ...names.map((name) => `...${name}`)].join(' ');
}

/** A query with the fragments that it spreads, and those that these spread. */
export function withFragments(query: string): string {
  const found = new Map<string, string>();
  const texts = [query];
  for (let text = texts.pop(); text !== undefined; text = texts.pop()) {
    for (const [, name] of text.matchAll(/\.\.\.(\w+)/g)) {
      if (name === undefined || !isFragment(name) || found.has(name)) continue;
      found.set(name, `\nfragment ${name} ${FRAGMENTS[name]}`);
      texts.push(FRAGMENTS[name]);
    }
  }
  return [query, ...found.values()].join('');
}

function isFragment(name: string): name is FragmentName {
  return Object.hasOwn(FRAGMENTS, name);
}

/** An issue or pull request, as far as its query selects it. What the token may not see is null. */
export interface IssueNode extends Partial<PullNode> {
  readonly __typename: string;
  readonly state?: string;
  readonly stateReason?: string | null;
  readonly createdAt?: string;
  readonly closedAt?: string | null;
  readonly author?: Actor;
  readonly authorAssociation?: string;
  readonly parent?: Pick<PullNode, 'number' | 'repository'> | null;
  readonly stateEvents?: Nodes<StateEventNode>;
  readonly closedByPullRequestsReferences?: Nodes<PullNode>;
  readonly mentions?: Nodes<SourceNode>;
  readonly closing?: Nodes<PullNode>;
  readonly comments?: Nodes<{
    readonly body: string;
    readonly createdAt: string;
    readonly author: Actor;
  }>;
  readonly userContentEdits?: Edits | null;
}

/** What belongs to pull requests. */
export interface PullNode {
  readonly number: number;
  readonly repository: RepositoryNode;
  readonly merged: boolean;
  readonly mergedAt: string | null;
  readonly baseRefName: string;
  readonly title?: string;
  readonly body?: string;
  readonly pullState?: string;
  readonly closingIssuesReferences?: Nodes<Pick<PullNode, 'number' | 'repository'>>;
  readonly mentioning?: Nodes<SourceNode> & {
    readonly pageInfo?: { readonly hasPreviousPage: boolean };
  };
}

/** The issue that holds a checklist, or the pull request with its number. */
export interface ChecklistNode {
  readonly __typename: string;
  readonly title: string;
  readonly body: string;
  readonly state?: string;
  readonly pullState?: string;
  readonly locked: boolean;
  readonly viewerCanUpdate: boolean;
  readonly createdAt: string;
  readonly closedAt: string | null;
  readonly author?: Actor;
  readonly authorAssociation?: string;
  readonly url: string;
  readonly repository: RepositoryNode;
  readonly milestone?: { readonly title: string } | null;
  readonly userContentEdits?: Edits | null;
  readonly timelineItems?: References;
}

/** A page of what refers to a checklist. */
export interface References {
  readonly pageInfo: { readonly hasPreviousPage: boolean; readonly startCursor: string | null };
  readonly nodes: readonly ({ readonly source?: IssueNode | null } | null)[];
}

/** The edits of a body, newest first. `diff` holds the whole text after the edit; null once the edit was deleted. */
export interface Edits {
  readonly totalCount: number;
  readonly nodes: readonly ({
    readonly id: string;
    readonly editedAt: string;
    readonly diff?: string | null;
    readonly editor: Actor;
  } | null)[];
}

/** An event of an issue's state. */
export interface StateEventNode {
  readonly __typename: string;
  readonly createdAt?: string;
  readonly closer?:
    | ({ readonly __typename: string; readonly id?: string } & Partial<PullNode>)
    | null;
}

/** Who refers to an issue: a pull request, or something that is not read. */
export interface SourceNode {
  readonly source?: ({ readonly __typename: string } & Partial<PullNode>) | null;
}

/** A repository; where it says nothing of being private it is taken as public. */
interface RepositoryNode {
  readonly nameWithOwner: string;
  readonly isPrivate?: boolean;
}

/** A connection as far as we read it; null, like each of its nodes, where the token may not see it. */
export type Nodes<T> = { readonly nodes: readonly (T | null)[] | null } | null;

/** Someone who did something; null when the account was deleted. */
type Actor = { readonly __typename?: string; readonly login: string } | null;

/** Reads a node of `IssueFields` and `PullFields`, or undefined where GitHub shows neither. */
export function knownIssue(
  node: IssueNode | string | null | undefined,
  host: string,
): KnownIssue | undefined {
  if (typeof node !== 'object' || node?.number === undefined) return undefined;
  const repo = parseRepo(node.repository?.nameWithOwner ?? '', host);
  if (repo === undefined) return undefined;
  return {
    ref: { repo, number: node.number },
    kind: node.__typename === 'PullRequest' ? 'pull-request' : 'issue',
    title: node.title ?? '',
    body: node.body ?? '',
    state: stateOf(node),
    // GraphQL writes states in capitals, REST in small letters: everywhere else they are small.
    stateReason: node.pullState === 'MERGED' ? 'merged' : node.stateReason?.toLowerCase(),
    author: authorOf(node.author),
    authorAssociation: node.authorAssociation ?? 'NONE',
    createdAt: node.createdAt ?? '',
    ...parentOf(node, host),
  };
}

/** The issue that GitHub shows an issue under; missing where there is none, or the token may not see it. */
export function parentOf({ parent }: IssueNode, host: string): Pick<KnownIssue, 'parent'> {
  const repo = parent && parseRepo(parent.repository.nameWithOwner, host);
  return repo && parent ? { parent: { repo, number: parent.number } } : {};
}

/** Whether an issue or pull request is open. */
export function stateOf(node: {
  readonly state?: string;
  readonly pullState?: string;
}): 'open' | 'closed' {
  return (node.state ?? node.pullState) === 'OPEN' ? 'open' : 'closed';
}

/** Why an issue was closed. GitHub gives no reason to issues closed before there were reasons; they count as completed. */
export function reasonOf(
  reason: string | null | undefined,
): 'completed' | 'not-planned' | 'duplicate' {
  if (reason === 'NOT_PLANNED') return 'not-planned';
  return reason === 'DUPLICATE' ? 'duplicate' : 'completed';
}

/** The repository of a node: the one asked may have been renamed. */
export function repoOf(
  { repository }: { readonly repository?: RepositoryNode },
  asked: RepoRef,
): RepoRef {
  return parseRepo(repository?.nameWithOwner ?? '', asked.host) ?? asked;
}

/** A pull request that is merged; undefined for others. */
export function mergedPull(node: Partial<PullNode>, host: string): MergedPull | undefined {
  const { number, merged, mergedAt, baseRefName, repository } = node;
  const repo = parseRepo(repository?.nameWithOwner ?? '', host);
  if (number === undefined || repo === undefined || merged !== true || !mergedAt) return undefined;
  return { ref: { repo, number }, mergedAt, base: baseRefName ?? '' };
}

/** The nodes of a connection that the token may see. */
export function present<T>(connection: Nodes<T> | undefined): readonly T[] {
  return (connection?.nodes ?? []).filter((node) => node !== null);
}

/** The login, an App's as REST writes it: `helper[bot]`, which no person can be called. */
export function authorOf(actor: Actor | undefined): string {
  return actor?.__typename === 'Bot' ? `${actor.login}[bot]` : loginOf(actor);
}

/** The login, or GitHub's own stand-in for deleted accounts. */
export function loginOf(actor: { readonly login: string } | null | undefined): string {
  return actor?.login ?? 'ghost';
}
