import type { KnownIssue } from '../identity/issue.ts';
import { isOurs } from '../identity/marked-issues.ts';
import { isTrusted, type TrustFacts } from '../identity/trust.ts';
import { parseMarker } from '../text/marker.ts';

/**
 * Issues by the run that their markers name. Only markers of this checklist that were not undone, in issues of people
 * with a say: anybody can write a marker.
 */
export function issuesByRun(
  issues: readonly KnownIssue[],
  whose: TrustFacts,
): ReadonlyMap<string, readonly KnownIssue[]> {
  const runs = new Map<string, KnownIssue[]>();
  for (const issue of issues) {
    const marker = parseMarker(issue.body, issue.ref.repo.host);
    if (issue.kind !== 'issue' || marker === undefined || marker.state === 'undone') continue;
    if (!isOurs(marker, whose) || !isTrusted(issue, whose)) continue;
    const group = runs.get(marker.run);
    if (group === undefined) runs.set(marker.run, [issue]);
    else group.push(issue);
  }
  return runs;
}
