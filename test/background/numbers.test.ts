import { describe, expect, it } from 'vitest';
import { numberNames } from '../../lib/core/identity/number-names.ts';
import { issueChecklist, issueOfChecklist } from '../../lib/core/refs.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import { given, patiently, useBackground } from './background-world.ts';

describe('the question whose the numbers of a checklist are', () => {
  const world = useBackground();
  let made = 0;

  function setUp(bodyOf: (fixed: number) => string) {
    made += 1;
    const repo = { host: 'github.com', owner: 'ann', name: `numbers${made}` };
    const name = `ann/${repo.name}`;
    world.github.addRepo(name);
    const fixed = world.github.addIssue(name, { title: 'Crash', author: 'ann', state: 'closed' });
    const body = bodyOf(fixed);
    const number = world.github.addIssue(name, { title: 'Plan', body, author: 'ann' });
    const checklist = issueChecklist({ repo, number });
    const about = { checklist, pageUser: 'ann' };
    const text = () => world.github.issue(name, issueOfChecklist(checklist).number).body;
    const asked = (index: number, of: number = fixed) => {
      const issue = { repo, number: of };
      const { items } = parseChecklist(body);
      const item = items[index];
      if (item === undefined) throw new Error(`no item ${index}`);
      return { name: numberNames(items, repo).nameOf(item, issue), issue };
    };
    return { about, body, text, asked, issue: { repo, number: fixed } };
  }

  it('is asked by both previews, and its answer is kept in the text', async () => {
    await world.signIn();
    const { about, body, text, asked, issue } = setUp(
      (n) => `- [ ] Verify #${n}\r\n- [ ] Write it\r\n`,
    );
    const plan = given(await world.ask('previewGeneration', { ...about, options: {} }));
    expect(plan.rows[0]).toMatchObject({
      decision: 'ask',
      reason: { kind: 'whose', issue },
      draft: { title: `Verify #${issue.number}` },
    });
    expect(plan.question?.ends).toMatchObject([{ issue, title: 'Crash', state: 'closed' }]);
    const before = given(await world.ask('previewSync', about));
    expect(before.plan).toMatchObject({ rows: [], question: plan.question });

    given(await world.ask('answerNumbers', { ...about, own: [asked(0)], about: [] }));
    const answered = `${body}\r\n<!-- masterlist:numbers own=${issue.number}@${asked(0).name} -->`;
    expect(text()).toBe(answered);
    const after = given(await world.ask('previewSync', about));
    expect(after.plan.question).toBeUndefined();
    expect(after.plan.rows[0]?.changes).toMatchObject([{ kind: 'tick' }]);

    given(await world.ask('answerNumbers', { ...about, own: [], about: [asked(0)] }));
    expect(text()).toBe(answered.replace('own', 'about'));
    const again = given(await world.ask('previewGeneration', { ...about, options: {} }));
    expect(again.rows[0]).toMatchObject({
      decision: 'create',
      draft: { title: `Verify #${issue.number}` },
    });
    const [saved] = given(await world.ask('listTexts', { checklist: about.checklist }));
    expect(saved?.cause).toEqual({ by: 'click', what: 'answer' });
  });

  it('is asked no more as soon as it is answered, and what is left of it still is', async () => {
    await world.signIn();
    const { about, asked, issue } = setUp((n) => `- [ ] Verify #${n}\n- [ ] Backport #${n + 2}\n`);
    const { checklist } = about;
    const later = world.github.addIssue(`ann/${issue.repo.name}`, { title: 'Slow', author: 'ann' });
    const other = { ...issue, number: later };
    given(await world.ask('trackChecklist', { ...about, tracked: true }));
    given(await world.ask('pollNow', {}));
    const sync = () => world.ask('getSync', { checklist }).then(given);
    expect((await sync()).question?.ends).toHaveLength(2);
    const one = given(await world.ask('answerNumbers', { ...about, own: [], about: [asked(0)] }));
    expect(one.question?.ends.map((number) => number.issue)).toEqual([other]);
    const both = given(
      await world.ask('answerNumbers', { ...about, own: [], about: [asked(1, later)] }),
    );
    expect(both.question).toBeUndefined();
  });

  it('is refused, and nothing written, once its items have other words', async () => {
    await world.signIn();
    const { about, body, text, asked, issue } = setUp((n) => `- [ ] Verify #${n}\n- [ ] Docs\n`);
    const answer = { ...about, own: [asked(0)], about: [] };
    const now = body.replace('Verify', 'Backport');
    const { number } = issueOfChecklist(about.checklist);
    world.github.editIssue(`ann/${issue.repo.name}`, number, { body: now }, 'ann');
    expect(await world.ask('answerNumbers', answer)).toMatchObject({
      ok: false,
      failure: { code: 'text-changed' },
    });
    expect(text()).toBe(now);
  });

  it('is followed by the tracked checklist as it was answered', async () => {
    await world.signIn();
    const { about, text, asked, issue } = setUp((n) => `- [ ] Verify #${n}\n- [ ] Write it\n`);
    const { checklist } = about;
    given(await world.ask('trackChecklist', { ...about, tracked: true }));
    await patiently(async () => {
      const { question, needsYou } = given(await world.ask('getSync', { checklist }));
      expect(question?.ends).toMatchObject([{ issue }]);
      expect(needsYou).toBe(1);
    });
    given(await world.ask('answerNumbers', { ...about, own: [asked(0)], about: [] }));
    const after = given(await world.ask('getSync', { checklist }));
    expect(after).toMatchObject({ needsYou: 0 });
    expect(after.question).toBeUndefined();
    await patiently(() => expect(text()).toContain(`- [x] Verify #${issue.number}\n`));
    expect(given(await world.ask('getSync', { checklist })).question).toBeUndefined();
  });

  it('writes numbers into the text where that was shown, and undoes it by its earlier text', async () => {
    await world.signIn();
    const { about, body, text, asked, issue } = setUp(
      (n) => `- [ ] Verify #${n}.\r\n- [ ] Write it \r\n`,
    );
    const { checklist } = about;
    const answers = { ...about, own: [], about: [], bracket: [asked(0)] };
    const shown = given(await world.ask('previewAnswers', answers));
    expect(text()).toBe(body);
    expect(shown.lines).toMatchObject([
      { kind: 'goes', text: `- [ ] Verify #${issue.number}.` },
      { kind: 'comes-back', text: `- [ ] Verify (#${issue.number}).` },
      { kind: 'same' },
    ]);
    const stale = await world.ask('answerNumbers', { ...answers, now: 'another' });
    expect(stale).toMatchObject({ failure: { code: 'text-changed' } });
    expect(text()).toBe(body);
    given(await world.ask('answerNumbers', { ...answers, now: shown.now }));
    expect(text()).toBe(body.replace(/#\d+/, '($&)'));
    const plan = given(await world.ask('previewSync', about)).plan;
    expect(plan.question?.ends).toEqual([]);
    const [saved] = given(await world.ask('listTexts', { checklist }));
    expect(saved?.cause).toEqual({ by: 'click', what: 'answer' });
    const before = given(await world.ask('getText', { checklist, id: saved?.id ?? 0 }));
    expect(before.text).toBe(body);
  });

  it('goes with the other traces, and its numbers get brackets by choice', async () => {
    await world.signIn();
    const { about, body, text, asked } = setUp((n) => `- [ ] Verify #${n} \r\n- [ ] Write it\r\n`);
    given(await world.ask('answerNumbers', { ...about, own: [asked(0)], about: [] }));
    given(await world.ask('removeTraces', { ...about, bracket: true }));
    await patiently(() => expect(text()).toBe(body.replace(/#\d+/, '($&)')));
  });

  it('takes answers about numbers of the checklist alone, from the account of the page', async () => {
    await world.signIn();
    const { about, body, text, asked, issue } = setUp((n) => `- [ ] Verify #${n}\n`);
    const stray = { ...asked(0), issue: { ...issue, number: 4711 } };
    expect(await world.ask('answerNumbers', { ...about, own: [stray], about: [] })).toMatchObject({
      failure: { code: 'text-changed' },
    });
    expect(text()).toBe(body);
    const other = { ...about, pageUser: 'bob', own: [asked(0)], about: [] };
    expect(await world.ask('answerNumbers', other)).toMatchObject({
      failure: { code: 'wrong-user' },
    });
    expect(text()).toBe(body);
  });

  it('proposes an issue for an address of another tracker, which its text keeps (case 16)', async () => {
    await world.signIn();
    const address = 'https://sentry.io/organizations/acme/issues/12345';
    const { about } = setUp(() => `- [ ] Repair the crash ${address}\n`);
    const plan = given(await world.ask('previewGeneration', { ...about, options: {} }));
    expect(plan.rows[0]).toMatchObject({ decision: 'create', selected: true });
    expect(plan.rows[0]?.draft?.body).toContain(address);
    expect(given(await world.ask('previewSync', about)).plan.rows).toEqual([]);
  });
});
