import { useRef, useState } from 'preact/hooks';
import { countNoun } from '../../lib/core/count-noun.ts';
import type { FoundIssue } from '../../lib/core/differences/reconcile-preview.ts';
import type { Result } from '../../lib/core/failures.ts';
import { formatIssueRef, type IssueRef, issueKey, type RepoRef } from '../../lib/core/refs.ts';
import { Button } from '../ui/Button.tsx';
import { describeIssue } from '../ui/describe-issue.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { IssueLink } from '../ui/IssueLink.tsx';

/** Looks for issues by number, address or words of their title. */
export type SearchIssues = (text: string) => Promise<Result<readonly FoundIssue[]>>;

interface LinkSearchProps {
  /** What the issue is looked for, by its words. */
  readonly about: string;
  /** Names the group of radios; nothing else in the panel has it. */
  readonly name: string;
  readonly picked: IssueRef | undefined;
  /** The checklist's repository. */
  readonly from: RepoRef;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly onSearch: SearchIssues;
  /** Called with nothing for "None of these". */
  readonly onPick: (issue: IssueRef | undefined) => void;
}

/** Finds an issue that an item is to be linked to. */
export function LinkSearch(props: LinkSearchProps) {
  const { about, name, picked, from, now, onPick } = props;
  const [typed, setTyped] = useState('');
  const { found, searching, search } = useSearch(props.onSearch);
  const issues = found?.ok ? found.value : [];
  const submit = (event: Event) => {
    event.preventDefault();
    if (typed.trim() === '') return;
    // It would stay chosen without being shown.
    if (picked !== undefined) onPick(undefined);
    void search(typed.trim());
  };
  return (
    <div class="search">
      <form class="inline" onSubmit={submit}>
        <label class="field">
          <span>Issue number, URL or words</span>
          <input
            type="text"
            aria-label={`Issue number, URL or words for: ${about}`}
            value={typed}
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        </label>
        {/* Never disabled: that would take the focus away. */}
        <Button look="small" busy={searching}>
          Search
        </Button>
      </form>
      <p class="muted" role="status">
        {searching ? 'Searching…' : found?.ok && foundOf(issues.length)}
      </p>
      {found?.ok === false && <FailureNote failure={found.failure} />}
      {issues.length > 0 && (
        <fieldset class="choices" aria-label="Issues found">
          {issues.map((issue) => (
            <p class="choice found" key={issueKey(issue.ref)}>
              <label class="inline">
                <input
                  type="radio"
                  name={name}
                  checked={picked !== undefined && issueKey(picked) === issueKey(issue.ref)}
                  onChange={() => onPick(issue.ref)}
                />
                <span>
                  {formatIssueRef(issue.ref, from)} {describeIssue(issue, now)}
                </span>
              </label>
              <IssueLink issue={issue.ref} from={from} words="Open" />
            </p>
          ))}
          <label class="inline choice">
            <input type="radio" name={name} onChange={() => onPick(undefined)} />
            <span>None of these</span>
          </label>
        </fieldset>
      )}
    </div>
  );
}

function useSearch(onSearch: SearchIssues) {
  const [found, setFound] = useState<Result<readonly FoundIssue[]>>();
  const [searching, setSearching] = useState(false);
  const last = useRef(0);
  const search = async (text: string) => {
    last.current += 1;
    const turn = last.current;
    setSearching(true);
    const answer = await onSearch(text);
    if (turn !== last.current) return;
    setSearching(false);
    setFound(answer);
  };
  return { found, searching, search };
}

function foundOf(count: number): string {
  return count === 0
    ? 'No issue found. Try its number, or other words.'
    : `${countNoun(count, 'issue')} found.`;
}
