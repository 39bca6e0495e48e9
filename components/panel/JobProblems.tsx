import { useState } from 'preact/hooks';
import { countNoun } from '../../lib/core/count-noun.ts';
import type { JobStatus, RowProblem, RowResolution } from '../../lib/core/engine/job-status.ts';
import { Button } from '../ui/Button.tsx';

/** Called with what the user wants done about rows, all at once. */
export type OnResolve = (indexes: readonly number[], resolution: RowResolution) => void;

interface JobProblemsProps {
  readonly job: JobStatus;
  readonly busy: boolean;
  readonly onResolve: OnResolve;
}

/** Rows that failed, are unknown, or came back for review: one question for all that have the same reason. */
export function JobProblems({ job, ...actions }: JobProblemsProps) {
  const { problems } = job;
  if (problems.length === 0) return null;
  const groups = [...Map.groupBy(problems, ({ failure }) => failure.code).values()];
  const same = { words: job.words, ...actions };
  return (
    <section class="group problems">
      <div class="actions">
        <h3>{describeProblems(problems)}</h3>
        {groups.length > 1 && <RetryAll problems={problems} {...actions} />}
      </div>
      <ul class="rows">
        {groups.map((group) => {
          const [only, second] = group;
          if (only === undefined) return null;
          const key = only.failure.code;
          return second === undefined ? (
            <Problem key={key} problem={only} {...same} />
          ) : (
            <Question key={key} problems={group} {...same} />
          );
        })}
      </ul>
    </section>
  );
}

/** How many items need the user, in words; '' for none. */
export function describeProblems({ length }: JobStatus['problems']): string {
  return length === 0 ? '' : `${countNoun(length, 'item needs', 'items need')} attention`;
}

interface ActionProps extends Pick<JobProblemsProps, 'busy' | 'onResolve'> {
  readonly words: JobStatus['words'];
}

/** All that can simply be tried again, whatever their reasons. Of issues that may exist each question has its own button. */
function RetryAll({ problems, busy, onResolve }: Omit<ActionProps, 'words'> & QuestionProps) {
  const indexes = problems.filter(isRetried).map(({ index }) => index);
  if (indexes.length < 2) return null;
  return (
    <Button
      look="small"
      writes
      disabled={busy}
      onPress={() => onResolve(indexes, { kind: 'retry' })}
    >
      Retry all {indexes.length}
    </Button>
  );
}

function isRetried({ choices }: RowProblem): boolean {
  return choices.includes('retry') && !choices.includes('create-again');
}

interface QuestionProps {
  readonly problems: readonly RowProblem[];
}

/** One question about several rows, with the rows folded inside. */
function Question({ problems, ...actions }: QuestionProps & ActionProps) {
  const [first] = problems;
  if (first === undefined) return null;
  const { busy, onResolve } = actions;
  const indexes = problems.map(({ index }) => index);
  const together = first.choices.filter(isForAll);
  const shared = together.filter((kind) => problems.every(({ choices }) => choices.includes(kind)));
  return (
    <li class="row">
      <span class="text">{describeQuestion(problems, first)}</span>
      <p class="actions">
        {shared.map((kind) => (
          <Button
            look="small"
            writes
            key={kind}
            disabled={busy}
            onPress={() => onResolve(indexes, { kind })}
          >
            {forAll(kind, first, problems.length)}
          </Button>
        ))}
      </p>
      <details>
        <summary>{countNoun(problems.length, 'item')}</summary>
        <ul class="rows">
          {problems.map((problem) => (
            <Problem key={problem.index} problem={problem} {...actions} />
          ))}
        </ul>
      </details>
    </li>
  );
}

function describeQuestion(problems: readonly RowProblem[], { failure }: RowProblem): string {
  const { length } = problems;
  switch (failure.code) {
    case 'still-unknown':
      return `GitHub did not show ${length} issues for ten minutes. Create those that are still missing?`;
    case 'unknown-outcome':
      return `GitHub did not confirm ${length} issues. Create those that are still missing?`;
    case 'item-gone':
      return `${length} items are no longer in the checklist, or their texts were changed.`;
    case 'made-item-gone':
      return `${length} items with an issue are no longer in the checklist.`;
    case 'item-renamed':
      return `${length} items were renamed after their issues were created. Link the issues to them?`;
    case 'item-linked':
      return `Somebody linked ${length} items in the meantime. Nothing was created for them.`;
    default:
      return problems.every((one) => one.failure.message === failure.message)
        ? `${length} items: ${failure.message}`
        : `${length} items, each for its own reason.`;
  }
}

type ForAll = 'create-again' | 'link' | 'retry' | 'skip';

/** What needs a number, or overrules somebody's work, is decided one by one. */
function isForAll(kind: RowResolution['kind']): kind is ForAll {
  return kind !== 'use-number' && kind !== 'force';
}

function forAll(kind: ForAll, { choices }: RowProblem, count: number): string {
  switch (kind) {
    case 'create-again':
      return `Create all ${count}`;
    case 'link':
      return `Link all ${count}`;
    case 'retry':
      return choices.includes('create-again') ? 'Look again' : `Retry all ${count}`;
    case 'skip':
      return choices.includes('force') ? `Leave all ${count} as they are` : `Skip all ${count}`;
  }
}

function Problem({ problem, ...actions }: ActionProps & { readonly problem: RowProblem }) {
  const { index, text, failure, choices, issue } = problem;
  const { busy, onResolve } = actions;
  const words = wordsFor(actions.words, problem);
  const resolve = (resolution: RowResolution) => onResolve([index], resolution);
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
              writes
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
function wordsFor({ force }: JobStatus['words'], { choices, issue }: RowProblem): Words {
  return {
    link: `Link #${issue?.number ?? ''}`,
    retry: choices.includes('create-again') ? 'Look again' : 'Retry',
    'create-again': 'Create it again',
    force,
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
      <Button look="small" writes disabled={busy || number === undefined}>
        Use this issue
      </Button>
    </form>
  );
}
