import type { NamedPull } from '../core/differences/reconcile-facts.ts';
import { type Result, succeed } from '../core/failures.ts';
import { type IssueRef, issueKey, parseIssueRef, parseRepo } from '../core/refs.ts';
import { closedByText } from '../core/sync/closing-words.ts';
import { askEach } from './batch.ts';
import type { Client } from './client.ts';
import { type IssueNode, present, repoOf, select, stateOf } from './fragments.ts';
import { findReverts, revertersIn } from './reverts.ts';

/**
 * Pull requests by `issueKey` of the reference as asked, 100 in a request, and one more where one of them was reverted
 * (was the revert reverted?). Numbers of issues, and those that GitHub does not show, are missing. Other hosts are not
 * asked. A revert older than the newest 100 mentions is not seen.
 */
export async function readPulls(
  client: Client,
  pulls: readonly IssueRef[],
): Promise<Result<Readonly<Record<string, NamedPull>>>> {
  // Two connections each, so 2 points for 100.
  const sights = await askEach(client, pulls, {
    size: 100,
    fields: select('PullFields', 'Pull', 'Closes', 'Mentioning'),
  });
  if (!sights.ok) return sights;
  const found = sights.value.flatMap(({ asked, node }) =>
    typeof node === 'object' && node.__typename === 'PullRequest'
      ? [
          {
            asked,
            node,
            ref: { repo: repoOf(node, asked.repo), number: node.number ?? asked.number },
          },
        ]
      : [],
  );
  const known = found.map(
    ({ node, ref }) => [issueKey(ref), revertersIn(node, client.host)] as const,
  );
  const refs = found.map(({ ref }) => ref);
  const reverts = await findReverts(client, refs, new Map(known));
  if (!reverts.ok) return reverts;
  const named = found.map(({ asked, node, ref }): [string, NamedPull] => [
    issueKey(asked),
    {
      ref,
      title: node.title ?? '',
      state: stateOfPull(node),
      closes: closedBy(node, ref),
      revertedBy: reverts.value.get(issueKey(ref)),
    },
  ]);
  return succeed(Object.fromEntries(named));
}

function stateOfPull(node: IssueNode): NamedPull['state'] {
  return node.merged === true ? 'merged' : stateOf(node);
}

/** By hand or by closing words into the default branch, as GitHub lists them; and by such words into any other branch. */
function closedBy(node: IssueNode, { repo }: IssueRef): readonly IssueRef[] {
  const listed = present(node.closingIssuesReferences).flatMap((issue): readonly IssueRef[] => {
    const home = parseRepo(issue.repository.nameWithOwner, repo.host);
    return home === undefined ? [] : [{ repo: home, number: issue.number }];
  });
  const words = [...closedByText(`${node.title ?? ''}\n${node.body ?? ''}`, repo)];
  const named = words.flatMap((key) => refOfKey(key) ?? []);
  return [...new Map([...named, ...listed].map((ref) => [issueKey(ref), ref])).values()];
}

/** Reads `host/owner/name#12`. */
function refOfKey(key: string): IssueRef | undefined {
  const slash = key.indexOf('/');
  return parseIssueRef(key.slice(slash + 1), key.slice(0, slash));
}
