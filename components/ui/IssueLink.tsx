import { formatIssueRef, type IssueRef, issueUrl, type RepoRef } from '../../lib/core/refs.ts';

interface IssueLinkProps {
  readonly issue: IssueRef;
  /** The checklist's repository: its issues are named without it. */
  readonly from: RepoRef;
  /** Shown instead of the number, which stands beside it already. */
  readonly words?: string;
}

/** An issue or pull request by its number, opened in a new tab. */
export function IssueLink({ issue, from, words }: IssueLinkProps) {
  const name = formatIssueRef(issue, from);
  return (
    <a
      href={issueUrl(issue)}
      target="_blank"
      rel="noreferrer"
      aria-label={words && `${words} ${name}`}
    >
      {words ?? name}
    </a>
  );
}
