import { formatIssueRef, type IssueRef, issueKey, type RepoRef } from '../../lib/core/refs.ts';
import { IssueLink } from './IssueLink.tsx';

interface LinkedSentenceProps {
  readonly sentence: string;
  /** Issues and pull requests that the sentence may name, as seen from the checklist's repository. */
  readonly issues: readonly IssueRef[];
  readonly from: RepoRef;
}

/** A sentence in which each of these issues is a link, where it is named first. */
export function LinkedSentence({ sentence, issues, from }: LinkedSentenceProps) {
  const parts = issues.reduce<readonly Part[]>(
    (split, issue) => linked(split, issue, from),
    [sentence],
  );
  return (
    <>
      {parts.map((part) =>
        typeof part === 'string' ? (
          part
        ) : (
          <IssueLink key={issueKey(part)} issue={part} from={from} />
        ),
      )}
    </>
  );
}

/** Words, or an issue in their place. */
type Part = string | IssueRef;

function linked(parts: readonly Part[], issue: IssueRef, from: RepoRef): readonly Part[] {
  const name = formatIssueRef(issue, from);
  // Neither `#12` in `#123` nor in `owner/repo#12`.
  const named = new RegExp(`(?<![\\w/.-])${name.replaceAll('.', '\\.')}(?!\\d)`);
  const at = parts.findIndex((part) => typeof part === 'string' && named.test(part));
  const words = parts[at];
  if (typeof words !== 'string') return parts;
  const start = words.search(named);
  const around = [words.slice(0, start), issue, words.slice(start + name.length)];
  return [...parts.slice(0, at), ...around, ...parts.slice(at + 1)];
}
