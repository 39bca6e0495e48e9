import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answers, ask, type IdentityWorld, type Numbered } from './askers.ts';

const ISSUE: Numbered = { kind: 'issue' };
const PULL: Numbered = { kind: 'pull-request' };
const HIDDEN: Numbered = { kind: 'unreadable' };

/** The rows of the table of `identify`: a world with one item, or whose first item is meant, and what everybody says. */
const TABLE: readonly (readonly [string, IdentityWorld, string])[] = [
  ['a link', { text: '- [ ] Write the parser (closes #5)', numbers: { 5: ISSUE } }, '#5'],
  [
    'a pull request, and the issue of the hidden block',
    { text: '- [ ] Write the parser #5', numbers: { 5: PULL, 9: ISSUE }, block: { 0: 9 } },
    '#9',
  ],
  ['the block alone', { text: '- [ ] Parse', numbers: { 9: ISSUE }, block: { 0: 9 } }, '#9'],
  [
    'the text before the block',
    { text: '- [ ] Parse (#5)', numbers: { 5: ISSUE, 9: ISSUE }, block: { 0: 9 } },
    '#5',
  ],
  [
    'a pull request, and an issue in the bracket behind',
    { text: '- [ ] Parse (#5) (#9)', numbers: { 5: PULL, 9: ISSUE } },
    '#9',
  ],
  [
    'a pull request, the issue of the block, and one in the bracket behind',
    {
      text: '- [ ] Parse (#5) (#9)',
      numbers: { 5: PULL, 9: ISSUE, 8: ISSUE },
      block: { 0: 8 },
    },
    '#8',
  ],
  ['pull requests only', { text: '- [ ] Parse (#5)', numbers: { 5: PULL } }, 'pulls #5'],
  ['two issues', { text: '- [ ] Parse (#5, #9)', numbers: { 5: ISSUE, 9: ISSUE } }, '#5'],
  ['a number at the end', { text: '- [ ] Verify #5', numbers: { 5: ISSUE } }, 'asked'],
  ['a pull request at the end', { text: '- [ ] Backport #5', numbers: { 5: PULL } }, 'asked'],
  ['a number at the end, marked', { text: '- [ ] Verify #5', numbers: { 5: marked(0) } }, '#5'],
  [
    'a number at the end, and an issue in the bracket behind',
    { text: '- [ ] Verify #5 (#9)', numbers: { 5: ISSUE, 9: ISSUE } },
    '#9',
  ],
  [
    'an issue at the end, and a pull request in the bracket behind',
    { text: '- [ ] Verify #5 (#9)', numbers: { 5: ISSUE, 9: PULL } },
    'asked',
  ],
  [
    'a pull request at the end, and another in the bracket behind',
    { text: '- [ ] Backport #5 (#9)', numbers: { 5: PULL, 9: PULL } },
    'pulls #9',
  ],
  [
    'a number at the end of what an issue opens',
    { text: '- [ ] #9 Backport #5', numbers: { 5: ISSUE, 9: ISSUE } },
    '#9',
  ],
  [
    'two issues, both marked for the item',
    { text: '- [ ] Parse (#5, #9)', numbers: { 5: marked(0), 9: marked(0) } },
    'asked',
  ],
  [
    'two issues, one of them marked for the item',
    { text: '- [ ] Parse (#5, #9)', numbers: { 5: ISSUE, 9: marked(0) } },
    '#9',
  ],
  [
    'two issues, one of them of another checklist',
    { text: '- [ ] Parse (#5, #9)', numbers: { 5: marked('other'), 9: ISSUE } },
    '#9',
  ],
  ['a number that is not shown', { text: '- [ ] Parse (#5)', numbers: { 5: HIDDEN } }, 'asked'],
  [
    'a number that is not shown beside an issue',
    { text: '- [ ] Parse (#5, #9)', numbers: { 5: HIDDEN, 9: ISSUE } },
    'asked',
  ],
  [
    'a number that is not shown beside an issue marked for the item',
    { text: '- [ ] Parse (#5, #9)', numbers: { 5: HIDDEN, 9: marked(0) } },
    '#9',
  ],
  [
    'an issue and a pull request',
    { text: '- [ ] Parse (#5, #9)', numbers: { 5: PULL, 9: ISSUE } },
    '#9',
  ],
  ['the checklist itself', { text: '- [ ] Parse (#7)', numbers: { 7: ISSUE } }, 'none'],
  ['a mention', { text: '- [ ] Parse, see #5', numbers: { 5: ISSUE } }, 'none'],
  [
    'a discussion',
    { text: '- [ ] Parse https://github.com/octo/plan/discussions/5', numbers: { 5: ISSUE } },
    'none',
  ],
  [
    'two issues marked for another checklist',
    { text: '- [ ] Parse (#5, #9)', numbers: { 5: marked('other'), 9: marked('other') } },
    'asked',
  ],
  [
    'a marker that was undone',
    {
      text: '- [ ] Parse (#5, #9)',
      numbers: { 5: ISSUE, 9: { kind: 'issue', marker: { of: 0, state: 'undone' } } },
    },
    '#5',
  ],
];

describe('everybody who asks which issue is an item’s', () => {
  it.each(TABLE)('gets one answer: %s', (_, world, answer) => {
    const [one] = ask(world);
    expect(one?.sync).toBe(answer);
    expect(one && disagreements(one)).toEqual([]);
  });

  it('sees a pull request beside the issue of the block as its pull request', () => {
    const [one] = ask({
      text: '- [ ] Write the parser #5',
      numbers: { 5: PULL, 9: ISSUE },
      block: { 0: 9 },
    });
    expect(one).toMatchObject({ generate: '#9', sync: '#9', reconcile: '#9', badge: '#9' });
    expect(one).toMatchObject({ how: 'block', job: true, written: true });
  });

  it('takes an address of something that is not GitHub for text (case 16)', () => {
    const text = '- [ ] Parse (https://code.example.com/octo/plan/issues/5)';
    const [alone] = ask({ text, numbers: {} });
    expect(alone).toMatchObject({ reason: 'new', sync: 'none', reconcile: 'none', badge: '-' });
    const [one] = ask({ text: `${text} (#9)`, numbers: { 9: ISSUE } });
    expect(one).toMatchObject({ generate: '#9', sync: '#9', reconcile: '#9', badge: '#9' });
  });

  it('links an issue that is marked for an item with a pull request only', () => {
    const [one] = ask({ text: '- [ ] Parse (#5)', numbers: { 5: PULL, 9: marked(0) } });
    expect(one).toMatchObject({ reason: 'marked', how: 'marker', sync: 'pulls #5' });
  });

  it('asks about an issue that is marked for an item and linked by another', () => {
    const numbers = { 5: marked(0), 9: ISSUE };
    const [one] = ask({ text: '- [ ] Parse\n- [ ] Print (#9, #5)', numbers });
    expect(one).toMatchObject({ reason: 'linked-twice', sync: 'none', reconcile: 'none' });
  });

  it('agrees on any document', { timeout: 600_000 }, () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(anyWorld, (world) => {
        for (const one of ask(world)) {
          met
            .add(one.sync.replace(/ ?#\d+/, ' n'))
            .add(one.reason)
            .add(one.how);
          expect(disagreements(one)).toEqual([]);
        }
      }),
      RUNS,
    );
    const kinds = [' n', 'pulls n', 'asked', 'none', 'marked', 'linked-twice', 'block', 'marker'];
    expect([...met]).toEqual(expect.arrayContaining(kinds));
  });
});

/** `IDENTITY_RUNS=10000` for the torture. */
const RUNS = { numRuns: Number(process.env.IDENTITY_RUNS ?? 500) };

/** What does not fit the answer that sync gave, in words. */
function disagreements(one: Answers): readonly string[] {
  const { sync, generate, reconcile, badge, reason, how, job, written, edit } = one;
  const wrong = (who: string, says: unknown) =>
    `${who} says ${says} (${reason}), sync says ${sync}`;
  const isIssue = sync.startsWith('#');
  const badges = isIssue ? [sync] : sync === 'asked' ? ['asked', '-'] : ['-'];
  return [
    ...(generateMay(one).includes(generate) ? [] : [wrong('generate', generate)]),
    ...(reconcile === sync ? [] : [wrong('reconcile', `${reconcile} by ${how}`)]),
    ...(badges.includes(badge) ? [] : [wrong('the badge', badge)]),
    ...(job === (sync !== 'none') ? [] : [wrong('the job', job ? 'linked' : 'not linked')]),
    ...(written === false ? [wrong('the job', 'not written')] : []),
    ...(edit !== undefined && edit !== (how !== 'block') ? [wrong('the edit', edit)] : []),
    ...(reason === 'marked' && how !== 'marker' ? [wrong('generate', 'marked')] : []),
  ];
}

/** What generating may say where the text and the block say what sync says: it also sees issues that only a marker names, and asks about some. */
function generateMay({ sync, reason }: Answers): readonly string[] {
  const byMarker = ['marked', 'moved', 'untrusted-marker', 'two-candidates', 'linked-twice'];
  if (sync.startsWith('#')) {
    // With a second open issue that was made for it, it asks.
    return reason === 'two-candidates' ? ['asked'] : [sync];
  }
  if (sync === 'asked') {
    return reason === 'other-checklist' ? ['#5', '#6', '#7', '#8', '#9', '#10'] : ['asked'];
  }
  if (byMarker.includes(reason)) return ['none', 'asked', '#5', '#6', '#8', '#9', '#10', '#20'];
  return [sync];
}

function marked(of: number | 'gone' | 'other'): Numbered {
  return { kind: 'issue', marker: { of } };
}

const anyNumbered: fc.Arbitrary<Numbered> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(ISSUE) },
  { weight: 4, arbitrary: fc.constant(PULL) },
  { weight: 1, arbitrary: fc.constant(HIDDEN) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('issue' as const),
      marker: fc.record({
        of: fc.constantFrom<(number | 'gone' | 'other')[]>(0, 1, 2, 'gone', 'other'),
        state: fc.constantFrom('v2', 'v2', 'v2', 'undone'),
      }),
    }),
  },
);

/** Items with lead words, several references, links, mentions and brackets in odd places, twins, and items nested in others. */
const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.tuple(
      fc.constantFrom('- [ ] ', '- [ ] ', '  - [ ] ', '1. [ ] '),
      fc.constantFrom('', '', '#5 ', '#8: ', 'Fixes #6: ', '**#9** '),
      fc.constantFrom('Parse', 'Print it', 'Parse', '`#5`', 'Ask @octocat', 'good for'),
      fc.constantFrom(
        ...['', '', ' #5', ' (#6)', ' (closes #8)', ' (closes #5, #6)', ' (#5, #9)', ' (PR #5)'],
        ...[' PR #6', ' see #8', ' (delegated to #9)', ' GH-5', ' octo/plan#8', ' (#7)', ' #7'],
        ...[' [#6](https://github.com/octo/plan/pull/6)', ' ([the issue](../issues/5))'],
        ...[
          ' https://github.com/octo/plan/discussions/9',
          ' <https://github.com/octo/plan/issues/8>',
        ],
      ),
      fc.constantFrom('', '', '', ' (#9)', ' (#5, #8)', ' (#6) (#8)', ' #10', '.', ' (TBD)'),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((lines) => lines.map((parts) => parts.join('')).join('\n'));

const anyWorld: fc.Arbitrary<IdentityWorld> = fc.record({
  text: anyText,
  numbers: fc
    .tuple(anyNumbered, anyNumbered, anyNumbered, anyNumbered, anyNumbered, anyNumbered)
    .map(([five, six, eight, nine, ten, twenty]) => ({
      5: five,
      6: six,
      7: ISSUE,
      8: eight,
      9: nine,
      10: ten,
      20: twenty,
    })),
  block: fc.option(
    fc.dictionary(fc.constantFrom('0', '1', '2'), fc.constantFrom(5, 6, 8, 9), { maxKeys: 3 }),
    { nil: undefined },
  ),
}) as fc.Arbitrary<IdentityWorld>;
