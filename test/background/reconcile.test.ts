import { describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Chosen } from '../../lib/core/differences/chosen.ts';
import { type ChecklistRef, checklistKey, issueOfChecklist } from '../../lib/core/refs.ts';
import { connect } from '../../lib/store/db.ts';
import { listEvents } from '../../lib/store/events.ts';
import { now } from '../clock.ts';
import { stored } from '../stored.ts';
import { given, patiently, useBackground } from './background-world.ts';
import { difference, kindsOf, pick, useChecklists } from './checklists.ts';

describe('finding and resolving differences', () => {
  const world = useBackground();
  const { generate, preview, apply, ended } = useChecklists(world, 'change');

  function badge() {
    return fakeBrowser.action.getBadgeText({});
  }

  it('does what was chosen, logs it, and finds nothing afterwards', async () => {
    await world.signIn();
    const { name, checklist, issue, text, edit, state } = await generate(4);
    const before = text();
    world.github.editIssue(name, issue(0), { state: 'closed', stateReason: 'not_planned' }, 'ann');
    edit((body) => body.replace('- [ ] Step 1', '- [x] Step 1'));
    world.github.editIssue(name, issue(2), { title: 'Third step' }, 'ann');
    const found = await preview(checklist);
    expect([...kindsOf(found)].sort()).toEqual([
      'issue-retitled',
      'ticked-open',
      'unticked-closed',
    ]);
    expect(found.blocker).toBeUndefined();
    expect(found).toMatchObject({ rulesFrom: 'browser', marked: 4 });
    await patiently(async () => expect(await badge()).toBe('3'));
    const outcome = await apply(checklist, found, [
      pick(found, 'unticked-closed', 'tick'),
      pick(found, 'ticked-open', 'close-issue'),
      pick(found, 'issue-retitled', 'rename-item'),
    ]);
    expect(outcome).toMatchObject({ changed: 0, kept: 0, job: { kind: 'change' } });
    expect(await ended(checklist, 'change')).toMatchObject({ outcome: 'done', problems: [] });
    expect(text()).toBe(
      before
        .replace('- [ ] Step 0', '- [x] Step 0')
        .replace('- [ ] Step 1', '- [x] Step 1')
        .replace('Step 2', 'Third step'),
    );
    expect(state(issue(1))).toBe('closed completed');
    const events = await listEvents(connect(), checklistKey(checklist), outcome.job?.id);
    expect(events.map(({ kind }) => kind).sort()).toEqual(['change-issue', 'write-master']);
    for (const { cause } of events) expect(cause).toEqual({ by: 'click', what: 'resolve' });
    expect(kindsOf(await preview(checklist))).toEqual([]);
    // The notice goes by itself.
    await patiently(async () => expect(await badge()).toBe(''));
    world.github.assertConforming();
  });

  it('renews the notice when the job has ended, before anybody looks', async () => {
    await world.signIn();
    const { name, checklist, issue } = await generate(2);
    world.github.editIssue(name, issue(0), { state: 'closed', stateReason: 'duplicate' }, 'ann');
    const found = await preview(checklist);
    expect(await shown(checklist)).toMatchObject({ reconcile: { left: 1 }, needsYou: 1 });
    await apply(checklist, found, [pick(found, 'unticked-closed', 'reopen-issue')]);
    await patiently(async () =>
      expect(await shown(checklist)).toMatchObject({ reconcile: { left: 0 }, needsYou: 0 }),
    );
  });

  it('leaves what has changed since it was shown, and says how much', async () => {
    await world.signIn();
    const { name, checklist, issue, text } = await generate(2);
    const close = (index: number) =>
      world.github.editIssue(
        name,
        issue(index),
        { state: 'closed', stateReason: 'not_planned' },
        'ann',
      );
    close(0);
    const found = await preview(checklist);
    world.github.editIssue(name, issue(0), { state: 'open' }, 'ann');
    close(1);
    const before = text();
    const outcome = await apply(checklist, found, [pick(found, 'unticked-closed', 'tick')]);
    expect(outcome).toEqual({ changed: 1, kept: 0 });
    expect(text()).toBe(before);
  });

  it('refuses a preview that is not its latest, one of another checklist, and one of another user', async () => {
    await world.signIn();
    const { checklist } = await generate(1);
    const other = (await generate(1)).checklist;
    const old = await preview(checklist);
    const fresh = await preview(checklist);
    const confirm = (about: ChecklistRef, id: unknown, pageUser = 'ann') =>
      world.ask('applyReconcile', {
        checklist: about,
        pageUser,
        preview: id as string,
        chosen: [],
      });
    const stale = { failure: { code: 'stale-plan' } };
    expect(await confirm(checklist, old.id)).toMatchObject(stale);
    expect(await confirm(other, fresh.id)).toMatchObject(stale);
    expect(await confirm(checklist, { a: 1 })).toMatchObject({ failure: { code: 'stale-page' } });
    expect(await confirm(checklist, fresh.id, 'bob')).toMatchObject({
      failure: { code: 'wrong-user' },
    });
    const wrong = given(await world.ask('previewReconcile', { checklist, pageUser: 'bob' }));
    expect(wrong.blocker?.code).toBe('wrong-user');
    const signedIn = await preview(checklist);
    await world.signIn(world.github.addUser('greta').token, 'greta');
    expect(await confirm(checklist, signedIn.id, 'greta')).toMatchObject(stale);
  });

  it('refuses choices that no page of ours sends', async () => {
    await world.signIn();
    const { checklist } = await generate(1);
    const { id } = await preview(checklist);
    const chosen = [{ kind: 'offered', difference: 7, choice: -1 }] as unknown as Chosen[];
    const refused = { failure: { code: 'stale-page' } };
    const query = { checklist, pageUser: 'ann', preview: id };
    expect(await world.ask('applyReconcile', { ...query, chosen })).toMatchObject(refused);
    const items = [1] as unknown as string[];
    expect(await world.ask('turnBack', { ...query, items })).toMatchObject(refused);
    const match = { kind: 'match' } as never;
    expect(
      await world.ask('previewMatch', { checklist, preview: id, chosen: match }),
    ).toMatchObject(refused);
    const run = 12 as unknown as string;
    expect(await world.ask('undoRun', { checklist, run })).toMatchObject(refused);
    const shownId = null as unknown as string;
    expect(await world.ask('showAgain', { checklist, id: shownId })).toMatchObject(refused);
  });

  it('asks for an account, and writes nothing that it may not', async () => {
    await world.signIn();
    const { name, checklist, issue } = await generate(1);
    world.github.editIssue(name, issue(0), { state: 'closed', stateReason: 'duplicate' }, 'ann');
    await world.signIn(world.github.addUser('hanna').token, 'hanna');
    const query = { checklist, pageUser: 'hanna' };
    const found = given(await world.ask('previewReconcile', query));
    expect(found.blocker?.code).toBe('cannot-edit-master');
    const chosen = [pick(found, 'unticked-closed', 'tick')];
    expect(
      await world.ask('applyReconcile', { ...query, preview: found.id, chosen }),
    ).toMatchObject({ failure: { code: 'cannot-edit-master' } });
    expect(await world.ask('removeTraces', { ...query, bracket: false })).toMatchObject({
      failure: { code: 'cannot-edit-master' },
    });
    await world.signIn();
  });

  it('keeps what is known of a checklist whose rules cannot be used', async () => {
    await world.signIn();
    const { name, checklist, issue } = await generate(2);
    world.github.editIssue(name, issue(0), { state: 'closed', stateReason: 'duplicate' }, 'ann');
    await preview(checklist);
    const left = async () => given(await world.ask('getSync', { checklist })).reconcile?.left;
    expect(await left()).toBe(1);
    world.github.putFile(name, '.github/masterlist.yml', 'tick: 3\n');
    const found = await preview(checklist);
    expect(found.plan.differences).toEqual([]);
    expect(found.blocker?.code).toBe('rules-invalid');
    expect(await left()).toBe(1);
  });

  it('shows what was left as it is no more, until somebody wants to see it', async () => {
    await world.signIn();
    const { name, checklist, issue } = await generate(2);
    world.github.editIssue(name, issue(0), { state: 'closed', stateReason: 'duplicate' }, 'ann');
    const found = await preview(checklist);
    const left = pick(found, 'unticked-closed', 'leave');
    expect(await apply(checklist, found, [left])).toEqual({ changed: 0, kept: 1 });
    expect(await shown(checklist)).toMatchObject({ reconcile: { left: 0 } });
    const again = await preview(checklist);
    expect(kindsOf(again)).toEqual([]);
    expect(again.left).toMatchObject([
      {
        text: `Step 0 (closes #${issue(0)})`,
        what: `Not ticked, but #${issue(0)} was closed as a duplicate`,
      },
    ]);
    const id = again.left[0]?.id ?? '';
    expect(given(await world.ask('showAgain', { checklist, id }))).toEqual([]);
    await patiently(async () =>
      expect(await shown(checklist)).toMatchObject({ reconcile: { left: 1 } }),
    );
    expect(kindsOf(await preview(checklist))).toEqual(['unticked-closed']);
  });

  it('matches an item with another issue by hand, after a look at what that writes', async () => {
    await world.signIn();
    const { name, checklist, issue, text } = await generate(2);
    const other = world.github.addIssue(name, { title: 'Parse dates', author: 'bob' });
    const [match] = (await preview(checklist)).plan.matches;
    const found = given(await world.ask('searchIssues', { checklist, text: `#${other}` }));
    expect(found).toMatchObject([{ title: 'Parse dates', state: 'open', author: 'bob' }]);
    const itself = await world.ask('searchIssues', {
      checklist,
      text: `${issueOfChecklist(checklist).number}`,
    });
    expect(itself).toMatchObject({ failure: { code: 'names-checklist' } });
    expect(given(await world.ask('searchIssues', { checklist, text: ' ' }))).toEqual([]);
    const latest = await preview(checklist);
    const chosen = {
      kind: 'match',
      item: match?.item.key ?? '',
      issue: { repo: checklist.repo, number: other },
    } as const;
    const query = { checklist, preview: latest.id, chosen };
    const consequence = given(await world.ask('previewMatch', query));
    expect(consequence.line).toEqual({
      before: `- [ ] Step 0 (closes #${issue(0)})`,
      after: `- [ ] Step 0 (closes #${other})`,
    });
    expect(text()).toContain(consequence.line?.before ?? '?');
    await apply(checklist, latest, [chosen]);
    await ended(checklist, 'change');
    expect(text()).toContain(`- [ ] Step 0 (closes #${other})\r\n`);
  });

  it('does nothing else while a run goes on', async () => {
    await world.signIn();
    const { name, checklist, issue } = await generate(2);
    world.github.editIssue(name, issue(0), { state: 'closed', stateReason: 'duplicate' }, 'ann');
    const found = await preview(checklist);
    const chosen = [pick(found, 'unticked-closed', 'reopen-issue')];
    world.github.fault({
      times: 50,
      method: 'PATCH',
      action: { status: 403, headers: { 'retry-after': '1' }, body: { message: 'secondary' } },
    });
    const outcome = await apply(checklist, found, chosen);
    const query = { checklist, pageUser: 'ann', preview: found.id };
    const open = { failure: { code: 'job-open' } };
    expect(await world.ask('applyReconcile', { ...query, chosen })).toMatchObject(open);
    expect(await world.ask('previewReconcile', query)).toMatchObject(open);
    expect(await world.ask('removeTraces', { ...query, bracket: false })).toMatchObject(open);
    expect(await world.ask('turnBack', { ...query, items: ['x'] })).toMatchObject(open);
    expect(await world.ask('undoRun', { checklist, run: found.id })).toMatchObject(open);
    world.github.clearFaults();
    expect((await ended(checklist, 'change')).id).toBe(outcome.job?.id);
  });

  it('takes a lost change run for over, but waits for the recovery of a lost generation', async () => {
    await world.signIn();
    const { name, checklist, issue, text } = await generate(1);
    const lost = { id: '01JAAAAAAAAAAAAAAAAAAAAAAA', checklist, target: checklist.repo };
    const about = { login: 'ann', startedAt: 1, lastWriteAt: 1, rows: 1, endedRuns: [] };
    world.github.editIssue(name, issue(0), { state: 'closed', stateReason: 'duplicate' }, 'ann');
    const found = await preview(checklist);
    const chosen = [pick(found, 'unticked-closed', 'tick')];
    const query = { checklist, pageUser: 'ann', preview: found.id, chosen };
    await stored()
      .openJob(lost.id)
      .setValue({ ...lost, ...about, kind: 'generate' });
    expect(await world.ask('applyReconcile', query)).toMatchObject({
      failure: { code: 'journal-lost' },
    });
    const stop = { checklist, job: lost.id, action: 'stop' } as const;
    expect(given(await world.ask('controlJob', stop))).toMatchObject({
      outcome: 'stopped',
      words: { outcome: 'Stopped.' },
    });
    const lastWriteAt = now();
    await stored()
      .openJob(lost.id)
      .setValue({ ...lost, ...about, lastWriteAt, kind: 'change' });
    expect(given(await world.ask('getJob', { checklist }))).toMatchObject({
      state: 'ended',
      failure: { code: 'change-lost' },
    });
    given(await world.ask('applyReconcile', query));
    await ended(checklist, 'change');
    expect(text()).toContain('- [x] Step 0');
    expect(await stored().openJob(lost.id).getValue()).toBeUndefined();
  });

  it('creates the issue of an item anew where the old one is gone, and links it', async () => {
    await world.signIn();
    const { name, checklist, issue, text } = await generate(3);
    world.github.deleteIssue(name, issue(1));
    const found = await preview(checklist);
    expect(difference(found, 'issue-gone').text).toContain('Step 1');
    const before = world.github.issues(name).length;
    const outcome = await apply(checklist, found, [pick(found, 'issue-gone', 'create-issue')]);
    expect(outcome.job).toMatchObject({ change: { cause: 'resolve', creates: 1 } });
    expect(await ended(checklist, 'generate')).toMatchObject({ counts: { created: 1, linked: 1 } });
    expect(world.github.issues(name)).toHaveLength(before + 1);
    const fresh = world.github.issues(name).find(({ title }) => /Step 1$/.test(title));
    expect(text()).toContain(`- [ ] Step 1 (closes #${fresh?.number})\r\n`);
    expect(text()).not.toContain(`#${issue(1)})`);
    expect(kindsOf(await preview(checklist))).toEqual([]);
    world.github.assertConforming();
  });

  async function shown(checklist: ChecklistRef) {
    return given(await world.ask('getSync', { checklist }));
  }
});
