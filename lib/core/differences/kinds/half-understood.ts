import type { IssueRef } from '../../refs.ts';
import { isRewritable } from '../../text/change-link.ts';
import { ownLinkTo, referencedIssue } from '../../text/referenced-issue.ts';
import { LEAVE } from '../choice.ts';
import { differenceKind } from '../kind.ts';

interface HalfUnderstood {
  readonly kind: 'half-understood';
  readonly issue: IssueRef;
  readonly written: string;
}

/** A link that we cannot write again: it has a text of its own, or a form that we do not write. Said only where a choice is missing for it. */
export const halfUnderstood = differenceKind<HalfUnderstood>({
  kind: 'half-understood',
  level: 'info',
  find: ({ item, link, following }, { facts, editing: { repo } }) => {
    const issue = following.kind === 'unreadable' ? following.issue : link?.asked;
    if (issue === undefined) return [];
    const reference = ownLinkTo(item, issue, repo);
    if (reference === undefined) return [];
    const written = facts.master.text.slice(reference.start, reference.end);
    if (isRewritable(written, referencedIssue(reference, repo), repo)) return [];
    return [{ finding: { kind: 'half-understood', issue, written }, choices: [LEAVE] }];
  },
  words: ({ issue, written }, name) =>
    `The link to ${name(issue)} can only be changed by hand: ${written}`,
  issue: ({ issue }) => issue,
  isSettled: () => false,
  shown: 'hindered',
});
