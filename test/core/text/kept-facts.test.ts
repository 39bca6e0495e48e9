import { describe, expect, it } from 'vitest';
import type { IssueRef } from '../../../lib/core/refs.ts';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import { changeItem } from '../../../lib/core/text/change-item.ts';
import type { Item } from '../../../lib/core/text/checklist.ts';
import type { Edit } from '../../../lib/core/text/edit.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { applySplices } from '../../../lib/core/text/splices.ts';
import { costGrowth } from '../../cost-growth.ts';

const REPO = { host: 'github.com', owner: 'octo', name: 'plan' };
const issue = (number: number): IssueRef => ({ repo: REPO, number });

function first(markdown: string): Item {
  const [item] = parseChecklist(markdown).items;
  if (item === undefined) throw new Error('no item');
  return item;
}

function rolesOf(markdown: string): readonly string[] {
  return first(markdown).references.map(({ number, role }) => `${role} ${number}`);
}

const link = (item: Item): Edit => ({
  kind: 'link',
  item,
  issue: issue(900),
  style: 'parenthesis',
});
const pulls = (item: Item): Edit => ({
  kind: 'append-pull-requests',
  item,
  pulls: [issue(456), issue(460)],
});

describe('what is written for an item', () => {
  it.each([
    '- [ ] Fix it #123.',
    '- [ ] 修正する #123。',
    '- [ ] Fix it (closes #123).',
    '- [ ] Ship #7!',
    '- [ ] Ship #7?!',
    '- [ ] #7 is what we ship.',
    '- [ ] Backport - #7',
    '- [ ] A (#1) and B (#2)',
    '- [ ] See #7: later.',
  ])('leaves the numbers of %j what they are', (text) => {
    const item = first(text);
    const { markdown, applied } = applyEdits(text, [pulls(item)], { repo: REPO });
    expect(rolesOf(markdown).slice(0, -2)).toEqual(rolesOf(text));
    expect(markdown).not.toBe(text);
    const back = applied.flatMap(({ inverse }) => inverse ?? []);
    expect(applyEdits(markdown, back, { repo: REPO }).markdown).toBe(text);
  });

  it.each([
    ['- [ ] Fix it #123.', '- [ ] Fix it #123. (closes #900)'],
    ['- [ ] @octocat (closes #12).', '- [ ] @octocat (closes #12). (closes #900)'],
    ['- [ ] >', '- [ ] > (#900)'],
    [
      '- [ ] [Suggestion](https://github.com/octo/plan/issues/849)',
      '- [ ] [Suggestion](https://github.com/octo/plan/issues/849) (closes #900)',
    ],
    [
      '- [ ] ![a [b](/u)](/v) <https://github.com/octo/plan/issues/5>',
      '- [ ] ![a [b](/u)](/v) <https://github.com/octo/plan/issues/5> (closes #900)',
    ],
    [
      '- [ ] ![see [it](https://github.com/octo/plan/issues/5)](/v)',
      '- [ ] ![see [it](https://github.com/octo/plan/issues/5)](/v) (#900)',
    ],
  ])('links %j so that nothing else means something else', (text, expected) => {
    const item = first(text);
    const { markdown, applied } = applyEdits(text, [link(item)], { repo: REPO });
    expect(markdown).toBe(expected);
    expect(first(markdown)).toMatchObject({ key: item.key, title: item.title });
    expect(rolesOf(markdown)).toEqual([...rolesOf(text), 'link 900']);
    const back = applied.flatMap(({ inverse }) => inverse ?? []);
    expect(applyEdits(markdown, back, { repo: REPO }).markdown).toBe(text);
  });

  it.each(['- [ ] Press <kbd>Ctrl', '- [ ] run <code>make', '- [ ] <samp>x', '- [ ] <tt>'])(
    'is nothing where we would not read it: %j',
    (text) => {
      const item = first(text);
      for (const edit of [link(item), pulls(item)]) {
        const { markdown, applied } = applyEdits(text, [edit], { repo: REPO });
        expect(markdown).toBe(text);
        expect(applied).toEqual([{ edit, changed: false, refused: true }]);
      }
    },
  );

  it('is refused for the one item that does not take it', () => {
    const text = '- [ ] one\n- [ ] <kbd>two\n- [ ] three.\n';
    const edits = parseChecklist(text).items.map(link);
    const { markdown, applied } = applyEdits(text, edits, { repo: REPO });
    expect(markdown).toBe('- [ ] one (#900)\n- [ ] <kbd>two\n- [ ] three. (#900)\n');
    expect(applied.map(({ refused }) => refused)).toEqual([undefined, true, undefined]);
  });

  it('is the same when only its line is looked at', () => {
    const text = '- [ ] Fix it #123.\n- [ ] <kbd>two\n- [ ] **three**\n  more\n';
    for (const item of parseChecklist(text).items)
      for (const edit of [link(item), pulls(item)] as const) {
        if (!('item' in edit)) continue;
        const alone = changeItem(text, item, edit, { repo: REPO })?.splices ?? [];
        expect(applySplices(text, alone)).toBe(applyEdits(text, [edit], { repo: REPO }).markdown);
      }
  });
});

describe('what is taken away from an item', () => {
  const URL = 'https://github.com/octo/plan/issues/5';

  it.each([
    ['drop-link', '- [ ]\t(PR #5)  (@bob)\n', '- [ ]\t(@bob)\n'],
    ['drop-link', `- [x] <${URL}>  see ([#5](${URL}))\n`, '- [x] see\n'],
    ['unlink', '- [ ] words see  (#5)\n', '- [ ] words see\n'],
  ] as const)('comes back to the byte: %s in %j', (kind, text, expected) => {
    const item = first(text);
    const edit: Edit = { kind, item, issue: issue(5), style: 'parenthesis' };
    const { markdown, applied } = applyEdits(text, [edit], { repo: REPO });
    const [done] = applied;
    expect([markdown, done?.changed]).toEqual([expected, true]);
    const back = applied.flatMap(({ inverse }) => inverse ?? []);
    expect(applyEdits(markdown, back, { repo: REPO }).markdown).toBe(text);
  });

  it('comes back beside another link to its issue, too', () => {
    const text = `- [ ] a closes #5, closes #7 ([issue](${URL})) b/r#3`;
    const style = 'closes';
    const edit: Edit = { kind: 'relink', item: first(text), from: issue(5), to: issue(900), style };
    const { markdown, applied } = applyEdits(text, [edit], { repo: REPO });
    expect(markdown).toBe(text.replace('#5', '#900'));
    const back = applied.flatMap(({ inverse }) => inverse ?? []);
    expect(applyEdits(markdown, back, { repo: REPO }).markdown).toBe(text);
  });

  it('stays where the rest of its line would be HTML', () => {
    const text = `- [X] ~~gone~~\n<code> <${URL}>\n<T>\n`;
    const edit: Edit = { kind: 'drop-link', item: first(text), issue: issue(5) };
    const { markdown, applied } = applyEdits(text, [edit], { repo: REPO });
    expect([markdown, applied]).toEqual([text, [{ edit, changed: false, refused: true }]]);
  });
});

describe('a huge item', { timeout: 120_000 }, () => {
  const edits = (item: Item): readonly Edit[] => [
    link(item),
    pulls(item),
    { kind: 'unlink', item, issue: issue(1), style: 'parenthesis' },
    { kind: 'drop-link', item, issue: issue(1) },
    { kind: 'remove-pull-requests', item, pulls: [issue(1)] },
    { kind: 'retext', item, text: 'other words' },
  ];

  it.each(['(#1) ', '(#1)\n  ', '#1 ', '[#1](u) ', '"#1. ', '- '])(
    'of %j is read and edited in time that grows with it',
    (unit) => {
      const textOf = (size: number) => `- [ ] a ${unit.repeat(size / unit.length)}`.trimEnd();
      let calls = 0;
      const work = (huge: string) => {
        // A text that was read before is not read again.
        const text = `${huge}\n\n${calls++}`;
        const item = first(text);
        for (const edit of edits(item)) {
          const { markdown, applied } = applyEdits(text, [edit], { repo: REPO });
          const back = applied.flatMap(({ inverse }) => inverse ?? []);
          applyEdits(markdown, back, { repo: REPO });
        }
      };
      expect(costGrowth(work, textOf(3_000), textOf(24_000))).toBeLessThan(24);
    },
  );
});
