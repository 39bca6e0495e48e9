import { holdsChecklist, type IssueRef, issueKey, sameIssue } from '../refs.ts';
import type { Checklist } from '../text/checklist.ts';
import { distinctIssues } from '../text/referenced-issue.ts';
import type { Choice, Consequence } from './choice.ts';
import { rulesOf } from './choices.ts';
import type { Difference } from './difference.ts';
import { linkEdits, located, previewEdits, unlinkEdits } from './item-edits.ts';
import { type ItemContext, type ReconcileContext, readContext } from './reconcile-context.ts';
import type { ReconcileFacts } from './reconcile-facts.ts';

/**
 * What "Link to…" writes once the user has said what: the issue for an item, or the item (by its index) for an issue
 * without one. Nothing when that cannot be: another host, the master itself, or a link that is not ours to take away.
 */
export function linkTo(
  facts: ReconcileFacts,
  { finding, index }: Pick<Difference, 'finding' | 'index'>,
  target: { readonly issue: IssueRef } | { readonly index: number },
  checklist?: Checklist,
): Consequence | undefined {
  const issue =
    'issue' in target ? target.issue : finding.kind === 'orphan' ? finding.issue.ref : undefined;
  const at = 'index' in target ? target.index : index;
  if (issue === undefined || at === undefined) return undefined;
  const context = readContext(facts, checklist);
  const one = context.items[at];
  return one && rematch(one, issue, context);
}

/**
 * What a match by hand writes: the issue in the place of whatever the item links now, in its text or in the hidden
 * block; without an issue all of that goes. Nothing when that cannot be: another host, the checklist's own issue, the link that
 * stands already, or one that is not ours to take away.
 */
export function rematch(
  one: ItemContext,
  issue: IssueRef | undefined,
  context: ReconcileContext,
): Consequence | undefined {
  const present = presentLinks(one, context);
  if (one.following.kind === 'unknown') return undefined;
  if (issue === undefined) return clear(one, present, context);
  const { checklist } = context.facts;
  if (holdsChecklist(issue, checklist) || issue.repo.host !== checklist.repo.host) return undefined;
  const edits = linkEdits(one, issue, present, context);
  return edits && consequence({ kind: 'link', issue, instead: present }, edits, one, context);
}

function clear(
  one: ItemContext,
  present: readonly IssueRef[],
  context: ReconcileContext,
): Consequence | undefined {
  const [issue] = present;
  if (issue === undefined) return undefined;
  const edits = present.map((link) => unlinkEdits(one, link, context));
  const possible = edits.flatMap((some) => some ?? []);
  if (edits.includes(undefined)) return undefined;
  return consequence({ kind: 'remove-link', issue }, possible, one, context);
}

function consequence(
  choice: Choice,
  wanted: Consequence['edits'],
  one: ItemContext,
  context: ReconcileContext,
): Consequence | undefined {
  const edits = wanted.map(located);
  const line = previewEdits(one, edits, context);
  const words = rulesOf(choice, context.editing.repo).words([choice]);
  return line && { choice, words, edits, issues: [], line, issueLines: [] };
}

/** All issues that the item links, also such as GitHub does not show; pull requests are left to it, and numbers that it is only about. */
function presentLinks(
  { written, following, link }: ItemContext,
  { facts }: ReconcileContext,
): readonly IssueRef[] {
  const own = following.kind === 'unreadable' ? following.issue : link?.asked;
  const isAbout = (ref: IssueRef) =>
    written.bare.has(issueKey(ref)) && !ownLinks(following).some((one) => sameIssue(one, ref));
  const named = [
    ...written.links.filter((ref) => !isAbout(ref)),
    ...(written.mapped === undefined ? [] : [written.mapped]),
  ];
  const issues = named.filter((ref) => {
    const now = facts.followed[issueKey(ref)];
    return now === 'unreadable' || now?.kind === 'issue';
  });
  const all = own === undefined ? issues : [own, ...issues];
  return distinctIssues(all);
}

function ownLinks(following: ItemContext['following']): readonly IssueRef[] {
  switch (following.kind) {
    case 'issue':
      return [following.link.asked];
    case 'issues':
    case 'several':
      return following.links.map(({ asked }) => asked);
    default:
      return [];
  }
}
