import { blockOf } from '../identity/asked-issues.ts';
import { type IssueRef, issueKey, sameRepo } from '../refs.ts';
import type { Checklist } from '../text/checklist.ts';
import { distinctIssues, referencedIssue } from '../text/referenced-issue.ts';
import { itemsThen } from './past-items.ts';
import type { SyncFacts } from './sync-facts.ts';

/**
 * The numbers by which an issue that is in another repository today may have been named before it was transferred: all
 * of the checklist's own repository in items, in the hidden block and in earlier versions of which GitHub was not asked.
 * None while nothing that is followed is elsewhere.
 */
export function formerNumbers(facts: SyncFacts, today: Checklist): readonly IssueRef[] {
  const { checklist, followed, master } = facts;
  const { repo } = checklist;
  const isAway = Object.values(followed).some(
    (one) => typeof one === 'object' && !sameRepo(one.ref.repo, repo),
  );
  if (!isAway) return [];
  const items = [today.items, ...itemsThen(facts)].flat();
  const { entries } = blockOf(master.text, today, checklist);
  return distinctIssues([
    ...items.flatMap(({ references }) => references.map((one) => referencedIssue(one, repo))),
    ...entries.values(),
  ]).filter((one) => sameRepo(one.repo, repo) && followed[issueKey(one)] === undefined);
}
