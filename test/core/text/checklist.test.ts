import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../../lib/core/text/checklist.ts';
import { LEAD_WORDS } from '../../../lib/core/text/lead-words.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';

function only(markdown: string): Item {
  const { items } = parseChecklist(markdown);
  const [item] = items;
  if (item === undefined || items.length > 1) throw new Error(`${items.length} items`);
  return item;
}

const text = (of: string): Item => only(`- [ ] ${of}`);

/** References as `role lead target`, the target as it stands in the text. */
function told(of: string): string[] {
  const markdown = `- [ ] ${of}`;
  return only(markdown).references.map(({ role, lead, start, end }) =>
    [role, lead, markdown.slice(start, end)].filter((part) => part !== undefined).join(' '),
  );
}

describe('what a task is', () => {
  it.each([
    ['- [ ] a', true],
    ['* [x] a', true],
    ['+ [X] a', true],
    ['1) [ ] a', true],
    ['> - [ ] a', true],
    ['- - [ ] a', true],
    ['- [\t] a', true],
    ['1. [\t] a', false],
    ['- [ ]', false],
    ['- [ ] ', false],
    ['- [ ]\n  a', false],
    ['- [ ] \n  a', false],
    ['- [\n] a', false],
    ['- [ ]a', false],
    ['- [  ] a', false],
    ['- [\u00a0] a', false],
    ['- [-] a', false],
    ['- []', false],
    ['- [x](u) a', false],
    ['- # [ ] a', false],
    ['- a\n\n  [ ] b', false],
    ['    - [ ] a', false],
    ['```\n- [ ] a\n```', false],
    ['<!--\n- [ ] a\n-->', false],
    ['- [ ] a | b\n  --|--\n  1 | 2', false],
    ['- [ ] a\n  ---', false],
    ['- [n]: #\n  [ ] a', true],
    ['[^1]: - [ ] a', true],
  ])('%j', (markdown, expected) => {
    expect(parseChecklist(markdown).items.length).toBe(expected ? 1 : 0);
  });

  it('has offsets into the original string behind a byte order mark, astral characters and carriage returns', () => {
    const markdown = '\ufeff# 😀\r\n\r\n- [ ] é 😀\r\n- [x] b  \r\n';
    const [first, second] = parseChecklist(markdown).items;
    expect(markdown.slice(first?.textStart, first?.textEnd)).toBe('é 😀');
    expect(markdown.slice(second?.textStart, second?.textEnd)).toBe('b');
    expect(markdown[second?.boxOffset ?? 0]).toBe('x');
    expect(markdown.slice(second?.start, second?.end).trimEnd()).toBe('- [x] b');
  });

  it('ends the text of a wrapped item behind its last line, lazy or not', () => {
    const markdown = '> - [ ] one\n>   two\nthree\n\nafter';
    const item = only(markdown);
    expect(markdown.slice(0, item.textEnd)).toBe('> - [ ] one\n>   two\nthree');
    expect(item.text).toBe('one two three');
  });

  it('covers an item with all its content', () => {
    const markdown = '- [ ] a\n  - b\n\n  more\n\n      code\n- [ ] c';
    const [item] = parseChecklist(markdown).items;
    expect(markdown.slice(item?.start, item?.end)).toBe('- [ ] a\n  - b\n\n  more\n\n      code');
  });

  it('reads the test plan: 57 items, each with its placeholder, none linked', () => {
    const file = new URL('../../fixtures/test-plan.md', import.meta.url);
    const { items } = parseChecklist(readFileSync(file, 'utf8'));
    expect(items.length).toBe(57);
    expect(new Set(items.map(({ key }) => key)).size).toBe(57);
    expect(items.filter(({ placeholder }) => placeholder === undefined)).toEqual([]);
    expect(
      items.flatMap(({ references }) => references).filter(({ role }) => role !== 'mention'),
    ).toEqual([]);
    expect(items.filter(({ subject }) => subject.includes('PR_NUMBER'))).toEqual([]);
  });
});

describe('nesting and groups', () => {
  const markdown = [
    '# Plan',
    '## DataLoader',
    'Files:',
    '- [ ] empty file (closes #3)',
    '  - [ ] no bytes',
    '  - plain',
    '    - [ ] below plain',
    '## Other *things*',
    '- [ ] alone',
    '',
    '> ### Quoted',
    '> - [ ] in a quote',
    '',
    '- [ ] after the quote',
  ].join('\n');
  const { items } = parseChecklist(markdown);

  it('knows depth, parent and whether an item is one', () => {
    expect(items.map(({ depth, parent, isParent }) => [depth, parent, isParent])).toEqual([
      [0, undefined, true],
      [1, 0, false],
      [2, 0, false],
      [0, undefined, false],
      [0, undefined, false],
      [0, undefined, false],
    ]);
  });

  it('groups by headings, the paragraph before, and the items around', () => {
    expect(items.map(({ groups }) => groups.join(' › '))).toEqual([
      'Plan › DataLoader › Files',
      'Plan › DataLoader › Files › empty file',
      'Plan › DataLoader › Files › empty file › plain',
      'Plan › Other things',
      'Plan › Other things › Quoted',
      'Plan › Other things',
    ]);
    expect(items.map(({ label }) => label)).toEqual([
      'Files',
      'empty file',
      'plain',
      'Other things',
      'Quoted',
      'Other things',
    ]);
  });

  it('takes a long paragraph for text, not for a label', () => {
    const long = 'word '.repeat(30);
    expect(only(`# Part\n\n${long}\n\n- [ ] a`).groups).toEqual(['Part']);
  });

  it('has no label where nothing groups', () => {
    expect(text('a').label).toBe('');
    expect(text('a').groups).toEqual([]);
  });

  it('gives items of one text different keys by place and by order', () => {
    const { items: same } = parseChecklist('# A\n- [ ] doc\n- [ ] doc\n# B\n- [ ] doc');
    expect(new Set(same.map(({ key }) => key)).size).toBe(3);
    expect(new Set(same.map(({ textHash }) => textHash)).size).toBe(1);
    expect(same.map(({ ordinal, twins, namesakes }) => [ordinal, twins, namesakes])).toEqual([
      [0, 2, 3],
      [1, 2, 3],
      [0, 1, 3],
    ]);
  });

  it('keeps the keys of children when their parent is ticked and linked', () => {
    const before = parseChecklist('- [ ] parent\n  - [ ] child');
    const after = parseChecklist('- [x] parent (closes #12) (#13)\n  - [ ] child');
    expect(after.items.map(({ key }) => key)).toEqual(before.items.map(({ key }) => key));
  });

  it('tells items that are only a reference apart by it', () => {
    const { items: bare } = parseChecklist('- [ ] #1\n- [ ] #2');
    const { items: moved } = parseChecklist('- [ ] #3\n- [ ] #2 (#9)');
    expect(moved[1]?.textHash).toBe(bare[1]?.textHash);
    expect(moved[0]?.textHash).not.toBe(bare[0]?.textHash);
  });
});

describe('references', () => {
  it.each([
    ['text #5', ['link #5']],
    ['text (#5)', ['link #5']],
    ['text (closes #5)', ['link closes #5']],
    ['text (closes #5) (#6, #7)', ['link closes #5', 'after-link #6', 'after-link #7']],
    ['text (closes octo/other#5) (#6)', ['link closes octo/other#5', 'after-link #6']],
    [
      'text ([#3554](https://github.com/o/r/issues/3554))',
      ['link [#3554](https://github.com/o/r/issues/3554)'],
    ],
    ['text: https://github.com/o/r/issues/5', ['link https://github.com/o/r/issues/5']],
    [
      'https://github.com/rust-lang/rust/pull/1403',
      ['link https://github.com/rust-lang/rust/pull/1403'],
    ],
    ['rust-lang/rust#26406', ['link rust-lang/rust#26406']],
    ['GH-12', ['link GH-12']],
    ['#19982 -- ICE using parentheses', ['link #19982']],
    ['[#13455] - crash', ['link #13455']],
    ['`Atomic{Usize,Isize}` - #21794', ['link #21794']],
    [
      '[Fix it](https://github.com/o/r/issues/59)',
      ['link [Fix it](https://github.com/o/r/issues/59)'],
    ],
    ['#1, #2 and #3', ['link #1', 'link #2', 'link #3']],
    ['text (closes #5) <!-- note -->', ['link closes #5']],
    ['text (closes #5), done by Bob', ['link closes #5']],
    ['text (closes #5) (#PR_NUMBER)', ['link closes #5']],
    ['x (delegated to #7962)', ['mention delegated to #7962']],
    ['x (solved by #1042)', ['mention solved by #1042']],
    ['x, see #10244', ['mention see #10244']],
    ['crash reported in #123', ['mention reported in #123']],
    ['Handle #12 in the parser', ['mention #12']],
    ['Use "Closes #123" in bodies', ['mention closes #123']],
    [
      'x https://github.com/o/r/issues/4#issuecomment-12',
      ['mention https://github.com/o/r/issues/4#issuecomment-12'],
    ],
    ['x https://github.com/o/r/pull/4/files', ['link https://github.com/o/r/pull/4/files']],
    ['x https://github.com/o/r/pull/4/files?w=1', ['link https://github.com/o/r/pull/4/files?w=1']],
    [
      'x https://github.com/o/r/pull/4#discussion_r9',
      ['mention https://github.com/o/r/pull/4#discussion_r9'],
    ],
    ['Speed up (PR #26)', ['link pr #26']],
    ['Speed up - PR #25', ['link pr #25']],
    ['Speed up PR #31', ['link pr #31']],
    ['Speed up the writer PR #31', ['link pr #31']],
    ['Merge PR #5', ['link pr #5']],
    ['Ship it after PR #5', ['mention after pr #5']],
    ['Ship it after the PR #5', ['mention after pr #5']],
    ['Deploy, see PR #5', ['mention see pr #5']],
    ['Blocked by: PR #5', ['mention blocked by pr #5']],
    ['Depends on pull request #5', ['mention depends on pull request #5']],
    ['Ship after PR #5 and PR #6', ['mention after pr #5', 'mention after pr #6']],
    ['closes #1 and PR #2', ['link closes #1', 'after-link pr #2']],
    ['Revert PR #5', ['mention revert pr #5']],
    ['Backport PR #5', ['mention backport pr #5']],
    ['Cherry-pick PR #5', ['mention cherry-pick pr #5']],
    ['Test PR #5', ['mention test pr #5']],
    ['Please review the PR #5', ['mention review pr #5']],
    ['Fix the flaky test PR #5', ['link pr #5']],
    ['Announce (PR #5)', ['link pr #5']],
    ['Land [PR 5](https://github.com/o/r/pull/5)', ['link [PR 5](https://github.com/o/r/pull/5)']],
    [
      'Review [PR 5](https://github.com/o/r/pull/5)',
      ['mention [PR 5](https://github.com/o/r/pull/5)'],
    ],
    ['Backport https://github.com/o/r/pull/5', ['mention https://github.com/o/r/pull/5']],
    ['Backport https://github.com/o/r/issues/5', ['link https://github.com/o/r/issues/5']],
    ['Speed up (closes #5) (PR #26)', ['link closes #5', 'after-link pr #26']],
    ['Speed up (PR #26) (#12)', ['after-link pr #26', 'link #12']],
    ['Speed up PR #26 (#12)', ['after-link pr #26', 'link #12']],
    ['Speed up (PR #26) (PR #27)', ['link pr #26', 'after-link pr #27']],
    ['Sign closes #1, closes #2', ['link closes #1', 'link closes #2']],
    ['Mirror fixes #3 and fixes #4', ['link fixes #3', 'link fixes #4']],
    ['Sign (closes #1, closes #2)', ['link closes #1', 'link closes #2']],
    ['Mirror (fixes #3 and fixes #4)', ['link fixes #3', 'link fixes #4']],
    ['Scan closes #5, #6', ['link closes #5', 'link closes #6']],
    ['x, see #1, see #2', ['mention see #1', 'mention see #2']],
    [
      'Write ([issue](https://github.com/o/r/issues/6))',
      ['link [issue](https://github.com/o/r/issues/6)'],
    ],
    [
      '[pull request](https://github.com/o/r/pull/5)',
      ['link [pull request](https://github.com/o/r/pull/5)'],
    ],
    [
      'Teach how to open a [pull request](https://github.com/o/r/pull/5)',
      ['mention [pull request](https://github.com/o/r/pull/5)'],
    ],
    ['Review [PR](https://github.com/o/r/pull/5)', ['mention [PR](https://github.com/o/r/pull/5)']],
    [
      'x [here](https://github.com/o/r/issues/4) now',
      ['mention [here](https://github.com/o/r/issues/4)'],
    ],
    ['~~text #5~~', ['mention #5']],
    ['text \\#5', ['mention #5']],
    ['text jlord#26', ['mention jlord#26']],
    ['`closes #5`', []],
    ['<code>#5</code>', []],
    ['text <!-- #5 -->', []],
    ['![#5](u)', []],
    ['https://example.org/#5', []],
    ['text #5a', []],
    ['text #0', []],
    ['a@b.org', []],
  ])('%j', (of, expected) => {
    expect(told(of)).toEqual(expected);
  });

  it('resolves reference links by the definitions of the text', () => {
    const markdown = '- [ ] a ([#3062])\n\n[#3062]: https://github.com/o/r/issues/3062';
    expect(only(markdown).references).toMatchObject([
      {
        form: 'url',
        role: 'link',
        host: 'github.com',
        owner: 'o',
        name: 'r',
        number: 3062,
        urlKind: 'issues',
      },
    ]);
  });

  it.each([
    ['../pull/34', { number: 34, urlKind: 'pull' }],
    ['../issues/15', { number: 15, urlKind: 'issues' }],
    ['/o/r/issues/15', { owner: 'o', name: 'r', number: 15, urlKind: 'issues' }],
    ['../../x/issues/3', { name: 'x', number: 3, urlKind: 'issues' }],
    ['//example.org/o/r/issues/3', { host: 'example.org', owner: 'o', name: 'r', number: 3 }],
    ['https://www.github.com/o/r/issues/8', { host: 'github.com', number: 8 }],
    ['https://redirect.github.com/o/r/issues/7', { host: 'github.com', number: 7 }],
  ])('resolves %s as a browser does on the page of the checklist', (url, expected) => {
    const [reference, ...more] = text(`[A title](${url})`).references;
    expect(more).toEqual([]);
    expect(reference).toMatchObject({ role: 'link', ...expected });
    const given = ['host', 'owner', 'name'].filter((key) => key in expected);
    if (!('host' in expected)) {
      expect(Object.keys(reference ?? {})).toEqual(expect.arrayContaining(given));
      expect(reference?.host).toBeUndefined();
    }
  });

  it('takes no other relative address for an issue', () => {
    for (const url of ['docs/15', '../wiki', '#15', '../issues/0', 'mailto:a@b.org', '../issues']) {
      expect(text(`[A title](${url})`).references).toEqual([]);
    }
  });

  it('finds a link behind 4,000 characters', () => {
    const item = text(`${'word '.repeat(2_000)}(closes #5)`);
    expect(item.references).toMatchObject([{ role: 'link', number: 5 }]);
  });

  it('notes commit ids apart', () => {
    expect(text('fixed by abc1234').commits).toEqual(['abc1234']);
    expect(text('a defaced facade').commits).toBeUndefined();
  });

  it('has each lead word once in its table', () => {
    const all = Object.values(LEAD_WORDS).flat();
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((lead) => lead !== lead.toLowerCase())).toEqual([]);
  });
});

describe('the subject', () => {
  it.each([
    ['text (#5)', 'text'],
    ['text: #5', 'text'],
    ['open a [pull request](https://github.com/o/r/pull/5)', 'open a pull request'],
    ['text ([issue](https://github.com/o/r/issues/5))', 'text'],
    ['#5: text', 'text'],
    ['[#5] - text', 'text'],
    ['text (see #5)', 'text'],
    ['text (@bob)', 'text'],
    ['ask @bob to review', 'ask to review'],
    ['text (cc @a, @b)', 'text'],
    ['text (#PR_NUMBER)', 'text'],
    ['implement foo()', 'implement foo()'],
    ['`std::env`', 'std::env'],
    ['**bold** and [a link](u)', 'bold and a link'],
    ['a<br>b &amp; c', 'a b & c'],
    ['![pic](u) text', 'text'],
    ['a \t b', 'a b'],
    ['#5', ''],
    ['@bob', ''],
    ['[Fix it](https://github.com/o/r/issues/5)', 'Fix it'],
    ['say "closes #5" twice', 'say "closes #5" twice'],
  ])('%j is about %j', (of, expected) => {
    expect(text(of).subject).toBe(expected);
  });

  it('knows who is mentioned outside code', () => {
    expect(text('@a `@b` c@d.org (@octo/team) @a').mentions).toEqual(['a', 'octo/team']);
  });

  it('is struck when all of it is', () => {
    expect(text('~~[Operators](u)~~ (#5)').struck).toBe(true);
    expect(text('~~some~~ more').struck).toBe(false);
  });

  it('notes where the placeholder stands, but not in code', () => {
    const markdown = '- [ ] text (#PR_NUMBER)';
    expect(only(markdown).placeholder).toEqual({ start: 11, end: 23 });
    expect(text('`(#PR_NUMBER)`').placeholder).toBeUndefined();
    const other = parseChecklist('- [ ] text TBD', { placeholder: 'TBD' }).items[0];
    expect(other).toMatchObject({ subject: 'text', placeholder: { start: 11, end: 14 } });
    expect(parseChecklist(markdown, { placeholder: '' }).items[0]?.placeholder).toBeUndefined();
  });
});

describe('what looks like a task', () => {
  it('counts lines in code and in comments', () => {
    const markdown = [
      '```[tasklist]',
      '- [ ] a',
      '- [x] b',
      '```',
      '    - [ ] indented',
      '<!-- - [ ] hidden',
      '- [ ] too -->',
      '',
      '- [ ] real',
    ].join('\r\n');
    expect(parseChecklist(markdown).lookalikes).toEqual({
      inCode: 3,
      inComments: 2,
      nearMisses: [],
    });
  });

  it('names the line of a fence that is never closed', () => {
    expect(parseChecklist('a\r\n\r\n```js\r\n- [ ] a').unclosedFence).toBe(3);
    expect(parseChecklist('```\n- [ ] a\n```').unclosedFence).toBeUndefined();
    expect(parseChecklist('- ```\n  a\n\nb').unclosedFence).toBeUndefined();
  });
});

describe('hostile texts', { timeout: 60_000 }, () => {
  const SIZE = 65_000;
  const fill = (part: string): string => part.repeat(Math.floor(SIZE / part.length));
  const tabs = (): string => {
    let stairs = '';
    for (let depth = 0; stairs.length < SIZE; depth++) stairs += `${'\t'.repeat(depth)}- x\n`;
    return stairs;
  };

  it.each([
    ['quotes', fill('> ')],
    ['lists', `${fill('- ')}x`],
    ['numbered lists', `${fill('1. ')}x`],
    ['both', `${fill('> - ')}x`],
    ['footnotes', `${fill('[^a]: ')}x`],
    ['lists indented by tabs', tabs()],
    ['endless lazy lines', `> a\n${fill('<b\n')}`],
  ])('refuses %s nested without end, at once', (_, markdown) => {
    const { items, refused } = parseChecklist(markdown);
    expect(items).toEqual([]);
    expect(refused?.code).toBe('too-nested');
  });

  it.each([
    ['> ', 30],
    ['- ', 30],
    ['> - ', 15],
  ])('reads %j nested %i deep', (part, depth) => {
    expect(parseChecklist(`${part.repeat(depth)}- [ ] a`).items.length).toBe(1);
  });

  it('reads lists nested 30 deep line by line, and long lists of code', () => {
    const nested = Array.from({ length: 30 }, (_, depth) => `${'  '.repeat(depth)}- [ ] a${depth}`);
    expect(parseChecklist(nested.join('\n')).items.length).toBe(30);
    const code = `- [ ] a\n\n\`\`\`\n${'2026-01-01 - a log line\n'.repeat(2_500)}\`\`\`\n`;
    expect(parseChecklist(code).refused).toBeUndefined();
  });

  it.each([
    ['rules', `${fill('- ')}\n`],
    ['emphasis', `- [ ] ${fill('a**b')}`],
    ['strikes', `- [ ] ${fill('~a~~b')}`],
    ['links', `- [ ] ${fill('[a](')}`],
    ['footnote calls', `- [ ] ${fill('[^1] ')}`],
    ['images', `- [ ] ${fill('![')}`],
    ['tags', `- [ ] ${fill('<a ')}`],
    ['many items of emphasis', fill(`- [ ] ${'a**b'.repeat(970)}\n`)],
    ['items with tabs', fill('-\t[ ]\tx\r\n')],
    ['definitions', fill('[a]: u\n')],
    ['footnotes', fill('[^a]: u\n')],
    ['open comments', fill('- [ ] <!--\n')],
    ['open fences', fill('- ```\n')],
    ['pipes', fill('|')],
    ['table rows', `a|b\n-|-\n${fill('a|b\n')}`],
    ['lazy lines', `> a\n${fill('b\n')}`],
    ['lazy blocks', fill(`> a\n${'b\n'.repeat(200)}`)],
    ['setext headings', fill('a\n===\n')],
    ['headings with lists', fill('# a\n- [ ] b\n')],
    ['blanks', `- [ ] a${fill(' ')}b`],
    ['line ends', `- [ ] a${fill('\r')}`],
    ['references', `- [ ] ${fill('(#1) ')}`],
    ['open quotes', `- [ ] ${fill('“')}`],
    ['mentions', `- [ ] ${fill('@a ')}`],
    ['NUL', fill('\0')],
    // Generous, because the machine may be busy: what grows faster than its size takes minutes.
  ])('reads %s', { timeout: 20_000 }, (_, markdown) => {
    expect(parseChecklist(markdown).refused).toBeUndefined();
  });
});

describe('a text that was read before', () => {
  it('is not read again, unless with another placeholder or after eight others', () => {
    const text = '- [ ] remembered (PR to come)';
    const first = parseChecklist(text);
    expect(parseChecklist(text)).toBe(first);
    const [other] = parseChecklist(text, { placeholder: '(PR to come)' }).items;
    expect(other?.placeholder).toBeDefined();
    expect(parseChecklist(text)).toBe(first);
    for (let count = 0; count < 8; count++) parseChecklist(`- [ ] ${count}`);
    const again = parseChecklist(text);
    expect(again).not.toBe(first);
    expect(again).toEqual(first);
  });
});
