import { type ChecklistRef, formatRepo, type IssueRef, issueKey, sameRepo } from '../refs.ts';
import type { SyncRules } from '../settings/settings.ts';
import { closedByText } from './closing-words.ts';
import type { FollowedLink as Link, MentioningPull, MergedPull } from './sync-facts.ts';

/**
 * The merged pull requests whose numbers belong behind an item's issue, by merge time, then number. While the issue is
 * open, only those merged into a further base branch: one that was merged into the default branch closed the issue,
 * and somebody opened it again because that was not it. Its number is written when the issue closes next.
 */
export function pullsOfIssue(link: Link, facts: PullFacts): readonly MergedPull[] {
  return mergesOf(link, facts).filter((pull) => countsFor(pull, link, facts));
}

/** Merged pull requests that are left out because of their repository, by merge time, then number. */
export function pullsElsewhere(link: Link, facts: PullFacts): readonly MergedPull[] {
  return mergesOf(link, facts).filter((pull) => !countsFor(pull, link, facts));
}

/** Merges for the item's issue into one of the further base branches, by merge time, then number. */
export function baseMerges(link: Link, facts: PullFacts): readonly MergedPull[] {
  return intoBases(link, facts.rules).filter((pull) => countsFor(pull, link, facts));
}

/** What decides which pull requests count: the checklist, and its rules. */
export interface PullFacts {
  readonly checklist: ChecklistRef;
  readonly rules: Pick<SyncRules, 'baseBranches'> & Partial<Pick<SyncRules, 'pullRequestsFrom'>>;
}

/**
 * Whether a merged pull request counts for an issue. Anybody may write "Closes acme/app#1" into a pull request of a
 * repository of their own and merge it there, so it counts only where somebody with rights stands behind it: in the
 * issue's or the checklist's repository, in one that the rules name, or where GitHub let it close the issue and it
 * belongs to the same owner.
 */
export function countsFor(
  { ref: { repo }, closed }: MergedPull,
  { now }: Link,
  { checklist, rules: { pullRequestsFrom = [] } }: PullFacts,
): boolean {
  if (sameRepo(repo, now.ref.repo) || sameRepo(repo, checklist.repo)) return true;
  const name = formatRepo(repo).toLowerCase();
  if (pullRequestsFrom.some((pattern) => matchesPattern(name, pattern.toLowerCase()))) return true;
  return closed === true && repo.owner.toLowerCase() === now.ref.repo.owner.toLowerCase();
}

function mergesOf(link: Link, { rules }: PullFacts): readonly MergedPull[] {
  const { closers, state } = link.now;
  const others = state === 'closed' ? closers : [];
  return inOrder([...others, ...intoBases(link, rules)]);
}

function intoBases(link: Link, { baseBranches }: PullFacts['rules']): readonly MergedPull[] {
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

/**
 * Whether a branch is one of those that the patterns name; `*` stands for any characters, also `/`. Not by a regular
 * expression: patterns come from a file, and many stars would take for ever.
 */
export function matchesBranch(branch: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matchesPattern(branch, pattern));
}

function matchesPattern(branch: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return branch === pattern;
  if (!branch.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = branch.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return branch.length - last.length >= at && branch.endsWith(last);
}
