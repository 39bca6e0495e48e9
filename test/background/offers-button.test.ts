import { describe, expect, it } from 'vitest';
import { issueChecklist } from '../../lib/core/refs.ts';
import { stored } from '../stored.ts';
import { given, useBackground } from './background-world.ts';

const PLAN = '- [ ] Parse\r\n- [ ] Print\r\n- [ ] Ship\r\n';
const FORM =
  'body:\n  - type: checkboxes\n    options:\n      - label: I agree\n      - label: I looked\n';
const REPORT = '- [x] I agree\r\n- [ ] I looked\r\n- [ ] I tried the nightly\r\n';

describe('the button on an issue page', () => {
  const world = useBackground();
  let made = 0;

  function issue(body: string, owner = 'ann', files: Readonly<Record<string, string>> = {}) {
    made += 1;
    const repo = { host: 'github.com', owner, name: `button${made}` };
    const name = `${owner}/${repo.name}`;
    if (owner !== 'ann') world.github.addUser(owner);
    world.github.addRepo(name);
    for (const [path, text] of Object.entries(files)) world.github.putFile(name, path, text);
    const add = (text: string) =>
      issueChecklist({
        repo,
        number: world.github.addIssue(name, { title: 'Plan', body: text, author: owner }),
      });
    return { checklist: add(body), add };
  }

  const offers = async (checklist: ReturnType<typeof issue>['checklist'], items = 3) =>
    given(await world.ask('offersButton', { checklist, items })).offered;

  it('belongs to plans that the reader may edit', async () => {
    await world.signIn();
    expect(await offers(issue(PLAN).checklist)).toBe(true);
    expect(await offers(issue(PLAN, 'stranger').checklist)).toBe(false);
  });

  it('is not on reports whose boxes come from a form; the form is read once for a repository', async () => {
    await world.signIn();
    const report = issue(REPORT, 'ann', { '.github/ISSUE_TEMPLATE/bug.yml': FORM });
    expect(await offers(report.checklist)).toBe(false);
    expect(await offers(report.add(REPORT))).toBe(false);
    expect(await offers(report.add(PLAN))).toBe(true);
  });

  it('asks nobody about few items, and is there for all where the settings say so', async () => {
    await world.signIn();
    const { checklist } = issue(PLAN, 'stranger');
    const before = world.github.requests.length;
    expect(await offers(checklist, 2)).toBe(false);
    await stored().preferences.setValue({ button: 'all' });
    expect(await offers(checklist, 1)).toBe(true);
    expect(world.github.requests).toHaveLength(before);
    await stored().preferences.setValue({});
  });

  it('asks once about an issue, until it has another number of items', async () => {
    await world.signIn();
    const { checklist } = issue(PLAN);
    expect(await offers(checklist)).toBe(true);
    const before = world.github.requests.length;
    expect(await offers(checklist)).toBe(true);
    expect(world.github.requests).toHaveLength(before);
    expect(await offers(checklist, 4)).toBe(true);
    expect(world.github.requests).toHaveLength(before + 1);
  });

  it('is there where GitHub does not answer, and GitHub is not asked again by the second script of the page', async () => {
    await world.signIn();
    const gone = issueChecklist({
      repo: { host: 'github.com', owner: 'ann', name: 'no-such-repository' },
      number: 1,
    });
    expect(await offers(gone)).toBe(true);
    const before = world.github.requests.length;
    expect(before).toBeGreaterThan(0);
    expect(await offers(gone)).toBe(true);
    expect(world.github.requests).toHaveLength(before);
  });

  it('is on every checklist that this browser works on', async () => {
    await world.signIn();
    const { checklist } = issue('- [ ] Parse\r\n');
    expect(await offers(checklist, 1)).toBe(false);
    given(await world.ask('trackChecklist', { checklist, tracked: true, pageUser: 'ann' }));
    expect(await offers(checklist, 1)).toBe(true);
  });
});
