import { type Result, succeed } from '../core/failures.ts';
import type { RepoRef } from '../core/refs.ts';
import { read } from './ask.ts';
import { type Client, UnreadableAnswer } from './client.ts';

/** What a query may be asked with. */
export type Variables = Readonly<Record<string, string | number | readonly string[] | null>>;

/**
 * Asks by GraphQL. Nodes that are not there or may not be seen are null in the answer; with `octokit.graphql` alone one of
 * them would fail all (a reference from an organisation with single sign-on, say).
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
