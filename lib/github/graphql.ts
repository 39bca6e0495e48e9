import type { Result } from '../core/failure.ts';
import type { KnownIssue } from '../core/plan/plan-generation.ts';
import { type IssueRef, parseRepo, type RepoRef } from '../core/refs.ts';
import { read } from './ask.ts';
import type { Client } from './client.ts';

/** Someone who did something; null when the account was deleted. */
export type Actor = {
  readonly __typename?: string;
  readonly login: string;
} | null;

/** What `KNOWN_ISSUE` reads. */
export interface KnownIssueNode {
  readonly __typename: string;
  readonly number?: number;
  readonly title: string;
  readonly body: string;
  readonly state?: string;
  readonly pullState?: string;
  readonly stateReason?: string | null;
  readonly createdAt: string;
  readonly authorAssociation: string;
  readonly author: Actor;
  readonly repository: { readonly nameWithOwner: string };
}

/** Selects what planning looks at, where an issue or a pull request can stand. Needs `KNOWN_ISSUE_FRAGMENTS`. */
export const KNOWN_ISSUE = '__typename ...IssueFields ...PullFields';

/** A pull request's state is of another type: one answer may not hold both under one name. */
export const KNOWN_ISSUE_FRAGMENTS = `
fragment IssueFields on Issue {
  number title body state stateReason createdAt authorAssociation
  author { login } repository { nameWithOwner }
}
fragment PullFields on PullRequest {
  number title body pullState: state createdAt authorAssociation
  author { login } repository { nameWithOwner }
}`;

/** Reads a node of `KNOWN_ISSUE`; nothing when it is neither issue nor pull request. */
export function knownIssue(
  node: KnownIssueNode | null | undefined,
  host: string,
): KnownIssue | undefined {
  if (node?.number === undefined) return undefined;
  const repo = parseRepo(node.repository.nameWithOwner, host);
  if (repo === undefined) return undefined;
  return {
    ref: { repo, number: node.number },
    kind: node.__typename === 'PullRequest' ? 'pull-request' : 'issue',
    title: node.title,
    body: node.body,
    state: (node.state ?? node.pullState) === 'OPEN' ? 'open' : 'closed',
    stateReason: stateReason(node),
    author: loginOf(node.author),
    authorAssociation: node.authorAssociation,
    createdAt: node.createdAt,
  };
}

/** GraphQL writes states in capitals, REST in small letters: everywhere else they are small. */
function stateReason(node: KnownIssueNode): string | undefined {
  if (node.pullState === 'MERGED') return 'merged';
  return node.stateReason?.toLowerCase();
}

/** The login, or GitHub's own stand-in for deleted accounts. */
export function loginOf(actor: { readonly login: string } | null | undefined): string {
  return actor?.login ?? 'ghost';
}

/** The answer of a batch that asks for many issues by alias. */
export type Batch<T> = Readonly<Record<string, Readonly<Record<string, T | null>> | null>>;

/**
 * Asks for many issues or pull requests of any repositories in one request, at most 50 at a time. Those that GitHub does
 * not show are missing from the answer; nothing else is.
 */
export function askBatch<T>(
  client: Client,
  issues: readonly IssueRef[],
  select: { readonly fields: string; readonly fragments: string },
): Promise<Result<Batch<T>>> {
  const query = `${batchQuery(issues, select.fields)}${select.fragments}`;
  return askPartly<Batch<T>>(client, issues[0]?.repo, query, {});
}

/**
 * Asks by GraphQL. Nodes that are not there or may not be seen are null in the answer; with `octokit.graphql` alone one of
 * them would fail all (a reference from an organisation with single sign-on, say).
 */
export function askPartly<T>(
  client: Client,
  repo: RepoRef | undefined,
  query: string,
  variables: Readonly<Record<string, string | number | null>>,
): Promise<Result<T>> {
  return read(client, repo, async () => {
    try {
      return await client.octokit.graphql<T>(query, variables);
    } catch (error) {
      const rest = partialData<T>(error);
      if (rest === undefined) throw error;
      return rest;
    }
  });
}

/** Aliases `r0`, `r1`, … for repositories and in them `i12`. */
function batchQuery(issues: readonly IssueRef[], fields: string): string {
  const parts = groupByRepo(issues).map(
    ([repo, numbers], index) =>
      `r${index}: repository(${nameArguments(repo)}) {${numbers
        .map((number) => ` i${number}: issueOrPullRequest(number: ${number}) {${fields}}`)
        .join('')} }`,
  );
  return `query Batch {\n${parts.join('\n')}\n}`;
}

/** Names are of letters, digits, `.`, `_` and `-` only, and quoted nevertheless. */
function nameArguments(repo: RepoRef): string {
  return `owner: ${JSON.stringify(repo.owner)}, name: ${JSON.stringify(repo.name)}`;
}

/** Finds an issue's node in the answer of its batch. */
export function inBatch<T>(
  batch: Batch<T>,
  issues: readonly IssueRef[],
  issue: IssueRef,
): T | undefined {
  const index = groupByRepo(issues).findIndex(([repo]) => sameName(repo, issue.repo));
  return batch[`r${index}`]?.[`i${issue.number}`] ?? undefined;
}

function groupByRepo(issues: readonly IssueRef[]): readonly [RepoRef, readonly number[]][] {
  const groups: [RepoRef, number[]][] = [];
  for (const { repo, number } of issues) {
    const group = groups.find(([each]) => sameName(each, repo));
    if (group === undefined) groups.push([repo, [number]]);
    else if (!group[1].includes(number)) group[1].push(number);
  }
  return groups;
}

function sameName(a: RepoRef, b: RepoRef): boolean {
  return `${a.owner}/${a.name}`.toLowerCase() === `${b.owner}/${b.name}`.toLowerCase();
}

/** Cuts a list into pieces: GitHub answers 50 aliases comfortably. */
export function inBatches<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}

/** What a failed GraphQL request still brought: unknown numbers come as errors beside the data of all others. */
function partialData<T>(error: unknown): T | undefined {
  if (!(error instanceof Error) || !('errors' in error) || !('data' in error)) return undefined;
  const errors: unknown = error.errors;
  const harmless =
    Array.isArray(errors) && errors.every((each) => UNSEEN.includes(String(each?.type)));
  return harmless && error.data ? (error.data as T) : undefined;
}

/** Errors that only say that one node is not there or may not be seen. */
const UNSEEN = ['NOT_FOUND', 'FORBIDDEN'];
