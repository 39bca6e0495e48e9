// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { GenerationPreview } from '../../components/panel/GenerationPreview.tsx';
import { failure } from '../../lib/core/failures.ts';
import type { GenerationPlan, GenerationRow } from '../../lib/core/plan/plan-generation.ts';
import { patiently } from '../patiently.ts';
import { type Rendered, settle, show } from './render.ts';
import { issueAt, outlinedPlan, samplePlan, sampleRow } from './samples.ts';

function preview(plan: GenerationPlan, onCreate = vi.fn()) {
  return (
    <GenerationPreview
      plan={plan}
      busy={false}
      failure={undefined}
      gapMs={1_000}
      onOptionsChange={vi.fn()}
      onCreate={onCreate}
      onCancel={vi.fn()}
      onOptions={vi.fn()}
    />
  );
}

/** A row of its own words under a heading. */
function row(index: number, text: string, heading: string, change: Partial<GenerationRow> = {}) {
  const draft = { title: text, body: '', shortened: false };
  return sampleRow(index, { text, draft, path: [heading], ...change });
}

const TICKED = { decision: 'skip', selected: false, reason: { kind: 'ticked' } } as const;
const ASKED = {
  decision: 'ask',
  selected: false,
  reason: { kind: 'same-title', issue: issueAt(15) },
} as const;

/** Two sections; the second has a parent with two sub-items. */
function smallPlan(change: Partial<GenerationPlan> = {}): GenerationPlan {
  const parent = {
    decision: 'skip',
    selected: false,
    selectable: false,
    reason: { kind: 'parent' },
  } as const;
  const rows = [
    row(0, 'Sign', 'Windows'),
    row(1, 'Pack', 'Windows', TICKED),
    row(2, 'Install', 'Windows'),
    row(3, 'Notarize', 'macOS', ASKED),
    row(4, 'Test', 'macOS', parent),
    row(5, 'Intel', 'macOS', { parent: 4, path: [] }),
    row(6, 'Silicon', 'macOS', { parent: 4, path: [] }),
  ];
  return samplePlan(rows, change);
}

const head = ({ root }: Rendered) => root.querySelector('h3')?.textContent;
const box = (name: string) => `Create an issue for: ${name}`;
const lines = ({ root }: Rendered) =>
  [...root.querySelectorAll('.row')].map((line) => {
    const title = line.querySelector<HTMLInputElement>('.title')?.value;
    return `${title ?? line.querySelector('.text')?.textContent} ${line.querySelector('.count')?.textContent ?? ''}`.trim();
  });
const selected = ({ root }: Rendered) =>
  [...root.querySelectorAll<HTMLInputElement>('.lines [data-box]:checked')].map((field) =>
    field.getAttribute('aria-label')?.replace('Create an issue for: ', ''),
  );

async function press(target: Element, key: string, shiftKey = false): Promise<void> {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey, bubbles: true }));
  await settle();
}

async function shiftClick(field: HTMLElement): Promise<void> {
  field.dispatchEvent(new MouseEvent('click', { shiftKey: true, bubbles: true, cancelable: true }));
  await settle();
}

describe('the outline', () => {
  it('has the items in document order under their headings and parents, with counts', () => {
    expect(lines(show(preview(smallPlan())))).toEqual([
      'Windows 2 of 3',
      'Sign',
      'Pack',
      'Install',
      'macOS 2 of 3',
      'Notarize',
      'Test 2 of 2',
      'Intel',
      'Silicon',
    ]);
  });

  it('names its lists by what groups them', () => {
    const { root } = show(preview(smallPlan()));
    const names = [...root.querySelectorAll('.lines ul')].map((list) =>
      list.getAttribute('aria-label'),
    );
    expect(names).toEqual([null, 'Windows', 'macOS', 'Test']);
  });

  it('of no items is not there', () => {
    const plan = samplePlan([], { blockers: [failure('no-items')] });
    expect(show(preview(plan)).root.querySelector('.outline')).toBeNull();
  });

  it('can be scrolled by keyboard where nothing can be selected', () => {
    const linked = { kind: 'linked', issue: issueAt(12), pullRequest: false } as const;
    const off = { decision: 'skip', selected: false, selectable: false, reason: linked } as const;
    const { root } = show(preview(samplePlan([sampleRow(0, off)])));
    expect(root.querySelector<HTMLElement>('.lines')?.tabIndex).toBe(0);
  });
});

describe('the checkbox of a group', () => {
  it('has three states', async () => {
    const view = show(preview(smallPlan()));
    const windows = view.field('All of: Windows');
    const state = () => [windows.checked, windows.indeterminate];
    expect(state()).toEqual([true, false]);
    await view.click(view.field(box('Sign')));
    expect(state()).toEqual([false, true]);
    await view.click(view.field(box('Install')));
    expect(state()).toEqual([false, false]);
  });

  it('selects and unselects what Masterlist proposes, not what it skips or asks', async () => {
    const view = show(preview(smallPlan()));
    await view.click(view.field('All of: macOS'));
    expect(selected(view)).toEqual(['All of: Windows', 'Sign', 'Install']);
    await view.click(view.field('All of: macOS'));
    expect(selected(view)).toEqual([
      ...['All of: Windows', 'Sign', 'Install'],
      ...['All of: macOS', 'All of: Test', 'Intel', 'Silicon'],
    ]);
    expect(head(view)).toBe('4 will be created, 2 skipped, 1 needs your decision');
  });

  it('of a parent that may get an issue itself stands beside its own', async () => {
    const rows = [row(0, 'Test', 'A'), row(1, 'Intel', 'A', { parent: 0, path: [] })];
    const view = show(preview(samplePlan(rows)));
    await view.click(view.field('All of: Test'));
    expect(selected(view)).toEqual([box('Test').replace('Create an issue for: ', '')]);
    expect(view.field('All of: A').indeterminate).toBe(true);
  });
});

describe('selecting many', () => {
  it('all, then none, is one press each and announced as one sentence', async () => {
    const view = show(preview(smallPlan()));
    await view.click(view.button('Select none'));
    expect(head(view)).toBe('0 will be created, 6 skipped, 1 needs your decision');
    expect(view.button('Select none').disabled).toBe(true);
    await view.click(view.button('Select all'));
    expect(head(view)).toBe('4 will be created, 2 skipped, 1 needs your decision');
    expect(view.button('Select all').disabled).toBe(true);
  });

  it('by a range: with Shift, all between the last one and this', async () => {
    const onCreate = vi.fn();
    const view = show(preview(smallPlan(), onCreate));
    await view.click(view.field(box('Sign')));
    await shiftClick(view.field(box('Intel')));
    expect(selected(view)).toEqual(['Silicon']);
    await view.click(view.button(/^Create 1 issue/));
    expect(onCreate).toHaveBeenCalledWith(
      [
        { index: 0, selected: false },
        { index: 2, selected: false },
        { index: 5, selected: false },
      ],
      'all',
    );
  });

  it('keeps a title that was typed, and an issue that was chosen', async () => {
    const onCreate = vi.fn();
    const asked = row(0, 'Limit', 'A', {
      ...ASKED,
      candidates: [{ ...sampleCandidate, ref: issueAt(15) }],
    });
    const view = show(preview(samplePlan([asked, row(1, 'Keys', 'A')]), onCreate));
    await view.click(view.button('Link #15 instead'));
    await view.type(view.field(/^Title of the issue for: Keys/), 'Keyboard');
    await view.click(view.field('All of: A'));
    await view.click(view.field('All of: A'));
    await view.click(view.button(/^Create 1 issue/));
    expect(onCreate.mock.calls[0]?.[0]).toContainEqual({
      index: 1,
      selected: true,
      title: 'Keyboard',
    });
  });
});

const sampleCandidate = {
  kind: 'issue',
  title: 'Limit uploads',
  body: '',
  state: 'open',
  author: 'monalisa',
  authorAssociation: 'OWNER',
  createdAt: '2026-11-01T00:00:00Z',
} as const;

describe('the keys', () => {
  it('lead from checkbox to checkbox; Tab comes to one item only', async () => {
    const view = show(preview(smallPlan()));
    const first = view.field('All of: Windows');
    first.focus();
    await press(first, 'ArrowDown');
    expect(document.activeElement).toBe(view.field(box('Sign')));
    const reached = [...view.root.querySelectorAll<HTMLElement>('.lines input, .lines button')];
    expect(reached.filter(({ tabIndex }) => tabIndex >= 0)).toEqual([
      view.field(box('Sign')),
      view.field('Title of the issue for: Sign'),
    ]);
    await press(view.field(box('Sign')), 'End');
    expect(document.activeElement).toBe(view.field(box('Silicon')));
    await press(view.field(box('Silicon')), 'ArrowDown');
    expect(document.activeElement).toBe(view.field(box('Silicon')));
  });

  it('with Shift give the next item the state of this one', async () => {
    const view = show(preview(smallPlan()));
    await view.click(view.field(box('Install')));
    await press(view.field(box('Install')), 'ArrowUp', true);
    await press(view.field(box('Pack')), 'ArrowUp', true);
    expect(document.activeElement).toBe(view.field(box('Sign')));
    expect(head(view)).toBe('2 will be created, 4 skipped, 1 needs your decision');
  });

  it('are left to a title field that is typed in', async () => {
    const view = show(preview(smallPlan()));
    const title = view.field('Title of the issue for: Sign');
    title.focus();
    await press(title, 'ArrowDown');
    expect(document.activeElement).toBe(title);
  });
});

describe('the chips', () => {
  it('show what is decided so, under its headings and parents', async () => {
    const view = show(preview(smallPlan()));
    await view.click(view.button('Skipped 2'));
    expect(lines(view)).toEqual(['Windows 0 of 1', 'Pack', 'macOS', 'Test']);
    await view.click(view.button('Needs your decision 1'));
    expect(lines(view)).toEqual(['macOS 0 of 1', 'Notarize']);
    await view.click(view.button('Will be created 4'));
    expect(lines(view)).toEqual([
      ...['Windows 2 of 2', 'Sign', 'Install'],
      ...['macOS 2 of 2', 'Test 2 of 2', 'Intel', 'Silicon'],
    ]);
    await view.click(view.button('All 7'));
    expect(lines(view)).toHaveLength(9);
  });

  it('keep what they show until another is pressed, and count at once', async () => {
    const view = show(preview(smallPlan()));
    await view.click(view.button('Will be created 4'));
    await view.click(view.field(box('Sign')));
    expect(lines(view)).toContain('Sign');
    expect(view.button('Will be created 3').getAttribute('aria-pressed')).toBe('true');
    expect(view.button('Skipped 3').disabled).toBe(false);
  });

  it('let skipped items be selected together, where they alone are shown', async () => {
    const view = show(preview(smallPlan()));
    await view.click(view.button('Skipped 2'));
    await view.click(view.button('Select all'));
    expect(head(view)).toBe('5 will be created, 1 skipped, 1 needs your decision');
  });

  it('show nothing where there is nothing', async () => {
    const view = show(preview(samplePlan([sampleRow(0)])));
    expect(view.button('Skipped 0').disabled).toBe(true);
    expect(() => view.button(/your decision/)).toThrow();
  });
});

describe('a plan beyond a limit', () => {
  it('is cut to its first sections by one press', async () => {
    const onCreate = vi.fn();
    const blockers = [failure('links-too-long', { length: 66_000, excess: 2 })];
    // Room for two links.
    const plan = smallPlan({ blockers, space: { used: 65_496, perLink: 20 } });
    const view = show(preview(plan, onCreate));
    expect(view.button(/^Create 4/).disabled).toBe(true);
    await view.click(view.button('Start with “Windows”: 2 issues'));
    expect(selected(view)).toEqual(['All of: Windows', 'Sign', 'Install']);
    expect(view.root.querySelector('.note')).toBeNull();
    await view.click(view.button(/^Create 2 issues/));
    expect(onCreate).toHaveBeenCalledTimes(1);
  });

  it('of more items than one run creates names its first sections', () => {
    const blockers = [failure('too-many-rows', { count: 1_400, limit: 1_000 })];
    const view = show(preview(outlinedPlan(2_000, { blockers })));
    expect(() =>
      view.button(/^Start with “Windows”, “macOS” and “Linux”: \d+ issues$/),
    ).not.toThrow();
  });

  it('has no first part where not even one link has room', () => {
    const blockers = [failure('links-too-long', { length: 66_000, excess: 4 })];
    const plan = smallPlan({ blockers, space: { used: 65_530, perLink: 20 } });
    expect(() => show(preview(plan)).button(/^Start with/)).toThrow();
  });
});

describe('how much is drawn', () => {
  it.each([3, 500, 2_000])('%i items: at most 60 at first, then all', async (items) => {
    const { root } = show(preview(outlinedPlan(items)));
    const drawn = () => root.querySelectorAll('.lines .row:not(.heading)').length;
    expect(drawn()).toBe(Math.min(items, 60));
    await patiently(() => expect(drawn()).toBe(items));
  });

  it('a tick and a letter change their own line and its groups, not 500 others', async () => {
    const { root, field, click, type } = show(preview(outlinedPlan(500)));
    await patiently(() => expect(root.querySelectorAll('.row:not(.heading)')).toHaveLength(500));
    const changed = new Set<Node>();
    const observer = new MutationObserver((records) => {
      for (const { target } of records) changed.add(target);
    });
    observer.observe(root, { subtree: true, childList: true, attributes: true });
    await type(field(/^Title of the issue for: Cache/), 'Cached');
    await click(field(/^Create an issue for: Keyboard/));
    observer.disconnect();
    expect(
      [...changed].filter((node) => node instanceof Element && node.closest('.lines')).length,
    ).toBeLessThan(8);
  });

  it('a filter draws in steps, too', async () => {
    const { root, button } = show(preview(outlinedPlan(2_000)));
    button(/^Will be created/).click();
    // Rendered in the next microtask, further steps only later.
    await Promise.resolve();
    expect(root.querySelectorAll('.lines .title')).toHaveLength(60);
  });
});
