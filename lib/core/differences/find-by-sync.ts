import { readMap } from '../identity/identity-map.ts';
import { type IssueRef, issueKey, sameIssue, sameRepo } from '../refs.ts';
import { readable } from '../sync/past-items.ts';
import type { SyncChange, SyncRemark } from '../sync/sync-plan.ts';
import type { Item } from '../text/checklist.ts';
import { linksTo } from '../text/referenced-issue.ts';
import type { Choice, Finding } from './difference.ts';
import { type Found, LEAVE } from './found.ts';
import type { ItemContext, ReconcileContext } from './reconcile-context.ts';

/** What sync writes for an item, and what it says of it, as differences: the two can never disagree. */
export function findBySync(one: ItemContext, context: ReconcileContext): readonly Found[] {
  const { row } = one;
  if (row === undefined) return [];
  return [
    ...row.changes.flatMap((change) => ofChange(change, one)),
    ...row.remarks.flatMap((remark) => ofRemark(remark, one, context)),
    ...takenBackPulls(one, context),
  ].map((found) => ({ ...found, item: one.item }));
}

function ofChange(change: SyncChange, one: ItemContext): readonly Found[] {
  switch (change.kind) {
    case 'tick':
      return [{ ...missingTick(change.because, one), safe: TICK, byItself: true }];
    case 'untick': {
      const { issue, reopenedAt } = change;
      return [{ ...ticked(issue, reopenedAt), safe: UNTICK, byItself: true }];
    }
    case 'add-pulls': {
      return missingPulls(change.pulls, false, one).map((found) => {
        const [add] = found.choices;
        return { ...found, ...(add && { safe: add }), byItself: true };
      });
    }
  }
}

function ofRemark(
  remark: SyncRemark,
  one: ItemContext,
  context: ReconcileContext,
): readonly Found[] {
  switch (remark.kind) {
    case 'not-planned':
    case 'duplicate':
      return [unticked(remark.issue, remark.kind, false)];
    case 'tick-taken-back':
      return [missingTick(undefined, one)];
    case 'ticked-open':
      return [ticked(remark.issue, undefined)];
    case 'moved':
      return moved(remark.issue, remark.to, one, context);
    case 'unreadable': {
      const here = sameRepo(remark.issue.repo, context.facts.checklist.repo);
      return [gone(remark.issue, here ? 'deleted' : 'no-access')];
    }
    case 'several-issues':
      return [several(remark.issues)];
    case 'pull-taken-back':
      return [];
  }
}

const TICK: Choice = { kind: 'tick' };
const UNTICK: Choice = { kind: 'untick' };

/** A tick that is missing; without a reason one that a person took back. */
function missingTick(
  because: Extract<SyncChange, { kind: 'tick' }>['because'] | undefined,
  { link }: ItemContext,
): Found {
  const takenBack = because === undefined;
  if (because?.kind === 'closed') return unticked(because.issue, because.reason, false);
  if (takenBack && link?.now.state === 'closed')
    return unticked(link.now.ref, link.now.reason ?? 'completed', true);
  const finding: Finding = { kind: 'tick-missing', because, takenBack };
  return { finding, detail: takenBack ? 'taken-back' : because.kind, choices: [TICK, LEAVE] };
}

function unticked(
  issue: IssueRef,
  reason: 'completed' | 'not-planned' | 'duplicate',
  takenBack: boolean,
): Found {
  return {
    finding: { kind: 'unticked-closed', issue, reason, takenBack },
    detail: takenBack ? `${reason} taken-back` : reason,
    choices: [TICK, { kind: 'reopen-issue', issue }, LEAVE],
  };
}

function ticked(issue: IssueRef, reopenedAt: string | undefined): Found {
  const close: Choice = { kind: 'close-issue', issue, reason: 'completed' };
  return {
    finding: { kind: 'ticked-open', issue, reopenedAt },
    choices: reopenedAt === undefined ? [close, UNTICK, LEAVE] : [UNTICK, close, LEAVE],
  };
}

function missingPulls(
  pulls: readonly IssueRef[],
  takenBack: boolean,
  { link }: ItemContext,
): readonly Found[] {
  if (link === undefined || pulls.length === 0) return [];
  return [
    {
      finding: { kind: 'pull-missing', issue: link.now.ref, pulls, takenBack },
      detail: pulls.map(issueKey).join(' '),
      choices: [{ kind: 'add-pulls', pulls }, LEAVE],
    },
  ];
}

/** All numbers that a person took out, but for those of pull requests that were reverted: she was right. */
function takenBackPulls(one: ItemContext, { facts }: ReconcileContext): readonly Found[] {
  const pulls = (one.row?.remarks ?? []).flatMap((remark) =>
    remark.kind === 'pull-taken-back' &&
    facts.pulls[issueKey(remark.pull)]?.revertedBy === undefined
      ? [remark.pull]
      : [],
  );
  return missingPulls(pulls, true, one);
}

function moved(
  issue: IssueRef,
  to: IssueRef,
  one: ItemContext,
  context: ReconcileContext,
): readonly Found[] {
  if (!isTransfer(issue, to)) return [];
  const relink: Choice = { kind: 'relink', from: issue, to };
  const takenBack = linkedBefore(to, issue, one, context);
  const finding: Finding = { kind: 'issue-moved', issue, to, takenBack };
  const found = { finding, choices: [relink, LEAVE] };
  return [
    takenBack ? { ...found, detail: 'taken-back' } : { ...found, safe: relink, byItself: true },
  ];
}

/** A transfer gives another number; the same one elsewhere is a repository that was renamed, and GitHub follows the link itself. */
function isTransfer(issue: IssueRef, to: IssueRef): boolean {
  return issue.number !== to.number;
}

/** Whether an earlier version of the item, or of the hidden block, had the new link in place of the one of today. */
function linkedBefore(
  to: IssueRef,
  issue: IssueRef,
  { item }: ItemContext,
  { facts, past }: ReconcileContext,
): boolean {
  const { checklist, identity, master } = facts;
  const linked = (past: Item) => linksTo(past, to, checklist.repo).length > 0;
  // Renamed since, or one of several equal lines: then what it linked tells which it was.
  const inText = [issue, to].some((link) => past.wasSince(undefined, item, link, linked));
  if (inText || identity !== 'block') return inText;
  return readable(master.history).some(({ text }) => {
    const mapped = readMap(text, checklist.repo).get(item.key);
    return mapped !== undefined && sameIssue(mapped, to);
  });
}

function gone(issue: IssueRef, guess: 'deleted' | 'no-access'): Found {
  return {
    finding: { kind: 'issue-gone', issue, guess },
    choices: [{ kind: 'remove-link', issue }, { kind: 'link-to' }, { kind: 'create-issue' }, LEAVE],
  };
}

function several(candidates: readonly IssueRef[]): Found {
  return {
    finding: { kind: 'several-issues', candidates },
    detail: candidates.map(issueKey).join(' '),
    choices: [...candidates.map((issue): Choice => ({ kind: 'link', issue })), LEAVE],
  };
}
