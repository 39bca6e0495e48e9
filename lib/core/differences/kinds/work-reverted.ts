import { listInWords } from '../../list-in-words.ts';
import { type IssueRef, issueKey } from '../../refs.ts';
import { countsFor } from '../../sync/merged-pulls.ts';
import type { Followed, MergedPull } from '../../sync/sync-facts.ts';
import { LEAVE } from '../choice.ts';
import { differenceKind, type Found } from '../kind.ts';
import type { ItemContext, PlanContext } from '../reconcile-context.ts';

interface WorkReverted {
  readonly kind: 'work-reverted';
  readonly issue: IssueRef;
  /** The pull requests that brought the work, and those that took it back. */
  readonly pulls: readonly IssueRef[];
  readonly by: readonly IssueRef[];
}

/** Ticked, and its issue is closed as completed, but every pull request that closed it was reverted since. */
export const workReverted = differenceKind<WorkReverted>({
  kind: 'work-reverted',
  level: 'action',
  find: findReverted,
  words: ({ pulls, by }, name) =>
    `Ticked, but ${listInWords(pulls.map(name))} ${pulls.length === 1 ? 'was' : 'were'} reverted by ${listInWords(by.map(name))}`,
  issue: ({ issue }) => issue,
  isSettled: () => false,
  shown: 'always',
});

function findReverted(
  { item, link }: ItemContext,
  { facts }: PlanContext,
): readonly Found<WorkReverted>[] {
  if (!item.checked || link === undefined || link.now.kind !== 'issue') return [];
  const closers = link.now.closers.filter((pull) => countsFor(pull, link, facts));
  const reverts = revertsOf({ ...link.now, closers });
  if (reverts.length === 0) return [];
  const issue = link.now.ref;
  const by = [...new Map(reverts.map(({ ref }) => [issueKey(ref), ref])).values()];
  const pulls = closers.map(({ ref }) => ref);
  return [
    {
      finding: { kind: 'work-reverted', issue, pulls, by },
      detail: by.map(issueKey).join(' '),
      choices: [{ kind: 'untick' }, { kind: 'reopen-issue', issue }, LEAVE],
    },
  ];
}

/** The reverts of all pull requests that closed an issue; none where one stands, or somebody closed it again afterwards. */
function revertsOf({ state, reason, closedAt, closers }: Followed): readonly Reverter[] {
  if (state !== 'closed' || (reason ?? 'completed') !== 'completed') return [];
  const closed = Date.parse(closedAt ?? '');
  const reverts = closers.flatMap(({ revertedBy }) =>
    revertedBy !== undefined && Date.parse(revertedBy.mergedAt) >= closed ? [revertedBy] : [],
  );
  return reverts.length === closers.length ? reverts : [];
}

type Reverter = NonNullable<MergedPull['revertedBy']>;
