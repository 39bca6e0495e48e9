import { Component } from 'preact';
import type { KnownIssue } from '../../lib/core/identity/issue.ts';
import { describeReason } from '../../lib/core/plan/describe-reason.ts';
import type { GenerationRow, RowChoice } from '../../lib/core/plan/plan-generation.ts';
import { formatIssueRef, issueUrl, type RepoRef } from '../../lib/core/refs.ts';
import { Button } from '../ui/Button.tsx';
import { OutlineGroup, type OutlineGroupProps } from './OutlineGroup.tsx';
import { fateOf, type RowChange } from './row-choices.ts';

interface PreviewRowProps extends Pick<OutlineGroupProps, 'box' | 'count'> {
  readonly row: GenerationRow;
  /** Its position among the plan's rows, and the position behind all that it contains. */
  readonly at: number;
  readonly to: number;
  readonly choice: RowChoice | undefined;
  readonly target: RepoRef;
  /** Whether Tab comes to its controls: of all rows only to those of one, from which the arrow keys lead to the others. */
  readonly isCurrent: boolean;
  // These must stay the same functions from render to render.
  readonly onTick: (at: number, range: boolean) => void;
  readonly onGroup: OutlineGroupProps['onGroup'];
  readonly onChoose: (change: RowChange) => void;
}

/** One item of the preview. A class, because a change of one row must not render 500 others again. */
export class PreviewRow extends Component<PreviewRowProps> {
  override shouldComponentUpdate(next: PreviewRowProps): boolean {
    const now = this.props;
    return SHOWN.some((name) => next[name] !== now[name]);
  }

  override render(props: PreviewRowProps) {
    const { row, at, to, choice, target, isCurrent, box, count, onTick, onChoose } = props;
    const { decision, selected } = fateOf(row, choice);
    const { index, text, draft } = row;
    const linking = decision === 'link';
    const tabIndex = isCurrent || !row.selectable ? undefined : -1;
    const isGroup = to > at + 1;
    const group = isGroup && (
      <OutlineGroup
        name={text}
        from={row.selectable ? at + 1 : at}
        to={to}
        box={box}
        isCurrent={isCurrent}
        onGroup={props.onGroup}
      />
    );
    return (
      <div
        class={`row ${lookOf(row, selected, count !== '')}`}
        data-line={at}
        data-near={at < NEAR}
      >
        <div class="line">
          {row.selectable ? (
            <input
              type="checkbox"
              data-box={at}
              tabIndex={tabIndex}
              aria-label={`${linking ? 'Link' : 'Create an issue for'}: ${text}`}
              checked={selected}
              onClick={({ shiftKey }) => onTick(at, shiftKey)}
            />
          ) : (
            group
          )}
          {selected && !linking && draft ? (
            <input
              type="text"
              class="title"
              maxLength={256}
              tabIndex={tabIndex}
              aria-label={`Title of the issue for: ${text}`}
              value={choice?.title ?? draft.title}
              onInput={({ currentTarget }) => onChoose({ index, title: currentTarget.value })}
            />
          ) : (
            <span class="text">{text || '(no text)'}</span>
          )}
          {row.selectable && group}
          {isGroup && count && <span class="muted count">{count}</span>}
        </div>
        <Notes row={row} target={target} isGroup={count !== ''} />
        {row.candidates.map((issue) => (
          <Candidate
            key={issue.ref.number}
            issue={issue}
            target={target}
            tabIndex={tabIndex}
            pressed={choice?.link === issue.ref.number}
            onPress={(link) => onChoose({ index, link, selected: undefined, create: undefined })}
          />
        ))}
        {row.decision === 'link' && row.selectable && (
          <p>
            <Button
              look="small"
              tabIndex={tabIndex}
              pressed={choice?.create ?? false}
              onPress={() => onChoose({ index, create: choice?.create ? undefined : true })}
            >
              Create a new issue anyway
            </Button>
          </p>
        )}
      </div>
    );
  }
}

function lookOf({ decision, reason }: GenerationRow, selected: boolean, isGroup: boolean): string {
  if (selected) return '';
  if (isGroup && reason.kind === 'parent') return 'parent';
  return decision === 'ask' ? 'asks' : 'off';
}

/** Rows in sight from the start: if their height was guessed first, they would jump. */
const NEAR = 20;

const SHOWN = ['row', 'at', 'to', 'choice', 'isCurrent', 'box', 'count'] as const;

interface NotesProps extends Pick<PreviewRowProps, 'row' | 'target'> {
  /** Whether others are shown below it: then it is seen that it groups them. */
  readonly isGroup: boolean;
}

function Notes({ row, target, isGroup }: NotesProps) {
  const { reason, draft } = row;
  const isPlain = reason.kind === 'new' || (reason.kind === 'parent' && isGroup);
  const notes = [
    isPlain ? '' : describeReason(reason, target),
    row.hiddenLink ? 'linked in the hidden block: a link in its text could not be read' : '',
    draft?.shortened ? 'title shortened; the full text is in the issue' : '',
  ].filter(Boolean);
  return notes.length > 0 ? <p class="muted why">{notes.join(' · ')}</p> : null;
}

interface CandidateProps {
  readonly issue: KnownIssue;
  readonly target: RepoRef;
  readonly pressed: boolean;
  readonly tabIndex: number | undefined;
  /** Gets the number to link, or nothing to take the link back. */
  readonly onPress: (link: number | undefined) => void;
}

function Candidate({ issue, target, pressed, tabIndex, onPress }: CandidateProps) {
  const name = formatIssueRef(issue.ref, target);
  return (
    <p class="candidate">
      <Button
        look="small"
        tabIndex={tabIndex}
        pressed={pressed}
        onPress={() => onPress(pressed ? undefined : issue.ref.number)}
      >
        Link {name} instead
      </Button>{' '}
      <a href={issueUrl(issue.ref)} target="_blank" rel="noreferrer" tabIndex={tabIndex}>
        {issue.title}
      </a>{' '}
      <span class="muted">{issue.state}</span>
    </p>
  );
}
