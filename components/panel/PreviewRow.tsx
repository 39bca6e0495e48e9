import { Component } from 'preact';
import type { KnownIssue } from '../../lib/core/identity/issue.ts';
import { describeReason } from '../../lib/core/plan/describe-reason.ts';
import type { GenerationRow, RowChoice } from '../../lib/core/plan/plan-generation.ts';
import { formatIssueRef, issueUrl, type RepoRef } from '../../lib/core/refs.ts';
import { Button } from '../ui/Button.tsx';
import { fateOf, type RowChange } from './row-choices.ts';

interface PreviewRowProps {
  readonly row: GenerationRow;
  readonly choice: RowChoice | undefined;
  readonly target: RepoRef;
  /** Must stay the same function from render to render. */
  readonly onChoose: (change: RowChange) => void;
}

/** One row of the preview. A class, because a change of one row must not render 500 others again. */
export class PreviewRow extends Component<PreviewRowProps> {
  override shouldComponentUpdate(next: PreviewRowProps): boolean {
    return next.row !== this.props.row || next.choice !== this.props.choice;
  }

  override render({ row, choice, target, onChoose }: PreviewRowProps) {
    const { decision, selected } = fateOf(row, choice);
    const { index, text, draft } = row;
    const linking = decision === 'link';
    const toggle = () =>
      onChoose({ index, selected: !selected, link: undefined, create: undefined });
    return (
      <li class={selected || row.decision === 'ask' ? 'row' : 'row off'}>
        <div class="line">
          {row.selectable && (
            <input
              type="checkbox"
              aria-label={`${linking ? 'Link' : 'Create an issue for'}: ${text}`}
              checked={selected}
              onChange={toggle}
            />
          )}
          {selected && !linking && draft ? (
            <input
              type="text"
              class="title"
              maxLength={256}
              aria-label={`Title of the issue for: ${text}`}
              value={choice?.title ?? draft.title}
              onInput={({ currentTarget }) => onChoose({ index, title: currentTarget.value })}
            />
          ) : (
            <span class="text">{text || '(no text)'}</span>
          )}
        </div>
        <Notes row={row} target={target} />
        {row.candidates.map((issue) => (
          <Candidate
            key={issue.ref.number}
            issue={issue}
            target={target}
            pressed={choice?.link === issue.ref.number}
            onPress={(link) => onChoose({ index, link, selected: undefined, create: undefined })}
          />
        ))}
        {row.decision === 'link' && row.selectable && (
          <p>
            <Button
              look="small"
              pressed={choice?.create ?? false}
              onPress={() => onChoose({ index, create: choice?.create ? undefined : true })}
            >
              Create a new issue anyway
            </Button>
          </p>
        )}
      </li>
    );
  }
}

function Notes({ row, target }: { readonly row: GenerationRow; readonly target: RepoRef }) {
  const { reason, draft } = row;
  const notes = [
    reason.kind === 'new' ? '' : describeReason(reason, target),
    row.hiddenLink ? 'linked in the hidden block: a link in its text could not be read' : '',
    draft?.shortened ? 'title shortened; the full text is in the issue' : '',
  ].filter(Boolean);
  return notes.length > 0 ? <p class="muted why">{notes.join(' · ')}</p> : null;
}

interface CandidateProps {
  readonly issue: KnownIssue;
  readonly target: RepoRef;
  readonly pressed: boolean;
  /** Gets the number to link, or nothing to take the link back. */
  readonly onPress: (link: number | undefined) => void;
}

function Candidate({ issue, target, pressed, onPress }: CandidateProps) {
  const name = formatIssueRef(issue.ref, target);
  return (
    <p class="candidate">
      <Button
        look="small"
        pressed={pressed}
        onPress={() => onPress(pressed ? undefined : issue.ref.number)}
      >
        Link {name} instead
      </Button>{' '}
      <a href={issueUrl(issue.ref)} target="_blank" rel="noreferrer">
        {issue.title}
      </a>{' '}
      <span class="muted">{issue.state}</span>
    </p>
  );
}
