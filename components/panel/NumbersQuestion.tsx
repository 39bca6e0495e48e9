import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { countNoun } from '../../lib/core/count-noun.ts';
import type { Failure } from '../../lib/core/failures.ts';
import type { NewAnswers } from '../../lib/core/identity/answers.ts';
import { formatIssueRef, type IssueRef, issueKey, type RepoRef } from '../../lib/core/refs.ts';
import {
  type AskedNumber,
  countItems,
  type NumbersQuestion,
} from '../../lib/core/sync/ask-numbers.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { FoldingList } from '../ui/FoldingList.tsx';
import { IssueLink } from '../ui/IssueLink.tsx';

interface QuestionProps {
  readonly question: NumbersQuestion | undefined;
  /** The checklist's repository: its issues are named without it. */
  readonly from: RepoRef;
  readonly busy: boolean;
  /** Why the last answer was not written. */
  readonly failure?: Failure | undefined;
  /** Undefined where nothing can be written now. */
  readonly onAnswer: ((answers: NewAnswers) => void) | undefined;
  readonly onOptions?: () => void;
}

/** The one question of a checklist: whose the numbers in its items are. */
export function NumbersQuestionView({ question, failure, onOptions, ...props }: QuestionProps) {
  if (question === undefined) return null;
  const { ends, old } = question;
  return (
    <section class="question" aria-label="Whose numbers are these?">
      {failure && <FailureNote failure={failure} onOptions={onOptions} />}
      {ends.length > 0 && <Asked {...props} numbers={ends} words={endWords(ends)} />}
      {old.length > 0 && <Asked {...props} numbers={old} words={oldWords(old)} />}
      {props.onAnswer === undefined && (
        <p class="muted">You can answer when you are signed in and no run is open.</p>
      )}
    </section>
  );
}

/** What is asked, and the two answers: for all, and for one. */
interface Words {
  readonly head: string;
  readonly asks: string;
  readonly all: Answered<string>;
  readonly one: Answered<string>;
}

type Answer = 'own' | 'about';
type Answered<Value> = Readonly<Record<Answer, Value>>;

function endWords(numbers: readonly AskedNumber[]): Words {
  const one = { own: 'Its issue', about: 'What it is about' };
  const count = countItems(numbers);
  const head = `${countNoun(count, 'item')} ${count === 1 ? 'ends' : 'end'} in a number.`;
  return numbers.length === 1
    ? { head, asks: 'Is it the item’s issue, or only what the item is about?', all: one, one }
    : {
        head,
        asks: 'Are these their issues, or only what they are about?',
        all: { own: 'Their issues', about: 'What they are about' },
        one,
      };
}

function oldWords(numbers: readonly AskedNumber[]): Words {
  const one = { own: 'Tick it', about: 'It is about something else' };
  const count = countItems(numbers);
  return count === 1
    ? {
        head: '1 item names an issue that was closed before the item was written.',
        asks: 'Is the item done, too?',
        all: one,
        one,
      }
    : {
        head: `${count} items name issues that were closed before the items were written.`,
        asks: 'Are the items done, too?',
        all: { own: 'Tick them', about: 'This list is about something else' },
        one,
      };
}

interface AskedProps extends Pick<QuestionProps, 'from' | 'busy' | 'onAnswer'> {
  readonly numbers: readonly AskedNumber[];
  readonly words: Words;
}

/** So many are seen at a glance; more are folded. */
const FEW = 3;

function Asked({ numbers, words, from, busy, onAnswer }: AskedProps) {
  const all = numbers.map(({ issue }) => issue);
  return (
    <>
      <p>
        <strong>{words.head}</strong> {words.asks}
      </p>
      {numbers.length === 1 && numbers.map((one) => <Named key={one.item} {...one} from={from} />)}
      {onAnswer && (
        <p class="answers">
          <Button look="small" disabled={busy} onPress={() => onAnswer({ own: all, about: [] })}>
            {words.all.own}
          </Button>
          <Button look="small" disabled={busy} onPress={() => onAnswer({ own: [], about: all })}>
            {words.all.about}
          </Button>
        </p>
      )}
      {numbers.length > 1 && <OneByOne {...{ numbers, from, busy, onAnswer }} words={words.one} />}
    </>
  );
}

interface OneByOneProps extends Omit<AskedProps, 'words'> {
  readonly words: Answered<string>;
}

function OneByOne({ numbers, words, from, busy, onAnswer }: OneByOneProps) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Answer>>(new Map());
  const issues = new Map(numbers.map(({ issue }) => [issueKey(issue), issue]));
  const picked = (answer: Answer): readonly IssueRef[] =>
    [...issues].flatMap(([key, issue]) => (chosen.get(key) === answer ? [issue] : []));
  const answers = { own: picked('own'), about: picked('about') };
  const count = answers.own.length + answers.about.length;
  return (
    <FoldingList
      title={onAnswer ? 'Choose one by one' : 'Show the items'}
      rows={numbers}
      startsOpen={numbers.length <= FEW}
      foot={
        onAnswer && (
          <Button look="small" disabled={busy || count === 0} onPress={() => onAnswer(answers)}>
            {count === 0 ? 'Save answers' : `Save ${countNoun(count, 'answer')}`}
          </Button>
        )
      }
    >
      {(one) => (
        <li class="row" key={`${one.item} ${issueKey(one.issue)}`}>
          <Named {...one} from={from}>
            {onAnswer && (
              <Choice
                {...one}
                {...{ from, words }}
                chosen={chosen.get(issueKey(one.issue))}
                onChoose={(answer) =>
                  setChosen(new Map([...chosen, [issueKey(one.issue), answer]]))
                }
              />
            )}
          </Named>
        </li>
      )}
    </FoldingList>
  );
}

interface NamedProps extends AskedNumber {
  readonly from: RepoRef;
  readonly children?: ComponentChildren;
}

/** An item with the issue that it names. */
function Named({ text, issue, title, state, from, children }: NamedProps) {
  return (
    <div>
      <p class="text">{text}</p>
      <p class="muted">
        <IssueLink issue={issue} from={from} /> {title} · {state}
      </p>
      {children}
    </div>
  );
}

interface ChoiceProps extends Pick<AskedNumber, 'item' | 'text' | 'issue'> {
  readonly from: RepoRef;
  readonly words: Answered<string>;
  readonly chosen: Answer | undefined;
  readonly onChoose: (answer: Answer) => void;
}

function Choice({ item, text, issue, from, words, chosen, onChoose }: ChoiceProps) {
  return (
    <fieldset class="answers" aria-label={`${formatIssueRef(issue, from)} in “${text}”`}>
      {(['own', 'about'] as const).map((answer) => (
        <label key={answer}>
          <input
            type="radio"
            name={`${item} ${issueKey(issue)}`}
            checked={chosen === answer}
            onChange={() => onChoose(answer)}
          />{' '}
          {words[answer]}
        </label>
      ))}
    </fieldset>
  );
}
