import { useEffect } from 'preact/hooks';
import type { ChosenMatch } from '../../lib/core/differences/chosen.ts';
import { formatIssueRef, type RepoRef } from '../../lib/core/refs.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { ConsequenceView } from './ConsequenceView.tsx';
import { LinkSearch, type SearchIssues } from './LinkSearch.tsx';
import { type PreviewMatch, useMatchPreview } from './use-match-preview.ts';

/** What the user is about to do with the match of an item, named by its key. */
export interface MatchEdit {
  readonly key: string;
  readonly what: 'change' | 'clear';
}

/** What the table of matches does to an item. */
type TableMatch = Extract<ChosenMatch, { readonly kind: 'match' | 'unmatch' }>;

interface MatchEditorProps {
  readonly edit: MatchEdit;
  /** The item's words. */
  readonly text: string;
  readonly from: RepoRef;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly busy: boolean;
  readonly onSearch: SearchIssues;
  readonly onPreview: PreviewMatch;
  readonly onMatch: (chosen: ChosenMatch) => void;
  readonly onCancel: () => void;
}

/** Finds another issue for an item, or clears the one that it has; shows what that writes before it is written. */
export function MatchEditor(props: MatchEditorProps) {
  const { edit, text, from, onMatch } = props;
  const { key: item, what } = edit;
  const [asked, preview] = useMatchPreview<TableMatch>(props.onPreview);
  useEffect(() => {
    if (what === 'clear') preview({ kind: 'unmatch', item });
  }, [what, item]);
  const picked = asked?.chosen.kind === 'match' ? asked.chosen.issue : undefined;
  return (
    <div class="below">
      {what === 'change' && (
        <LinkSearch
          about={text}
          name={`match ${item}`}
          picked={picked}
          from={from}
          now={props.now}
          onSearch={props.onSearch}
          onPick={(issue) => preview(issue && { kind: 'match', item, issue })}
        />
      )}
      {asked?.answer.ok === false && <FailureNote failure={asked.answer.failure} />}
      {asked?.answer.ok && <ConsequenceView consequence={asked.answer.value} />}
      <p class="actions">
        {asked?.answer.ok && (
          <Button
            look={picked ? 'primary' : 'danger'}
            disabled={props.busy}
            onPress={() => onMatch(asked.chosen)}
          >
            {picked ? `Link to ${formatIssueRef(picked, from)}` : 'Remove the link'}
          </Button>
        )}
        <Button onPress={props.onCancel}>Keep it as it is</Button>
      </p>
    </div>
  );
}
