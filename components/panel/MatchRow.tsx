import type { ChosenMatch } from '../../lib/core/differences/chosen.ts';
import type { Match } from '../../lib/core/differences/difference.ts';
import { issueKey, type RepoRef } from '../../lib/core/refs.ts';
import { Button } from '../ui/Button.tsx';
import { IssueLink } from '../ui/IssueLink.tsx';
import type { SearchIssues } from './LinkSearch.tsx';
import { type MatchEdit, MatchEditor } from './MatchEditor.tsx';
import type { PreviewMatch } from './use-match-preview.ts';

interface MatchRowProps {
  readonly match: Match;
  readonly isTicked: boolean;
  readonly edit: MatchEdit | undefined;
  readonly from: RepoRef;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly busy: boolean;
  /** Nothing can be written. */
  readonly isReadOnly: boolean;
  readonly hasOpenIssue: (match: Match) => boolean;
  readonly onTick: (key: string) => void;
  readonly onEdit: (edit: MatchEdit | undefined) => void;
  readonly onSearch: SearchIssues;
  readonly onPreview: PreviewMatch;
  readonly onMatch: (chosen: ChosenMatch) => void;
}

/** One item with its issue, and below it what is to become of that. */
export function MatchRow(props: MatchRowProps) {
  const { match, edit, from, isReadOnly } = props;
  const { item, issue, pulls, how } = match;
  const { key } = item;
  const text = match.text || '(no text)';
  return (
    <>
      <tr>
        <th scope="row">
          {!isReadOnly && props.hasOpenIssue(match) ? (
            <label class="inline">
              <input
                type="checkbox"
                aria-label={`Unlink: ${text}`}
                checked={props.isTicked}
                onChange={() => props.onTick(key)}
              />
              <span class="text">{text}</span>
            </label>
          ) : (
            <span class="text">{text}</span>
          )}
        </th>
        <td>{issue && <IssueLink issue={issue} from={from} />}</td>
        <td>
          {pulls.map((pull) => (
            <span key={issueKey(pull)}>
              <IssueLink issue={pull} from={from} />{' '}
            </span>
          ))}
        </td>
        <td>{HOW[how]}</td>
        <td>
          {!isReadOnly && (
            <div class="actions">
              <EditButton {...props} what="change" words="Change…" text={text} />
              {issue && LINKED.has(how) && (
                <EditButton {...props} what="clear" words="Clear" text={text} />
              )}
            </div>
          )}
        </td>
      </tr>
      {edit && (
        <tr>
          <td colSpan={5}>
            <MatchEditor
              key={edit.what}
              edit={edit}
              text={text}
              from={from}
              now={props.now}
              busy={props.busy}
              onSearch={props.onSearch}
              onPreview={props.onPreview}
              onMatch={props.onMatch}
              onCancel={() => props.onEdit(undefined)}
            />
          </td>
        </tr>
      )}
    </>
  );
}

/** Ways by which the text itself names the issue: only that can be cleared. */
const LINKED: ReadonlySet<Match['how']> = new Set<Match['how']>(['link', 'hand', 'block']);

interface EditButtonProps {
  readonly match: Match;
  readonly what: MatchEdit['what'];
  readonly words: string;
  readonly text: string;
  readonly edit: MatchEdit | undefined;
  readonly onEdit: (edit: MatchEdit | undefined) => void;
}

function EditButton({ match, what, words, text, edit, onEdit }: EditButtonProps) {
  const isOpen = edit?.what === what;
  return (
    <Button
      look="small"
      expanded={isOpen}
      label={`${words} ${text}`}
      onPress={() => onEdit(isOpen ? undefined : { key: match.item.key, what })}
    >
      {words}
    </Button>
  );
}

/** How an item found its issue. */
const HOW: Readonly<Record<Match['how'], string>> = {
  link: 'link',
  hand: 'by hand',
  marker: 'marker',
  title: 'title',
  block: 'hidden block',
  none: 'nothing',
};
