import { readMap } from '../../identity/identity-map.ts';
import { type IssueRef, sameIssue } from '../../refs.ts';
import { readable } from '../../sync/past-items.ts';
import type { Item } from '../../text/checklist.ts';
import { parseChecklist } from '../../text/parse-checklist.ts';
import { linksTo } from '../../text/referenced-issue.ts';
import { type Choice, LEAVE } from '../choice.ts';
import { differenceKind, type Found } from '../kind.ts';
import type { ItemContext, PlanContext } from '../reconcile-context.ts';

interface IssueMoved {
  readonly kind: 'issue-moved';
  readonly issue: IssueRef;
  readonly to: IssueRef;
  /** The new link was there once, and a person put the old one back. */
  readonly takenBack: boolean;
}

/** Its issue was transferred to another repository, and the link still names the old place. */
export const issueMoved = differenceKind<IssueMoved>({
  kind: 'issue-moved',
  level: 'action',
  find: (one, context) =>
    (one.row?.remarks ?? []).flatMap((remark) =>
      remark.kind === 'moved' && isTransfer(remark.issue, remark.to)
        ? [moved(remark.issue, remark.to, one, context)]
        : [],
    ),
  words: ({ issue, to, takenBack }, name) =>
    `${name(issue)} was transferred to ${name(to)}${takenBack ? '; somebody put the old link back' : ''}`,
  issue: ({ issue }) => issue,
  isSettled: () => false,
  shown: 'always',
});

function moved(
  issue: IssueRef,
  to: IssueRef,
  one: ItemContext,
  context: PlanContext,
): Found<IssueMoved> {
  const relink: Choice = { kind: 'relink', from: issue, to, closes: undefined };
  const takenBack = linkedBefore(to, issue, one, context);
  const finding = { kind: 'issue-moved', issue, to, takenBack } as const;
  const found = { finding, choices: [relink, LEAVE] };
  return takenBack
    ? { ...found, detail: 'taken-back' }
    : { ...found, safe: relink, byItself: true };
}

/** A transfer gives another number; the same one elsewhere is a repository that was renamed, and GitHub redirects its links. */
function isTransfer(issue: IssueRef, to: IssueRef): boolean {
  return issue.number !== to.number;
}

/** Whether an earlier version of the item, or of the hidden block, had the new link in place of the one of today. */
function linkedBefore(
  to: IssueRef,
  issue: IssueRef,
  { item }: ItemContext,
  { facts, past }: PlanContext,
): boolean {
  const { checklist, master } = facts;
  const linked = (earlier: Item) => linksTo(earlier, to, checklist.repo).length > 0;
  // Renamed since, or one of several equal lines: then what it linked tells which it was.
  const inText = [issue, to].some((link) => past.wasSince(undefined, item, link, linked));
  if (inText) return true;
  return readable(master.history).some(({ text }) => {
    if (!text.includes('masterlist:map')) return false;
    const { items } = parseChecklist(text, { placeholder: facts.rules.placeholder });
    const mapped = readMap(text, items, checklist.repo).entries.get(item.key);
    return mapped !== undefined && sameIssue(mapped, to);
  });
}
