import { useEffect, useState } from 'preact/hooks';
import { countNoun } from '../../lib/core/count-noun.ts';
import type { ChosenMatch } from '../../lib/core/differences/chosen.ts';
import type { Match } from '../../lib/core/differences/difference.ts';
import { formatIssueRef, issueKey, type RepoRef } from '../../lib/core/refs.ts';
import { Button } from '../ui/Button.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { IssueLink } from '../ui/IssueLink.tsx';
import { useFocusLeft } from '../ui/use-focus-left.ts';
import { useGrowing } from '../ui/use-growing.ts';
import { ConsequenceView } from './ConsequenceView.tsx';
import { LinkSearch, type SearchIssues } from './LinkSearch.tsx';
import { type PreviewMatch, useMatchPreview } from './use-match-preview.ts';

interface MatchTableProps {
  readonly matches: readonly Match[];
  /** The checklist's repository: its issues are named without it. */
  readonly from: RepoRef;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly busy: boolean;
  /** Nothing can be written. */
  readonly isReadOnly: boolean;
  /** It is what the user came for. */
  readonly startsOpen?: boolean;
  /** Whether the issue of a match is known to be open. */
  readonly hasOpenIssue: (match: Match) => boolean;
  readonly onSearch: SearchIssues;
  readonly onPreview: PreviewMatch;
  /** Makes one match by hand at once. */
  readonly onMatch: (chosen: ChosenMatch) => void;
  readonly onTurnBack: (items: readonly string[]) => void;
}

/** How each item found its issue, folded by default: change or clear a match, or turn items back into plain ones. */
export function MatchTable(props: MatchTableProps) {
  const { matches, busy, isReadOnly } = props;
  const [open, setOpen] = useState(props.startsOpen === true);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [edit, setEdit] = useState<MatchEdit>();
  const shown = useGrowing(open ? matches.length : 0);
  if (matches.length === 0) return null;
  const tick = (key: string) => {
    const next = new Set(ticked);
    if (!next.delete(key)) next.add(key);
    setTicked(next);
  };
  return (
    <details
      class="group"
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>How items are matched to issues</summary>
      {open && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part must be reachable by keyboard */}
          <section class="matches" aria-label="Items and their issues" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">Item</th>
                  <th scope="col">Issue</th>
                  <th scope="col">Pull requests</th>
                  <th scope="col">Matched by</th>
                  <th scope="col">{isReadOnly ? '' : 'Change'}</th>
                </tr>
              </thead>
              <tbody>
                {matches.slice(0, shown).map((match) => (
                  <MatchRow
                    {...props}
                    key={match.item.key}
                    match={match}
                    isTicked={ticked.has(match.item.key)}
                    edit={edit?.key === match.item.key ? edit : undefined}
                    onTick={tick}
                    onEdit={setEdit}
                  />
                ))}
              </tbody>
            </table>
          </section>
          {ticked.size > 0 && (
            <div class="within">
              <ConfirmButton
                label={`Unlink ${countNoun(ticked.size, 'item')} and close ${ticked.size === 1 ? 'its issue' : 'their issues'}`}
                consequence={`Closes ${countNoun(ticked.size, 'issue')} as not planned and removes ${ticked.size === 1 ? 'its link' : 'their links'}.`}
                confirm={`Close ${countNoun(ticked.size, 'issue')}`}
                keep={ticked.size === 1 ? 'Keep it' : 'Keep them'}
                disabled={busy}
                onConfirm={() => props.onTurnBack([...ticked])}
              />
            </div>
          )}
        </>
      )}
    </details>
  );
}

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
function MatchRow(props: MatchRowProps) {
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
  const button = useFocusLeft<HTMLButtonElement>(isOpen ? 1 : 0);
  return (
    <Button
      look="small"
      expanded={isOpen}
      buttonRef={button}
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

/** What the user is about to do with the match of an item, named by its key. */
interface MatchEdit {
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
function MatchEditor(props: MatchEditorProps) {
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
            writes
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
