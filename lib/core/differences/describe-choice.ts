import { formatIssueRef, type RepoRef } from '../refs.ts';
import type { Choice, Finding } from './difference.ts';

/** The words of a choice: they name the write. `finding` is what it is offered for. */
export function describeChoice(choice: Choice, from?: RepoRef, finding?: Finding): string {
  switch (choice.kind) {
    case 'tick':
      return 'Tick this box';
    case 'untick':
      return 'Untick this box';
    case 'add-pulls':
      return `Add ${choice.pulls.map((pull) => formatIssueRef(pull, from)).join(', ')}`;
    case 'remove-pull':
      return `Remove ${formatIssueRef(choice.pull, from)}`;
    case 'close-issue': {
      const name = formatIssueRef(choice.issue, from);
      if (finding?.kind !== 'doubled') return `Close ${name}`;
      return finding.doubles.length === 1 ? 'Close the double' : `Close the double ${name}`;
    }
    case 'reopen-issue':
      return `Reopen ${formatIssueRef(choice.issue, from)}`;
    case 'retitle-issue':
      return `Retitle ${formatIssueRef(choice.issue, from)}`;
    case 'rename-item':
      return 'Rename the item';
    case 'link':
      return `Link to ${formatIssueRef(choice.issue, from)}`;
    case 'link-to':
      return 'Link to…';
    case 'relink':
      return `Link to ${formatIssueRef(choice.to, from)}`;
    case 'remove-link':
      return 'Remove the link';
    case 'create-issue':
      return 'Create the issue';
    case 'write-block':
      return 'Write the hidden block';
    case 'leave':
      return "Leave as is, don't show again";
  }
}
