// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { GenerationPreview } from '../../components/panel/GenerationPreview.tsx';
import { failure } from '../../lib/core/failures.ts';
import type { GenerationPlan, GenerationRow } from '../../lib/core/plan/plan-generation.ts';
import { choicesOf } from '../../lib/core/settings/form.ts';
import { PREFERENCES } from '../../lib/core/settings/settings.ts';
import { show } from './render.ts';
import {
  BLOCKERS,
  issueAt,
  REASONS,
  sampleIssue,
  samplePlan,
  sampleRow,
  typicalPlan,
} from './samples.ts';

function preview(
  plan: GenerationPlan,
  more: Partial<Parameters<typeof GenerationPreview>[0]> = {},
) {
  return (
    <GenerationPreview
      plan={plan}
      busy={false}
      failure={undefined}
      gapMs={1_000}
      onOptionsChange={vi.fn()}
      onCreate={vi.fn()}
      onCancel={vi.fn()}
      onOptions={vi.fn()}
      {...more}
    />
  );
}

describe('the head of the preview', () => {
  it('says what will happen, and every item is there without unfolding', () => {
    const { text, root } = show(preview(typicalPlan(54)));
    expect(text()).toContain('54 will be created, 2 skipped, 1 needs your decision');
    expect(root.querySelectorAll('.row')).toHaveLength(57);
  });

  it('follows every tick', async () => {
    const { field, click, text, button } = show(preview(typicalPlan(3)));
    await click(field('Create an issue for: Add rate limiter to the API gateway'));
    expect(text()).toContain('2 will be created, 3 skipped, 1 needs your decision');
    expect(button(/^Create 2 issues in octo-org\/octo-repo$/).disabled).toBe(false);
  });
});

describe('the buttons', () => {
  it('send what the user chose: unticked rows, titles, links', async () => {
    const onCreate = vi.fn();
    const { field, click, type, button } = show(preview(typicalPlan(3), { onCreate }));
    await click(field('Create an issue for: Add rate limiter to the API gateway'));
    await type(field(/^Title of the issue for: Keyboard/), 'Keys');
    await click(button('Link #15 instead'));
    await click(button(/^Create 2 issues/));
    expect(onCreate).toHaveBeenCalledWith(
      [
        { index: 0, selected: false },
        { index: 2, title: 'Keys' },
        { index: 5, link: 15 },
      ],
      'all',
    );
  });

  it('offer the first one only when there are more', async () => {
    const onCreate = vi.fn();
    const { button, click } = show(preview(typicalPlan(3), { onCreate }));
    await click(button('Create the first one only'));
    expect(onCreate).toHaveBeenCalledWith([], 'first');
    expect(() => show(preview(typicalPlan(1))).button('Create the first one only')).toThrow();
  });

  it('do nothing while nothing is selected', () => {
    expect(show(preview(typicalPlan(0))).button(/^Create 0 issues/).disabled).toBe(true);
  });

  it('name links when there is nothing else to do', () => {
    const rows = [
      sampleRow(0, { decision: 'link', reason: { kind: 'marked', issue: issueAt(9) } }),
    ];
    const { button } = show(preview(samplePlan(rows)));
    expect(button('Link 1 item to issues in octo-org/octo-repo').disabled).toBe(false);
  });

  it('do nothing while the background is asked', () => {
    expect(show(preview(typicalPlan(3), { busy: true })).button(/^Create 3/).disabled).toBe(true);
  });
});

describe('what stands in the way', () => {
  it.each(BLOCKERS)(
    '$code is one sentence and one action, and nothing can be created',
    (blocker) => {
      const { text, button } = show(preview(typicalPlan(54, { blockers: [blocker] })));
      expect(text()).toContain(blocker.message);
      expect(text()).toContain(blocker.action);
      expect(button(/^Create 54/).disabled).toBe(true);
      expect(button('Create the first one only').disabled).toBe(true);
    },
  );

  it('promises nothing while it does', () => {
    const { text } = show(preview(typicalPlan(54, { blockers: [failure('locked')] })));
    expect(text()).toContain('54 without an issue, 2 skipped, 1 needs your decision');
    expect(text()).not.toContain('will be created');
    expect(text()).not.toContain('Emails');
  });

  it('goes away when unticking rows has resolved it', async () => {
    const blockers = [failure('links-too-long', { length: 65_560, excess: 1 })];
    const plan = typicalPlan(3, { blockers, space: { used: 65_500, perLink: 15 } });
    const { field, click, text, button } = show(preview(plan));
    expect(button(/^Create 3/).disabled).toBe(true);
    await click(field('Create an issue for: Add rate limiter to the API gateway'));
    expect(text()).not.toContain('65,536');
    expect(button(/^Create 2/).disabled).toBe(false);
  });

  it('after a refused confirmation offers to make the preview again', async () => {
    const onOptionsChange = vi.fn();
    const refused = failure('stale-plan');
    const { text, button, click } = show(
      preview(typicalPlan(3), { failure: refused, onOptionsChange }),
    );
    expect(text()).toContain(refused.message);
    await click(button('Refresh preview'));
    expect(onOptionsChange).toHaveBeenCalledWith({});
  });
});

describe('a row', () => {
  it.each(REASONS)('says why it is decided so: $kind', async (reason) => {
    const decision = reason.kind === 'new' ? 'create' : 'ask';
    const row = sampleRow(0, { reason, decision, selected: decision === 'create' });
    const { root, text } = show(preview(samplePlan([row])));
    expect(root.querySelectorAll('.row')).toHaveLength(1);
    expect(root.querySelectorAll('.why')).toHaveLength(reason.kind === 'new' ? 0 : 1);
    if ('issue' in reason) expect(text()).toContain(`#${reason.issue.number}`);
  });

  it('whose title was cut says where the rest is', async () => {
    const { text } = show(preview(samplePlan([sampleRow(4)])));
    expect(text()).toContain('title shortened; the full text is in the issue');
  });

  it('whose text takes no link says where the link will stand', async () => {
    const { text } = show(preview(samplePlan([sampleRow(0, { hiddenLink: true })])));
    expect(text()).toContain('linked in the hidden block: a link in its text could not be read');
  });

  it('that cannot be selected has nothing to tick', async () => {
    const row: GenerationRow = sampleRow(0, {
      decision: 'skip',
      selected: false,
      selectable: false,
      reason: { kind: 'linked', issue: issueAt(12), pullRequest: false },
    });
    const { root } = show(preview(samplePlan([row])));
    expect(root.querySelectorAll('.row input')).toHaveLength(0);
  });

  it('takes a link back when its button is pressed again, and creates when ticked', async () => {
    const onCreate = vi.fn();
    const { button, field, click } = show(preview(typicalPlan(3), { onCreate }));
    await click(button('Link #15 instead'));
    expect(button('Link #15 instead').getAttribute('aria-pressed')).toBe('true');
    await click(button('Link #15 instead'));
    await click(field('Create an issue for: Limit uploads'));
    await click(button(/^Create 4/));
    expect(onCreate).toHaveBeenCalledWith([{ index: 5, selected: true }], 'all');
  });

  it('with an issue of an earlier run may get a new one anyway', async () => {
    const onCreate = vi.fn();
    const row = sampleRow(0, { decision: 'link', reason: { kind: 'marked', issue: issueAt(9) } });
    const { button, click, text } = show(preview(samplePlan([row]), { onCreate }));
    await click(button('Create a new issue anyway'));
    expect(text()).toContain('1 will be created');
    await click(button(/^Create 1 issue/));
    expect(onCreate).toHaveBeenCalledWith([{ index: 0, create: true }], 'all');
  });
});

describe('the options', () => {
  it('take effect together, and only what was changed is sent', async () => {
    const onOptionsChange = vi.fn();
    const { field, button, click, type, text } = show(preview(typicalPlan(3), { onOptionsChange }));
    expect(button('Update the preview').disabled).toBe(true);
    await click(button('Add test-plan'));
    await type(field('Assignees'), '@monalisa, hubot,');
    await type(field('Comment on each issue'), 'line');
    await type(field('Repository for new issues'), 'octo-org/other');
    expect(text()).toContain('The options changed: update the preview first.');
    expect(button(/^Create 3/).disabled).toBe(true);
    await click(button('Update the preview'));
    expect(onOptionsChange).toHaveBeenCalledWith({
      labels: ['test-plan'],
      assignees: ['monalisa', 'hubot'],
      comment: false,
      target: { host: 'github.com', owner: 'octo-org', name: 'other' },
    });
  });

  it('hold the creation back until a new preview shows them, also where the first try fails', async () => {
    const first = typicalPlan(3);
    const onOptionsChange = vi.fn();
    const { field, button, click, type, again } = show(preview(first, { onOptionsChange }));
    await type(field('Repository for new issues'), 'octo-org/other');
    await click(button('Update the preview'));
    expect(button(/^Create 3/).disabled).toBe(true);
    await again(preview(first, { onOptionsChange, failure: failure('offline') }));
    expect(field('Repository for new issues').value).toBe('octo-org/other');
    expect(button(/^Create 3/).disabled).toBe(true);
    await click(button('Refresh preview'));
    const target = { host: 'github.com', owner: 'octo-org', name: 'other' };
    expect(onOptionsChange.mock.calls).toEqual([[{ target }], [{ target }]]);
    await again(preview({ ...first, run: '01JD0000000000000000000001' }));
    expect(field('Repository for new issues').value).toBe('octo-org/octo-repo');
    expect(button(/^Create 3/).disabled).toBe(false);
  });

  it('are named as in the settings, whose names the rules file is quoted with', () => {
    const { field } = show(preview(typicalPlan(3)));
    const { levels, prefix, labels, milestone, assignees, comment, target } =
      PREFERENCES.generation;
    for (const { label } of [levels, prefix, labels, milestone, assignees, comment, target]) {
      expect(() => field(label)).not.toThrow();
    }
    const offered = [...field(levels.label).querySelectorAll('option')];
    expect(offered.map(({ value, textContent }) => [value, textContent])).toEqual(
      choicesOf(levels.form),
    );
  });

  it('refuse what is no repository', async () => {
    const { field, button, type, text } = show(preview(typicalPlan(3)));
    await type(field('Repository for new issues'), 'nonsense');
    expect(text()).toContain('Write it as owner/repository.');
    expect(button('Update the preview').disabled).toBe(true);
  });

  it('ask what to do with a label that is missing, only then', () => {
    const plan = typicalPlan(3, { labels: ['test-plan'], missingLabels: ['test-plan'] });
    expect(show(preview(plan)).field(/^Not in octo-org\/octo-repo yet: test-plan$/).value).toBe(
      'create',
    );
    expect(() => show(preview(typicalPlan(3))).field(/^Not in/)).toThrow();
  });

  it('show the prefix that was chosen by itself', () => {
    const row = sampleRow(0, { draft: { title: '[Test] Login', body: '', shortened: false } });
    expect(show(preview(samplePlan([row]))).field('Title prefix').value).toBe('[Test] ');
  });

  it('keep the choices for rows that are still the same after a new preview', async () => {
    const first = typicalPlan(3);
    const { field, click, again, text } = show(preview(first));
    await click(field('Create an issue for: Add rate limiter to the API gateway'));
    await again(preview({ ...first, run: '01JD0000000000000000000001' }));
    expect(text()).toContain('2 will be created, 3 skipped, 1 needs your decision');
  });
});

describe('the foot', () => {
  it('names repository, writes, time, mails, lookalikes and how far it looked', () => {
    const plan = typicalPlan(54, {
      lookalikes: { inCode: 3, inComments: 1, nearMisses: [] },
      watchers: 12,
    });
    const { text } = show(preview(plan));
    expect(text()).toMatch(/59 writes to octo-org\/octo-repo, about 1 min under GitHub's limits/);
    expect(text()).toContain('Emails: up to 54 × 12 watchers.');
    expect(text()).toContain('3 lines look like tasks but are code.');
    expect(text()).toContain('1 line looks like a task but is in comments.');
    expect(text()).toMatch(
      /Compared with 120 issues, back to .*2026; older ones were not compared/,
    );
  });
});

describe('a large generation', () => {
  const note = '1,204 people watch octo-org/octo-repo. Each of them gets up to';

  it('says how many people watch, right before it is confirmed', () => {
    const { root, text } = show(preview(typicalPlan(54, { watchers: 1_204 })));
    expect(text()).toContain(`${note} 54 emails.`);
    const last = root.querySelector('.note ~ .actions button');
    expect(last?.textContent).toContain('Create 54 issues');
  });

  it.each([
    [25, 1_204],
    [54, 50],
  ])('is not one of %i issues for %i people', (issues, watchers) => {
    expect(show(preview(typicalPlan(issues, { watchers }))).text()).not.toContain('people watch');
  });
});

describe('the rules of a repository', () => {
  it('limit what one run may create, until enough is unselected', async () => {
    const limit = failure('too-many-rows', { count: 54, limit: 40 });
    const plan = typicalPlan(54, { most: 40, blockers: [limit] });
    expect(show(preview(plan)).text()).toContain(
      '54 issues are more than one run can create (40).',
    );
    expect(show(preview({ ...plan, most: 60 })).text()).not.toContain('more than one run');
  });
});

describe('candidates', () => {
  it('open in a tab of their own, with their state', () => {
    const row = sampleRow(0, { decision: 'ask', selected: false, candidates: [sampleIssue(15)] });
    const { root } = show(preview(samplePlan([row])));
    const link = root.querySelector('a');
    expect(link?.href).toBe('https://github.com/octo-org/octo-repo/issues/15');
    expect(link?.rel).toContain('noreferrer');
  });
});
