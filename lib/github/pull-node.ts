import { parseRepo } from '../core/refs.ts';
import type { MergedPull } from '../core/sync/sync-facts.ts';

/** Selects what is read of every pull request. */
export const PULL = `
fragment Pull on PullRequest {
  number merged mergedAt baseRefName repository { nameWithOwner isPrivate }
}`;

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

/** Who refers to an issue or pull request: a pull request, or something that we do not read. */
export interface MentionNode {
  readonly source?:
    | ({
        readonly __typename: string;
        readonly title?: string;
        readonly body?: string;
      } & Partial<PullNode>)
    | null;
}

/** The nodes of a connection that the token may see. */
export function present<T>(connection: Nodes<T> | undefined): readonly T[] {
  return (connection?.nodes ?? []).filter((node) => node !== null);
}

/** A pull request that is merged; nothing for others. */
export function mergedPull(node: Partial<PullNode>, host: string): MergedPull | undefined {
  const { number, merged, mergedAt, baseRefName, repository } = node;
  const repo = parseRepo(repository?.nameWithOwner ?? '', host);
  if (number === undefined || repo === undefined || merged !== true || !mergedAt) return undefined;
  return { ref: { repo, number }, mergedAt, base: baseRefName ?? '' };
}
