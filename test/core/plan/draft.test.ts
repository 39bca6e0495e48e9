import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draftBody, subContent } from '../../../lib/core/plan/draft.ts';
import { cleanLine, cutTitle, draftTitles, TITLE_LIMIT } from '../../../lib/core/plan/title.ts';
import { titleFronts } from '../../../lib/core/plan/title-fronts.ts';
import { GITHUB_HOST } from '../../../lib/core/refs.ts';
import { BODY_LIMIT } from '../../../lib/core/text/body-limit.ts';
import type { Item } from '../../../lib/core/text/checklist.ts';
import { parseMarker } from '../../../lib/core/text/marker.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { buildFacts, issue, MASTER, REPO, RUN } from './build-facts.ts';
import { buildChecklist } from './build-item.ts';

function titles(markdown: string, front = { prefix: '', id: '' }) {
  const { items } = buildChecklist(markdown);
  return draftTitles(
    items,
    items.map(() => front),
  ).map(({ title }) => title);
}

function parsedTitles(markdown: string): readonly string[] {
  return draftTitles(parseChecklist(markdown).items, []).map(({ title }) => title);
}

function body(
  markdown: string,
  changes: {
    readonly template?: string;
    readonly shortened?: boolean;
    readonly without?: readonly Item[];
    readonly target?: typeof REPO;
    readonly item?: Partial<Item>;
    readonly index?: number;
  } = {},
): string {
  const { items } = buildChecklist(markdown);
  const item = items[changes.index ?? 0];
  if (item === undefined) throw new Error('no item');
  const context = {
    markdown,
    checklist: MASTER,
    target: changes.target ?? REPO,
    template: changes.template ?? '{item}',
    run: RUN,
  };
  const whole = draftBody(
    { ...item, ...changes.item },
    context,
    changes.without ?? [],
    changes.shortened ?? false,
  );
  expect(parseMarker(whole, GITHUB_HOST)).toEqual({
    state: 'v2',
    checklist: MASTER,
    item: item.key,
    text: item.textHash,
    typed: { hash: item.typedHash, alike: 1 },
    run: RUN,
  });
  return whole.slice(0, whole.lastIndexOf('\n\n<!--'));
}

describe('titles', () => {
  test('are the words; under three words the group label stands in front, and beside most such items', () => {
    expect(
      titles(
        '# DataLoader:\n- [ ] empty file\n- [ ] Load a big file @ada (#PR_NUMBER)\n- [ ] `ptr`',
      ),
    ).toEqual(['DataLoader: empty file', 'DataLoader: Load a big file', 'DataLoader: ptr']);
    expect(
      titles('# DataLoader:\n- [ ] empty file\n- [ ] Load a big file\n- [ ] Load a small file'),
    ).toEqual(['DataLoader: empty file', 'Load a big file', 'Load a small file']);
    expect(titles('- [ ] empty file')).toEqual(['empty file']);
  });

  test('are told apart by the nearest label that does, never by two, then by number', () => {
    expect(
      titles(
        '# A\n## Actions\n- [ ] Log all the events\n# B\n## Actions\n- [ ] Log all the events\n- [ ] Log all the events\n- [ ] log',
      ),
    ).toEqual([
      'A: Log all the events',
      'B: Log all the events',
      'B: Log all the events (2)',
      'B: log',
    ]);
  });

  test('have a label where items name nothing but a platform, a version or a person', () => {
    expect(
      parsedTitles(
        '# Monday (debt week)\n- [ ] Try the release candidate on every platform we ship:\n' +
          '  - [ ] Windows: win32-x64 (hint: the script that installs it does it)\n  - [ ] win32-arm64\n' +
          '  - [ ] macOS 14 on Apple silicon\n- [ ] Write down what was found\n# Owners\n- [ ] @ada and @bob\n- [ ] @eve\n',
      ).slice(1),
    ).toEqual([
      'Try the release candidate on every…: Windows: win32-x64 (hint: the script that installs it does it)',
      'Try the release candidate on every…: win32-arm64',
      'Try the release candidate on every…: macOS 14 on Apple silicon',
      'Write down what was found',
      'Owners: ada and bob',
      'Owners: eve',
    ]);
  });

  test('have a label of at most 40 characters, with no half of a bracket', () => {
    const label = (heading: string) => titles(`# ${heading}\n- [ ] x`)[0];
    expect(label('Preferences and options (on macOS Cmd and comma)')).toBe(
      'Preferences and options: x',
    );
    expect(label('Not all of it is supported. Open a request for more.')).toBe(
      'Not all of it is supported: x',
    );
    expect(label('The menu at the top. (on macOS that of the screen)')).toBe(
      'The menu at the top: x',
    );
    expect(label('Words that are (so to say without an end to it')).toBe('Words that are…: x');
    expect(label('a'.repeat(300))).toBe(`${'a'.repeat(39)}…: x`);
  });

  test('have no label that says nothing, or what the item says', () => {
    expect(titles('# Release\n## Tasks\n- [ ] notes')).toEqual(['Release: notes']);
    expect(titles('# Tasks\n- [ ] notes')).toEqual(['notes']);
    expect(titles('# Arithmetic\n- [ ] Arithmetic operators')).toEqual(['Arithmetic operators']);
  });

  test('count Chinese and Japanese by characters', () => {
    expect(
      titles('# 发布：\n- [ ] 更新文档\n- [ ] 支持深色模式和浅色\n- [ ] 検索機能を追加する'),
    ).toEqual(['发布: 更新文档', '支持深色模式和浅色', '検索機能を追加する']);
  });

  test('name the people where they alone tell items apart (case 03)', () => {
    expect(
      parsedTitles(
        '## Reviewers\n- [ ] Subject matter expert: @gina\n- [ ] Subject matter expert: @jo',
      ),
    ).toEqual(['Subject matter expert: gina', 'Subject matter expert: jo']);
    expect(
      parsedTitles('## A\n- [ ] Write all the docs (@gina)\n- [ ] Write all the docs (@jo)'),
    ).toEqual(['Write all the docs (gina)', 'Write all the docs (jo)']);
  });

  test('stay distinct when they differ only behind the cut', () => {
    const long = 'word '.repeat(80);
    const [first = '', second = ''] = titles(`- [ ] ${long}a\n- [ ] ${long}b`);
    expect(first).not.toBe(second);
    expect(second).toMatch(/… \(2\)$/);
    expect(Math.max(first.length, second.length)).toBeLessThanOrEqual(TITLE_LIMIT);
  });

  test('are never empty', () => {
    expect(titles('- [ ] @ada\n- [ ] (#12)\n- [ ] @')).toEqual(['ada', 'Item 2', 'Item 3']);
    const { items } = buildChecklist('- [ ] x');
    const empty = items.map((item) => ({ ...item, title: '', text: '\u200B@' }));
    expect(draftTitles(empty, [])).toEqual([{ title: 'Item 1', shortened: false }]);
  });

  test('close nothing in the message of a commit', () => {
    expect(titles('- [ ] Write items as `text (closes #123)`')).toEqual([
      'Write items as text (closes 123)',
    ]);
  });

  test('carry prefix and number once', () => {
    expect(titles('- [ ] Log all events', { prefix: '[Test] ', id: 'T-004' })).toEqual([
      '[Test] T-004 Log all events',
    ]);
    expect(titles('- [ ] [test] Log all events', { prefix: '[Test] ', id: '' })).toEqual([
      '[test] Log all events',
    ]);
  });

  test('drop control and bidi characters and halves of characters', () => {
    expect(cleanLine(' a\u0000b\u202Ec\tD\n\uD800e\u2028f 👩‍💻 ')).toBe(
      'abc D ef f 👩‍💻'.replace('ef', 'e'),
    );
  });

  test.each([
    ['short', 'short', false],
    ['a'.repeat(256), 'a'.repeat(256), false],
    [`${'a'.repeat(250)} bcdefgh`, `${'a'.repeat(250)}…`, true],
    ['a'.repeat(300), `${'a'.repeat(255)}…`, true],
    [`${'a'.repeat(254)}👍👍`, `${'a'.repeat(254)}…`, true],
    [`${'a'.repeat(250)}, bcdefgh`, `${'a'.repeat(250)}…`, true],
  ])('%j is cut on a word', (long, title, shortened) => {
    expect(cutTitle(long)).toEqual({ title, shortened });
  });

  test('have 1 to 256 characters on one trimmed line, all distinct, whatever the items say', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 400 }), { maxLength: 8 }),
        fc.array(fc.string({ unit: 'grapheme', maxLength: 90 }), { maxLength: 3 }),
        fc.constantFrom('', '[Test] '),
        (texts, groups, prefix) => {
          const [base] = buildChecklist('- [ ] x').items;
          if (base === undefined) throw new Error('no item');
          const items = texts.map((subject, index) => ({
            ...base,
            subject,
            title: subject,
            text: subject,
            index,
            groups,
          }));
          const all = draftTitles(
            items,
            items.map(() => ({ prefix, id: '' })),
          ).map(({ title }) => title);
          for (const title of all) {
            expect(title.length).toBeGreaterThan(0);
            expect(title.length).toBeLessThanOrEqual(TITLE_LIMIT);
            expect(title).toBe(title.trim());
            expect(title).not.toMatch(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u);
          }
          expect(new Set(all.map((title) => title.toLowerCase())).size).toBe(all.length);
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);
});

describe('what stands in front of titles', () => {
  const fronts = (
    markdown: string,
    options: { readonly prefix?: string; readonly ids?: boolean } = {},
    title = 'Release',
    candidates = [issue(20, { title: '[Test] T-041 Old' })],
  ) => {
    const { items } = buildChecklist(markdown);
    const facts = buildFacts(markdown, { master: { title }, facts: { candidates } });
    const chosen = { prefix: options.prefix, ids: options.ids ?? false };
    return titleFronts(facts, items, chosen, (item) => !item.checked).map(
      ({ prefix, id }) => prefix + id,
    );
  };

  test('is [Test] where the title speaks of tests', () => {
    expect(fronts('- [ ] a', {}, 'Testing 2.0')).toEqual(['[Test] ']);
    expect(fronts('- [ ] a', {}, 'The latest contest')).toEqual(['']);
  });

  test('is [Test] below a heading that speaks of tests, and only there', () => {
    expect(fronts('# Docs\n- [ ] a\n# `Unit` Tests\n## x\n- [ ] b\n# Ship\n- [ ] c')).toEqual([
      '',
      '[Test] ',
      '',
    ]);
  });

  test('is what the user chose, with one blank behind, or nothing', () => {
    expect(fronts('- [ ] a', { prefix: ' QA:' }, 'Tests')).toEqual(['QA: ']);
    expect(fronts('- [ ] a', { prefix: '' }, 'Tests')).toEqual(['']);
  });

  test('numbers go on after the highest in use, preselected items first; own numbers are kept', () => {
    expect(
      fronts('- [x] done\n- [ ] a\n- [ ] TC007 login\n- [ ] b (see T-043)', { ids: true }),
    ).toEqual(['T-046', 'T-044', '', 'T-045']);
  });
});

describe('bodies', () => {
  test('hold the item, its content, the link to the master and the marker', () => {
    expect(
      body(
        '- [ ] Log `events` of @ada (#PR_NUMBER)\n  - all #5\n\n  ```sh\n    curl @x\n  ```\n- [ ] next',
      ),
    ).toBe('Log `events` of @&#8203;ada\n\n- all #&#8203;5\n\n```sh\n  curl @x\n```\n\nPart of #7');
  });

  test('name the master in full when the issue is elsewhere', () => {
    expect(body('- [ ] a', { target: { ...REPO, name: 'far' } })).toBe('a\n\nPart of octo/plan#7');
  });

  test('fill the template in one pass', () => {
    const template = 'Do {item} in {group} of {master} {other}';
    expect(body('# A @x\n## B\n- [ ] {master} `{group}`', { template })).toBe(
      'Do {master} `{group}` in A @&#8203;x › B of #7 {other}\n\nPart of #7',
    );
  });

  test('name the way to the item where the template does not, as plain text', () => {
    expect(body('# A @x\n## B <C>\n- [ ] item')).toBe(
      'item\n\nSection: A @&#8203;x › B \\<C\\>\n\nPart of #7',
    );
    expect(body('# A\n- [ ] item', { template: '{group}' })).toBe('A\n\nPart of #7');
  });

  test('hold the full text when the title was cut and the template leaves it out', () => {
    expect(body('- [ ] a', { template: 'Please.', shortened: true })).toBe(
      'a\n\nPlease.\n\nPart of #7',
    );
    expect(body('- [ ] a', { template: '' })).toBe('Part of #7');
  });

  test('leave the link of a pasted item out', () => {
    expect(body('- [ ] Log events (closes #12)')).toBe('Log events\n\nPart of #7');
    expect(body('- [ ] Log events #12')).toBe('Log events\n\nPart of #7');
    expect(body('- [ ] Ask #5 for it')).toBe('Ask #&#8203;5 for it\n\nPart of #7');
  });

  test.each([
    ['# a', '\\# a'],
    ['- a', '\\- a'],
    ['1. a', '1\\. a'],
    ['> a', '\\> a'],
    ['---', '\\---'],
    ['<div> a', '&#8203;<div> a'],
    ['#a <b> 1.5', '#a <b> 1.5'],
    ['**a** -1', '**a** -1'],
  ])('show %j as the text that it was', (text, shown) => {
    expect(body(`- [ ] ${text}`)).toBe(`${shown}\n\nPart of #7`);
  });

  test('carry no marker but their own', () => {
    const forged = `<!-- masterlist:v1 checklist=o/r#1 item=a text=b run=${RUN} -->`;
    expect(
      body(`- [ ] a ${forged}\n  - b\n  ${forged}`, { template: `{item}${forged}` }),
    ).not.toContain('masterlist');
  });

  test.each(['```\n  x', '<!-- x', '<pre>\n  x', '   ```\n  x', '   <!-- x', ' <pre>\n  x'])(
    'close %j, so that it swallows nothing',
    (open) => {
      const text = body(`- [ ] a\n  ${open}`);
      expect(text.split('\n\n').at(-1)).toBe('Part of #7');
      expect(text).toMatch(/\n(```|-->|<\/pre>)\n\nPart of #7$/);
    },
  );

  test('are cut when they are too long, and say where the rest is', () => {
    const text = body(`- [ ] a\n  \`\`\`\n${'  line of code\n'.repeat(6_000)}  \`\`\``);
    expect(text.length).toBeGreaterThan(BODY_LIMIT - 2_000);
    expect(text).toMatch(
      /line of code\n```\n\n…\n\n\(Shortened: the full text is in #7\.\)\n\nPart of #7$/,
    );
  });

  test('leave a code span out rather than halve it when they are cut', () => {
    const text = body(`- [ ] a \`@bob ${'x '.repeat(40_000)}\``);
    expect(text).toMatch(/^a\n\n…/);
    expect(text).not.toContain('@bob');
  });

  test('never pass the limit and always end with the marker', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ' ', '`', '@b', '#1', '<', '!--', '👍', '&') }),
        fc.integer({ min: 0, max: 70_000 }),
        (text, length) => {
          const [base] = buildChecklist('- [ ] x').items;
          if (base === undefined) throw new Error('no item');
          const markdown = `- [ ] ${`${text}x`.repeat(Math.ceil(length / (text.length + 1)))}`;
          const item = { ...base, textEnd: markdown.length, end: markdown.length };
          const context = {
            markdown,
            checklist: MASTER,
            target: REPO,
            template: '{item}',
            run: RUN,
          };
          const whole = draftBody(item, context, [], false);
          expect(whole.length).toBeLessThanOrEqual(BODY_LIMIT);
          expect(parseMarker(whole, GITHUB_HOST)?.item).toBe(base.key);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});

describe('the content below an item', () => {
  const below = (markdown: string, index = 0, change: Partial<Item> = {}) => {
    const item = buildChecklist(markdown).items[index];
    return item === undefined ? undefined : subContent(markdown, { ...item, ...change });
  };

  test('is nothing for a plain item', () => {
    expect(below('- [ ] a\n- [ ] b\n\nText')).toBe('');
  });

  test('is dedented to the margin, deeper lines keeping what is theirs', () => {
    expect(below('- [ ] a\n\n  para\n\n      code\n  - b\n    - c\n\ntext')).toBe(
      'para\n\n    code\n- b\n  - c',
    );
    expect(below('- x\n  - [ ] a\n    - b\n      - c', 0)).toBe('- b\n  - c');
  });

  test('has plain line feeds', () => {
    const markdown = '- [ ] a\r\n  - b\r\n\r\n  c\r\n';
    const [item] = buildChecklist('- [ ] a').items;
    expect(item && subContent(markdown, { ...item, end: markdown.length })).toBe('- b\n\nc');
  });

  test('loses quote marks of the list, not its own', () => {
    const markdown = '> - [ ] a\n>   - b\n>\n>   > c';
    const [base] = buildChecklist('- [ ] a').items;
    const item = base && { ...base, boxOffset: 5, textEnd: 9, end: markdown.length };
    expect(item && subContent(markdown, item)).toBe('- b\n\n> c');
  });

  test('takes a tab at the margin as four columns, and leaves those behind it', () => {
    expect(below('- [ ] a\n\t- b\n\t\tc', 0, { end: 17 })).toBe('  - b\n  \tc');
  });

  test('leaves out items that have issues of their own', () => {
    const markdown = '- [ ] a\n  - one\n  - [ ] b\n    - of b\n  - two';
    const { items } = buildChecklist(markdown);
    const [a, b] = items;
    if (a === undefined || b === undefined) throw new Error('no items');
    expect(subContent(markdown, a, [b])).toBe('- one\n- two');
    expect(subContent(markdown, a)).toBe('- one\n- [ ] b\n  - of b\n- two');
  });
});
