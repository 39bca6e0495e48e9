import { describe, expect, it } from 'vitest';
import type { IssueRef } from '../../../lib/core/refs.ts';
import { applyEdits, type EditOutcome } from '../../../lib/core/text/apply-edits.ts';
import { type Item, locatorOf } from '../../../lib/core/text/checklist.ts';
import type { Edit, LinkStyle } from '../../../lib/core/text/edit.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';

const REPO = { host: 'github.com', owner: 'octo', name: 'plan' };
const issue = (number: number, name = REPO.name): IssueRef => ({ repo: { ...REPO, name }, number });

function itemsOf(markdown: string): readonly Item[] {
  return parseChecklist(markdown).items;
}

function first(markdown: string): Item {
  const [item] = itemsOf(markdown);
  if (item === undefined) throw new Error('no item');
  return item;
}

function apply(markdown: string, ...edits: readonly Edit[]): EditOutcome {
  return applyEdits(markdown, edits, { repo: REPO });
}

function link(markdown: string, to = issue(12), style: LinkStyle = 'closes'): string {
  return apply(markdown, { kind: 'link', item: first(markdown), issue: to, style }).markdown;
}

function append(markdown: string, ...numbers: readonly number[]): string {
  const pulls = numbers.map((number) => issue(number));
  return apply(markdown, { kind: 'append-pull-requests', item: first(markdown), pulls }).markdown;
}

/** Applies edits and then their inverses, last first. */
function thereAndBack(markdown: string, ...edits: readonly Edit[]): string {
  const { markdown: there, applied } = apply(markdown, ...edits);
  const inverses = applied.flatMap(({ inverse }) => inverse ?? []).reverse();
  return apply(there, ...inverses).markdown;
}

describe('linking', () => {
  it.each([
    ['- [ ] a', '- [ ] a (closes #12)'],
    ['- [ ] a  \r\n- [ ] b', '- [ ] a (closes #12)  \r\n- [ ] b'],
    ['- [ ] a\nlazy\n\nb', '- [ ] a\nlazy (closes #12)\n\nb'],
    ['> - [ ] a\n>   b  \n', '> - [ ] a\n>   b (closes #12)  \n'],
    ['- [ ] ends in \\', '- [ ] ends in \\ (closes #12)'],
    ['- [ ] open ` tick', '- [ ] open ` tick (closes #12)'],
    ['- [ ] https://x.y/z', '- [ ] https://x.y/z (closes #12)'],
    ['- [ ] a <!-- note -->', '- [ ] a <!-- note --> (closes #12)'],
    ['- [ ] a <b', '- [ ] a <b (closes #12)'],
    ['- [ ] a (#PR_NUMBER)', '- [ ] a (closes #12) (#PR_NUMBER)'],
    ['- [ ] a (#PR_NUMBER) <!-- n -->', '- [ ] a (closes #12) (#PR_NUMBER) <!-- n -->'],
    ['- [ ] a (#PR_NUMBER) and b', '- [ ] a (#PR_NUMBER) and b (closes #12)'],
    ['- [ ] a\n  (#PR_NUMBER)', '- [ ] a\n  (closes #12) (#PR_NUMBER)'],
    ['- [ ] (#PR_NUMBER)', '- [ ] (closes #12) (#PR_NUMBER)'],
    ['- [ ] `(#PR_NUMBER)`', '- [ ] `(#PR_NUMBER)` (closes #12)'],
    ['- [ ] a\n  - b', '- [ ] a (closes #12)\n  - b'],
    ['- [ ] a (see #7)', '- [ ] a (see #7) (closes #12)'],
    ['- [ ] a (closes #123)', '- [ ] a (closes #123) (closes #12)'],
    ['- [ ] a other/repo#12', '- [ ] a other/repo#12 (closes #12)'],
    ['- [ ] a, see #12', '- [ ] a, see #12 (closes #12)'],
  ])('%j becomes %j', (markdown, expected) => {
    expect(link(markdown)).toBe(expected);
  });

  it.each([
    'a (closes #12)',
    'a (#12)',
    'a #12',
    '#12 a',
    'a (closes octo/plan#12)',
    'a (OCTO/Plan#12)',
    'a GH-12',
    'a https://github.com/octo/plan/issues/12',
    'a ([#12](https://github.com/octo/plan/issues/12))',
    'a (#5) (#12)',
  ])('leaves %j, which links the issue already', (text) => {
    expect(link(`- [ ] ${text}`)).toBe(`- [ ] ${text}`);
  });

  it('writes the style asked for, and the repository where it is another', () => {
    expect(link('- [ ] a', issue(12), 'parenthesis')).toBe('- [ ] a (#12)');
    expect(link('- [ ] a', issue(12), 'bare')).toBe('- [ ] a (#12)');
    expect(link('- [ ] a', issue(12, 'other'))).toBe('- [ ] a (closes octo/other#12)');
  });

  it('writes an address where the short form would not be a link', () => {
    expect(link('- [ ] a', issue(12, '_odd_'))).toBe(
      '- [ ] a (closes <https://github.com/octo/_odd_/issues/12>)',
    );
    const far = { repo: { ...REPO, host: 'git.example.org' }, number: 12 };
    expect(link('- [ ] a', far)).toBe(
      '- [ ] a (closes <https://git.example.org/octo/plan/issues/12>)',
    );
  });

  it('takes a plainer style where the one asked for would be read as something else', () => {
    expect(link('- [ ] good for', issue(12), 'bare')).toBe('- [ ] good for (#12)');
    expect(link('- [ ] a, see #7', issue(12), 'bare')).toBe('- [ ] a, see #7 (#12)');
    expect(link('- [ ] a (#7)', issue(12), 'parenthesis')).toBe('- [ ] a (#7) (closes #12)');
  });

  it('links an item longer than what is parsed, at its end, and only once', () => {
    const markdown = `- [ ] ${'word '.repeat(3_000)}end`;
    const linked = link(markdown);
    expect(linked).toBe(`${markdown} (closes #12)`);
    expect(link(linked)).toBe(linked);
  });

  it('is taken back to the very bytes, also where pull requests stand behind', () => {
    for (const style of ['closes', 'parenthesis', 'bare'] as const) {
      for (const text of ['a', 'a  ', 'a (#PR_NUMBER)', '(#PR_NUMBER)', 'good for', 'a (#7)']) {
        const markdown = `- [ ] ${text}\r\n`;
        const item = first(markdown);
        expect(thereAndBack(markdown, { kind: 'link', item, issue: issue(12), style })).toBe(
          markdown,
        );
      }
    }
    const full = '- [ ] a (closes #12) (#456)';
    const unlink: Edit = { kind: 'unlink', item: first(full), issue: issue(12), style: 'closes' };
    expect(apply(full, unlink).markdown).toBe('- [ ] a (#456)');
    expect(thereAndBack(full, unlink)).toBe(full);
  });

  it('removes only what it writes, and never the whole text', () => {
    for (const text of [
      'a closes #12',
      'a (see #12)',
      '(closes #12)',
      '#12',
      '"(closes #12)"x',
      'a #12, b',
    ]) {
      const markdown = `- [ ] ${text}`;
      const unlink: Edit = {
        kind: 'unlink',
        item: first(markdown),
        issue: issue(12),
        style: 'closes',
      };
      expect(apply(markdown, unlink).markdown).toBe(markdown);
    }
  });

  it('relinks to another issue in the form that stands there', () => {
    const relink = (markdown: string): Edit => ({
      kind: 'relink',
      item: first(markdown),
      from: issue(12),
      to: issue(5, 'other'),
      style: 'closes',
    });
    for (const [before, after] of [
      ['- [ ] a (closes #12) (#9)', '- [ ] a (closes octo/other#5) (#9)'],
      ['- [ ] a #12', '- [ ] a octo/other#5'],
      ['- [ ] a octo/plan#12', '- [ ] a octo/other#5'],
      [
        '- [ ] a https://github.com/octo/plan/issues/12',
        '- [ ] a https://github.com/octo/other/issues/5',
      ],
      ['- [ ] a [#12](https://github.com/octo/plan/issues/12)', undefined],
      ['- [ ] a (#13)', undefined],
    ] as const) {
      expect(apply(before, relink(before)).markdown).toBe(after ?? before);
      expect(thereAndBack(before, relink(before))).toBe(before);
    }
  });
});

describe('pull requests', () => {
  it.each([
    ['- [ ] a (closes #12)', '- [ ] a (closes #12) (#456, #460)'],
    ['- [ ] a (closes #12) (#456)', '- [ ] a (closes #12) (#456, #460)'],
    ['- [ ] a (closes #12) (#1)', '- [ ] a (closes #12) (#1, #456, #460)'],
    ['- [ ] a (closes #12) (#PR_NUMBER)', '- [ ] a (closes #12) (#456, #460)'],
    ['- [ ] a (#PR_NUMBER) b', '- [ ] a (#456, #460) b'],
    ['- [ ] a', '- [ ] a (#456, #460)'],
    ['- [ ] a  \n', '- [ ] a (#456, #460)  \n'],
  ])('%j becomes %j, once', (markdown, expected) => {
    const appended = append(markdown, 456, 460);
    expect(appended).toBe(expected);
    expect(append(appended, 456, 460)).toBe(expected);
    const pulls = [issue(456), issue(460)];
    const edit: Edit = { kind: 'append-pull-requests', item: first(markdown), pulls };
    expect(thereAndBack(markdown, edit)).toBe(markdown);
  });

  it('removes some of a row and puts them back in their place', () => {
    const markdown = '- [ ] a (closes #12) (#1, #2, #3)';
    const edit: Edit = { kind: 'remove-pull-requests', item: first(markdown), pulls: [issue(2)] };
    expect(apply(markdown, edit).markdown).toBe('- [ ] a (closes #12) (#1, #3)');
    expect(thereAndBack(markdown, edit)).toBe(markdown);
  });
});

describe('many edits at once', () => {
  it('do what they do one by one, whatever their order', () => {
    const markdown = '- [ ] a\r\n- [ ] b\r\n- [ ] c';
    const [a, b, c] = itemsOf(markdown) as [Item, Item, Item];
    const edits: Edit[] = [
      { kind: 'append-pull-requests', item: c, pulls: [issue(9)] },
      { kind: 'comment', name: 'claim', content: 'by=ada' },
      { kind: 'link', item: a, issue: issue(1), style: 'closes' },
      { kind: 'tick', item: a },
      { kind: 'link', item: b, issue: issue(2), style: 'closes' },
      { kind: 'append-pull-requests', item: a, pulls: [issue(8)] },
    ];
    const expected =
      '- [x] a (closes #1) (#8)\r\n- [ ] b (closes #2)\r\n- [ ] c (#9)\r\n<!-- masterlist:claim by=ada -->';
    expect(apply(markdown, ...edits).markdown).toBe(expected);
    expect(thereAndBack(markdown, ...edits)).toBe(markdown);
    expect(apply(expected, ...edits).applied.filter(({ changed }) => changed)).toEqual([]);
  });

  it('take a checklist that is parsed already', () => {
    const markdown = '- [ ] a';
    const checklist = parseChecklist(markdown);
    const edit: Edit = { kind: 'tick', item: first(markdown) };
    expect(applyEdits(markdown, [edit], { repo: REPO, checklist }).markdown).toBe('- [x] a');
  });

  it('link 1,000 items', () => {
    const markdown = Array.from({ length: 1_000 }, (_, index) => `- [ ] item ${index}`).join('\n');
    const edits = itemsOf(markdown).map(
      (item): Edit => ({ kind: 'link', item, issue: issue(item.index + 1), style: 'closes' }),
    );
    const { markdown: linked, applied } = apply(markdown, ...edits);
    expect(applied.length).toBe(1_000);
    expect(linked.split('\n')[999]).toBe('- [ ] item 999 (closes #1000)');
  });
});

describe('finding the item', () => {
  const plan = '# A\n- [ ] one\n- [ ] doc\n# B\n- [ ] doc\n- [ ] two';
  const tick = (item: Item): Edit => ({ kind: 'tick', item: locatorOf(item) });

  it('follows it when others come, go and change', () => {
    const [one, doc] = itemsOf(plan) as [Item, Item];
    const changed = '# A\n- [ ] new\n- [x] doc\n\ntext\n\n# B\n- [ ] one\n- [ ] doc\n- [ ] two';
    expect(apply(changed, tick(one)).markdown).toBe(changed.replace('[ ] one', '[x] one'));
    expect(apply(changed, tick(doc)).markdown).toBe(changed);
  });

  it('says that it is gone when its text changed or it was deleted', () => {
    const [one] = itemsOf(plan) as [Item];
    expect(apply(plan.replace('one', 'more'), tick(one)).missed).toMatchObject([
      { reason: 'item-gone' },
    ]);
    const [, doc] = itemsOf(plan) as [Item, Item];
    const without = plan.replace('- [ ] doc\n# B', '# B');
    expect(apply(without, tick(doc))).toMatchObject({
      markdown: without,
      missed: [{ reason: 'item-gone' }],
    });
  });

  it('says that it is ambiguous when another like it came', () => {
    const [one] = itemsOf(plan) as [Item];
    const twice = plan.replace('- [ ] one', '- [ ] one\n- [ ] one');
    expect(apply(twice, tick(one))).toMatchObject({
      markdown: twice,
      missed: [{ reason: 'item-ambiguous' }],
    });
  });

  it('knows one of several by the issue that it links', () => {
    const before = '- [ ] doc';
    const after = '- [ ] doc\n- [ ] doc (closes #12)';
    const unlink: Edit = { kind: 'unlink', item: first(before), issue: issue(12), style: 'closes' };
    expect(apply(after, unlink).markdown).toBe('- [ ] doc\n- [ ] doc');
  });

  it('knows equal lines that changed places by what they link', () => {
    const before = '- [ ] doc (#12)\n- [ ] doc (octo/other#13)\n- [ ] doc';
    const now = '- [ ] doc\n- [ ] doc (#12)\n- [ ] doc (octo/other#13)';
    const [twelve, thirteen] = itemsOf(before) as [Item, Item];
    expect(apply(now, tick(twelve)).markdown).toBe(now.replace('[ ] doc (#12', '[x] doc (#12'));
    expect(apply(now, tick(thirteen)).markdown).toBe(now.replace('[ ] doc (octo', '[x] doc (octo'));
    const undo = apply(now, tick(twelve)).applied[0]?.inverse;
    if (undo === undefined) throw new Error('not applied');
    const ticked = before.replaceAll('[ ]', '[x]');
    expect(apply(ticked, undo).markdown).toBe(ticked.replace('[x] doc (#12', '[ ] doc (#12'));
  });

  it('says that it is ambiguous when none of several equal lines links the same any more', () => {
    const [doc] = itemsOf('- [ ] doc (#12)\n- [ ] doc (#13)') as [Item];
    expect(apply('- [ ] doc (#14)\n- [ ] doc (#13)', tick(doc)).missed).toMatchObject([
      { reason: 'item-ambiguous' },
    ]);
  });

  it('does not link a line beside the issue of an equal one that took its place', () => {
    const [doc] = itemsOf('- [ ] doc\n- [ ] doc (#13)') as [Item];
    const link: Edit = { kind: 'link', item: locatorOf(doc), issue: issue(12), style: 'closes' };
    expect(apply('- [ ] doc (#13)\n- [ ] doc', link).missed).toMatchObject([
      { reason: 'item-ambiguous' },
    ]);
  });

  it('does not take another that names the issue behind its own link', () => {
    const alone = first('- [ ] doc');
    const other = '- [ ] doc (closes #9) (#12)';
    const unlink: Edit = { kind: 'unlink', item: alone, issue: issue(12), style: 'closes' };
    expect(apply(`- [ ] doc (closes #12)\n${other}`, unlink).markdown).toBe(`- [ ] doc\n${other}`);
    const link: Edit = { kind: 'link', item: alone, issue: issue(12), style: 'closes' };
    for (const edit of [link, unlink])
      expect(apply(`- [ ] doc\n${other}`, edit).missed).toMatchObject([
        { reason: 'item-ambiguous' },
      ]);
    const drop: Edit = { kind: 'drop-link', item: alone, issue: issue(12) };
    expect(apply(`- [ ] doc\n${other}`, drop).markdown).toBe('- [ ] doc\n- [ ] doc (closes #9)');
  });

  it('finds nothing in a text that is too nested to be read', () => {
    const [one] = itemsOf(plan) as [Item];
    const nested = '> '.repeat(5_000);
    expect(apply(nested, tick(one))).toMatchObject({
      markdown: nested,
      missed: [{ reason: 'item-gone' }],
    });
  });
});

describe('putting brackets around bare numbers', () => {
  const bracket = (markdown: string, ...issues: readonly IssueRef[]): Edit => ({
    kind: 'bracket',
    item: first(markdown),
    issues,
  });

  it.each([
    ['- [ ] Backport #12', '- [ ] Backport (#12)'],
    ['- [x] Backport - #12  \r\n- [ ] b', '- [x] Backport - (#12)  \r\n- [ ] b'],
    ['- [ ] Verify #12.', '- [ ] Verify (#12).'],
    ['- [ ] Verify **#12**', '- [ ] Verify **(#12)**'],
    ['- [ ] Verify GH-12', '- [ ] Verify (GH-12)'],
    ['- [ ] Verify octo/plan#12', '- [ ] Verify (octo/plan#12)'],
    ['- [ ] Both #12, #13', '- [ ] Both (#12, #13)'],
    ['- [ ] Verify #12 (#45)', '- [ ] Verify (#12) (#45)'],
    ['- [ ] Verify #12 (#PR_NUMBER)', '- [ ] Verify (#12) (#PR_NUMBER)'],
    ['* [ ] two\n  lines #12\n', '* [ ] two\n  lines (#12)\n'],
  ])('%j becomes %j, and is taken back to the byte', (before, after) => {
    const edit = bracket(before, issue(12), issue(13));
    expect(apply(before, edit).markdown).toBe(after);
    expect(first(after).references.every(({ bare }) => bare === undefined)).toBe(true);
    expect(thereAndBack(before, edit)).toBe(before);
    expect(apply(after, edit).markdown).toBe(after);
  });

  it.each([
    '- [ ] Both #12, #14',
    '- [ ] See #12',
    '- [ ] Fix it (closes #12)',
    '- [ ] `#12`',
    '- [ ] #12 blocks this',
  ])('leaves %j', (text) => {
    expect(apply(text, bracket(text, issue(12))).markdown).toBe(text);
  });

  it('finds each of several items with the same words again', () => {
    const text = '- [ ] Verify #12\n- [ ] Verify #13\n';
    const edits = itemsOf(text).map(
      (item): Edit => ({ kind: 'bracket', item, issues: [issue(12), issue(13)] }),
    );
    expect(apply(text, ...edits).markdown).toBe('- [ ] Verify (#12)\n- [ ] Verify (#13)\n');
    expect(thereAndBack(text, ...edits)).toBe(text);
  });
});

describe('our comments', () => {
  const comment = (name: 'claim' | 'map', content: string): Edit => ({
    kind: 'comment',
    name,
    content,
  });

  it.each(['', 'a', 'a\n', 'a\r\n', 'a\r\n\r\n', '- [ ] a\r\n- [ ] b', '```\nopen', 'a\r'])(
    'go behind %j and away again without a trace',
    (markdown) => {
      const both = apply(markdown, comment('map', 'k=1'), comment('claim', 'by=ada')).markdown;
      expect(both.endsWith('<!-- masterlist:map k=1 -->')).toBe(true);
      expect(apply(both, comment('claim', '')).markdown).not.toContain('claim');
      expect(apply(both, comment('claim', ''), comment('map', '')).markdown).toBe(markdown);
      expect(apply(both, comment('map', ''), comment('claim', '')).markdown).toBe(markdown);
    },
  );

  it('use the line end of the text', () => {
    expect(apply('a\r\nb', comment('claim', 'x')).markdown).toBe(
      'a\r\nb\r\n<!-- masterlist:claim x -->',
    );
  });

  it('are replaced in place, and written once', () => {
    const once = apply('a', comment('claim', 'x'), comment('map', 'm')).markdown;
    expect(apply(once, comment('claim', 'x')).markdown).toBe(once);
    const other = apply(once, comment('claim', 'y')).markdown;
    expect(other).toBe('a\n<!-- masterlist:claim y -->\n<!-- masterlist:map m -->');
    expect(thereAndBack(once, comment('claim', 'y'))).toBe(once);
  });

  it('cannot be ended from within, nor look like a task', () => {
    const { markdown } = apply('a', comment('map', 'x --> y\r\n- [ ] z --!> w'));
    expect(markdown).toBe('a\n<!-- masterlist:map x -- > y - [] z --! > w -->');
    expect(parseChecklist(`${markdown}\n- [ ] after`).items.length).toBe(1);
  });

  it('go away from where people wrote on behind them, and leave what they wrote as it was', () => {
    const markdown = 'a\n<!-- masterlist:claim x -->\n\nb';
    expect(apply(markdown, comment('claim', '')).markdown).toBe('a\n\nb');
    const tight = '- a\n<!-- masterlist:claim x -->\n    - [ ] code';
    expect(apply(tight, comment('claim', '')).markdown).toBe('- a\n<!-- -->\n    - [ ] code');
    // Without anything between, the list behind the code would become the label of the next one.
    const label = '      code\n<!-- masterlist:claim x -->\n  2) a\n  1. [ ] b';
    expect(apply(label, comment('claim', '')).markdown).toBe(
      '      code\n<!-- -->\n  2) a\n  1. [ ] b',
    );
  });

  it('are not those that somebody quotes in code', () => {
    const quoted = '```\n<!-- masterlist:claim x -->\n```\ntext';
    expect(apply(quoted, comment('claim', '')).markdown).toBe(quoted);
    expect(apply(quoted, comment('claim', 'y')).markdown).toBe(
      `${quoted}\n<!-- masterlist:claim y -->`,
    );
  });
});

describe('dropping a link', () => {
  const drop = (markdown: string) => ({
    kind: 'drop-link' as const,
    item: first(markdown),
    issue: issue(12),
  });

  it.each([
    ['- [ ] a (closes #12)', '- [ ] a'],
    ['- [ ] a #12  \r\n- [ ] b', '- [ ] a  \r\n- [ ] b'],
    ['- [ ] a [Closes: #12].', '- [ ] a.'],
    ['- [ ] a, tracked in #12', '- [ ] a,'],
    ['- [ ] a octo/plan#12', '- [ ] a'],
    ['- [ ] a https://github.com/octo/plan/issues/12', '- [ ] a'],
    ['- [ ] a <https://github.com/octo/plan/issues/12>', '- [ ] a'],
    ['- [ ] a ([#12](https://github.com/octo/plan/issues/12 "t"))', '- [ ] a'],
    ['- [ ] #12 a', '- [ ] a'],
    ['- [ ] @bob #12', '- [ ] @bob'],
    ['- [ ] GH-12 a', '- [ ] a'],
    ['- [ ] a (closes #12, #13) b', '- [ ] a (closes #13) b'],
    ['- [ ] a (#11, #12)', '- [ ] a (#11)'],
    ['- [ ] a #12 and #13', '- [ ] a #13'],
    ['- [ ] a (closes #12) (#456)', '- [ ] a (#456)'],
    ['- [ ] a (#12) (#PR_NUMBER) <!-- n -->', '- [ ] a (#PR_NUMBER) <!-- n -->'],
    ['> - [ ] a\n>   b (#12)\n', '> - [ ] a\n>   b\n'],
  ])('takes %j to %j and back', (before, after) => {
    expect(apply(before, drop(before)).markdown).toBe(after);
    expect(apply(after, drop(before)).markdown).toBe(after);
    expect(thereAndBack(before, drop(before))).toBe(before);
  });

  it.each([
    '- [ ] #12',
    '- [ ] (closes #12)',
    '- [ ] [a](https://github.com/octo/plan/issues/12)',
    '- [ ] a **#12**',
    '- [ ] a, see #12',
    '- [ ] a `#12`',
    '- [ ] a (#120)',
    '- [ ] a\n  (#12)\n- [ ] b',
  ])('leaves %j as it is', (text) => {
    expect(apply(text, drop(text)).markdown).toBe(text);
  });
});

describe('other words', () => {
  const retext = (markdown: string, text = 'new `words`') => ({
    kind: 'retext' as const,
    item: first(markdown),
    text,
  });

  it.each([
    ['- [ ] a', '- [ ] new `words`'],
    ['- [x] **a** b (closes #12) (#456)  \r\n', '- [x] new `words` (closes #12) (#456)  \r\n'],
    ['- [ ] #12 -- a', '- [ ] #12 -- new `words`'],
    ['- [ ] a, tracked in #12', '- [ ] new `words`, tracked in #12'],
    ['- [ ] a (#PR_NUMBER) <!-- n -->', '- [ ] new `words` (#PR_NUMBER) <!-- n -->'],
    ['- [ ] a @bob', '- [ ] new `words` @bob'],
    ['- [ ] a\n  - [ ] b', '- [ ] new `words`\n  - [ ] b'],
    ['- [ ] a\n\n  more of it', '- [ ] new `words`\n\n  more of it'],
    ['- [ ] doc\n- [ ] doc', '- [ ] new `words`\n- [ ] doc'],
  ])('take %j to %j and back', (before, after) => {
    expect(apply(before, retext(before)).markdown).toBe(after);
    expect(thereAndBack(before, retext(before))).toBe(before);
  });

  it.each([
    ['- [ ] a (see #7) b', 'c'],
    ['- [ ] a\n  b', 'c'],
    ['- [ ] #12', 'c'],
    ['- [ ] a', 'c\nd'],
    ['- [ ] a', ' '],
    ['- [ ] a', 'fixes #7'],
    ['- [ ] a', 'for @bob'],
    ['- [ ] a', '<!-- c'],
    ['- [ ] a | b\n  more\n  --|--', 'c | d'],
    ['- [ ] a (#12)', 'open ['],
    ['- [ ] [a](https://github.com/octo/plan/issues/12)', 'c'],
  ])('are not put into %j where they would be more than words: %j', (text, words) => {
    const after = apply(text, retext(text, words)).markdown;
    const told = (of: string) => itemsOf(of).map((one) => [one.references.length, one.mentions]);
    expect(told(after)).toEqual(told(text));
    if (!words.includes('[')) expect(after).toBe(text);
  });

  it('are taken back also after a tick and a number', () => {
    const { markdown, applied } = apply('- [ ] a (#12)', retext('- [ ] a (#12)'));
    const [{ inverse } = {}] = applied;
    const later = append(markdown.replace('[ ]', '[x]'), 456);
    expect(inverse && apply(later, inverse).markdown).toBe('- [x] a (#12) (#456)');
  });
});
