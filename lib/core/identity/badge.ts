import type { BadgeIssue } from '../checklist-view.ts';
import { type ChecklistRef, formatIssueRef, issueUrl } from '../refs.ts';
import type { OwnIssue } from './identify.ts';
import type { NamedIssue } from './naming.ts';

/** An issue as a badge's read of GitHub has it. */
export interface BadgeFacts extends NamedIssue, Pick<BadgeIssue, 'state'> {}

/** The badge of an item: its issue, also one that GitHub does not show; of several the first that is open. Pull requests alone, and issues of which a person has to say something, give none. */
export function badgeOf(
  own: OwnIssue<BadgeFacts>,
  checklist: ChecklistRef,
): BadgeIssue | undefined {
  if (own.kind === 'unreadable') {
    const { issue } = own;
    const text = formatIssueRef(issue, checklist.repo);
    return { text, url: issueUrl(issue), title: '', state: 'unknown' };
  }
  const [first, ...more] =
    own.kind === 'issue' ? [own.link] : own.kind === 'issues' ? own.links : [];
  if (first === undefined) return undefined;
  const { ref, title, state } = ([first, ...more].find(({ now }) => now.state === 'open') ?? first)
    .now;
  return { text: formatIssueRef(ref, checklist.repo), url: issueUrl(ref), title, state };
}
