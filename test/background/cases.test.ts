import { describe, expect, it } from 'vitest';
import { issueChecklist, issueOfChecklist } from '../../lib/core/refs.ts';
import { given, useBackground } from './background-world.ts';

/** How an item names what it links: `#12`, or the address of it. */
type Named = (number: number) => string;

const SITE = 'https://github.com';

describe('what an item links, as people write it', () => {
  const world = useBackground();
  let made = 0;

  /** A checklist with one item for each way of writing; its references are done before it was written, or after. */
  function setUp(
    ways: readonly ((named: Named, own: string) => string)[],
    { done, kind }: { readonly done: 'before' | 'after'; readonly kind: 'issue' | 'pull' },
  ) {
    made += 1;
    const repo = { host: 'github.com', owner: 'ann', name: `cases${made}` };
    const name = `ann/${repo.name}`;
    world.github.addRepo(name);
    const numbers: number[] = [];
    const state = done === 'before' ? 'closed' : 'open';
    const add = () => {
      const title = 'Something';
      const number =
        kind === 'issue'
          ? world.github.addIssue(name, { title, author: 'ann', state })
          : world.github.addPull(name, { title, author: 'ann', merged: done === 'before' });
      numbers.push(number);
      return number;
    };
    const lines = ways.map((write) => {
      const named: Named = () => `#${add()}`;
      return `- [ ] ${write(named, `${SITE}/${name}`).replace(/\bN\b/g, () => String(add()))}`;
    });
    const body = lines.join('\n');
    // An issue that is put there was opened a minute ago: before what is done now.
    const early = done === 'after' ? body : '';
    const number = world.github.addIssue(name, { title: 'Plan', body: early, author: 'ann' });
    if (done === 'before') world.github.editIssue(name, number, { body }, 'ann');
    const checklist = issueChecklist({ repo, number });
    const finish = () => {
      for (const one of numbers) {
        if (kind === 'issue') world.github.editIssue(name, one, { state: 'closed' }, 'ann');
        else world.github.mergePull(name, one, 'ann');
      }
    };
    const about = { checklist, pageUser: 'ann' };
    const text = () => world.github.issue(name, issueOfChecklist(checklist).number).body;
    return { about, body, text, finish };
  }

  it.each([
    [
      'case 12, the word PR',
      'pull',
      [
        (n: Named) => `Speed up the parser (${n(0)})`,
        (n: Named) => `Speed up the printer (PR ${n(0)})`,
        (n: Named) => `Speed up the reader - PR ${n(0)}`,
        (n: Named) => `Speed up the writer PR ${n(0)}`,
        (_: Named, own: string) => `Speed up the cache ${own}/pull/N/files`,
      ],
    ],
    ['case 14, a relative address of an issue', 'issue', [() => '[Fix login](../issues/N)']],
    ['case 14, one of a pull request', 'pull', [() => '[chore(deps): bump pad](../pull/N)']],
    [
      'case 66, the closing word repeated',
      'issue',
      [
        (n: Named) => `Sign the images closes ${n(0)}, closes ${n(0)}`,
        (n: Named) => `Mirror the images fixes ${n(0)} and fixes ${n(0)}`,
        (n: Named) => `Scan the images closes ${n(0)}, ${n(0)}`,
      ],
    ],
    [
      'case 67, the same in brackets',
      'issue',
      [
        (n: Named) => `Sign the images (closes ${n(0)}, closes ${n(0)})`,
        (n: Named) => `Mirror the images (fixes ${n(0)} and fixes ${n(0)})`,
      ],
    ],
    [
      'case 68, other names of GitHub',
      'issue',
      [
        (_: Named, own: string) => `Five ${own.replace('//', '//redirect.')}/issues/N`,
        (_: Named, own: string) => `Six ${own.replace('//', '//www.')}/issues/N`,
      ],
    ],
    [
      'case 70, a word as the text of the link',
      'issue',
      [(_: Named, own: string) => `Write the docs ([issue](${own}/issues/N))`],
    ],
  ] as const)(
    '%s: is linked, and ticked when all of it is done after that',
    async (_, kind, ways) => {
      await world.signIn();
      const { about, body, text, finish } = setUp(ways, { done: 'after', kind });
      const plan = given(await world.ask('previewGeneration', { ...about, options: {} }));
      expect(plan.rows.map(({ decision }) => decision)).toEqual(ways.map(() => 'skip'));
      expect(given(await world.ask('previewSync', about)).plan).toMatchObject({ rows: [] });
      finish();
      const preview = given(await world.ask('previewSync', about));
      expect(preview.plan.question).toBeUndefined();
      given(await world.ask('syncChecklist', { ...about, preview: preview.id }));
      expect(text()).toBe(body.replaceAll('[ ]', '[x]'));

      const before = setUp(ways, { done: 'before', kind });
      const { plan: asked } = given(await world.ask('previewSync', before.about));
      expect(asked.rows.flatMap(({ changes }) => changes)).toEqual([]);
      expect(asked.question?.ends).toEqual([]);
      expect(new Set(asked.question?.old.map(({ item }) => item)).size).toBe(ways.length);
    },
  );

  it.each([
    [
      'case 08, words with a colon',
      'issue',
      [
        (n: Named) => `Deploy to production - blocked: ${n(0)}`,
        (n: Named) => `Rollout, waiting: ${n(0)}`,
        (n: Named) => `Rework login, prerequisite: ${n(0)}`,
      ],
    ],
    ['case 62, a pull request', 'pull', [(n: Named) => `Backport ${n(0)}`]],
    [
      'case 62, issues',
      'issue',
      [
        (n: Named) => `Verify ${n(0)}`,
        (n: Named) => `Document ${n(0)}`,
        (n: Named) => `Write release notes for fix ${n(0)}`,
      ],
    ],
    [
      'case 64, no issues at all',
      'issue',
      [(n: Named) => `Send newsletter ${n(0)}`, (n: Named) => `Hold meeting ${n(0)}`],
    ],
  ] as const)('%s: is asked, and never ticked, whenever it was done', async (_, kind, ways) => {
    await world.signIn();
    for (const done of ['before', 'after'] as const) {
      const { about, text, body, finish } = setUp(ways, { done, kind });
      const plan = given(await world.ask('previewGeneration', { ...about, options: {} }));
      expect(plan.rows.map(({ reason }) => reason.kind)).toEqual(ways.map(() => 'whose'));
      if (done === 'after') finish();
      const preview = given(await world.ask('previewSync', about));
      expect(preview.plan.rows.flatMap(({ changes }) => changes)).toEqual([]);
      expect(preview.plan.question?.ends).toHaveLength(ways.length);
      expect(text()).toBe(body);
    }
  });
});
