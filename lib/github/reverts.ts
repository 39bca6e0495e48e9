/**
 * Which merged pull request reverts another: GitHub has no field for it, only mentions in a pull request's timeline, and
 * people's words.
 */

import { type Result, succeed } from '../core/failures.ts';
import { type IssueRef, issueKey, sameRepo } from '../core/refs.ts';
import type { MergedPull } from '../core/sync/sync-facts.ts';
import { askEach } from './batch.ts';
import type { Client } from './client.ts';
import { mergedPull, type PullNode, present, select } from './fragments.ts';
import { revertedByText } from './revert-words.ts';

/** Who says of a pull request that they revert it, by `issueKey` of the pull request; empty where nobody does. */
export type Reverters = ReadonlyMap<string, readonly MergedPull[]>;

/** A revert of a revert of a revert …: nobody goes further. */
const ROUNDS = 5;

/**
 * Which merged pull request undid each of the given ones, by `issueKey`; missing where none did, or where the revert was
 * itself reverted. Asks only for those whose reverters are not known yet, 100 in a request, and for the reverters found:
 * where nothing was reverted and all is known, for nothing.
 */
export async function findReverts(
  client: Client,
  pulls: readonly IssueRef[],
  known: Reverters,
): Promise<Result<ReadonlyMap<string, MergedPull>>> {
  const reverters = new Map(known);
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = [...reverters.values()].flat().map(({ ref }) => ref);
    const unknown = [...pulls, ...found].filter((pull) => !reverters.has(issueKey(pull)));
    if (unknown.length === 0) break;
    const more = await readReverters(client, unknown);
    if (!more.ok) return more;
    for (const [key, some] of more.value) reverters.set(key, some);
  }
  const reverts = pulls.flatMap((pull): readonly [string, MergedPull][] => {
    const by = lastingRevert(issueKey(pull), reverters, new Set());
    return by === undefined ? [] : [[issueKey(pull), by]];
  });
  return succeed(new Map(reverts));
}

/** The first reverter that was not undone itself. */
function lastingRevert(
  key: string,
  reverters: Reverters,
  above: ReadonlySet<string>,
): MergedPull | undefined {
  const path = new Set([...above, key]);
  return reverters
    .get(key)
    ?.filter(({ ref }) => !path.has(issueKey(ref)))
    .find(({ ref }) => lastingRevert(issueKey(ref), reverters, path) === undefined);
}

async function readReverters(
  client: Client,
  pulls: readonly IssueRef[],
): Promise<Result<Reverters>> {
  // 1 point for 100.
  const sights = await askEach(client, pulls, { size: 100, fields: select('Pull', 'Mentioning') });
  if (!sights.ok) return sights;
  const found = sights.value.map(({ asked, node }): [string, readonly MergedPull[]] => [
    issueKey(asked),
    typeof node === 'string' ? [] : revertersIn(node, client.host),
  ]);
  return succeed(new Map(found));
}

/** Whether a pull request has older mentions than were read. */
export function hasMoreMentions(node: Partial<PullNode>): boolean {
  return node.mentioning?.pageInfo?.hasPreviousPage === true;
}

/**
 * The merged pull requests that say that they revert a merged one, oldest mention first. Only those of its own repository
 * into the same branch, merged after it, can have undone it.
 */
export function revertersIn(node: Partial<PullNode>, host: string): readonly MergedPull[] {
  const pull = mergedPull(node, host);
  if (pull === undefined) return [];
  return present(node.mentioning).flatMap(({ source }): readonly MergedPull[] => {
    const other = source?.__typename === 'PullRequest' ? mergedPull(source, host) : undefined;
    if (other === undefined || !mayUndo(other, pull)) return [];
    const { title = '', body = '' } = source ?? {};
    return revertedByText({ title, body }, other.ref.repo).has(issueKey(pull.ref)) ? [other] : [];
  });
}

function mayUndo(other: MergedPull, pull: MergedPull): boolean {
  const later = Date.parse(other.mergedAt) >= Date.parse(pull.mergedAt);
  return later && other.base === pull.base && sameRepo(other.ref.repo, pull.ref.repo);
}
