import { type IssueRef, issueKey, sameIssue } from '../refs.ts';
import type { FollowedLink as Link } from '../sync/sync-facts.ts';
import { referencedIssue } from '../text/referenced-issue.ts';
import type { Finding } from './difference.ts';
import { type Found, LEAVE } from './found.ts';
import type { ItemContext, ReconcileContext } from './reconcile-context.ts';
import type { NamedPull } from './reconcile-facts.ts';

/** Numbers in the bracket behind an item's link that are not those of its merged pull requests. */
export function findWrongPulls(one: ItemContext, { facts }: ReconcileContext): readonly Found[] {
  const { item, link } = one;
  if (link === undefined) return [];
  const written = item.references
    .filter(({ role, urlKind }) => role === 'after-link' && urlKind !== 'discussions')
    .map((reference) => referencedIssue(reference, facts.checklist.repo));
  const distinct = [...new Map(written.map((ref) => [issueKey(ref), ref])).values()];
  return distinct.flatMap((pull): readonly Found[] => {
    const named = facts.pulls[issueKey(pull)];
    const why = named === undefined ? undefined : whyWrong(named, link);
    if (why === undefined) return [];
    const finding: Finding = { kind: 'pull-wrong', pull, why };
    return [{ finding, item, detail: why.kind, choices: [{ kind: 'remove-pull', pull }, LEAVE] }];
  });
}

type Why = Extract<Finding, { kind: 'pull-wrong' }>['why'];

function whyWrong(pull: NamedPull, link: Link): Why | undefined {
  const { state, closes, revertedBy } = pull;
  if (revertedBy !== undefined) return { kind: 'reverted', by: revertedBy.ref };
  if (state !== 'merged') return { kind: 'unmerged', state };
  const { closers, mentions } = link.now;
  const belongs =
    closes.some((one) => sameIssue(one, link.now.ref) || sameIssue(one, link.asked)) ||
    [...closers, ...mentions].some(({ ref }) => isIt(ref, pull));
  return belongs || closes.length === 0 ? undefined : { kind: 'of-another-issue', closes };
}

function isIt(ref: IssueRef, pull: NamedPull): boolean {
  return sameIssue(ref, pull.ref);
}
