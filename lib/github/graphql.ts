import type { Result } from '../core/failures.ts';
import type { KnownIssue } from '../core/identity/issue.ts';
import { type IssueRef, parseRepo, type RepoRef } from '../core/refs.ts';
import { askPartly } from './ask-graphql.ts';
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
  number title body state stateReason(enableDuplicate: true) createdAt authorAssociation
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
 * Asks for many issues or pull requests of any repositories in one request, at most 100 at a time. Those that GitHub does
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
  const place = placeInBatch(batch, issues, issue);
  return typeof place === 'object' ? place.node : undefined;
}

/** What a batch says of an issue; `'absent'`: nothing, although it was asked. */
export type Place<T> = { readonly node: T } | 'hidden' | 'hidden-repo' | 'absent';

/** Finds an issue's node in the answer of its batch, or tells what GitHub does not show: the issue, or its repository. */
export function placeInBatch<T>(
  batch: Batch<T>,
  issues: readonly IssueRef[],
  issue: IssueRef,
): Place<T> {
  const index = groupByRepo(issues).findIndex(([repo]) => sameName(repo, issue.repo));
  const repo = batch[`r${index}`];
  if (repo === null) return 'hidden-repo';
  const node = repo?.[`i${issue.number}`];
  if (node === undefined) return 'absent';
  return node === null ? 'hidden' : { node };
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

/** Cuts a list into pieces. */
export function inBatches<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
