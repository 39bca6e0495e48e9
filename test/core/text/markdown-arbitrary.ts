import fc from 'fast-check';

/** Texts of items as people and mischief write them. */
export const itemText: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('doc', 'Windows', 'Write the loader', 'Ask @bob', 'é 😀 ok'),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      'text #5',
      '#19 -- crash in `parse()`',
      'text (closes #7)',
      'text (closes #7) (#8, #9)',
      'text (#8)',
      'text (delegated to #7)',
      'text, see #7',
      'it is good for',
      'things this closes',
      'text https://github.com/o/r/issues/5',
      'text ([#5](https://github.com/o/r/issues/5))',
      '[Fix it](https://github.com/o/r/issues/5)',
      'text other/repo#12',
      '"closes #5"',
      'text (#PR_NUMBER)',
      '(#PR_NUMBER)',
      'text (#PR_NUMBER) and more',
      'text (closes #7) (#PR_NUMBER)',
      '#5',
      '@bob',
      '~~gone~~',
      '~~gone~~ (#5)',
    ),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      'ends in \\',
      'open ` tick',
      '`code (closes #5)`',
      '`code`',
      'a <b',
      'a <!-- note -->',
      'a <!-- open',
      '*open star',
      '**bold** _it_',
      'a_b _c',
      '[open](',
      '[open',
      '![pic](u)',
      'https://x.y/z',
      '<https://x.y>',
      'www.x.y',
      'two blanks  ',
      'a | b',
      'quote "open',
      'an (open bracket',
      'footnote[^1]',
      '&amp; &#35;5 \\#5',
      '$x',
      '---',
      '# not a heading',
      '- nested',
      '> quoted',
      '[ ] twice',
      '[x] (#6)',
      '\u202bعربي',
      'nbsp\u00a0',
    ),
  },
);

const bullet = fc.constantFrom('- ', '* ', '+ ', '1. ', '2) ', '-   ', '-\t');
const box = fc.constantFrom(
  '[ ] ',
  '[ ] ',
  '[ ] ',
  '[x] ',
  '[X] ',
  '[\t] ',
  '[ ]\t',
  '[ ]  ',
  '[]',
  '[ ]',
  '[-] ',
);
const prefix = fc.constantFrom(
  '',
  '',
  '',
  '',
  '  ',
  '  ',
  '    ',
  '\t',
  '> ',
  '> > ',
  ' ',
  '      ',
);

const itemLine = fc.tuple(prefix, bullet, box, itemText).map((parts) => parts.join(''));

const otherLine = fc.constantFrom(
  '',
  '',
  '',
  'A paragraph',
  'Steps:',
  '# Heading',
  '## Other *heading*',
  'Setext',
  '===',
  '---',
  '```',
  '~~~',
  '    code',
  '  continued line',
  '  last words (#6)',
  '> lazy',
  '<!--',
  '-->',
  '<!-- - [ ] hidden -->',
  '<details>',
  '</details>',
  '| a | b |',
  '|---|---|',
  '  --|--',
  '[^1]: - [ ] in a footnote',
  '[label]: https://github.com/o/r/issues/5',
  '- [n]: #',
  '-',
  '<!-- masterlist:claim by=ada at=now run=1 -->',
  '<!-- masterlist:map a=1 -->',
);

const lineEnd = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('\n', '\r\n') },
  { weight: 1, arbitrary: fc.constant('\r') },
);

/** Markdown full of items, with every kind of block and line end around them; mixed line ends now and then. */
export const markdown: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', '', '', '', '\ufeff'),
    fc.array(fc.tuple(fc.oneof({ weight: 3, arbitrary: itemLine }, otherLine), lineEnd), {
      maxLength: 14,
    }),
    lineEnd,
    fc.boolean(),
    fc.boolean(),
  )
  .map(([mark, lines, usual, mixed, closed]) => {
    const text = lines.map(([line, end]) => line + (mixed ? end : usual)).join('');
    return mark + (closed ? text : text.replace(/[\r\n]+$/, ''));
  });
