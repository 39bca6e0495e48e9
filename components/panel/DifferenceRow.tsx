import { Component } from 'preact';
import { type MadeChoice, offered } from '../../lib/checklist-model/reconcile-choices.ts';
import type { Consequence } from '../../lib/core/differences/choice.ts';
import type { Difference, Match } from '../../lib/core/differences/difference.ts';
import type { RepoRef } from '../../lib/core/refs.ts';
import { describeIssue } from '../ui/describe-issue.ts';
import { IssueLink } from '../ui/IssueLink.tsx';
import { LinkedSentence } from '../ui/LinkedSentence.tsx';
import { ConsequenceView } from './ConsequenceView.tsx';
import { LinkChoice } from './LinkChoice.tsx';
import type { SearchIssues } from './LinkSearch.tsx';
import type { PreviewMatch } from './use-match-preview.ts';

interface DifferenceRowProps {
  readonly difference: Difference;
  readonly made: MadeChoice | undefined;
  /** Items that link no issue. */
  readonly items: readonly Match[];
  /** The checklist's repository: its issues are named without it. */
  readonly from: RepoRef;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Nothing can be written. */
  readonly isReadOnly: boolean;
  /** Called with nothing when the choice is taken back. This and the others must do the same from render to render. */
  readonly onChoose: (difference: string, made: MadeChoice | undefined) => void;
  readonly onSearch: SearchIssues;
  readonly onPreview: PreviewMatch;
}

/** One difference: what it is and what proves it, what may be done, and what that writes. A class, because a choice for one row must not render 500 others again. */
export class DifferenceRow extends Component<DifferenceRowProps> {
  override shouldComponentUpdate({ difference, made }: DifferenceRowProps): boolean {
    return difference !== this.props.difference || made !== this.props.made;
  }

  override render(props: DifferenceRowProps) {
    const { difference, made, from, now, onChoose } = props;
    const { id, label, level } = difference;
    const choices = props.isReadOnly ? [] : difference.choices;
    const choose = (index: number) => onChoose(id, offered(difference, index));
    const linkTo = choices.findIndex(({ choice }) => choice.kind === 'link-to');
    const chosen = made?.chosen.kind === 'offered' ? made.chosen.choice : made && linkTo;
    const notes = [label, level === 'info' && 'For information'].filter(Boolean).join(' · ');
    return (
      <li class="row difference-row">
        <fieldset>
          <legend>
            <span class="text">{subjectOf(difference)}</span>
            {notes && <span class="muted">{notes}</span>}
          </legend>
          <p>
            <LinkedSentence sentence={difference.words} issues={difference.links} from={from} />
          </p>
          <div class="choices">
            {choices.map(({ words, about }, index) => (
              <ChoiceRadio
                key={index}
                name={`choice ${id}`}
                words={words}
                issue={about}
                checked={index === chosen}
                from={from}
                now={now}
                onCheck={() => choose(index)}
              />
            ))}
            {choices.length > 0 && (
              // The browser remembers that it is checked; nothing is chosen then.
              <label class="inline">
                <input
                  type="radio"
                  name={`choice ${id}`}
                  onChange={() => onChoose(id, undefined)}
                />
                <span>Not now</span>
              </label>
            )}
          </div>
        </fieldset>
        {linkTo !== -1 && chosen === linkTo && (
          <LinkChoice
            {...props}
            onMake={(match) => onChoose(id, match)}
            onUnpick={() => choose(linkTo)}
          />
        )}
        {made && !props.isReadOnly && <ConsequenceView consequence={made.consequence} />}
      </li>
    );
  }
}

/** What the difference is about: the item's words, the title of an issue that has none, or all of it. */
function subjectOf({ item, text }: Difference): string {
  return text || (item === undefined ? 'The checklist' : '(no text)');
}

interface ChoiceRadioProps {
  readonly name: string;
  readonly words: string;
  readonly issue: Consequence['about'];
  readonly checked: boolean;
  readonly from: RepoRef;
  readonly now: number;
  readonly onCheck: () => void;
}

function ChoiceRadio(props: ChoiceRadioProps) {
  const { issue } = props;
  return (
    <p class={issue ? 'choice' : ''}>
      <label class="inline">
        <input type="radio" name={props.name} checked={props.checked} onChange={props.onCheck} />
        <span>{props.words}</span>
      </label>{' '}
      {issue && (
        <span class="muted">
          {describeIssue(issue, props.now)}{' '}
          <IssueLink issue={issue.ref} from={props.from} words="Open" />
        </span>
      )}
    </p>
  );
}
