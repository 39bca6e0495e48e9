// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { LogContext } from '../../entrypoints/dashboard/log-model.ts';
import { LogModelView } from '../../entrypoints/dashboard/log-page.tsx';
import { fail, failure, succeed } from '../../lib/core/failures.ts';
import { describeEntry } from '../../lib/core/log/describe-entry.ts';
import type { LogLine } from '../../lib/core/log/event.ts';
import { logCsv } from '../../lib/core/log/log-csv.ts';
import { LINES, OTHER, PLAN, type SampleLog, sampleLine, sampleLog, TEXTS } from './log-samples.ts';
import { type Rendered, settle, show } from './render.ts';
import { issueAt, NOW, REPO } from './samples.ts';

interface Shown extends Rendered {
  readonly log: SampleLog;
  readonly rows: () => HTMLElement[];
  readonly words: () => string[];
  readonly press: (key: string) => Promise<void>;
}

async function shown(
  lines?: readonly LogLine[],
  answers?: Readonly<Record<string, unknown>>,
): Promise<Shown> {
  const log = sampleLog(lines, answers);
  await log.model.load(new AbortController().signal);
  const view = show(<LogModelView model={log.model} />);
  await settle();
  const rows = () => [...view.root.querySelectorAll<HTMLElement>('.log-rows > [role="row"]')];
  return {
    ...view,
    log,
    rows,
    words: () => rows().map((row) => row.children[1]?.firstChild?.textContent ?? ''),
    press: async (key) => {
      const at = document.activeElement ?? document.body;
      at.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      await settle();
    },
  };
}

const MANY = Array.from({ length: 50_000 }, (_, index) => sampleLine(50_000 - index));

describe('the log', () => {
  it('lists every line, newest first: when, what and why, where, who', async () => {
    const { rows, words, text } = await shown();
    expect(words()).toEqual([
      'GitHub cannot be reached.',
      'Ticked: Step 5',
      'Closed #12 as not planned',
      'Ticked: 2 items',
      'Created #12',
      'Ticked: Step 1',
    ]);
    const [, second] = rows();
    expect(second?.textContent).toContain('Sync (on click)');
    expect(second?.textContent).toContain(PLAN.title);
    expect(second?.textContent).toContain('bob');
    expect(text()).toContain('6 entries');
  });

  it('is filtered by kind, cause and who, and shows all again', async () => {
    const { field, type, words, button, click, text } = await shown();
    await type(field('Kind'), 'create-issue');
    expect(words()).toEqual(['Created #12']);
    await click(button('Show all'));
    await type(field('Why'), 'Sync (on click)');
    expect(words()).toEqual(['Ticked: Step 5']);
    await type(field('Why'), '');
    await type(field('Who'), 'bob');
    expect(words()).toEqual(['Ticked: Step 5']);
    expect(text()).toContain('1 entry of 6');
  });

  it('is filtered by the checklist of the address', async () => {
    const { log, words } = await shown();
    log.route.value = { checklist: OTHER.checklist, run: undefined };
    await settle();
    expect(words()).toEqual(['Ticked: 2 items']);
  });

  it.each([
    ['dates', ['Ticked: 2 items']],
    ['SHIP parse', ['Ticked: 2 items']],
    ['#12', ['Closed #12 as not planned', 'Created #12']],
    ['ship step', []],
    ['tool chores', ['Ticked: 2 items']],
  ])('finds the words %s in any order and case', async (search, expected) => {
    const { field, type, words } = await shown();
    await type(field('Search'), search);
    expect(words()).toEqual(expected);
  });

  it('is filtered by a period, and says when its days are the wrong way round', async () => {
    const { field, type, words, text } = await shown([
      sampleLine(2, { at: NOW }),
      sampleLine(1, { at: NOW - 40 * 86_400_000 }),
    ]);
    await type(field('Period'), '30-days');
    expect(words()).toEqual(['Ticked: Step 2']);
    await type(field('Period'), 'own');
    await type(field('First day'), '2026-11-20');
    await type(field('Last day'), '2026-11-01');
    expect(text()).toContain('The first day comes after the last');
  });

  it('exports exactly what is shown', async () => {
    const { log, field, type, button, click } = await shown();
    await type(field('Who'), 'bob');
    await click(button('Download as CSV'));
    await click(button('Download as JSON'));
    const bobs = LINES.filter(({ login }) => login === 'bob');
    expect(log.files.map(({ name }) => name)).toEqual([
      'masterlist-log.csv',
      'masterlist-log.json',
    ]);
    expect(log.files[0]?.text).toBe(logCsv(bobs));
    expect(JSON.parse(log.files[1]?.text ?? '')).toEqual(bobs);
  });

  it('says that there is nothing yet, and that nothing is like the search', async () => {
    const empty = await shown([]);
    expect(empty.text()).toContain('Nothing has been written yet');
    expect(empty.button('Download as CSV').disabled).toBe(true);
    const { field, type, text } = await shown();
    await type(field('Search'), 'nowhere');
    expect(text()).toContain('No entry matches');
  });

  it('adds the lines that are written while it is open', async () => {
    const { log, words } = await shown();
    log.written.push(sampleLine(7), sampleLine(8));
    const signal = new AbortController().signal;
    await Promise.all([log.model.loadNew(signal), log.model.loadNew(signal)]);
    await settle();
    expect(words().slice(0, 3)).toEqual([
      'Ticked: Step 8',
      'Ticked: Step 7',
      'GitHub cannot be reached.',
    ]);
    expect(words()).toHaveLength(8);
  });
});

describe('a line of the log', () => {
  it('shows its items with links, and what the write did to the text', async () => {
    const { rows, click, root, text } = await shown();
    await click(rows()[5] ?? document.body);
    expect(document.activeElement?.textContent).toBe('Ticked: Step 1');
    const links = [...root.querySelectorAll('.log-detail a')].map((link) => link.textContent);
    expect(links).toContain('#101');
    const lines = [...root.querySelectorAll('.difference li')].map((line) => line.className);
    expect(lines).toEqual(['goes', 'comes-back', 'same']);
    expect(text()).toContain('added: - [x] Step 1');
    expect(text()).toContain('to the next write');
  });

  it('is compared with GitHub where nothing was written since, and only when asked', async () => {
    const lines = [
      { kind: 'comes-back', text: '- [ ] Step 5' },
      { kind: 'goes', text: '- [x] Step 5' },
    ];
    const answer = succeed({ text: TEXTS[5], now: '', lines });
    const { log, rows, click, button, root } = await shown(LINES, { getText: answer });
    await click(rows()[1] ?? document.body);
    expect(log.asked.map(([name]) => name)).toEqual(['listRuns']);
    await click(button('Compare with the text on GitHub'));
    expect(log.asked.at(-1)).toEqual(['getText', { checklist: PLAN.checklist, id: 5 }]);
    const kinds = [...root.querySelectorAll('.difference li')].map((line) => line.className);
    expect(kinds).toEqual(['goes', 'comes-back']);
    expect(root.querySelector('.comes-back')?.textContent).toContain('- [x] Step 5');
  });

  it('says why it cannot be compared', async () => {
    const problem = failure('offline');
    const { rows, click, button, text } = await shown(LINES, { getText: fail(problem) });
    await click(rows()[1] ?? document.body);
    await click(button('Compare with the text on GitHub'));
    expect(text()).toContain(problem.action);
    expect(button('Retry').disabled).toBe(false);
  });

  it('opens its run: all its lines, and the way back after a question', async () => {
    const { log, rows, click, button, text } = await shown();
    await click(rows()[1] ?? document.body);
    expect(text()).toContain('2 entries of this run');
    await click(button(/^Undo: Reconcile/));
    expect(text()).toContain('Anything changed since is left for you to decide.');
    expect(log.asked.some(([name]) => name === 'undoRun')).toBe(false);
    await click(button(/^Untick 3 boxes/));
    expect(log.asked.at(-1)).toEqual(['undoRun', { checklist: PLAN.checklist, run: 'r5' }]);
    expect(text()).toContain('The undo is running.');
  });

  it('says why its run could not be taken back, and offers it again', async () => {
    const problem = failure('nothing-to-undo');
    const { rows, click, button, text } = await shown(LINES, { undoRun: fail(problem) });
    await click(rows()[1] ?? document.body);
    await click(button(/^Undo: Reconcile/));
    await click(button(/^Untick 3 boxes/));
    expect(text()).toContain(problem.message);
    expect(button(/^Undo: Reconcile/).disabled).toBe(false);
  });

  it('offers the way back again once the undo is over', async () => {
    let job: { state: string } | undefined = { state: 'running' };
    const asking = sampleLog(LINES, {
      get getJob() {
        return succeed(job);
      },
    });
    const stop = new AbortController().signal;
    await asking.model.load(stop);
    const { root, click, button, text } = show(<LogModelView model={asking.model} />);
    await settle();
    await click(root.querySelectorAll<HTMLElement>('.log-rows > [role="row"]')[1] ?? root);
    await click(button(/^Undo: Reconcile/));
    await click(button(/^Untick 3 boxes/));
    await asking.model.loadNew(stop);
    expect(text()).toContain('The undo is running.');
    job = { state: 'ended' };
    await asking.model.loadNew(stop);
    await settle();
    expect(text()).not.toContain('The undo is running.');
    expect(asking.asked.at(-1)?.[0]).toBe('listRuns');
  });

  it('says of what cannot be read that it cannot, and not that it is still read', async () => {
    let problem: Error | undefined = new Error('the database is locked');
    const readLines: LogContext['readLines'] = async (onLines, { after = 0 }) => {
      if (problem) throw problem;
      onLines(LINES.filter(({ id }) => id > after));
    };
    const loadBefore = async () => {
      throw new Error('the text is gone');
    };
    const { model } = sampleLog(LINES, {}, { readLines, loadBefore });
    await model.load(new AbortController().signal);
    const { root, click, button, text } = show(<LogModelView model={model} />);
    await settle();
    expect(text()).toContain('the database is locked');
    expect(text()).not.toContain('Reading the log');
    expect(text()).not.toContain('Nothing has been written');
    problem = undefined;
    await click(button('Retry'));
    await settle();
    expect(text()).not.toContain('the database is locked');
    expect(text()).toContain('6 entries');
    await click(root.querySelectorAll<HTMLElement>('.log-rows > [role="row"]')[1] ?? root);
    expect(text()).toContain('the text is gone');
    expect(text()).not.toContain('Comparing…');
  });

  it('leads to the other lines of its run', async () => {
    const { rows, click, button, root } = await shown();
    await click(rows()[1] ?? document.body);
    await click(button('Closed #12 as not planned'));
    expect(root.querySelector('.log-detail h2')?.textContent).toBe('Closed #12 as not planned');
  });

  it('opens by the run in the address, beside the lines of that run alone', async () => {
    const log = sampleLog();
    log.route.value = { checklist: undefined, run: 'r5' };
    await log.model.load(new AbortController().signal);
    const { root, text } = show(<LogModelView model={log.model} />);
    await settle();
    expect(root.querySelectorAll('.log-rows > [role="row"]')).toHaveLength(2);
    expect(root.querySelector('.log-detail h2')?.textContent).toBe('Ticked: Step 5');
    expect(text()).toContain('Show all entries');
  });

  it('is closed by Escape, and the focus goes back to it in the list', async () => {
    const { rows, click, press, root } = await shown();
    const row = rows()[2];
    row?.focus();
    await click(row ?? document.body);
    await press('Escape');
    expect(root.querySelector('.log-detail')).toBeNull();
    expect(document.activeElement).toBe(rows()[2]);
  });
});

describe('50,000 lines of the log', () => {
  it('render few nodes, and tell how many there are', async () => {
    const { root, rows } = await shown(MANY);
    expect(rows().length).toBeLessThan(40);
    expect(root.querySelectorAll('*').length).toBeLessThan(400);
    const grid = root.querySelector('[role="grid"]');
    expect(grid?.getAttribute('aria-rowcount')).toBe('50001');
    expect(rows()[0]?.getAttribute('aria-rowindex')).toBe('2');
  });

  it('are moved through by keyboard, and one row is in the tab order', async () => {
    const { rows, press, root } = await shown(MANY);
    rows()[0]?.focus();
    await press('ArrowDown');
    expect(document.activeElement?.getAttribute('aria-rowindex')).toBe('3');
    await press('End');
    expect(document.activeElement?.getAttribute('aria-rowindex')).toBe('50001');
    expect(document.activeElement?.textContent).toContain('Step 1');
    await press('PageUp');
    expect(Number(document.activeElement?.getAttribute('aria-rowindex'))).toBeLessThan(50_001);
    await press('Home');
    expect(document.activeElement?.getAttribute('aria-rowindex')).toBe('2');
    expect(root.querySelectorAll('[role="row"][tabindex="0"]')).toHaveLength(1);
    await press('Enter');
    expect(root.querySelector('.log-detail h2')?.textContent).toBe('Ticked: Step 50000');
  });

  it('keep the focus on a row that is scrolled out of sight', async () => {
    const { rows, root } = await shown(MANY);
    const row = rows()[3];
    row?.focus();
    await settle();
    const grid = root.querySelector<HTMLElement>('[role="grid"]');
    if (grid) grid.scrollTop = 1_000_000;
    grid?.dispatchEvent(new Event('scroll'));
    await settle();
    expect(rows().length).toBeLessThan(45);
    expect(rows().at(-1)?.getAttribute('aria-rowindex')).not.toBe('5');
    expect(document.activeElement).toBe(row);
    expect(row?.isConnected).toBe(true);
  });
});

describe('the words of a line', () => {
  it.each<[Partial<LogLine>, string]>([
    [{ rows: [] }, 'Wrote the text'],
    [{ kind: 'find-issue', issue: issueAt(9) }, 'Found #9, created before'],
    [{ kind: 'create-label', name: 'qa' }, 'Created the label qa'],
    [
      { kind: 'change-issue', issue: issueAt(9), change: { issue: issueAt(9), marker: 'undone' } },
      'Changed our marker in #9',
    ],
    [{ kind: 'remark', rows: [] }, 'Remark'],
  ])('%o', (change, expected) => {
    expect(describeEntry(sampleLine(1, change), REPO)).toBe(expected);
  });
});
