import { useState } from 'preact/hooks';
import { countNoun } from '../../lib/core/count-noun.ts';
import type { NewAnswers } from '../../lib/core/identity/answers.ts';
import { type IssueRef, issueKey, type RepoRef } from '../../lib/core/refs.ts';
import type { AskedNumber, NumbersQuestion } from '../../lib/core/sync/ask-numbers.ts';
import { Button } from '../ui/Button.tsx';
import { IssueLink } from '../ui/IssueLink.tsx';

interface QuestionProps {
  readonly question: NumbersQuestion | undefined;
  /** The checklist's repository: its issues are named without it. */
  readonly from: RepoRef;
  readonly busy: boolean;
  /** Undefined where nothing can be written now. */
  readonly onAnswer: ((answers: NewAnswers) => void) | undefined;
}

/** The one question of a checklist: whose the numbers in its items are. */
export function NumbersQuestionView({ question, ...props }: QuestionProps) {
  if (question === undefined) return null;
  const { ends, old } = question;
  const done = ends.filter(({ state }) => state === 'closed').length;
  return (
    <section class="group" aria-label="Whose numbers are these?">
      {ends.length > 0 && (
        <Asked
          {...props}
          numbers={ends}
          says={`${countNoun(ends.length, 'item')} ${ends.length === 1 ? 'ends' : 'end'} in a number. Is it the item’s issue, or what the item is about?`}
          own={done === 0 ? 'Their issues' : `Their issues (${done} closed)`}
          about="What they are about"
        />
      )}
      {old.length > 0 && (
        <Asked
          {...props}
          numbers={old}
          says={`${countNoun(old.length, 'item')} ${old.length === 1 ? 'names an issue that was' : 'name issues that were'} done before the item was written.`}
          own="Tick them"
          about="This list is about something else"
        />
      )}
    </section>
  );
}

interface AskedProps extends Omit<QuestionProps, 'question'> {
  readonly numbers: readonly AskedNumber[];
  readonly says: string;
  readonly own: string;
  readonly about: string;
}

function Asked({ numbers, says, own, about, from, busy, onAnswer }: AskedProps) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, 'own' | 'about'>>(new Map());
  const all = numbers.map(({ issue }) => issue);
  const picked = (answer: 'own' | 'about'): readonly IssueRef[] =>
    all.filter((issue) => chosen.get(issueKey(issue)) === answer);
  const choose = (issue: IssueRef, answer: 'own' | 'about') =>
    setChosen(new Map([...chosen, [issueKey(issue), answer]]));
  return (
    <>
      <p>{says}</p>
      {onAnswer ? (
        <p class="actions">
          <Button look="small" disabled={busy} onPress={() => onAnswer({ own: all, about: [] })}>
            {own}
          </Button>
          <Button look="small" disabled={busy} onPress={() => onAnswer({ own: [], about: all })}>
            {about}
          </Button>
        </p>
      ) : (
        <p class="muted">You can answer when you are signed in and no run is open.</p>
      )}
      <details>
        <summary>Choose one by one</summary>
        <ul class="within">
          {numbers.map(({ item, text, issue, title, state }) => (
            <li class="row" key={`${item} ${issueKey(issue)}`}>
              <div class="head">
                <span class="text">{text}</span>
                <IssueLink issue={issue} from={from} />
              </div>
              <p class="muted why">
                {title} ({state})
              </p>
              <p>
                {(['own', 'about'] as const).map((answer) => (
                  <label key={answer}>
                    <input
                      type="radio"
                      name={`${item} ${issueKey(issue)}`}
                      checked={chosen.get(issueKey(issue)) === answer}
                      onChange={() => choose(issue, answer)}
                    />
                    {answer === 'own' ? 'its issue' : 'what it is about'}{' '}
                  </label>
                ))}
              </p>
            </li>
          ))}
        </ul>
        {onAnswer && (
          <Button
            look="small"
            disabled={busy || chosen.size === 0}
            onPress={() => onAnswer({ own: picked('own'), about: picked('about') })}
          >
            Save {countNoun(chosen.size, 'answer')}
          </Button>
        )}
      </details>
    </>
  );
}
