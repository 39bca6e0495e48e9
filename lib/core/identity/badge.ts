import type { BadgeIssue } from '../checklist-view.ts';
import { type ChecklistRef, formatIssueRef, issueUrl } from '../refs.ts';
import type { NamedIssue, OwnIssue } from './identify.ts';

/** An issue as a badge's read of GitHub has it. */
export interface BadgeFacts extends NamedIssue, Pick<BadgeIssue, 'title' | 'state'> {}

/** The badge of an item: its issue, also one that GitHub does not show. Pull requests alone, and issues among which a person has to choose, give none. */
export function badgeOf(
  own: OwnIssue<BadgeFacts>,
  checklist: ChecklistRef,
): BadgeIssue | undefined {
  if (own.kind === 'unreadable') {
    const { issue } = own;
    const text = formatIssueRef(issue, checklist.repo);
    return { text, url: issueUrl(issue), title: '', state: 'unknown' };
  }
  if (own.kind !== 'issue') return undefined;
  const { ref, title, state } = own.link.now;
  return { text: formatIssueRef(ref, checklist.repo), url: issueUrl(ref), title, state };
}
