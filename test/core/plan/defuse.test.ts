import fc from 'fast-check';
import type { Nodes as Hast } from 'hast';
import type { Nodes, Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { describe, expect, test } from 'vitest';
import { codeRanges, openBlockCloser } from '../../../lib/core/plan/code-ranges.ts';
import { defuse } from '../../../lib/core/plan/defuse.ts';
import { GITHUB_HOST } from '../../../lib/core/refs.ts';

const Z = '&#8203;';

describe('defused text', () => {
  test.each([
    ['a mention', 'ask @bob', `ask @${Z}bob`],
    ['a team', '@octo/team look', `@${Z}octo/team look`],
    ['a mention in emphasis', '_@bob_ **@al**', `_@${Z}bob_ **@${Z}al**`],
    ['a mention behind foreign letters', '日本@bob', `日本@${Z}bob`],
    ['a mention written as an entity', '&#64;bob &commat;al', `&#64;${Z}bob &commat;${Z}al`],
    ['an escaped mention', '\\@bob', `\\@${Z}bob`],
    ['a number', 'see #12.', `see #${Z}12.`],
    ['a number written as an entity', '&#35;12 &num;3', `&#35;${Z}12 &num;${Z}3`],
    ['a number behind an escaped entity', '\\&#64;bob', `\\&#${Z}64;bob`],
    ['digits written as entities', '#&#49;2', `#${Z}&#49;2`],
    ['a number elsewhere', 'octo/plan#12 bob#3', `octo/plan#${Z}12 bob#${Z}3`],
    ['the GH form', 'GH-12 and gh-3', `GH-${Z}12 and gh-${Z}3`],
    ['closing words', 'fixes #12, Closes: #3', `fixes #${Z}12, Closes: #${Z}3`],
    [
      'an issue address',
      'https://github.com/o/r/issues/1#issuecomment-2',
      'https://redirect.github.com/o/r/issues/1#issuecomment-2',
    ],
    [
      'a pull request behind a link',
      '[it](http://www.github.com/o/r/pull/1)',
      '[it](https://redirect.github.com/o/r/pull/1)',
    ],
    ['a bare address', 'www.github.com/o/r/issues/1', 'https://redirect.github.com/o/r/issues/1'],
    ['text beside code', '`@a` @b ``#1`` #2', `\`@a\` @${Z}b \`\`#1\`\` #${Z}2`],
    ['what only looks like code', '\\`@a\\` `@b', `\\\`@${Z}a\\\` \`@${Z}b`],
  ])('has no live %s', (_, text, defused) => {
    expect(defuse(text, GITHUB_HOST)).toBe(defused);
    expect(defuse(defused, GITHUB_HOST)).toBe(defused);
  });

  test.each([
    'Write the docs',
    'a mail to ada@example.com',
    '&#123; &amp; C# and #PR_NUMBER and @',
    'https://example.com/@bob#12 stays',
    'commit 3f2a9c1 and https://github.com/o/r/commit/3f2a9c1',
    'https://github.com/o/r/blob/main/a.md#12',
    '`@bob closes #12`',
    'x\n\n```sh\ncurl @file #1\n```',
    '~~~\n@bob\n~~~',
    'x\n\n    @indented #1',
    '- a\n\n  ```\n  @bob\n  ```',
    '> ```\n> @bob\n> ```',
    '',
  ])('leaves alone %j', (text) => {
    expect(defuse(text, GITHUB_HOST)).toBe(text);
  });

  test('keeps the address of an Enterprise Server readable, but no link', () => {
    const url = 'https://git.example.com/o/r/issues/1';
    expect(defuse(url, 'git.example.com')).toBe(`https://${Z}git.example.com/o/r/issues/1`);
    expect(defuse(url, GITHUB_HOST)).toBe(url);
  });

  test('mentions nobody and refers to nothing when rendered, and its code is untouched', () => {
    fc.assert(
      fc.property(markdownText(), (text) => {
        const defused = defuse(text, GITHUB_HOST);
        expect(liveParts(defused)).toEqual([]);
        // Backticks glued to an address: parsers differ, and we would rather notify nobody.
        if (!/:\/\/\S*`/.test(text)) expect(codeOf(defused)).toEqual(codeOf(text));
        expect(defused.replaceAll(Z, '').replaceAll('redirect.github', 'github')).toBe(text);
      }),
      { numRuns: 600 },
    );
  }, 60_000);

  test('the oracle of the test above sees live text', () => {
    expect(liveParts('hi @bob, `@al`, see #1 and GH-2')).toHaveLength(3);
    expect(liveParts('https://github.com/o/r/issues/1')).toHaveLength(1);
  });

  // Time that grows faster than the text would pass the test's limit by far.
  test('comes to an end on hostile text', { timeout: 10_000 }, () => {
    for (const piece of [
      '`',
      '`` ` ',
      '@a`',
      '> ',
      '[](',
      '#1`\\',
      'https://a.b/`',
      '<a href="',
      '**a',
    ]) {
      const text = piece.repeat(Math.floor(60_000 / piece.length));
      const defused = defuse(
        `${text.startsWith('> ') ? text.slice(0, 200) : text} @bob`,
        GITHUB_HOST,
      );
      expect(defused, piece).toMatch(/bob$/);
    }
  });
});

describe('code ranges', () => {
  test('agree with remark on spans and blocks', () => {
    const text = 'a `b` ``c`d`` \\`e `f`\n\n    g\n\n- h `i\n  j` k\n';
    expect(codeRanges(text).map(([start, end]) => text.slice(start, end))).toEqual([
      '`b`',
      '``c`d``',
      '`f`',
      '    g',
      '`i\n  j`',
    ]);
  });

  test('keep their places behind a byte order mark', () => {
    const text = '\uFEFFa\n\n```\nb\n```';
    expect(codeRanges(text).map(([start, end]) => text.slice(start, end))).toEqual(['```\nb\n```']);
  });
});

describe('a text that would swallow what follows', () => {
  test.each([
    ['a\n```js\nb', '```'],
    ['~~~~\n```\nb', '~~~~'],
    ['<!-- a', '-->'],
    ['a\n\n<pre>\nb', '</pre>'],
    ['<?php', '?>'],
  ])('%j is closed by %s', (text, closer) => {
    expect(openBlockCloser(text)).toBe(closer);
    expect(openBlockCloser(`${text}\n${closer}`)).toBeUndefined();
  });

  test.each(['- a\n  ```\n  b', '> ```\n> b', '```\na\n```', 'a <!-- b', '<details>\na', '    a'])(
    '%j needs no closing',
    (text) => expect(openBlockCloser(text)).toBeUndefined(),
  );
});

function markdownText(): fc.Arbitrary<string> {
  const pieces = fc.constantFrom(
    ...[
      '@bob',
      '#12',
      'GH-3',
      'o/r#4',
      'closes ',
      '`',
      '``',
      '```',
      '~~~',
      '\n',
      '\n\n',
      ' ',
      '    ',
    ],
    ...[
      '- ',
      '> ',
      '1. ',
      '*',
      '_',
      '**',
      '\\',
      '(',
      ')',
      '[',
      ']',
      '](',
      'a',
      'é',
      '&#64;',
      '&#35;1',
    ],
    ...['https://github.com/o/r/issues/5', 'https://example.com/@x', 'ada@example.com', '# ', '!'],
  );
  return fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join(''));
}

/** What GitHub would link: mentions and numbers in rendered text outside code and links, and addresses of issues. */
function liveParts(markdown: string): readonly string[] {
  const tree = unified().use(remarkParse).use(remarkGfm).parse(markdown);
  const live: string[] = [];
  visit(unified().use(remarkRehype).runSync(tree) as Hast, live);
  return live;
}

function visit(node: Hast, live: string[]): void {
  if (node.type === 'text')
    live.push(...(node.value.match(/(?<![A-Za-z0-9])@[a-z0-9]+|#\d+|(?<![a-z0-9])GH-\d+/gi) ?? []));
  if (node.type === 'element') {
    const href = String(node.properties.href ?? '');
    if (/^https?:\/\/(www\.)?github\.com\/[^/]+\/[^/]+\/(issues|pull)\/\d/i.test(href))
      live.push(href);
    if (['code', 'pre', 'a'].includes(node.tagName)) return;
  }
  if ('children' in node) for (const child of node.children) visit(child, live);
}

function codeOf(markdown: string): readonly string[] {
  const code: string[] = [];
  const collect = (node: Nodes): void => {
    if (node.type === 'code' || node.type === 'inlineCode') code.push(node.value);
    if ('children' in node) for (const child of node.children) collect(child);
  };
  collect(unified().use(remarkParse).use(remarkGfm).parse(markdown) as Root);
  return code;
}
