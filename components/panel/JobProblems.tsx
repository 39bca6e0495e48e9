import { useState } from 'preact/hooks';
import { countNoun } from '../../lib/core/count-noun.ts';
import type { JobStatus, RowProblem, RowResolution } from '../../lib/core/engine/job-status.ts';
import { Button } from '../ui/Button.tsx';

/** Called with what the user wants done about a row. */
export type OnResolve = (index: number, resolution: RowResolution) => void;

interface JobProblemsProps {
  readonly job: JobStatus;
  readonly busy: boolean;
  readonly onResolve: OnResolve;
}

/** Rows that failed, are unknown, or came back for review, each with its reason and what may be done. */
export function JobProblems({ job, busy, onResolve }: JobProblemsProps) {
  const { problems } = job;
  if (problems.length === 0) return null;
  const retryable = problems.filter(({ choices }) => choices.includes('retry'));
  const retryAll = () => {
    for (const { index } of retryable) onResolve(index, { kind: 'retry' });
  };
  return (
    <section class="group problems">
      <div class="actions">
        <h3>{describeProblems(problems)}</h3>
        {retryable.length > 1 && (
          <Button look="small" disabled={busy} onPress={retryAll}>
            Retry all {retryable.length}
          </Button>
        )}
      </div>
      <ul class="rows">
        {problems.map((problem) => (
          <Problem
            key={problem.index}
            problem={problem}
            words={wordsFor(job, problem)}
            busy={busy}
            onResolve={onResolve}
          />
        ))}
      </ul>
    </section>
  );
}

/** How many items need the user, in words; '' for none. */
export function describeProblems({ length }: JobStatus['problems']): string {
  return length === 0 ? '' : `${countNoun(length, 'item needs', 'items need')} attention`;
}

interface ProblemProps {
  readonly problem: RowProblem;
  readonly words: Words;
  readonly busy: boolean;
  readonly onResolve: OnResolve;
}

function Problem({ problem, words, busy, onResolve }: ProblemProps) {
  const { index, text, failure, choices, issue } = problem;
  const resolve = (resolution: RowResolution) => onResolve(index, resolution);
  return (
    <li class="row">
      <span class="text">{text}</span>
      <p class="muted">
        {failure.message} {failure.action} {issue && <a href={issue.url}>#{issue.number}</a>}
      </p>
      <p class="actions">
        {choices.map((kind) =>
          kind === 'use-number' ? (
            <UseNumber key={kind} text={text} busy={busy} resolve={resolve} />
          ) : (
            <Button
              look="small"
              key={kind}
              disabled={busy}
              label={`${words[kind]}: ${text}`}
              onPress={() => resolve({ kind })}
            >
              {words[kind]}
            </Button>
          ),
        )}
      </p>
    </li>
  );
}

type Words = Readonly<Record<Exclude<RowResolution['kind'], 'use-number'>, string>>;

/** The words of the buttons: they name what is done. */
function wordsFor({ words }: JobStatus, { choices }: RowProblem): Words {
  return {
    retry: 'Retry',
    'create-again': 'Create it again',
    force: words.force,
    skip: choices.includes('force') ? 'Leave as is' : 'Skip it',
  };
}

interface UseNumberProps {
  readonly text: string;
  readonly busy: boolean;
  readonly resolve: (resolution: RowResolution) => void;
}

function UseNumber({ text, busy, resolve }: UseNumberProps) {
  const [typed, setTyped] = useState('');
  const number = /^#?([1-9]\d{0,9})$/.exec(typed.trim())?.[1];
  const submit = (event: Event) => {
    event.preventDefault();
    if (number !== undefined) resolve({ kind: 'use-number', number: Number(number) });
  };
  return (
    <form class="inline" onSubmit={submit}>
      <input
        type="text"
        inputMode="numeric"
        size={7}
        placeholder="#123"
        aria-label={`Number of the issue for: ${text}`}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <Button look="small" disabled={busy || number === undefined}>
        Use this issue
      </Button>
    </form>
  );
}
