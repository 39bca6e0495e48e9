import { type IssueRef, issueKey } from '../refs.ts';
import type { SyncRules } from '../settings/settings.ts';
import { closedByText } from './closing-words.ts';
import { matchesBranch } from './match-branch.ts';
import type { FollowedLink as Link, MentioningPull, MergedPull } from './sync-facts.ts';

/**
 * The merged pull requests whose numbers belong behind an item's issue, by merge time, then number. While the issue is
 * open, only those merged into a further base branch: one that was merged into the default branch closed the issue,
 * and somebody opened it again because that was not it. Its number is written when the issue closes next.
 */
export function pullsOfIssue(link: Link, rules: SyncRules): readonly MergedPull[] {
  const { closers, state } = link.now;
  const others = state === 'closed' ? closers : [];
  return inOrder([...others, ...baseMerges(link, rules)]);
}

/** Merges for the item's issue into one of the further base branches, by merge time, then number. */
export function baseMerges(link: Link, { baseBranches }: SyncRules): readonly MergedPull[] {
  const further = ({ base }: MergedPull) => matchesBranch(base, baseBranches);
  const { closers, mentions } = link.now;
  return inOrder([
    ...closers.filter(further),
    ...mentions.filter((pull) => further(pull) && closes(pull, [link.asked, link.now.ref])),
  ]);
}

/** Pull requests in the order of their merges, each once. */
export function inOrder(pulls: readonly MergedPull[]): readonly MergedPull[] {
  const distinct = new Map(pulls.map((pull) => [issueKey(pull.ref), pull]));
  return [...distinct.values()].sort(
    (a, b) =>
      Date.parse(a.mergedAt) - Date.parse(b.mergedAt) ||
      a.ref.number - b.ref.number ||
      (issueKey(a.ref) < issueKey(b.ref) ? -1 : 1),
  );
}

function closes({ ref, text }: MentioningPull, issues: readonly IssueRef[]): boolean {
  const closed = closedByText(text, ref.repo);
  return issues.some((issue) => closed.has(issueKey(issue)));
}
