import type { KnownIssue } from '../identity/issue.ts';
import { isOurs } from '../identity/marked-issues.ts';
import { type ChecklistRef, issueKey } from '../refs.ts';
import { formatMarker, parseMarker } from '../text/marker.ts';
import type { ReconcilePlan } from './difference.ts';

/** Issues without their bodies: of those only the marker is looked at. */
export function leanIssues(issues: readonly KnownIssue[]): readonly KnownIssue[] {
  return issues.map((issue) => {
    const marker = parseMarker(issue.body, issue.ref.repo.host);
    return { ...issue, body: marker === undefined ? '' : formatMarker(marker) };
  });
}

/** Whether an issue carries a marker of a checklist, also one that was undone. */
export function carriesMarker(issue: KnownIssue, checklist: ChecklistRef): boolean {
  const marker = parseMarker(issue.body, issue.ref.repo.host);
  return marker !== undefined && isOurs(marker, { checklist });
}

/** Of all issues that were looked at those that matter to a plan: with a marker of the checklist, or a candidate by title. */
export function relevantIssues(
  issues: readonly KnownIssue[],
  { checklist, differences }: ReconcilePlan,
): readonly KnownIssue[] {
  const candidates = differences.flatMap(({ finding }) =>
    finding.kind === 'unlinked' ? finding.candidates : [],
  );
  const keys = new Set(candidates.map(({ ref }) => issueKey(ref)));
  return issues.filter((issue) => carriesMarker(issue, checklist) || keys.has(issueKey(issue.ref)));
}
