import { describe, expect, it } from 'vitest';
import { checklistKey } from '../../lib/core/refs.ts';
import { connect } from '../../lib/store/db.ts';
import { given, useBackground } from './background-world.ts';
import { kindsOf, pick, useChecklists } from './checklists.ts';

describe('taking back', () => {
  const world = useBackground();
  const { generate, preview, apply, ended } = useChecklists(world, 'back');

  /** Another browser: it knows the account, and nothing of what was done. */
  function forget() {
    return connect().use(async (open) => {
      for (const store of ['jobs', 'rows', 'controls', 'events'] as const) await open.clear(store);
    });
  }

  async function runs(checklist: Parameters<typeof preview>[0], everywhere = false) {
    return given(await world.ask('listRuns', { checklist, everywhere }));
  }

  it('a sync: unticks again, and the next sync leaves it so', async () => {
    await world.signIn();
    const { name, checklist, issue, text } = await generate(2);
    const before = text();
    const done = { state: 'closed', stateReason: 'completed' } as const;
    world.github.editIssue(name, issue(0), done, 'ann');
    const sync = { checklist, pageUser: 'ann', preview: undefined };
    given(await world.ask('syncChecklist', sync));
    expect(text()).toContain('- [x] Step 0');
    const [entry] = await runs(checklist);
    expect(entry).toMatchObject({ kind: 'sync', origin: 'log', takesBack: { untick: 1 } });
    given(await world.ask('undoRun', { checklist, run: entry?.run ?? '' }));
    expect(await ended(checklist, 'change')).toMatchObject({ change: { cause: 'undo' } });
    expect(text()).toBe(before);
    given(await world.ask('syncChecklist', sync));
    expect(text()).toBe(before);
    const after = await runs(checklist);
    expect(after.find(({ run }) => run === entry?.run)).toMatchObject({ undone: true });
    expect(await world.ask('undoRun', { checklist, run: entry?.run ?? '' })).toMatchObject({
      failure: { code: 'nothing-to-undo' },
    });
    world.github.assertConforming();
  });

  it('a change run: issues and text are as they were', async () => {
    await world.signIn();
    const { name, checklist, issue, text, edit, state } = await generate(3);
    edit((body) => body.replace('- [ ] Step 1', '- [x] Step 1'));
    world.github.editIssue(name, issue(0), { state: 'closed', stateReason: 'not_planned' }, 'ann');
    const before = text();
    const found = await preview(checklist);
    const { job } = await apply(checklist, found, [
      pick(found, 'unticked-closed', 'tick'),
      pick(found, 'ticked-open', 'close-issue'),
    ]);
    await ended(checklist, 'change');
    expect(state(issue(1))).toBe('closed completed');
    given(await world.ask('undoRun', { checklist, run: job?.id ?? '' }));
    expect(await ended(checklist, 'change')).toMatchObject({
      change: { cause: 'undo' },
      problems: [],
    });
    expect(text()).toBe(before);
    expect(state(issue(1))).toMatch(/^open/);
    expect([...kindsOf(await preview(checklist))].sort()).toEqual([
      'ticked-open',
      'unticked-closed',
    ]);
  });

  it('leaves an issue to the user that somebody has touched since', async () => {
    await world.signIn();
    const { name, checklist, issue, edit, state } = await generate(2);
    edit((body) => body.replace('- [ ] Step 1', '- [x] Step 1'));
    const found = await preview(checklist);
    const chosen = [pick(found, 'ticked-open', 'close-issue')];
    const { job } = await apply(checklist, found, chosen);
    await ended(checklist, 'change');
    // Times of GitHub have whole seconds.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    world.github.addComment(name, issue(1), 'Not so fast.', 'bob');
    given(await world.ask('undoRun', { checklist, run: job?.id ?? '' }));
    const asking = await ended(checklist, 'change');
    expect(asking.problems).toMatchObject([{ failure: { code: 'touched' } }]);
    expect(state(issue(1))).toBe('closed completed');
    const index = asking.problems[0]?.index ?? -1;
    const resolution = { kind: 'force' } as const;
    given(
      await world.ask('resolveRows', { checklist, job: asking.id, indexes: [index], resolution }),
    );
    expect((await ended(checklist, 'change')).problems).toEqual([]);
    expect(state(issue(1))).toMatch(/^open/);
  });

  it('a generation of another browser, by the markers of its issues', async () => {
    await world.signIn();
    const { checklist, issue, text, state } = await generate(3);
    const before = text().replace(/ \(closes #\d+\)/g, '');
    await forget();
    expect(await runs(checklist)).toEqual([]);
    const [entry, ...others] = await runs(checklist, true);
    expect(entry).toMatchObject({ kind: 'generate', origin: 'issues', takesBack: { close: 3 } });
    expect(others).toEqual([]);
    given(await world.ask('undoRun', { checklist, run: entry?.run ?? '' }));
    expect(await ended(checklist, 'change')).toMatchObject({ outcome: 'done', problems: [] });
    expect(text()).toBe(before);
    expect([0, 1, 2].map((index) => state(issue(index)))).toEqual(
      Array(3).fill('closed not_planned'),
    );
    await forget();
    expect(await world.ask('undoRun', { checklist, run: entry?.run ?? '' })).toMatchObject({
      failure: { code: 'nothing-to-undo' },
    });
    world.github.assertConforming();
  });

  it('knows nothing of a run that never was, nor of one of another checklist', async () => {
    await world.signIn();
    const { checklist } = await generate(1);
    const other = await generate(1);
    const [foreign] = await runs(other.checklist);
    expect(await world.ask('undoRun', { checklist, run: foreign?.run ?? '' })).toMatchObject({
      failure: { code: 'stale-page' },
    });
    expect(await world.ask('undoRun', { checklist, run: 'never' })).toMatchObject({
      failure: { code: 'nothing-to-undo' },
    });
  });

  it('turns an item back into a plain one', async () => {
    await world.signIn();
    const { checklist, issue, text, state } = await generate(2);
    const found = await preview(checklist);
    const [first] = found.plan.matches;
    const query = { checklist, pageUser: 'ann', preview: found.id };
    given(await world.ask('turnBack', { ...query, items: [first?.item.key ?? ''] }));
    expect(await ended(checklist, 'change')).toMatchObject({ change: { cause: 'unlink' } });
    expect(text()).toContain('- [ ] Step 0\r\n');
    expect(text()).toContain(`- [ ] Step 1 (closes #${issue(1)})`);
    expect([state(issue(0)), state(issue(1))]).toEqual(['closed not_planned', 'open']);
    const again = await preview(checklist);
    expect(
      await world.ask('turnBack', { ...query, preview: again.id, items: ['gone'] }),
    ).toMatchObject({ failure: { code: 'stale-plan' } });
  });

  it('removes all traces, and every other byte stays', async () => {
    await world.signIn();
    const { name, checklist, issue, text } = await generate(2);
    const before = text();
    const marker = /\r?\n?<!-- masterlist:v2 [^\n]* -->/;
    const bodies = [0, 1].map((index) => world.github.issue(name, issue(index)).body ?? '');
    for (const body of bodies) expect(body).toMatch(marker);
    expect(world.github.comments(name, issue(0))).toHaveLength(1);
    given(await world.ask('removeTraces', { checklist, pageUser: 'ann', bracket: false }));
    expect(await ended(checklist, 'change')).toMatchObject({
      change: { cause: 'traces' },
      problems: [],
    });
    expect(text()).toBe(before);
    for (const [index, body] of bodies.entries()) {
      expect(world.github.issue(name, issue(index)).body).toBe(body.replace(marker, ''));
      expect(world.github.comments(name, issue(index))).toEqual([]);
    }
    expect(
      given(await world.ask('removeTraces', { checklist, pageUser: 'ann', bracket: false })),
    ).toMatchObject({
      kind: 'change',
      counts: { total: 0 },
    });
    await ended(checklist, 'change');
    expect(checklistKey(checklist)).toContain(name);
  });
});
