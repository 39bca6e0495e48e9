import { type Result, succeed } from '../core/failures.ts';
import { issueKey } from '../core/refs.ts';
import type { Followed, FollowedByKey, MergedPull } from '../core/sync/sync-facts.ts';
import type { Client } from './client.ts';
import type { FollowedNode } from './followed-query.ts';
import { mergedPull, present } from './pull-node.ts';
import { findReverts, type Reverters } from './reverts.ts';
import { hasMoreMentions, revertersIn } from './reverts-query.ts';

/** Says of each closer which merged pull request reverts it. Asks only for closers that the nodes do not tell about. */
export async function withReverts(
  client: Client,
  followed: FollowedByKey,
  nodes: readonly (FollowedNode | string)[],
): Promise<Result<FollowedByKey>> {
  const closers = Object.values(followed).flatMap((one) =>
    one === undefined || one === 'unreadable' ? [] : one.closers.map(({ ref }) => ref),
  );
  const reverts = await findReverts(client, closers, toldBy(nodes, client.host));
  if (!reverts.ok) return reverts;
  const entries = Object.entries(followed).map(([key, one]) => [key, marked(one, reverts.value)]);
  return succeed(Object.fromEntries(entries));
}

/** What the nodes tell of the first pull requests that close each issue. */
function toldBy(nodes: readonly (FollowedNode | string)[], host: string): Reverters {
  const told = new Map<string, readonly MergedPull[]>();
  for (const pull of nodes.flatMap((node) =>
    typeof node === 'string' ? [] : present(node.closing),
  )) {
    const merged = mergedPull(pull, host);
    if (merged === undefined || hasMoreMentions(pull)) continue;
    told.set(issueKey(merged.ref), revertersIn(pull, host));
  }
  return told;
}

function marked(
  one: Followed | 'unreadable' | undefined,
  reverts: ReadonlyMap<string, MergedPull>,
): Followed | 'unreadable' | undefined {
  if (one === undefined || one === 'unreadable') return one;
  const closers = one.closers.map((closer) => {
    const revertedBy = reverts.get(issueKey(closer.ref));
    return revertedBy === undefined ? closer : { ...closer, revertedBy };
  });
  return { ...one, closers };
}
