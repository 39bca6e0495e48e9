// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { MatchTable } from '../../components/panel/MatchTable.tsx';
import { fail, failure, succeed } from '../../lib/core/failures.ts';
import { issueUrl } from '../../lib/core/refs.ts';
import { ref } from '../core/sync/build-sync.ts';
import { everyKind, FOUND, mixedPlan, tickedPlan } from './reconcile-samples.ts';
import { type Rendered, settle, show } from './render.ts';
import { NOW } from './samples.ts';
import { unfold } from './unfold.ts';

type TableProps = Parameters<typeof MatchTable>[0];

const { matches, differences } = mixedPlan();
const consequence = differences[0]?.choices[0];

async function table(more: Partial<TableProps> = {}): Promise<Rendered> {
  const shown = show(
    <MatchTable
      matches={matches}
      from={ref(1).repo}
      now={NOW}
      busy={false}
      isReadOnly={false}
      hasOpenIssue={({ issue }) => issue?.number === 13}
      onSearch={async () => succeed(FOUND)}
      onPreview={async () => (consequence ? succeed(consequence) : fail(failure('stale-plan')))}
      onMatch={vi.fn()}
      onTurnBack={vi.fn()}
      {...more}
    />,
  );
  await unfold(shown.root, 'How items are matched to issues');
  return shown;
}

const keyOf = (index: number) => matches[index]?.item.key ?? '';

describe('the table of matches', () => {
  it('is not rendered while it is folded', async () => {
    const { root } = await table();
    const details = root.querySelector('details');
    expect(root.querySelectorAll('table')).toHaveLength(1);
    if (details) details.open = false;
    details?.dispatchEvent(new Event('toggle'));
    await settle();
    expect(root.querySelectorAll('table')).toHaveLength(0);
  });

  it('tells of each item its issue, its pull requests and how they were matched', async () => {
    const { root } = await table();
    const heads = [...root.querySelectorAll('thead th')].map(({ textContent }) => textContent);
    expect(heads).toEqual(['Item', 'Issue', 'Pull requests', 'Matched by', 'Change']);
    const rows = [...root.querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('th, td')].slice(0, 4).map(({ textContent }) => textContent?.trim()),
    );
    expect(rows).toEqual([
      ['Parse dates (closes #11)', '#11', '', 'link'],
      ['Write docs (closes #12)', '#12', '', 'link'],
      ['Release (closes #13)', '#13', '', 'link'],
      ['Announce', '', '', 'nothing'],
    ]);
    expect(root.querySelector('a')?.href).toBe(issueUrl(ref(11)));
    expect(root.querySelectorAll('tbody th[scope="row"]')).toHaveLength(4);
  });

  it('has words for every way of matching', async () => {
    const plan = everyKind();
    const { root } = await table({ matches: plan.matches });
    const words = [...root.querySelectorAll('tbody td:nth-child(4)')].map(
      ({ textContent }) => textContent,
    );
    for (const word of ['link', 'by hand', 'marker', 'title', 'nothing'])
      expect(words).toContain(word);
  });

  it('gives an item another issue, once its consequence was shown', async () => {
    const onMatch = vi.fn();
    const { click, button, field, type, text, root } = await table({ onMatch });
    await click(button('Change… Announce'));
    expect(button('Change… Announce').getAttribute('aria-expanded')).toBe('true');
    await type(field(/^Issue number, URL or words/), 'build');
    await click(button('Search'));
    expect(() => button('Link to #40')).toThrow();
    const found = root.querySelector<HTMLInputElement>('[type="radio"]');
    if (found) await click(found);
    expect(text()).toContain('then: ');
    await click(button('Link to #40'));
    expect(onMatch).toHaveBeenCalledWith({ kind: 'match', item: keyOf(3), issue: ref(40) });
  });

  it('clears a match, once both sides were shown', async () => {
    const onMatch = vi.fn();
    const onPreview = vi.fn(async () =>
      consequence ? succeed(consequence) : fail(failure('stale-plan')),
    );
    const { click, button, root } = await table({ onMatch, onPreview });
    await click(button('Clear Parse dates (closes #11)'));
    expect(onPreview).toHaveBeenCalledWith({ kind: 'unmatch', item: keyOf(0) });
    expect(root.querySelectorAll('.sides > div')).toHaveLength(2);
    expect(onMatch).not.toHaveBeenCalled();
    await click(button('Remove the link'));
    expect(onMatch).toHaveBeenCalledWith({ kind: 'unmatch', item: keyOf(0) });
  });

  it('leaves a match as it is on demand, and says what cannot be cleared', async () => {
    const problem = failure('stale-plan');
    const { click, button, text } = await table({ onPreview: async () => fail(problem) });
    await click(button('Clear Parse dates (closes #11)'));
    expect(text()).toContain(problem.message);
    expect(() => button('Remove the link')).toThrow();
    await click(button('Keep it as it is'));
    expect(text()).not.toContain(problem.message);
  });

  it('clears nothing where the text links nothing', async () => {
    const { button } = await table();
    expect(() => button('Clear Announce')).toThrow();
  });

  it('turns items with open issues back into plain ones, after a question', async () => {
    const onTurnBack = vi.fn();
    const { root, click, button, text } = await table({ onTurnBack });
    const boxes = [...root.querySelectorAll<HTMLInputElement>('[type="checkbox"]')];
    expect(boxes.map((box) => box.getAttribute('aria-label'))).toEqual([
      'Unlink: Release (closes #13)',
    ]);
    if (boxes[0]) await click(boxes[0]);
    await click(button('Unlink 1 item and close its issue'));
    expect(text()).toContain('Closes 1 issue as not planned and removes its link.');
    expect(onTurnBack).not.toHaveBeenCalled();
    await click(button('Close 1 issue'));
    expect(onTurnBack).toHaveBeenCalledWith([keyOf(2)]);
  });

  it('offers nothing where nothing can be written', async () => {
    const { root } = await table({ isReadOnly: true });
    expect(root.querySelectorAll('button, input')).toHaveLength(0);
  });

  it('of 500 items comes in steps, all of them', async () => {
    const { root } = await table({ matches: tickedPlan(500).matches });
    expect(root.querySelectorAll('tbody tr').length).toBeLessThan(500);
    await expect.poll(() => root.querySelectorAll('tbody tr').length).toBe(500);
  });
});
