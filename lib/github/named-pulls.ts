import type { NamedPull } from '../core/differences/reconcile-facts.ts';
import { type Result, succeed } from '../core/failures.ts';
import { type IssueRef, issueKey, parseIssueRef, parseRepo } from '../core/refs.ts';
import { closedByText } from '../core/sync/closing-words.ts';
import { askEach } from './ask-each.ts';
import type { Client } from './client.ts';
import { type Nodes, PULL, present, type RepositoryNode } from './pull-node.ts';
import { findReverts } from './reverts.ts';
import { type MentionedPullNode, revertersIn, selectMentioning } from './reverts-query.ts';

/** Pull requests in one request: two connections each, so 2 points for 100. */
const BATCH = 100;

const NAMED = `
fragment Named on PullRequest {
  title body state
  closingIssuesReferences(first: 20) { nodes { number repository { nameWithOwner } } }
  ...Pull ...Mentioning
}`;

/** A node of `Named`; issues have none of its fields. */
interface NamedNode extends MentionedPullNode {
  readonly __typename: string;
  readonly title?: string;
  readonly body?: string;
  readonly state?: string;
  readonly closingIssuesReferences?: Nodes<{
    readonly number: number;
    readonly repository: RepositoryNode;
  }>;
}

/**
 * Pull requests by `issueKey` of the reference as asked, 100 in a request, and one more where one of them was reverted
 * (was the revert reverted?). Numbers of issues, and those that GitHub does not show, are missing. Other hosts are not
 * asked. A revert older than the newest 100 mentions is not seen.
 */
export async function readPulls(
  client: Client,
  pulls: readonly IssueRef[],
): Promise<Result<Readonly<Record<string, NamedPull>>>> {
  const here = pulls.filter(({ repo }) => repo.host.toLowerCase() === client.host.toLowerCase());
  const distinct = [...new Map(here.map((pull) => [issueKey(pull), pull])).values()];
  const sights = await askEach<NamedNode>(client, distinct, {
    size: BATCH,
    fields: '__typename ...Named',
    fragments: PULL + selectMentioning(100) + NAMED,
  });
  if (!sights.ok) return sights;
  const found = sights.value.flatMap(({ asked, node }) =>
    typeof node === 'object' && node.__typename === 'PullRequest'
      ? [{ asked, node, ref: refOf(node, asked) }]
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
      state: stateOf(node),
      closes: closedBy(node, ref),
      revertedBy: reverts.value.get(issueKey(ref)),
    },
  ]);
  return succeed(Object.fromEntries(named));
}

/** Where a pull request stands: its repository may have been renamed. */
function refOf(node: NamedNode, asked: IssueRef): IssueRef {
  const repo = parseRepo(node.repository?.nameWithOwner ?? '', asked.repo.host) ?? asked.repo;
  return { repo, number: node.number ?? asked.number };
}

function stateOf({ state, merged }: NamedNode): NamedPull['state'] {
  if (merged === true) return 'merged';
  return state === 'OPEN' ? 'open' : 'closed';
}

/** By hand or by closing words into the default branch, as GitHub lists them; and by such words into any other branch. */
function closedBy(node: NamedNode, { repo }: IssueRef): readonly IssueRef[] {
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
