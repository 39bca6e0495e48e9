import { type Failure, fail, failure, type Result, succeed } from '../core/failures.ts';
import {
  formatIssueRef,
  formatRepo,
  type IssueRef,
  issueAt,
  issueUrl,
  parseRepo,
  type RepoRef,
  sameRepo,
} from '../core/refs.ts';
import { type Client, NotYet, RedirectedWrite, UnreadableAnswer } from './client.ts';
import { isLimitCode } from './limits.ts';
import { type Asked, translate } from './translate.ts';

/** Asks GitHub something; whatever goes wrong comes back as a failure. */
export async function read<T>(
  client: Client,
  repo: RepoRef | undefined,
  call: () => Promise<T>,
): Promise<Result<T>> {
  try {
    return succeed(await answered(client, call()));
  } catch (error) {
    return fail(await problemOf(client, error, { access: 'read', repo }));
  }
}

/**
 * Changes something in a repository, once. Only when GitHub answers that the repository has moved, and so did nothing,
 * is the new place looked up and asked instead.
 */
export async function write<T>(
  client: Client,
  repo: RepoRef,
  call: (repo: RepoRef) => Promise<T>,
): Promise<Result<T>> {
  try {
    return succeed(await answered(client, call(repo)));
  } catch (error) {
    if (!wasRedirected(error)) {
      return fail(await problemOf(client, error, { access: 'write', repo }));
    }
  }
  const moved = await findRepo(client, repo);
  if (!moved.ok) return moved;
  // The repository stands where it stood, so it is the issue that has moved.
  if (sameRepo(moved.value, repo)) {
    return fail(failure('transferred', { target: 'another repository' }));
  }
  try {
    return succeed(await answered(client, call(moved.value)));
  } catch (error) {
    return fail(await problemOf(client, error, { access: 'write', repo: moved.value }));
  }
}

/** Changes an issue; says where it went when it was moved to another repository. */
export async function writeIssue<T>(
  client: Client,
  issue: IssueRef,
  call: (repo: RepoRef) => Promise<T>,
): Promise<Result<T>> {
  const answer = await write(client, issue.repo, call);
  if (answer.ok || answer.failure.code !== 'transferred') return answer;
  const where = await read(client, issue.repo, () =>
    client.octokit.rest.issues.get({ ...path(issue.repo), issue_number: issue.number }),
  );
  return where.ok ? fail(transferred(where.value.data.html_url, issue.repo.host)) : where;
}

/** What a query may be asked with. */
export type Variables = Readonly<Record<string, string | number | readonly string[] | null>>;

/**
 * Asks by GraphQL. Nodes that do not exist or may not be seen are null in the answer; with `octokit.graphql` alone one of
 * them would fail all (a reference from an organization with single sign-on, for example).
 */
export async function askPartly<T>(
  client: Client,
  repo: RepoRef | undefined,
  query: string,
  variables: Variables,
): Promise<Result<T>> {
  const answer = await askSeen<T>(client, repo, { query, variables, mayMiss: () => true });
  return answer.ok ? succeed(answer.value.data) : answer;
}

/** What GraphQL answered, and where it left something out: paths such as `repository.rules`. */
export interface Seen<T> {
  readonly data: T;
  readonly unseen: readonly string[];
}

/** Asks by GraphQL and tells what was left out; anything but what `mayMiss` names fails the request. */
export function askSeen<T>(
  client: Client,
  repo: RepoRef | undefined,
  ask: {
    readonly query: string;
    readonly variables: Variables;
    readonly mayMiss: (path: string) => boolean;
  },
): Promise<Result<Seen<T>>> {
  return read(client, repo, async () => {
    try {
      const data = await client.octokit.graphql<T>(ask.query, ask.variables);
      // JSON of somebody else (a captive portal, say) has no data at all.
      if (typeof data !== 'object' || data === null) throw new UnreadableAnswer();
      return { data, unseen: [] };
    } catch (error) {
      const rest = partialAnswer<T>(error);
      if (rest === undefined || !rest.unseen.every(ask.mayMiss)) throw error;
      return rest;
    }
  });
}

/** The failure that names where an issue was moved to, by the address in an answer of its host. */
export function transferred(url: unknown, host: string) {
  const issue = issueAt(url, host);
  if (issue === undefined) return failure('transferred', { target: 'another repository' });
  return failure('transferred', { target: formatIssueRef(issue) }, { url: issueUrl(issue) });
}

/** Owner and name as REST paths want them. */
export function path(repo: RepoRef): { readonly owner: string; readonly repo: string } {
  return { owner: repo.owner, repo: repo.name };
}

async function answered<T>({ gate }: Client, asked: Promise<T>): Promise<T> {
  const answer = await asked;
  await gate?.answered();
  return answer;
}

/** What an error means. A limit closes the gate of the account for all who ask under it, and tells until when. */
async function problemOf(
  client: Client,
  error: unknown,
  asked: Pick<Asked, 'access' | 'repo'>,
): Promise<Failure> {
  const problem = translate(error, { ...client, ...asked });
  if (client.gate === undefined || !isLimitCode(problem.code) || wasHeldBack(error)) return problem;
  return { ...problem, retryAt: await client.gate.close(problem.retryAt) };
}

function wasHeldBack(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof NotYet;
}

function wasRedirected(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof RedirectedWrite;
}

/** Where a repository is now: GitHub redirects reads of a renamed one. */
async function findRepo(client: Client, repo: RepoRef): Promise<Result<RepoRef>> {
  const answer = await read(client, repo, () => client.octokit.rest.repos.get(path(repo)));
  if (!answer.ok) return answer;
  const found = parseRepo(answer.value.data.full_name, repo.host);
  if (found !== undefined) return succeed(found);
  return fail(failure('not-found', { repo: formatRepo(repo) }));
}

/** What a failed GraphQL request still brought: unknown numbers come as errors beside the data of all others. */
function partialAnswer<T>(error: unknown): Seen<T> | undefined {
  if (!(error instanceof Error) || !('errors' in error) || !('data' in error)) return undefined;
  const { errors, data } = error;
  const harmless =
    Array.isArray(errors) && errors.every((each) => UNSEEN.includes(String(each?.type)));
  if (!harmless || !data) return undefined;
  return { data: data as T, unseen: errors.map((each) => pathOf(each?.path)) };
}

function pathOf(path: unknown): string {
  return Array.isArray(path) ? path.join('.') : '';
}

/** Errors that only say that one node is not there or may not be seen. */
const UNSEEN = ['NOT_FOUND', 'FORBIDDEN'];
