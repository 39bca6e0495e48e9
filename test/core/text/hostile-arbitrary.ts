import fc from 'fast-check';
import { itemText } from './markdown-arbitrary.ts';

/** Pieces of which items are put together: words, marks, all forms of references, and what hides or shows what follows. */
const words = fc.constantFrom(
  ...['Fix it', 'a', 'text', 'Build', 'see', 'closes', 'Backport', 'it is good for', 'PR', 'cc'],
  ...[
    '修正する',
    'パーサー',
    'عربي',
    '\u202bעברית',
    'é 😀',
    ':tada:',
    '&amp;',
    '&#35;5',
    '\\#5',
    'a_b _c',
  ],
);
const references = fc.constantFrom(
  ...[
    '#5',
    '#123',
    '(#5)',
    '(#123)',
    '(closes #12)',
    'closes #7',
    'closes #5, closes #7',
    '(#5, #7)',
  ],
  ...[
    '([#5](https://github.com/o/r/issues/5))',
    '[#7](https://github.com/o/r/issues/7)',
    'GH-5',
    '(PR #26)',
  ],
  ...[
    'https://github.com/o/r/issues/5',
    '<https://github.com/o/r/issues/5>',
    '(https://github.com/o/r/pull/8)',
  ],
  ...[
    'other/repo#12',
    '_odd_/r#3',
    '(see #7)',
    'see #7',
    '"closes #5"',
    '([issue](https://github.com/o/r/issues/5))',
  ],
  ...[
    '[Suggestion](https://github.com/o/r/issues/849)',
    '../issues/15',
    '[x](../pull/34)',
    '#7/#8',
    '#1-#3',
  ],
  ...[
    'https://github.com/o/r/issues/5#issuecomment-1',
    'https://github.com/o/r/discussions/5',
    '[#5',
    '(#5',
  ],
);
const mentions = fc.constantFrom(
  '@bob',
  '@octocat',
  '(@bob)',
  'cc @bob',
  '@acme/core',
  '[@bob](u)',
);
const marks = fc.constantFrom(
  ...[
    '.',
    '。',
    '!',
    '?',
    ':',
    '：',
    ';',
    '…',
    ',',
    ' -',
    ' — ',
    ' →',
    ' |',
    '(',
    ')',
    '[',
    ']',
    '"',
    '“',
  ],
  ...[
    '>',
    '*',
    '**',
    '_',
    '~~',
    '~',
    '\\',
    '`',
    '``',
    '|',
    '$',
    '<',
    '-',
    '  ',
    '\u00a0',
    '\t',
    '\u200b',
  ],
);
const hiding = fc.constantFrom(
  ...[
    '<kbd>',
    '</kbd>',
    '<code>',
    '</code>',
    '<tt>',
    '<samp>',
    '<pre>',
    '<a href="x">',
    '<b>',
    '<T>',
    '<br>',
  ],
  ...[
    '<!--',
    '-->',
    '<!-- n -->',
    '<del>',
    '<!',
    '<?',
    '`code #5`',
    '``a ` b',
    '![pic](u)',
    '![a #5](u)',
  ],
  ...[
    '![a [b](/u)](/v)',
    '[open](',
    '[^1]',
    '[label]',
    '~~gone #5~~',
    '~~gone',
    '**bold #5**',
    '(#PR_NUMBER)',
  ],
);

const piece = fc.oneof(
  { weight: 5, arbitrary: words },
  { weight: 5, arbitrary: references },
  { weight: 2, arbitrary: mentions },
  { weight: 3, arbitrary: marks },
  { weight: 3, arbitrary: hiding },
);

const separator = fc.constantFrom(' ', ' ', ' ', '', '  ', '\t', '\n  ', '\n', '\n> ');

/** What an item says, its bullet and box aside. */
const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 1, arbitrary: itemText },
  {
    weight: 4,
    arbitrary: fc
      .array(fc.tuple(piece, separator), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.map((pair) => pair.join('')).join('')),
  },
);

const head = fc.constantFrom(
  ...[
    '- [ ] ',
    '- [ ] ',
    '- [ ] ',
    '- [x] ',
    '* [X] ',
    '+ [\t] ',
    '1. [ ] ',
    '  - [ ] ',
    '    - [ ] ',
  ],
  ...['> - [ ] ', '> > * [ ] ', '\t- [ ] ', '- [ ]\t', '-\t[ ] ', '- - [ ] '],
);

const between = fc.constantFrom(
  ...[
    '',
    '# Part',
    'Steps:',
    '---',
    '| a | b |',
    '|---|---|',
    '  --|--',
    '```',
    '<details>',
    '</details>',
  ],
  ...[
    '<!--',
    '-->',
    '> quoted',
    '    code',
    '[label]: https://github.com/o/r/issues/5',
    '[^1]: note',
  ],
  ...['<!-- masterlist:map a=1 -->', '  more (#6)', '  more.', '</kbd>', '`', '<pre>', '</pre>'],
);

/** Lists of items that nobody would write, between what could hide them; twins among them. */
export const hostileMarkdown: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(
      fc.oneof(
        { weight: 4, arbitrary: fc.tuple(head, hostileText).map((parts) => parts.join('')) },
        { weight: 1, arbitrary: between },
      ),
      { minLength: 1, maxLength: 7 },
    ),
    fc.constantFrom('\n', '\n', '\r\n', '\r'),
    fc.constantFrom('', '', 'twins'),
    fc.constantFrom('', '', '\ufeff'),
    fc.constantFrom('', '\n'),
  )
  .map(([lines, lineEnd, twins, mark, last]) => {
    const all = twins === '' ? lines : [...lines, ...lines.slice(0, 2)];
    return mark + (all.join('\n') + last).replace(/\n/g, lineEnd);
  });
