import { describe, expect, it } from 'vitest';
import { issueChecklist, issueOfChecklist } from '../../lib/core/refs.ts';
import { given, useBackground } from './background-world.ts';

const BODY =
  '- [] Build the images\r\n- [ ]Tag the release\r\n- [x]Freeze the branch\r\n-[ ] Tell the list\r\n- [ ] Announce\r\n';

describe('remarks', () => {
  const world = useBackground();
  let made = 0;

  function plan(files: Readonly<Record<string, string>> = {}, owner = 'ann', body = BODY) {
    made += 1;
    const repo = { host: 'github.com', owner, name: `remarks${made}` };
    const name = `${owner}/${repo.name}`;
    world.github.addRepo(name);
    for (const [path, text] of Object.entries(files)) world.github.putFile(name, path, text);
    const number = world.github.addIssue(name, { title: 'Plan', body, author: owner });
    return { name, checklist: issueChecklist({ repo, number }) };
  }

  async function open(checklist: ReturnType<typeof plan>['checklist']) {
    const query = { checklist, pageUser: 'ann', known: false };
    const view = given(await world.ask('openChecklist', query));
    if (view === undefined) throw new Error('nothing was read');
    return view;
  }

  it('name the lines that GitHub does not see as tasks, and correct them on click (case 26)', async () => {
    await world.signIn();
    const { name, checklist } = plan();
    const { counts, remarks, sync } = await open(checklist);
    expect(counts.items).toBe(1);
    expect(remarks?.lines).toEqual([
      { line: 1, missing: ['inside'], text: '- [] Build the images' },
      { line: 2, missing: ['after'], text: '- [ ]Tag the release' },
      { line: 3, missing: ['after'], text: '- [x]Freeze the branch' },
      { line: 4, missing: ['before'], text: '-[ ] Tell the list' },
    ]);
    expect(remarks?.correction?.count).toBe(4);
    expect(remarks?.correction?.lines).toContainEqual({
      kind: 'comes-back',
      text: '- [ ] Tag the release',
    });
    expect(sync.needsYou).toBe(0);
    const { number } = issueOfChecklist(checklist);
    const text = () => world.github.issue(name, number).body;
    const now = remarks?.correction?.now ?? '';
    const correct = { checklist, now, pageUser: 'ann' };
    world.github.editIssue(name, number, { body: `${BODY}A word.\r\n` }, 'ann');
    expect(await world.ask('correctText', correct)).toMatchObject({
      failure: { code: 'text-changed' },
    });
    expect(await world.ask('correctText', { ...correct, pageUser: 'bob' })).toMatchObject({
      failure: { code: 'wrong-user' },
    });
    expect(text()).toBe(`${BODY}A word.\r\n`);
    const fresh = (await open(checklist)).remarks?.correction?.now ?? '';
    given(await world.ask('correctText', { ...correct, now: fresh }));
    expect(text()).toBe(
      '- [ ] Build the images\r\n- [ ] Tag the release\r\n- [x] Freeze the branch\r\n- [ ] Tell the list\r\n- [ ] Announce\r\nA word.\r\n',
    );
    const after = await open(checklist);
    expect(after.counts.items).toBe(5);
    expect(after.remarks).toBeUndefined();
    const [saved] = given(await world.ask('listTexts', { checklist }));
    expect(saved?.cause).toEqual({ by: 'click', what: 'correct' });
  });

  it('are quieted for everybody by the rules file, and not made to people who cannot edit', async () => {
    await world.signIn();
    world.github.addUser('bob');
    const quiet = plan({ '.github/masterlist.yml': 'remarks: false\n' });
    expect((await open(quiet.checklist)).remarks).toBeUndefined();
    expect((await open(plan({}, 'bob').checklist)).remarks).toBeUndefined();
  });

  it.each(['.github/masterlist.yaml', '.github/Masterlist.yml', 'masterlist.yml'])(
    'say that %s is not read (case 54)',
    async (path) => {
      await world.signIn();
      const { checklist } = plan({ [path]: 'tick:\n  not-planned: tick\n' }, 'ann', '- [ ] Build');
      expect((await open(checklist)).remarks).toEqual({ lines: [], rulesNear: path });
    },
  );

  it('say nothing of other names beside a rules file that is read', async () => {
    await world.signIn();
    const both = { '.github/masterlist.yml': 'version: 1\n', 'masterlist.yml': 'version: 1\n' };
    expect((await open(plan(both, 'ann', '- [ ] Build').checklist)).remarks).toBeUndefined();
    const others = { '.github/workflows.yml': 'a', 'my-masterlist.yml': 'a' };
    expect((await open(plan(others, 'ann', '- [ ] Build').checklist)).remarks).toBeUndefined();
  });

  it('cost no request more than the text alone', async () => {
    await world.signIn();
    const { checklist } = plan({}, 'ann', '- [ ] Build');
    world.github.clearRequests();
    await open(checklist);
    expect(world.github.requests).toHaveLength(1);
  });
});
