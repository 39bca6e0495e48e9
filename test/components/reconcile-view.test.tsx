// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { ReconcileView } from '../../components/panel/ReconcileView.tsx';
import {
  keptChoices,
  type MadeChoice,
  offered,
  safeChoices,
} from '../../lib/checklist-model/reconcile-choices.ts';
import type { Difference, ReconcilePlan } from '../../lib/core/differences/difference.ts';
import { fail, failure, succeed } from '../../lib/core/failures.ts';
import { issueChecklist, issueUrl } from '../../lib/core/refs.ts';
import { CASES } from '../core/differences/reconcile-cases.ts';
import { ref } from '../core/sync/build-sync.ts';
import {
  caseDifference,
  everyKind,
  FOUND,
  LEFT,
  mixedPlan,
  samplePreview,
  tickedPlan,
} from './reconcile-samples.ts';
import { type Rendered, settle, show } from './render.ts';
import { NOW } from './samples.ts';
import { unfold } from './unfold.ts';

type ViewProps = Parameters<typeof ReconcileView>[0];

function view(plan: ReconcilePlan, more: Partial<ViewProps> = {}) {
  return (
    <ReconcileView
      preview={samplePreview(plan)}
      choices={safeChoices(plan)}
      busy={false}
      failure={undefined}
      now={NOW}
      hasOpenIssue={() => false}
      onChoose={vi.fn()}
      onChooseSafe={vi.fn()}
      onClear={vi.fn()}
      onApply={vi.fn()}
      onSearch={async () => succeed(FOUND)}
      onPreview={async () => fail(failure('stale-plan'))}
      onMatch={vi.fn()}
      onTurnBack={vi.fn()}
      onShowAgain={vi.fn()}
      onAgain={vi.fn()}
      onCancel={vi.fn()}
      onOptions={vi.fn()}
      {...more}
    />
  );
}

function planOf(difference: Difference, matches: ReconcilePlan['matches'] = []): ReconcilePlan {
  return { checklist: issueChecklist(ref(1)), differences: [difference], matches };
}

function made(difference: Difference, kind: string): MadeChoice {
  const index = difference.choices.findIndex(({ choice }) => choice.kind === kind);
  const choice = offered(difference, index);
  if (choice === undefined) throw new Error(`no choice ${kind}`);
  return choice;
}

function radio({ root }: Rendered, name: string | RegExp): HTMLInputElement {
  const all = [...root.querySelectorAll<HTMLInputElement>('[type="radio"]')];
  const found = all.find((one) => {
    const words = one.closest('label')?.textContent ?? '';
    return typeof name === 'string' ? words === name : name.test(words);
  });
  if (!found) throw new Error(`no radio ${name}`);
  return found;
}

const named = (name: string) => {
  const one = CASES.find((each) => each.name === name);
  if (one === undefined) throw new Error(`no case ${name}`);
  return caseDifference(one);
};

describe('a difference', () => {
  it.each(CASES)('is told with its proof, and its choices name their writes: $name', (one) => {
    const difference = caseDifference(one);
    const shown = show(view(planOf(difference)));
    expect(shown.text()).toContain(difference.words);
    for (const { words } of difference.choices)
      expect(radio(shown, words).name).toBe(`choice ${difference.id}`);
    const legend = shown.root.querySelector('legend')?.textContent;
    expect(legend).toContain(difference.text || '');
    expect(legend).not.toBe('');
  });

  it.each(CASES)('has nothing chosen but what is safe: $name', (one) => {
    const difference = caseDifference(one);
    const { root } = show(view(planOf(difference)));
    const checked = [...root.querySelectorAll<HTMLInputElement>('[type="radio"]')].map(
      (each) => each.checked,
    );
    expect(checked.indexOf(true)).toBe(difference.safe ?? -1);
    expect(checked.filter(Boolean).length).toBeLessThan(2);
  });

  it.each(CASES)('shows both sides of each choice as they will be: $name', (one) => {
    const difference = caseDifference(one);
    for (const [index, { line, issueLines }] of difference.choices.entries()) {
      const choice = offered(difference, index);
      const choices = new Map(choice && [[difference.id, choice]]);
      const { root } = show(view(planOf(difference), { choices }));
      const lines = [...root.querySelectorAll('.difference li > :last-child')].map(
        ({ textContent }) => textContent,
      );
      const expected = [...(line ? [line] : []), ...issueLines].flatMap(({ before, after }) => [
        ...(before === '' ? [] : [`now: ${before}`]),
        ...(after === '' ? [] : [`then: ${after}`]),
      ]);
      expect(lines).toEqual(expected);
    }
  });

  it('links what its words name, each once and in its place', () => {
    const { root } = show(view(planOf(named('number of a pull request for another issue'))));
    const links = [...root.querySelectorAll('a')];
    expect(links.map(({ textContent }) => textContent)).toEqual(['#456', '#77']);
    expect(links.map(({ href }) => href)).toEqual([issueUrl(ref(456)), issueUrl(ref(77))]);
    expect(links.every(({ target, rel }) => target === '_blank' && rel === 'noreferrer')).toBe(
      true,
    );
  });

  it('marks only the characters that change', () => {
    const difference = named('unticked, issue completed');
    const { root } = show(view(planOf(difference)));
    expect([...root.querySelectorAll('mark')].map(({ textContent }) => textContent)).toEqual([
      ' ',
      'x',
    ]);
  });

  it('tells issues that look alike apart by title, state, author and age', () => {
    const difference = named('link removed, two markers');
    const shown = show(view(planOf(difference)));
    expect(shown.text()).toMatch(/#12 Parse dates well · open · by ada · \d+ \w+ ago/);
    expect(shown.text()).toMatch(/#13 Parse dates well · open · by ada/);
  });

  it('is chosen by its radio, and taken back by "Not now"', async () => {
    const onChoose = vi.fn();
    const difference = named('unticked, issue not planned');
    const shown = show(view(planOf(difference), { onChoose }));
    await shown.click(radio(shown, 'Tick this box'));
    expect(onChoose).toHaveBeenLastCalledWith(difference.id, made(difference, 'tick'));
    await shown.click(radio(shown, 'Not now'));
    expect(onChoose).toHaveBeenLastCalledWith(difference.id, undefined);
  });

  it('has radios of one group each, so that arrow keys stay in the row', () => {
    const { root } = show(view(mixedPlan()));
    const rows = [...root.querySelectorAll('.difference-row')];
    const names = rows.map((row) => [
      ...new Set([...row.querySelectorAll('input')].map(({ name }) => name)),
    ]);
    expect(names.every((group) => group.length === 1)).toBe(true);
    expect(new Set(names.flat()).size).toBe(rows.length);
    expect(rows.every((row) => row.querySelector('fieldset > legend'))).toBe(true);
  });

  it('that is left says where it will be found', () => {
    const difference = named('master locked');
    const choices = new Map([[difference.id, made(difference, 'leave')]]);
    const { text } = show(view(planOf(difference), { choices }));
    expect(text()).toContain('Nothing is written.');
    expect(text()).toContain('Left as is');
  });
});

describe('"Link to…"', () => {
  const gone = named('issue deleted');
  const linking = new Map([[gone.id, made(gone, 'link-to')]]);
  const consequence = made(gone, 'remove-link').consequence;

  async function search(more: Partial<ViewProps> = {}): Promise<Rendered> {
    const shown = show(view(planOf(gone), { choices: linking, ...more }));
    await shown.type(shown.field(/^Issue number, URL or words/), ' build ');
    await shown.click(shown.button('Search'));
    return shown;
  }

  it('looks for issues and shows them with title, state, author and age', async () => {
    const onSearch = vi.fn(async () => succeed(FOUND));
    const { text, root } = await search({ onSearch });
    expect(onSearch).toHaveBeenCalledWith('build');
    expect(text()).toContain('#40 Fix the build · open · by hubot · 3 weeks ago');
    expect(root.querySelector('.search [role="status"]')?.textContent).toBe('2 issues found.');
  });

  it('asks what the issue would write, and chooses it then', async () => {
    const [onChoose, onPreview] = [vi.fn(), vi.fn(async () => succeed(consequence))];
    const shown = await search({ onChoose, onPreview });
    await shown.click(radio(shown, /^#40 /));
    const chosen = { kind: 'link', difference: gone.id, issue: ref(40) };
    expect(onPreview).toHaveBeenCalledWith(chosen);
    expect(onChoose).toHaveBeenCalledWith(gone.id, { chosen, consequence });
  });

  it('drops what was picked when something else is looked for: it would be chosen unseen', async () => {
    const onChoose = vi.fn();
    const shown = await search({ onChoose, onPreview: async () => succeed(consequence) });
    await shown.click(radio(shown, /^#40 /));
    await shown.click(shown.button('Search'));
    expect(onChoose).toHaveBeenLastCalledWith(gone.id, made(gone, 'link-to'));
  });

  it('names nothing again by "None of these"', async () => {
    const onChoose = vi.fn();
    const shown = await search({ onChoose, onPreview: async () => succeed(consequence) });
    await shown.click(radio(shown, /^#40 /));
    await shown.click(radio(shown, 'None of these'));
    expect(onChoose).toHaveBeenLastCalledWith(gone.id, made(gone, 'link-to'));
  });

  it('that cannot be done says why and chooses nothing', async () => {
    const onChoose = vi.fn();
    const problem = failure('stale-plan');
    const shown = await search({ onChoose, onPreview: async () => fail(problem) });
    await shown.click(radio(shown, /^#40 /));
    expect(shown.text()).toContain(problem.message);
    expect(onChoose).toHaveBeenLastCalledWith(gone.id, made(gone, 'link-to'));
  });

  it('says when nothing is found, and when the search fails', async () => {
    const none = await search({ onSearch: async () => succeed([]) });
    expect(none.text()).toContain('No issue found. Try its number, or other words.');
    const problem = failure('offline');
    const failed = await search({ onSearch: async () => fail(problem) });
    expect(failed.text()).toContain(problem.message);
  });

  it('forgets an answer that comes after another choice', async () => {
    const onChoose = vi.fn();
    let answer: () => void = () => {};
    const coming = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const onPreview = async () => {
      await coming;
      return succeed(consequence);
    };
    const shown = await search({ onChoose, onPreview });
    await shown.click(radio(shown, /^#40 /));
    const choices = new Map([[gone.id, made(gone, 'leave')]]);
    await shown.again(view(planOf(gone), { onChoose, onPreview, choices }));
    answer();
    await settle();
    expect(onChoose).not.toHaveBeenCalled();
  });

  it('is not applied before an issue is named', () => {
    const { button } = show(view(planOf(gone), { choices: linking }));
    expect(button('Apply 0 changes').disabled).toBe(true);
  });

  it('finds an item for an issue that has none', async () => {
    const orphan = named('item removed, issue open');
    const { matches } = mixedPlan();
    const [onChoose, onPreview] = [vi.fn(), vi.fn(async () => succeed(consequence))];
    const choices = new Map([[orphan.id, made(orphan, 'link-to')]]);
    const shown = show(view(planOf(orphan, matches), { choices, onChoose, onPreview }));
    expect(shown.text()).toContain('1 item without an issue.');
    await shown.type(shown.field(/^Search items/), 'nothing like it');
    expect(shown.text()).toContain('No item without an issue matches.');
    await shown.type(shown.field(/^Search items/), 'ANNOUNCE');
    await shown.click(radio(shown, 'Announce'));
    const chosen = { kind: 'adopt', difference: orphan.id, item: matches[3]?.item.key };
    expect(onPreview).toHaveBeenCalledWith(chosen);
    expect(onChoose).toHaveBeenCalledWith(orphan.id, { chosen, consequence });
  });
});

describe('the differences together', () => {
  it('say how many there are, and how many issues were looked through', () => {
    const { root, text } = show(view(mixedPlan()));
    expect(root.querySelector('h3[aria-live]')?.textContent).toBe(
      '3 differences, 1 can be resolved safely',
    );
    expect(text()).toContain(
      '120 issues created after this checklist were searched for missing links.',
    );
  });

  it('that are none say so, and that older issues were not looked at', async () => {
    const preview = samplePreview(
      { ...mixedPlan(), differences: [] },
      { looked: { issues: 3_000, complete: false } },
    );
    const { root, text, button } = show(view(preview.plan, { preview }));
    expect(text()).toContain('No differences: the checklist agrees with its issues');
    expect(text()).toContain('Only the newest 3,000 issues were searched for missing links.');
    expect(root.querySelectorAll('.difference-row')).toHaveLength(0);
    expect(() => button(/^Apply/)).toThrow();
    expect(button('Close').disabled).toBe(false);
  });

  it('can be filtered by what they ask for', async () => {
    const { root, button, click } = show(view(mixedPlan()));
    const rows = () => root.querySelectorAll('.difference-row').length;
    expect(rows()).toBe(4);
    await click(button('Needs attention (2)'));
    expect(rows()).toBe(2);
    expect(button('Needs attention (2)').getAttribute('aria-pressed')).toBe('true');
    await click(button('Can be resolved safely (1)'));
    expect(rows()).toBe(1);
    await click(button('For information (1)'));
    expect(rows()).toBe(1);
    await click(button('All (4)'));
    expect(rows()).toBe(4);
  });

  it('of one sort need no filter', () => {
    const { root } = show(view(tickedPlan(3)));
    expect(root.querySelector('[aria-label="Which differences are shown"]')).toBeNull();
  });

  it('are applied, chosen safely, cleared, looked for again and closed', async () => {
    const calls = {
      onApply: vi.fn(),
      onChooseSafe: vi.fn(),
      onClear: vi.fn(),
      onAgain: vi.fn(),
      onCancel: vi.fn(),
    };
    const { button, click } = show(view(mixedPlan(), calls));
    for (const name of [
      'Apply 1 change',
      'Choose safe changes',
      'Clear choices',
      'Refresh',
      'Cancel',
    ])
      await click(button(name));
    expect(Object.values(calls).map(({ mock }) => mock.calls.length)).toEqual([1, 1, 1, 1, 1]);
  });

  it('cannot be applied where nothing is chosen', () => {
    const { button } = show(view(mixedPlan(), { choices: new Map() }));
    expect(button('Apply 0 changes').disabled).toBe(true);
    // It would lose the focus as soon as it is pressed.
    expect(button('Clear choices').disabled).toBe(false);
    expect(button('Close').disabled).toBe(false);
  });

  it('that nothing may be done about say why', () => {
    const blocker = failure('cannot-edit-master', { repo: 'octo-org/octo-repo' });
    const preview = samplePreview(mixedPlan(), { blocker });
    const { root, text, button } = show(view(preview.plan, { preview }));
    expect(text()).toContain(blocker.message);
    expect(() => button(/^Apply/)).toThrow();
    expect(root.querySelectorAll('.difference-row')).toHaveLength(preview.plan.differences.length);
    // A choice that nobody could apply is not offered, and what it would write is not shown.
    expect(root.querySelectorAll('.difference-row input, .sides')).toHaveLength(0);
  });

  it('that could not be looked for are not said to be none', () => {
    const blocker = failure('rules-invalid', { mistake: 'Line 1: no.' });
    const preview = samplePreview(
      { ...mixedPlan(), differences: [], matches: [] },
      { blocker, looked: { issues: 0, complete: false } },
    );
    const { root, text } = show(view(preview.plan, { preview }));
    expect(root.querySelector('h3[aria-live]')?.textContent).toBe(
      'Could not search for differences',
    );
    expect(text()).toContain(blocker.message);
    expect(text()).not.toContain('looked through');
  });

  it('that are for information only are told as such', () => {
    const plan = planOf(named('item in another group'));
    const { root } = show(view(plan));
    expect(root.querySelector('h3[aria-live]')?.textContent).toBe(
      'No differences to resolve, 1 for information',
    );
    expect(root.querySelector('legend')?.textContent).toContain('Later · For information');
  });

  it('that changed meanwhile can be looked for again', async () => {
    const onAgain = vi.fn();
    const problem = failure('stale-plan');
    const { text, button, click } = show(view(mixedPlan(), { failure: problem, onAgain }));
    expect(text()).toContain(problem.message);
    await click(button('Refresh preview'));
    expect(onAgain).toHaveBeenCalledTimes(1);
  });

  it('of 500 rows come in steps, all of them', async () => {
    const { root } = show(view(tickedPlan(500)));
    expect(root.querySelectorAll('.difference-row').length).toBeLessThan(200);
    await expect
      .poll(() => root.querySelectorAll('.difference-row').length, { timeout: 5_000 })
      .toBe(500);
  });

  it('render no row again but the one that was chosen', async () => {
    const plan = tickedPlan(30);
    const shown = show(view(plan, { choices: new Map() }));
    const [first] = plan.differences;
    if (!first) throw new Error('no difference');
    const rows = [...shown.root.querySelectorAll('.difference-row')];
    const changed = new Set<Node>();
    const observer = new MutationObserver((records) => {
      for (const { target } of records) changed.add(target);
    });
    for (const row of rows) observer.observe(row, { childList: true, subtree: true });
    await shown.again(view(plan, { choices: new Map([[first.id, made(first, 'untick')]]) }));
    observer.disconnect();
    expect([...changed].map((node) => rows.findIndex((row) => row.contains(node)))).toEqual([0]);
  });
});

describe('what was chosen', () => {
  const plan = mixedPlan();
  const [safe, planned, ticked] = plan.differences;
  if (!safe || !planned || !ticked) throw new Error('no differences');
  const chosen = new Map([
    [planned.id, made(planned, 'reopen-issue')],
    [ticked.id, made(ticked, 'untick')],
  ]);

  it('stays when the differences are looked for again, by what it does', () => {
    const turned = { ...planned, choices: [...planned.choices].reverse() };
    const after = { ...plan, differences: [safe, turned] };
    const kept = keptChoices(chosen, plan, after);
    // Not the safe one, which was taken back.
    expect([...kept.keys()]).toEqual([planned.id]);
    expect(kept.get(planned.id)).toEqual(made(turned, 'reopen-issue'));
  });

  it('is let go where it is not offered any more; what is new and safe is chosen', () => {
    const other = { ...planned, choices: planned.choices.slice(0, 1) };
    const before = { ...plan, differences: [planned] };
    const kept = keptChoices(chosen, before, { ...plan, differences: [safe, other] });
    expect([...kept]).toEqual([[safe.id, made(safe, 'tick')]]);
  });

  it('stays by hand while the difference can still be linked', () => {
    const gone = named('issue deleted');
    const match: MadeChoice = {
      chosen: { kind: 'link', difference: gone.id, issue: ref(40) },
      consequence: made(gone, 'remove-link').consequence,
    };
    const byHand = new Map([[gone.id, match]]);
    expect(keptChoices(byHand, planOf(gone), planOf(gone))).toEqual(byHand);
    const closed = { ...gone, choices: [] };
    expect(keptChoices(byHand, planOf(gone), planOf(closed)).size).toBe(0);
  });
});

describe('every control', () => {
  it('has a name, and a label of its own', () => {
    const { root } = show(view(everyKind()));
    for (const input of root.querySelectorAll('input'))
      expect(input.getAttribute('aria-label') ?? input.closest('label')?.textContent).toMatch(/\w/);
    for (const button of root.querySelectorAll('button'))
      expect(button.getAttribute('aria-label') ?? button.textContent).toMatch(/\w/);
    for (const group of root.querySelectorAll('fieldset'))
      expect(
        group.getAttribute('aria-label') ?? group.querySelector('legend')?.textContent,
      ).toMatch(/\w/);
    const ids = [...root.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('what was left as it is', () => {
  it('is listed with its words, and shown again on demand', async () => {
    const onShowAgain = vi.fn();
    const preview = samplePreview(mixedPlan(), { left: LEFT });
    const shown = show(view(preview.plan, { preview, onShowAgain }));
    await unfold(shown.root, 'Left as is');
    for (const { what, text } of LEFT) {
      expect(shown.text()).toContain(what);
      expect(shown.text()).toContain(text);
    }
    await shown.click(shown.button('Restore: Parse dates'));
    expect(onShowAgain).toHaveBeenCalledWith('left 1');
  });

  it('takes no room where it is nothing', () => {
    expect(show(view(mixedPlan())).text()).not.toContain('Left as is');
  });
});
