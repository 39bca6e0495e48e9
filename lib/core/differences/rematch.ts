import { holdsChecklist, type IssueRef, issueKey } from '../refs.ts';
import { located } from './consequences.ts';
import type { Choice, Consequence } from './difference.ts';
import { previewEdits } from './preview-edits.ts';
import type { ItemContext, ReconcileContext } from './reconcile-context.ts';
import { linkEdits, unlinkEdits } from './write-links.ts';

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
  return edits && consequence({ kind: 'link', issue }, edits, one, context);
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
  return line && { choice, edits, issues: [], line, issueLines: [] };
}

/** All issues that the item links, also such as GitHub does not show; pull requests are left to it. */
function presentLinks(
  { written, following, link }: ItemContext,
  { facts }: ReconcileContext,
): readonly IssueRef[] {
  const own = following.kind === 'unreadable' ? following.issue : link?.asked;
  const named = [...written.links, ...(written.mapped === undefined ? [] : [written.mapped])];
  const issues = named.filter((ref) => {
    const now = facts.followed[issueKey(ref)];
    return now === 'unreadable' || now?.kind === 'issue';
  });
  const all = own === undefined ? issues : [own, ...issues];
  return [...new Map(all.map((ref) => [issueKey(ref), ref])).values()];
}
