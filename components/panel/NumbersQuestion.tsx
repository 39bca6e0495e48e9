import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { countNoun } from '../../lib/core/count-noun.ts';
import type { Failure, Result } from '../../lib/core/failures.ts';
import type {
  Answer,
  AnswerPreview,
  GivenAnswers,
  NewAnswers,
} from '../../lib/core/identity/answers.ts';
import type { NumberOfItem } from '../../lib/core/identity/number-names.ts';
import { formatIssueRef, issueKey, type RepoRef } from '../../lib/core/refs.ts';
import {
  type AskedNumber,
  countItems,
  type NumbersQuestion,
} from '../../lib/core/sync/ask-numbers.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { FoldingList } from '../ui/FoldingList.tsx';
import { IssueLink } from '../ui/IssueLink.tsx';
import { TextDifferenceView } from '../ui/TextDifferenceView.tsx';

interface QuestionProps {
  readonly question: NumbersQuestion | undefined;
  /** The checklist's repository: its issues are named without it. */
  readonly from: RepoRef;
  readonly busy: boolean;
  /** Why the last answer was not written. */
  readonly failure?: Failure | undefined;
  /** Undefined where nothing can be written now. */
  readonly onAnswer: ((answers: GivenAnswers) => void) | undefined;
  /** Shows what an answer would change in the text; missing where numbers are not written into it. */
  readonly onPreview?: ((answers: NewAnswers) => Promise<Result<AnswerPreview>>) | undefined;
  readonly onOptions?: (() => void) | undefined;
}

/** The one question of a checklist: whose the numbers in its items are. */
export function NumbersQuestionView(asking: QuestionProps) {
  const { question, failure, onPreview, onOptions, ...props } = asking;
  if (question === undefined) return null;
  const { ends, old } = question;
  return (
    <section class="question" aria-label="Whose numbers are these?">
      {failure && <FailureNote failure={failure} onOptions={onOptions} />}
      {ends.length > 0 && <Ends {...props} {...{ ends, onPreview, onOptions }} />}
      {old.length > 0 && <Asked {...props} numbers={old} words={oldWords(old)} />}
      {props.onAnswer === undefined && (
        <p class="muted">You can answer when you are signed in and no run is open.</p>
      )}
    </section>
  );
}

interface EndsProps extends Omit<QuestionProps, 'question' | 'failure'> {
  readonly ends: readonly AskedNumber[];
}

/** Numbers at the end of items. What is theirs can also be written into the text, once it was shown. */
function Ends({ ends, onAnswer, onPreview, onOptions, ...props }: EndsProps) {
  const [writes, setWrites] = useState(false);
  const [preview, setShown] = useState<ShownChange>();
  const asked = JSON.stringify(ends);
  // It is no answer to another question.
  const shown = preview?.asked === asked ? preview : undefined;
  const closed = new Set(ends.filter(({ state }) => state === 'closed').map(idOf));
  const answer = async (given: NewAnswers) => {
    if (!writes || !onPreview || given.own.length === 0) return onAnswer?.(given);
    // What was closed before the item named it is ticked by the answer alone: brackets do not say so.
    const own = given.own.filter((one) => closed.has(idOf(one)));
    const answers = { own, about: given.about, bracket: given.own };
    setShown({ asked, answers, preview: await onPreview(answers) });
  };
  return (
    <>
      <Asked
        {...props}
        numbers={ends}
        words={endWords(ends)}
        onAnswer={onAnswer && ((given) => void answer(given))}
      />
      {onAnswer && onPreview && (
        <label class="writes">
          <input
            type="checkbox"
            checked={writes}
            onChange={({ currentTarget }) => {
              setWrites(currentTarget.checked);
              setShown(undefined);
            }}
          />{' '}
          Also write their issues into the text, as (#12). The change is shown first.
        </label>
      )}
      {shown && !shown.preview.ok && (
        <FailureNote failure={shown.preview.failure} onOptions={onOptions} />
      )}
      {shown?.preview.ok && onAnswer && (
        <WriteIn
          {...shown.preview.value}
          busy={props.busy}
          onWrite={(now) => onAnswer({ ...shown.answers, now })}
          onClose={() => setShown(undefined)}
        />
      )}
    </>
  );
}

/** What an answer changes in the text, and the question that it answers. */
interface ShownChange {
  readonly asked: string;
  readonly answers: NewAnswers;
  readonly preview: Result<AnswerPreview>;
}

interface WriteInProps extends AnswerPreview {
  readonly busy: boolean;
  readonly onWrite: (now: string) => void;
  readonly onClose: () => void;
}

/** What an answer changes in the text, before it is written. */
function WriteIn({ now, lines, busy, onWrite, onClose }: WriteInProps) {
  return (
    <>
      <TextDifferenceView lines={lines} label="What would change in the text" />
      <p class="answers">
        <Button
          look="small"
          writes
          disabled={busy}
          onPress={() => onWrite(now)}
          buttonRef={focusOnce}
        >
          Write it into the text
        </Button>
        <Button look="small" disabled={busy} onPress={onClose}>
          Cancel
        </Button>
      </p>
    </>
  );
}

/** What is to be confirmed may be out of sight. */
function focusOnce(button: HTMLButtonElement | null) {
  button?.focus();
}

/** What is asked, and the two answers: for all, and for one. */
interface Words {
  readonly head: string;
  readonly asks: string;
  readonly all: Answered<string>;
  readonly one: Answered<string>;
}

type Answered<Value> = Readonly<Record<Answer, Value>>;

function endWords(numbers: readonly AskedNumber[]): Words {
  const one = { own: 'Its issue', about: 'What it is about' };
  const count = countItems(numbers);
  const head = `${countNoun(count, 'item')} ${count === 1 ? 'ends' : 'end'} in a number.`;
  const ticks = ticksWords(numbers);
  return numbers.length === 1
    ? {
        head,
        asks: `Is it the item’s issue, or only what the item is about?${ticks}`,
        all: one,
        one,
      }
    : {
        head,
        asks: `Are these their issues, or only what they are about?${ticks}`,
        all: { own: 'Their issues', about: 'What they are about' },
        one,
      };
}

/** What the answer does beside, where work is done already. */
function ticksWords(numbers: readonly AskedNumber[]): string {
  const count = countItems(numbers.filter(({ ticks }) => ticks));
  if (count === 0) return '';
  if (numbers.length === 1) return ' The issue is closed: if it is the item’s, the item is ticked.';
  return count === 1
    ? ' The issue of 1 item is closed: if it is the item’s, the item is ticked.'
    : ` The issues of ${count} items are closed: if they are the items’, these are ticked.`;
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
  const all = numbers.map(numberOf);
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
  const picked = (answer: Answer): readonly NumberOfItem[] =>
    numbers.filter((one) => chosen.get(idOf(one)) === answer).map(numberOf);
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
        <li class="row" key={idOf(one)}>
          <Named {...one} from={from}>
            {onAnswer && (
              <Choice
                {...one}
                {...{ from, words }}
                chosen={chosen.get(idOf(one))}
                onChoose={(answer) => setChosen(new Map([...chosen, [idOf(one), answer]]))}
              />
            )}
          </Named>
        </li>
      )}
    </FoldingList>
  );
}

/** Two items may be called the same, of different numbers. */
function idOf({ name, issue }: NumberOfItem): string {
  return `${name} ${issueKey(issue)}`;
}

function numberOf({ name, issue }: AskedNumber): NumberOfItem {
  return { name, issue };
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
