// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { NumbersQuestionView } from '../../components/panel/NumbersQuestion.tsx';
import { failure, succeed } from '../../lib/core/failures.ts';
import type { NewAnswers } from '../../lib/core/identity/answers.ts';
import type { AskedNumber, NumbersQuestion } from '../../lib/core/sync/ask-numbers.ts';
import { type Rendered, show } from './render.ts';
import { REPO } from './samples.ts';

const issue = (number: number) => ({ repo: REPO, number });

function asked(number: number, item: string = `item ${number}`): AskedNumber {
  const text = `Backport #${number}`;
  return { item, name: item, text, issue: issue(number), title: `Fix ${number}`, state: 'open' };
}

const number = (one: number) => ({ name: `item ${one}`, issue: issue(one) });

function numbers(count: number): readonly AskedNumber[] {
  return Array.from({ length: count }, (_, index) => asked(index + 1));
}

function ask(
  { ends = [], old = [] }: Partial<NumbersQuestion>,
  onAnswer: ((answers: NewAnswers) => void) | undefined,
) {
  return (
    <NumbersQuestionView question={{ ends, old }} from={REPO} busy={false} onAnswer={onAnswer} />
  );
}

function choose(view: Rendered, group: string, answer: string): Promise<void> {
  const fieldset = view.root.querySelector(`fieldset[aria-label="${group}"]`);
  const label = [...(fieldset?.querySelectorAll('label') ?? [])].find(
    ({ textContent }) => textContent?.trim() === answer,
  );
  if (!label) throw new Error(`no ${answer} in ${group}`);
  return view.click(label);
}

describe('the question about numbers', () => {
  it('is answered for all items by one click', async () => {
    const onAnswer = vi.fn();
    const view = show(ask({ ends: numbers(9) }, onAnswer));
    expect(view.text()).toContain('9 items end in a number.');
    await view.click(view.button('Their issues'));
    await view.click(view.button('What they are about'));
    const all = numbers(9).map(({ name, issue }) => ({ name, issue }));
    expect(onAnswer.mock.calls).toEqual([[{ own: all, about: [] }], [{ own: [], about: all }]]);
  });

  it('shows a single item with what it names, and asks for it alone', () => {
    const view = show(ask({ ends: numbers(1) }, vi.fn()));
    expect(view.text()).toContain('1 item ends in a number.');
    expect(view.text()).toContain('#1 Fix 1 · open');
    view.button('Its issue');
    view.button('What it is about');
    expect(view.root.querySelector('details')).toBeNull();
  });

  it('is answered one by one, each item under its own name', async () => {
    const onAnswer = vi.fn();
    const view = show(ask({ ends: numbers(3) }, onAnswer));
    expect(view.button('Save answers').disabled).toBe(true);
    await choose(view, '#1 in “Backport #1”', 'Its issue');
    await choose(view, '#3 in “Backport #3”', 'What it is about');
    await view.click(view.button('Save 2 answers'));
    expect(onAnswer.mock.calls).toEqual([[{ own: [number(1)], about: [number(3)] }]]);
  });

  it('asks for each of several items that name an issue, and counts items', async () => {
    const onAnswer = vi.fn();
    const ends = [asked(1), asked(2, 'item 1'), asked(1, 'item 3')];
    const view = show(ask({ ends }, onAnswer));
    expect(view.text()).toContain('2 items end in a number.');
    await choose(view, '#1 in “Backport #1”', 'Its issue');
    await view.click(view.button('Save 1 answer'));
    expect(onAnswer.mock.calls).toEqual([[{ own: [number(1)], about: [] }]]);
  });

  it('keeps many items folded', () => {
    const view = show(ask({ old: numbers(133) }, vi.fn()));
    expect(view.text()).toContain(
      '133 items name issues that were closed before the items were written.',
    );
    expect(view.root.querySelector('details')?.open).toBe(false);
    view.button('Tick them');
    view.button('This list is about something else');
  });

  it('writes numbers into the text only by choice, once the change was shown', async () => {
    const onAnswer = vi.fn();
    const lines = [{ kind: 'comes-back', text: '- [ ] Backport (#1)' }] as const;
    const onPreview = vi.fn(async () => succeed({ now: 'hash', lines }));
    const ends: readonly AskedNumber[] = [asked(1), { ...asked(2), state: 'closed' }];
    const question = { ends, old: [] };
    const view = show(
      <NumbersQuestionView {...{ question, onAnswer, onPreview }} from={REPO} busy={false} />,
    );
    const choice = view.root.querySelector<HTMLInputElement>('input[type=checkbox]');
    expect(choice?.checked).toBe(false);
    if (choice) await view.click(choice);
    await view.click(view.button('Their issues'));
    const answers = { own: [number(2)], about: [], bracket: [number(1), number(2)] };
    expect(onPreview.mock.calls).toEqual([[answers]]);
    expect(onAnswer).not.toHaveBeenCalled();
    expect(view.root.querySelector('.comes-back')?.textContent).toContain('- [ ] Backport (#1)');
    expect(document.activeElement?.textContent).toBe('Write it into the text');
    await view.click(view.button('Cancel'));
    expect(view.root.querySelector('.comes-back')).toBeNull();
    await view.click(view.button('Their issues'));
    await view.click(view.button('Write it into the text'));
    expect(onAnswer.mock.calls).toEqual([[{ ...answers, now: 'hash' }]]);
    await view.click(view.button('What they are about'));
    expect(onAnswer).toHaveBeenLastCalledWith({ own: [], about: [number(1), number(2)] });
  });

  it('shows no change any more once something else is asked', async () => {
    const onPreview = vi.fn(async () => succeed({ now: 'hash', lines: [] }));
    const same = { from: REPO, busy: false, onAnswer: vi.fn(), onPreview };
    const view = show(<NumbersQuestionView {...same} question={{ ends: numbers(2), old: [] }} />);
    const choice = view.root.querySelector<HTMLInputElement>('input[type=checkbox]');
    if (choice) await view.click(choice);
    await view.click(view.button('Their issues'));
    const words = 'Write it into the text';
    await view.again(<NumbersQuestionView {...same} question={{ ends: numbers(2), old: [] }} />);
    expect(view.text()).toContain(words);
    await view.again(<NumbersQuestionView {...same} question={{ ends: numbers(3), old: [] }} />);
    expect(view.text()).not.toContain(words);
  });

  it('says which items its answer ticks', async () => {
    const done = numbers(3).map((one) => ({ ...one, state: 'closed', ticks: true }) as const);
    const same = { from: REPO, busy: false, onAnswer: vi.fn() };
    const ask = (ends: readonly AskedNumber[]) => (
      <NumbersQuestionView {...same} question={{ ends, old: [] }} />
    );
    const view = show(ask(numbers(2)));
    expect(view.text()).not.toContain('ticked');
    await view.again(ask([...numbers(1), ...done.slice(1)]));
    expect(view.text()).toContain(
      'The issues of 2 items are closed: if they are the items’, these are ticked.',
    );
    await view.again(ask(done.slice(0, 1)));
    expect(view.text()).toContain('The issue is closed: if it is the item’s, the item is ticked.');
  });

  it('says why an answer was not written, and when none can be', async () => {
    const question = { ends: numbers(2), old: [] };
    const same = { question, from: REPO, busy: false };
    const refused = failure('editor-open');
    const view = show(<NumbersQuestionView {...same} failure={refused} onAnswer={vi.fn()} />);
    expect(view.root.querySelector('[role=alert]')?.textContent).toContain(refused.message);
    await view.again(<NumbersQuestionView {...same} onAnswer={undefined} />);
    expect(view.root.querySelector('button, input')).toBeNull();
    expect(view.text()).toContain('You can answer when you are signed in and no run is open.');
  });
});
