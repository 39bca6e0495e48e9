import { describe, expect, it } from 'vitest';
import { type ChecklistRef, issueChecklist } from '../../lib/core/refs.ts';
import { stored } from '../stored.ts';
import { given, patiently, useBackground } from './background-world.ts';

const FILE = '.github/masterlist.yml';
const RULES = `generate:
  prefix: "[QA] "
  labels: [test-plan]
  milestone: "2.0"
  comment: true
  template: "Please check: {item}"
  target: ann/elsewhere
`;

describe('generating by the rules of a repository', () => {
  const world = useBackground();
  let made = 0;

  async function checklistWith(rules: string): Promise<ChecklistRef> {
    made += 1;
    const name = `ann/ruled${made}`;
    await world.signIn();
    world.github.addRepo(name);
    world.github.putFile(name, FILE, rules);
    const body = '- [ ] One\n- [ ] Two\n';
    const number = world.github.addIssue(name, { title: 'Plan', body, author: 'ann' });
    const repo = { host: 'github.com', owner: 'ann', name: `ruled${made}` };
    return issueChecklist({ repo, number });
  }

  it('previews what the file says, names it, and creates the issues so', async () => {
    world.github.addRepo('ann/elsewhere');
    const checklist = await checklistWith(RULES);
    const query = { checklist, pageUser: 'ann', options: {} };
    const plan = given(await world.ask('previewGeneration', query));
    expect(plan.blockers).toEqual([]);
    expect(plan.target.name).toBe('elsewhere');
    expect(plan).toMatchObject({ labels: ['test-plan'], milestone: '2.0', comment: true });
    expect(plan.fromRules?.toSorted()).toEqual([
      ...['Comment on each issue', 'Issue text', 'Labels', 'Milestone'],
      ...['Repository for new issues', 'Title prefix'],
    ]);
    const { run } = plan;
    given(await world.ask('generateIssues', { checklist, run, choices: [], only: 'all' }));
    await patiently(() => {
      const issues = world.github.issues('ann/elsewhere');
      expect(issues.map(({ title }) => title).sort()).toEqual(['[QA] One', '[QA] Two']);
      expect(issues.every(({ body }) => body?.startsWith('Please check: '))).toBe(true);
    });
    world.github.assertConforming();
  });

  it('shows the badges of issues that the file keeps in the hidden block', async () => {
    const checklist = await checklistWith('generate:\n  identity: block\n');
    const { run } = given(
      await world.ask('previewGeneration', { checklist, pageUser: 'ann', options: {} }),
    );
    given(await world.ask('generateIssues', { checklist, run, choices: [], only: 'all' }));
    const open = { checklist, pageUser: 'ann', known: true } as const;
    await patiently(async () => {
      await world.ring('poll');
      const view = given(await world.ask('openChecklist', open));
      expect(view).toMatchObject({ counts: { items: 2, linked: 2 } });
      expect(view?.badges.map((badge) => badge?.title).sort()).toEqual(['One', 'Two']);
    });
    const [plan] = world.github.issues(`ann/${checklist.repo.name}`);
    expect(plan?.body).toContain('- [ ] One\n- [ ] Two\n');
  });

  it('lets what is chosen in the preview win over the file', async () => {
    const checklist = await checklistWith('generate:\n  labels: [a]\n  prefix: "[B] "\n');
    const query = { checklist, pageUser: 'ann', options: { labels: ['mine'] } };
    const plan = given(await world.ask('previewGeneration', query));
    expect(plan.labels).toEqual(['mine']);
    expect(plan.options.prefix).toBe('[B] ');
    expect(plan.fromRules).toEqual(['Title prefix']);
  });

  it('plans a run whose journal was lost by the rules of its time', async () => {
    const checklist = await checklistWith('generate:\n  labels: [a]\n  prefix: "[B] "\n');
    const query = { checklist, pageUser: 'ann', options: {} };
    const { run: id, target, options } = given(await world.ask('previewGeneration', query));
    const times = { startedAt: 1, lastWriteAt: 1 };
    const lost = { id, kind: 'generate', checklist, target, login: 'ann', ...times } as const;
    await stored()
      .openJob(id)
      .setValue({ ...lost, rows: 2, endedRuns: [], planOptions: options });
    const { owner, name } = checklist.repo;
    world.github.putFile(`${owner}/${name}`, FILE, 'generate:\n  prefix: "[C] "\n');
    const again = given(await world.ask('previewGeneration', query));
    expect(again.labels).toEqual(['a']);
    expect(again.rows.map(({ draft }) => draft?.title)).toEqual(['[B] One', '[B] Two']);
  });

  it('creates nothing by rules of which one is wrong, and says where', async () => {
    const checklist = await checklistWith('generate:\n  labels: [a]\n  target: acme\n');
    const query = { checklist, pageUser: 'ann', options: {} };
    const { run, labels, blockers, fromRules } = given(await world.ask('previewGeneration', query));
    expect([labels, fromRules]).toEqual([[], []]);
    expect(blockers.map(({ code }) => code)).toEqual(['rules-invalid']);
    expect(JSON.stringify(blockers)).toContain('Line 3: \\"target\\" must be a repository');
    const start = { checklist, run, choices: [], only: 'all' } as const;
    expect((await world.ask('generateIssues', start)).ok).toBe(false);
    expect(world.github.issues(`ann/${checklist.repo.name}`)).toHaveLength(1);
  });

  it('creates nothing by the preview of another checklist', async () => {
    const checklist = await checklistWith('');
    const other = await checklistWith('');
    const query = { checklist: other, pageUser: 'ann', options: {} };
    const { run } = given(await world.ask('previewGeneration', query));
    const start = { checklist, run, choices: [], only: 'all' } as const;
    expect(await world.ask('generateIssues', start)).toMatchObject({
      ok: false,
      failure: { code: 'stale-plan' },
    });
    const titles = [checklist, other].flatMap(({ repo }) =>
      world.github.issues(`ann/${repo.name}`).map(({ title }) => title),
    );
    expect(titles).toEqual(['Plan', 'Plan']);
  });
});
