// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { changedPart } from '../../components/panel/ConsequenceView.tsx';
import { ReconcileResult } from '../../components/panel/ReconcileResult.tsx';
import { RunList } from '../../components/panel/RunList.tsx';
import { failure } from '../../lib/core/failures.ts';
import { describeRun } from '../../lib/core/runs/describe-run.ts';
import { RUNS } from './reconcile-samples.ts';
import { type Rendered, show } from './render.ts';
import { unfold } from './unfold.ts';

type ListProps = Parameters<typeof RunList>[0];

async function runs(more: Partial<ListProps> = {}): Promise<Rendered> {
  const shown = show(
    <RunList
      runs={{ entries: RUNS, everywhere: false }}
      marked={54}
      busy={false}
      mayWrite
      failure={undefined}
      onList={vi.fn()}
      onUndo={vi.fn()}
      onRetry={vi.fn()}
      onRemoveTraces={vi.fn()}
      onOptions={vi.fn()}
      {...more}
    />,
  );
  await unfold(shown.root, 'Earlier runs');
  return shown;
}

describe('earlier runs', () => {
  it('are asked for when they are unfolded, and those of other browsers on demand', async () => {
    const onList = vi.fn();
    const { button, click } = await runs({ onList });
    expect(onList.mock.calls).toEqual([[false]]);
    await click(button('Find runs of other browsers on GitHub'));
    expect(onList.mock.calls).toEqual([[false], [true]]);
  });

  it('say what they were, when, by whom, and what stands in the way of undoing them', async () => {
    const { root } = await runs();
    const rows = [...root.querySelectorAll('li')].map(({ textContent }) => textContent ?? '');
    for (const [index, run] of RUNS.entries()) {
      const words = describeRun(run);
      expect(rows[index]?.startsWith(words.title)).toBe(true);
      expect(rows[index]).toContain(`by ${run.login}`);
      expect(rows[index]).toContain(words.button === undefined ? words.undo : 'Undo');
    }
    expect(rows[4]).toContain('found through its issues');
  });

  it('are undone after a question that says what that does', async () => {
    const onUndo = vi.fn();
    const { button, click, text } = await runs({ onUndo });
    await click(button(/^Undo: Generate: 12 issues/));
    expect(text()).toContain(
      'Close 12 issues and remove their links; sent emails cannot be recalled.',
    );
    expect(onUndo).not.toHaveBeenCalled();
    await click(button('Close 12 issues'));
    expect(onUndo).toHaveBeenCalledWith('r1');
  });

  it('that are none say of what', async () => {
    const mine = await runs({ runs: { entries: [], everywhere: false } });
    expect(mine.text()).toContain('No runs in this browser in the last 30 days.');
    const all = await runs({ runs: { entries: [], everywhere: true } });
    expect(all.text()).toContain('None.');
    expect(() => all.button(/other browsers/)).toThrow();
  });

  it('that cannot be had say why, and are asked for again', async () => {
    const problem = failure('offline');
    const onRetry = vi.fn();
    const { text, click, button } = await runs({ runs: undefined, failure: problem, onRetry });
    expect(text()).toContain(problem.message);
    expect(text()).not.toContain('Loading');
    await click(button('Retry'));
    expect(onRetry).toHaveBeenCalledOnce();
  });

  it('are undone neither without a token nor while a run is open', async () => {
    const { button } = await runs({ mayWrite: false });
    expect(button(/^Undo: Generate: 12 issues/).disabled).toBe(true);
    expect(() => button("Remove Masterlist's traces")).toThrow();
  });

  it('end with the way to remove all traces, which says what goes and what stays', async () => {
    const onRemoveTraces = vi.fn();
    const { root, button, click, text } = await runs({ onRemoveTraces });
    await click(button("Remove Masterlist's traces"));
    expect(text()).toContain(
      "Removes Masterlist's hidden comments from this text and 54 issues, and its link comments. Links, text and issues stay. This cannot be undone.",
    );
    await click(button('Remove the traces'));
    expect(onRemoveTraces.mock.calls).toEqual([[false]]);
    await click(button("Remove Masterlist's traces"));
    const brackets = root.querySelector<HTMLInputElement>('input[type=checkbox]');
    if (brackets) await click(brackets);
    await click(button('Remove the traces'));
    expect(onRemoveTraces).toHaveBeenLastCalledWith(true);
  });

  it('say nothing of a number of issues that is not known', async () => {
    const { button, click, text } = await runs({ marked: undefined });
    await click(button("Remove Masterlist's traces"));
    expect(text()).toContain('from this text and its issues,');
  });
});

describe('what became of applied choices', () => {
  const outcome = { making: 8, changed: 2, kept: 1 };

  it('is told in one line', () => {
    expect(show(<ReconcileResult outcome={outcome} running />).text()).toBe(
      '8 changes are being made; 2 changed in the meantime and were skipped: reconcile again; 1 is not shown again.',
    );
  });

  it('no longer tells of work when the run is over', () => {
    expect(show(<ReconcileResult outcome={outcome} running={false} />).text()).toBe(
      '2 changed in the meantime and were skipped: reconcile again; 1 is not shown again.',
    );
  });

  it.each([
    [{ making: 1, changed: 0, kept: 0 }, '1 change is being made.'],
    [
      { making: 0, changed: 1, kept: 0 },
      '1 changed in the meantime and was skipped: reconcile again.',
    ],
    [{ making: 0, changed: 0, kept: 3 }, '3 are not shown again.'],
  ])('counts right: %j', (one, words) => {
    expect(show(<ReconcileResult outcome={one} running />).text()).toBe(words);
  });

  it('stands empty before, for screen readers', () => {
    const { root } = show(<ReconcileResult outcome={undefined} running={false} />);
    expect(root.querySelector('[role="status"]')?.textContent).toBe('');
  });
});

describe('the part in which two texts differ', () => {
  it.each([
    ['- [ ] a', '- [x] a', ['- [', ' ', 'x', '] a']],
    ['a (#1)', 'a', ['a', ' (#1)', '', '']],
    ['a', 'a', ['a', '', '', '']],
    ['aa', 'a', ['a', 'a', '', '']],
    ['😀 one', '😁 one', ['', '😀', '😁', ' one']],
  ])('of %s and %s', (before, after, expected) => {
    expect(Object.values(changedPart(before, after))).toEqual(expected);
  });
});
