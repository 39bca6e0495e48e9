import { type Result, succeed } from '../core/failures.ts';
import { type IssueRef, issueKey } from '../core/refs.ts';
import type { MergedPull } from '../core/sync/sync-facts.ts';
import { askEach } from './ask-each.ts';
import type { Client } from './client.ts';
import { PULL } from './pull-node.ts';
import { type MentionedPullNode, revertersIn, selectMentioning } from './reverts-query.ts';

/** Who says of a pull request that they revert it, by `issueKey` of the pull request; empty where nobody does. */
export type Reverters = ReadonlyMap<string, readonly MergedPull[]>;

/** A revert of a revert of a revert …: nobody goes further. */
const ROUNDS = 5;

/** Pull requests in one request (1 point). */
const BATCH = 100;

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
    const by = standing(issueKey(pull), reverters, new Set());
    return by === undefined ? [] : [[issueKey(pull), by]];
  });
  return succeed(new Map(reverts));
}

/** The first reverter that was not undone itself. */
function standing(
  key: string,
  reverters: Reverters,
  above: ReadonlySet<string>,
): MergedPull | undefined {
  const path = new Set([...above, key]);
  return reverters
    .get(key)
    ?.filter(({ ref }) => !path.has(issueKey(ref)))
    .find(({ ref }) => standing(issueKey(ref), reverters, path) === undefined);
}

async function readReverters(
  client: Client,
  pulls: readonly IssueRef[],
): Promise<Result<Reverters>> {
  const distinct = [...new Map(pulls.map((pull) => [issueKey(pull), pull])).values()];
  const sights = await askEach<MentionedPullNode>(client, distinct, {
    size: BATCH,
    fields: '__typename ...Pull ...Mentioning',
    fragments: PULL + selectMentioning(100),
  });
  if (!sights.ok) return sights;
  const found = sights.value.map(({ asked, node }): [string, readonly MergedPull[]] => [
    issueKey(asked),
    typeof node === 'string' ? [] : revertersIn(node, client.host),
  ]);
  return succeed(new Map(found));
}
