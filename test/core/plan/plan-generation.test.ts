import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failure } from '../../../lib/core/failures.ts';
import type { KnownIssue } from '../../../lib/core/identity/issue.ts';
import { choose, firstOnly, linkTarget } from '../../../lib/core/plan/choose.ts';
import { planGeneration } from '../../../lib/core/plan/make-plan.ts';
import type { GenerationFacts, GenerationOptions } from '../../../lib/core/plan/plan-generation.ts';
import { summarizePlan } from '../../../lib/core/plan/summarize-plan.ts';
import { issueChecklist, issueOfChecklist } from '../../../lib/core/refs.ts';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import type { Checklist, Item } from '../../../lib/core/text/checklist.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { buildFacts, issue, MASTER, markedBody, OPTIONS, REPO, RUN } from './build-facts.ts';
import { buildChecklist } from './build-item.ts';

interface Given {
  readonly options?: Partial<GenerationOptions>;
  readonly items?: Readonly<Record<number, Partial<Item>>>;
  readonly checklist?: Partial<Checklist>;
  readonly facts?: Parameters<typeof buildFacts>[1];
}

function plan(markdown: string, given: Given = {}) {
  const facts = buildFacts(markdown, given.facts);
  const checklist = { ...buildChecklist(markdown, given.items), ...given.checklist };
  return planGeneration(facts, checklist, { ...OPTIONS, ...given.options }, RUN);
}

/** `decision reason selected selectable` of each row. */
function rowsOf(markdown: string, given?: Given): readonly string[] {
  return plan(markdown, given).rows.map(
    ({ decision, reason, selected, selectable, draft }) =>
      `${decision} ${reason.kind}${selected ? ' on' : ''}${selectable ? '' : ' fixed'}${
        (draft !== undefined) === selectable ? '' : ' WRONG DRAFT'
      }`,
  );
}

const candidates = (...known: readonly KnownIssue[]): Given => ({
  facts: { facts: { candidates: known } },
});

describe('rows', () => {
  const marked = (text: string, changes?: Partial<KnownIssue>): KnownIssue => {
    const [item] = buildChecklist(`- [ ] ${text}`).items;
    if (item === undefined) throw new Error('no item');
    return issue(12, { body: markedBody(item), ...changes });
  };
  const other = issueChecklist({ repo: REPO, number: 3 });
  const foreign = markedBody({ key: 'aaaa', textHash: 'bbbb' }, other);

  test.each<[string, string, Given, readonly string[]]>([
    ['an item without an issue', '- [ ] Log all events', {}, ['create new on']],
    [
      'an item whose issue is linked',
      '- [ ] Log all events (#12)',
      { facts: { referenced: [issue(12)] } },
      ['skip linked fixed'],
    ],
    [
      'an item that ends in a number, also a ticked one that is included',
      '- [ ] Backport #12\n- [x] Verify #12',
      {
        options: { includeTicked: true },
        facts: { referenced: [issue(12)] },
        checklist: parseChecklist('- [ ] Backport #12\n- [x] Verify #12'),
      },
      ['ask whose', 'ask whose'],
    ],
    [
      'a ticked item that ends in a number',
      '- [x] Verify #12',
      { facts: { referenced: [issue(12)] }, checklist: parseChecklist('- [x] Verify #12') },
      ['skip ticked'],
    ],
    [
      'an item whose link is hidden from us',
      '- [ ] Log all events (#12)',
      {},
      ['ask link-unreadable'],
    ],
    [
      'an item whose issue an earlier run made',
      '- [ ] Log all events',
      candidates(marked('Log all events')),
      ['link marked on'],
    ],
    [
      "a stranger's issue with its marker",
      '- [ ] Log all events',
      candidates(marked('Log all events', { author: 'mallory', authorAssociation: 'NONE' })),
      ['ask untrusted-marker'],
    ],
    [
      'an item that was moved before it was linked',
      '# New\n- [ ] Log all events',
      candidates(marked('Log all events')),
      ['link marked on'],
    ],
    [
      'a pasted copy',
      '- [ ] Log all events (#12)',
      { facts: { referenced: [issue(12, { body: foreign })] } },
      ['ask other-checklist'],
    ],
    [
      'two items with one link',
      '- [ ] Log all events (#12)\n- [ ] Log no events (#12)',
      { facts: { referenced: [issue(12)] } },
      ['skip linked fixed', 'ask linked-twice'],
    ],
    [
      'an open issue with the same title',
      '- [ ] Log all events',
      candidates(issue(12, { title: 'log all Events.' })),
      ['ask same-title'],
    ],
    [
      'two open issues with the same title',
      '- [ ] Log all events',
      candidates(issue(12, { title: 'Log all events' }), issue(13, { title: 'Log all events' })),
      ['ask two-candidates'],
    ],
    [
      'a closed issue with the same title',
      '- [ ] Log all events',
      candidates(issue(12, { title: 'Log all events', state: 'closed' })),
      ['create new on'],
    ],
    [
      'an open issue of another checklist with the same title',
      '- [ ] Log all events',
      candidates(issue(12, { title: 'Log all events', body: foreign })),
      ['create new on'],
    ],
    ['a ticked item', '- [x] Log all events', {}, ['skip ticked']],
    [
      'a ticked item that is wanted',
      '- [x] Log all events',
      { options: { includeTicked: true } },
      ['create new on'],
    ],
    ['a struck item', '- [ ] ~~Log all events~~', {}, ['skip struck']],
    ['a sign-off', '- [ ] @ada', {}, ['skip sign-off']],
    [
      'an empty item',
      '- [ ] ** **',
      { items: { 0: { subject: '', title: '', text: '' } } },
      ['skip empty fixed'],
    ],
    ['an item of punctuation alone', '- [ ] ???', {}, ['ask empty']],
    [
      'a reference in passing',
      '- [ ] Ask (#5) for logs',
      { facts: { referenced: [issue(5)] } },
      ['skip reference'],
    ],
    [
      'a commit id',
      '- [ ] Port 3f2a9c1 to main',
      { items: { 0: { commits: ['3f2a9c1'] } } },
      ['skip commit'],
    ],
    ['an example of a reference', '- [ ] Say "Closes #123" in it', {}, ['create new on']],
    [
      'a group, of which only the children become issues',
      '- [ ] Group of things\n  - [ ] One thing here\n    - [ ] Deep thing here',
      {},
      ['skip parent fixed', 'skip parent fixed', 'create new on'],
    ],
    [
      'a group, when all items become issues',
      '- [ ] Group of things\n  - [ ] One thing here',
      { options: { levels: 'all' } },
      ['create new on', 'create new on'],
    ],
    [
      'a group, when its children become its checklist',
      '- [ ] Group of things\n  - [ ] One thing here\n    - [ ] Deep thing here',
      { options: { levels: 'top' } },
      ['create new on', 'skip nested fixed', 'skip nested fixed'],
    ],
    [
      'a linked group',
      '- [ ] Group of things (#12)\n  - [ ] One thing here',
      { facts: { referenced: [issue(12)] } },
      ['skip linked fixed', 'create new on'],
    ],
  ])('say what becomes of %s', (_, markdown, given, rows) => {
    expect(rowsOf(markdown, given)).toEqual(rows);
  });

  const parsed = (markdown: string, known: readonly KnownIssue[] = []) => {
    const facts = buildFacts(markdown, { facts: { candidates: known } });
    return planGeneration(facts, parseChecklist(markdown), OPTIONS, RUN).rows;
  };
  const told = (markdown: string) =>
    parsed(markdown).map(
      ({ reason, selected, selectable, draft }) =>
        `${reason.kind}${selected ? ' on' : ''}${selectable ? '' : ' fixed'} ${draft?.title ?? ''}`,
    );

  test('take names of packages for work, and names of people for signatures (case 04)', () => {
    expect(told('## To migrate\n\n- [ ] @acme/core\n- [ ] @acme/cli\n- [ ] @gina')).toEqual([
      'new on To migrate: @acme/core',
      'new on To migrate: @acme/cli',
      'sign-off To migrate: gina',
    ]);
    expect(told('- [ ] @gina and @jo\n- [ ] @media\n- [ ] @acme/zip (@gina)')).toEqual([
      'sign-off gina and jo',
      'new on @media',
      'new on @acme/zip',
    ]);
  });

  test('ask where a name may be that of a team: of the owner, or below a label that speaks of people', () => {
    expect(told('- [ ] @octo/core\n- [ ] @octo/core.js\n- [ ] @gina, @acme/core')).toEqual([
      'package-or-team @octo/core',
      'new on @octo/core.js',
      'package-or-team gina, @acme/core',
    ]);
    expect(told('## Approvals\n- [ ] @acme/core')).toEqual([
      'package-or-team Approvals: @acme/core',
    ]);
  });

  test('name each person of a list with one line for each (case 03)', () => {
    expect(
      told('## Reviewers\n- [ ] Subject matter expert: @gina\n- [ ] Subject matter expert: @jo'),
    ).toEqual(['new on Subject matter expert: gina', 'new on Subject matter expert: jo']);
  });

  test('find an issue by the title that it has today and by the one that it would have had before', () => {
    const markdown = '# A\n## B\n- [ ] Support Vec<T> in B\n- [ ] x';
    const found = (title: string, index: number) =>
      parsed(markdown, [issue(12, { title })])[index]?.reason.kind;
    expect(found('Support Vec<T> in B', 0)).toBe('same-title');
    expect(found('Support Vec in B', 0)).toBe('same-title');
    expect(found('A › B: Support Vec in B', 0)).toBe('same-title');
    expect(found('B: x', 1)).toBe('same-title');
    expect(found('A › B: x', 1)).toBe('same-title');
    expect(found('x', 1)).toBe('new');
  });

  describe('ask about an issue that another item names beside its own', () => {
    const read = (markdown: string, sixth: Partial<KnownIssue>): readonly string[] => {
      const checklist = parseChecklist(markdown);
      const [parser] = checklist.items;
      if (parser === undefined) throw new Error('no item');
      const referenced = [issue(5, { body: markedBody(parser) }), issue(6, sixth)];
      return rowsOf(markdown, { checklist, facts: { referenced } });
    };

    test.each(['closes #5, #6', 'closes #5) (#6'])(
      'with its title, or made for an item with its text: Parser (%s)',
      (links) => {
        const markdown = `- [ ] Write the parser (${links})\n- [ ] Write the lexer`;
        // Somebody typed something else into it since.
        const [, lexer] = parseChecklist(`# Old\n\n${markdown} @ann`).items;
        if (lexer === undefined) throw new Error('no item');
        expect(read(markdown, { title: 'Write the lexer' })).toEqual([
          'skip linked fixed',
          'ask same-title',
        ]);
        expect(read(markdown, { body: markedBody(lexer) })).toEqual([
          'skip linked fixed',
          'ask moved',
        ]);
      },
    );
  });

  describe('with titles as identity', () => {
    const byTitle = (...known: readonly KnownIssue[]): Given => ({
      ...candidates(...known),
      options: { identity: 'title' },
    });

    test('link the only open issue with the title, whatever prefix and number it has', () => {
      const known = issue(12, { title: '[Test] T-007 Log all events' });
      const given = byTitle(known);
      expect(
        rowsOf('- [ ] Log all events', {
          ...given,
          options: { ...given.options, prefix: '[Test]' },
        }),
      ).toEqual(['link same-title on']);
    });

    test('ask when it is closed, or when two items have that title', () => {
      const closed = issue(12, { title: 'Log all events', state: 'closed' });
      expect(rowsOf('- [ ] Log all events', byTitle(closed))).toEqual(['ask same-title']);
    });
  });

  test('know the issues of the hidden map when that is the strategy', () => {
    const [item] = buildChecklist('- [ ] Log all events').items;
    const markdown = `- [ ] Log all events\n\n<!-- masterlist:map ${item?.key}=12 -->`;
    const given: Given = { options: { identity: 'block' }, facts: { referenced: [issue(12)] } };
    expect(rowsOf(markdown, given)).toEqual(['skip linked fixed']);
  });

  test('carry no bodies of candidates', () => {
    const [row] = plan('- [ ] Log all events', candidates(marked('Log all events'))).rows;
    expect(row?.candidates.map(({ ref, body }) => [ref.number, body])).toEqual([[12, '']]);
  });

  test('give a group its plain content, and its children only when they are its checklist', () => {
    const markdown = '- [ ] Group of things\n  - plain\n  - [ ] One thing here';
    const all = plan(markdown, { options: { levels: 'all' } }).rows[0]?.draft?.body;
    const top = plan(markdown, { options: { levels: 'top' } }).rows[0]?.draft?.body;
    expect(all).toContain('Group of things\n\n- plain\n\nPart of #7');
    expect(top).toContain('Group of things\n\n- plain\n- [ ] One thing here\n\nPart of #7');
  });
});

describe('blockers', () => {
  const good = '- [ ] Log all events';
  const EVERYONE = { allowed: 'everyone', max: 1_000 } as const;
  const huge = `${good}\n\n${'x'.repeat(65_300)}`;
  const many = `${good}\n`.repeat(1_001);

  test.each<[string, string, Given, readonly string[]]>([
    ['nothing is wrong', good, {}, []],
    ['it has no items', 'text', {}, ['no-items']],
    ['it is empty', '', {}, ['no-items']],
    [
      'it is a pull request',
      'x',
      { facts: { master: { isPullRequest: true } } },
      ['is-pull-request'],
    ],
    ['it holds a NUL', 'a\0', {}, ['not-text']],
    ['it holds an escape', `${good}\u001b[0m`, {}, ['not-text']],
    ['it holds half a character', `${good}\uD800`, {}, ['not-text']],
    [
      'it is nested too deeply',
      'x',
      { checklist: { refused: failure('too-nested') } },
      ['too-nested'],
    ],
    ['a fence stays open', good, { checklist: { unclosedFence: 3 } }, ['unclosed-fence']],
    ['the target is archived', good, { facts: { target: { archived: true } } }, ['archived']],
    ['issues are off', good, { facts: { target: { issuesEnabled: false } } }, ['issues-disabled']],
    ['it is locked', good, { facts: { master: { locked: true } } }, ['locked']],
    [
      'she may not edit it',
      good,
      { facts: { master: { viewerCanUpdate: false } } },
      ['cannot-edit-master'],
    ],
    [
      'she may not create issues',
      good,
      { facts: { target: { canCreate: false } } },
      ['cannot-create-issues'],
    ],
    [
      'she may not write, and the rules say nothing',
      good,
      { facts: { target: { canWrite: false } } },
      ['generate-needs-write'],
    ],
    [
      'she may not write, but everyone is allowed',
      good,
      { facts: { target: { canWrite: false }, facts: { allowance: EVERYONE } } },
      [],
    ],
    [
      'everyone is allowed here, but she may not write where the issues would be',
      good,
      {
        facts: {
          target: { canWrite: false, repo: { ...REPO, name: 'other' } },
          facts: { allowance: EVERYONE },
        },
      },
      ['generate-needs-write'],
    ],
    [
      'the maintainers switched it off, for writers too',
      good,
      { facts: { target: { canWrite: true }, facts: { allowance: { allowed: 'off', max: 9 } } } },
      ['generate-off'],
    ],
    [
      'there are more rows than the rules allow',
      `${good}\n- [ ] Log no secrets`,
      { facts: { facts: { allowance: { allowed: 'write', max: 1 } } } },
      ['too-many-rows'],
    ],
    ['she may not set labels, but sets none', good, { facts: { target: { canLabel: false } } }, []],
    [
      'she may not set labels',
      good,
      { facts: { target: { canLabel: false } }, options: { labels: ['bug'] } },
      ['cannot-set-labels'],
    ],
    [
      "she may not set the master's milestone",
      good,
      { facts: { target: { canLabel: false }, master: { milestone: '2.0' } } },
      ['cannot-set-labels'],
    ],
    [
      'the page is of another user',
      good,
      { facts: { facts: { pageUser: 'ada' } } },
      ['wrong-user'],
    ],
    [
      'another user is allowed',
      good,
      { facts: { facts: { pageUser: 'ada', allowOtherUser: true } } },
      [],
    ],
    ['the page user is written otherwise', good, { facts: { facts: { pageUser: 'GRACE' } } }, []],
    ['the page is signed out', good, { facts: { facts: { pageUser: '' } } }, []],
    [
      'nobody is signed in: then rights are no matter',
      good,
      {
        facts: {
          facts: { viewer: undefined },
          master: { viewerCanUpdate: false },
          target: { canCreate: false, canLabel: false },
        },
      },
      ['signed-out'],
    ],
    ['the links do not fit', huge, {}, ['links-too-long']],
    ['there are too many rows', many, {}, ['too-many-rows']],
    [
      'much is wrong: in the order in which to hear it',
      'x',
      {
        facts: {
          master: { locked: true, viewerCanUpdate: false },
          target: { archived: true, canCreate: false },
          facts: { pageUser: 'ada' },
        },
      },
      [
        'no-items',
        'archived',
        'locked',
        'wrong-user',
        'cannot-edit-master',
        'cannot-create-issues',
      ],
    ],
  ])('when %s', (_, markdown, given, codes) => {
    const { blockers } = plan(markdown, given);
    expect(blockers.map(({ code }) => code)).toEqual(codes);
    // A sentence with a hole in it would show its placeholder in brackets.
    for (const { message, action } of blockers)
      expect(message + action).not.toMatch(/\(\w+[A-Z]?\w*\)\.?$|undefined/);
  });

  test('still show the preview when nobody is signed in', () => {
    const { rows } = plan(good, { facts: { facts: { viewer: undefined } } });
    expect(rows[0]?.draft?.title).toBe('Log all events');
  });

  test('go when enough rows are unticked', () => {
    const crowded = plan(many);
    const fewer = choose(crowded, [{ index: 4, selected: false }]);
    expect(fewer.blockers).toEqual([]);
    expect(
      choose(plan(huge), [{ index: 0, selected: false }]).blockers.map(({ code }) => code),
    ).toEqual(['nothing-selected']);
  });
});

describe('labels and milestone', () => {
  const given = (options: Partial<GenerationOptions>, milestone?: string): Given => ({
    options,
    facts: { master: { milestone }, target: { labels: ['Bug', 'docs'], milestones: ['2.0'] } },
  });
  const fields = (options: Partial<GenerationOptions>, milestone?: string) => {
    const {
      labels,
      missingLabels,
      milestone: set,
      milestoneMissing,
    } = plan('- [ ] Log all events', given(options, milestone));
    return { labels, missingLabels, set, milestoneMissing };
  };

  test('are named when the target lacks them, and made', () => {
    expect(fields({ labels: ['bug', 'new', 'new '], milestone: '3.0' })).toEqual({
      labels: ['bug', 'new'],
      missingLabels: ['new'],
      set: '3.0',
      milestoneMissing: true,
    });
  });

  test('are dropped when the user wants that', () => {
    expect(fields({ labels: ['bug', 'new'], milestone: '3.0', missing: 'drop' })).toEqual({
      labels: ['bug'],
      missingLabels: ['new'],
      set: undefined,
      milestoneMissing: true,
    });
  });

  test("are the master's unless chosen; '' is none", () => {
    expect(fields({}, '2.0')).toMatchObject({ set: '2.0', milestoneMissing: false });
    expect(fields({ milestone: '' }, '2.0')).toMatchObject({ set: undefined });
  });
});

describe('linking back', () => {
  const lines = (count: number) => '- [ ] Log all events\n'.repeat(count);

  test.each([
    [25, undefined, true],
    [26, undefined, false],
    [26, true, true],
    [1, false, false],
  ])('of %i rows with the choice %s comments: %s', (count, comment, expected) => {
    expect(plan(lines(count), { options: { comment } }).comment).toBe(expected);
  });
});

describe('choices', () => {
  const markdown =
    '- [ ] Log all events\n- [x] Log no events\n- [ ] Ask for logs (#12)\n- [ ] Group\n  - [ ] Deep one here';
  const base = () => plan(markdown);

  test('untick, tick and rename rows', () => {
    const { rows } = choose(base(), [
      { index: 0, selected: false },
      { index: 1, selected: true, title: '  New\n title\u202E ' },
    ]);
    expect(rows[0]).toMatchObject({ decision: 'create', selected: false });
    expect(rows[1]).toMatchObject({
      decision: 'create',
      selected: true,
      reason: { kind: 'ticked' },
    });
    expect(rows[1]?.draft?.title).toBe('New title');
  });

  test('keep titles within 1 to 256 characters', () => {
    const { rows } = choose(base(), [
      { index: 0, title: ' \n ' },
      { index: 1, title: 'x'.repeat(300) },
    ]);
    expect(rows[0]?.draft?.title).toBe('Log all events');
    expect(rows[1]?.draft).toMatchObject({ shortened: true });
    expect(rows[1]?.draft?.title).toHaveLength(256);
  });

  test('link an issue instead of creating one', () => {
    const { rows } = choose(base(), [{ index: 2, link: 40 }]);
    const [, , row] = rows;
    expect(row).toMatchObject({ decision: 'link', selected: true, reason: { kind: 'chosen' } });
    expect(row && linkTarget(row)).toEqual({ repo: REPO, number: 40 });
    expect(rows[0] && linkTarget(rows[0])).toBeUndefined();
  });

  test('ignore numbers that are none', () => {
    for (const link of [0, -1, 1.5, Number.NaN])
      expect(choose(base(), [{ index: 0, link }]).rows).toEqual(base().rows);
  });

  test('create although an issue seems to exist, only when told so', () => {
    const [item] = buildChecklist('- [ ] Log all events').items;
    const known = issue(12, { body: item ? markedBody(item) : '' });
    const marked = plan('- [ ] Log all events', candidates(known));
    expect(choose(marked, [{ index: 0, selected: true }]).rows[0]?.decision).toBe('link');
    expect(choose(marked, [{ index: 0, create: true }]).rows[0]?.decision).toBe('create');
  });

  test('are ignored for rows that are not there or may not be chosen', () => {
    const choices = [
      { index: 99, selected: true },
      { index: 3, selected: true, title: 'x', link: 5 },
    ];
    expect(choose(base(), choices).rows).toEqual(base().rows);
  });

  test('of nothing at all are a blocker', () => {
    const none = base().rows.map(({ index }) => ({ index, selected: false }));
    expect(choose(base(), none).blockers.map(({ code }) => code)).toEqual(['nothing-selected']);
    expect(choose(choose(base(), none), [{ index: 0, selected: true }]).blockers).toEqual([]);
  });

  test('of the first one only leave one creation', () => {
    const first = firstOnly(choose(base(), [{ index: 0, selected: false }]));
    expect(first.rows.filter(({ selected }) => selected).map(({ index }) => index)).toEqual([4]);
    expect(first.blockers).toEqual([]);
  });
});

describe('the summary', () => {
  test('counts rows, writes, time and mails', () => {
    const { items } = buildChecklist('- [ ] Log all events');
    const known = issue(12, { body: items[0] ? markedBody(items[0]) : '' });
    const markdown =
      '- [ ] Log all events\n- [ ] Log no events\n- [x] Done\n- [ ] Ask for logs (#99)';
    const given = { ...candidates(known), options: { labels: ['new'], milestone: '3.0' } };
    expect(summarizePlan(plan(markdown, given), 1_000)).toEqual({
      create: 1,
      link: 1,
      skip: 1,
      ask: 1,
      // Issue, comment; links, claim and its removal; label and milestone.
      writes: 2 + 3 + 2,
      seconds: 2,
      mails: 2,
    });
  });

  test('takes the limit of an hour into account', () => {
    const rows = '- [ ] Log all events\n'.repeat(451);
    expect(summarizePlan(plan(rows), 1_000).seconds).toBe(3_601);
    expect(summarizePlan(plan(rows), 3_000).seconds).toBe(3_603);
  });

  test('of a plan with nothing to do has no writes', () => {
    expect(summarizePlan(plan('- [x] Done'), 1_000)).toMatchObject({ writes: 0, seconds: 0 });
  });
});

describe('every plan', () => {
  const text = fc.array(
    fc.constantFrom(
      '- [ ] a b c',
      '- [x] a',
      '  - [ ] b',
      '# H',
      '- [ ] a (#12)',
      '',
      '  x @y',
      '- [ ] (#13)',
    ),
    { maxLength: 12 },
  );
  const facts = (markdown: string): GenerationFacts =>
    buildFacts(markdown, {
      referenced: [issue(12)],
      facts: { candidates: [issue(20, { title: 'A b c' })] },
    });

  test('is the same for the same facts, and selects only rows with a draft or an issue', () => {
    fc.assert(
      fc.property(text, (lines) => {
        const markdown = lines.join('\n');
        const run = () => planGeneration(facts(markdown), buildChecklist(markdown), OPTIONS, RUN);
        const first = run();
        expect(run()).toEqual(first);
        for (const row of first.rows) {
          expect(row.selected).toBe(row.decision === 'create' || row.decision === 'link');
          expect(row.draft !== undefined).toBe(row.selectable);
          if (row.decision === 'link') expect(linkTarget(row)).toBeDefined();
        }
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  test('that was carried out is followed by one that finds nothing to do', () => {
    fc.assert(
      fc.property(text, (lines) => {
        const markdown = lines.filter((line) => !line.includes('#1')).join('\n');
        const before = buildFacts(markdown);
        const { rows } = planGeneration(before, buildChecklist(markdown), OPTIONS, RUN);
        const made = rows
          .filter(({ selected }) => selected)
          .map(({ draft }, place) =>
            issue(100 + place, { title: draft?.title ?? '', body: draft?.body ?? '' }),
          );
        const after = { ...before, candidates: made };
        const again = planGeneration(after, buildChecklist(markdown), OPTIONS, RUN);
        expect(again.rows.filter(({ decision }) => decision === 'create')).toEqual([]);
        expect(again.rows.filter(({ decision }) => decision === 'ask')).toEqual([]);
        expect(again.rows.filter(({ decision }) => decision === 'link')).toHaveLength(made.length);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

test('hostile texts are planned', { timeout: 40_000 }, () => {
  const pieces = [
    '~a~~b',
    'a**b',
    '`',
    '[',
    '<',
    '@a',
    '#1 ',
    'closes #1 ',
    '- [ ] ',
    '\\',
    '&#',
    '! ',
    'www.',
    '\t',
  ];
  for (const piece of pieces) {
    const markdown = `- [ ] ${piece.repeat(Math.floor(60_000 / piece.length))}`;
    const plan = planGeneration(buildFacts(markdown), parseChecklist(markdown), OPTIONS, RUN);
    expect(plan.rows.length, piece).toBeLessThanOrEqual(1);
  }
});

describe('the test plan of 57 items', () => {
  const markdown = readFileSync(new URL('../../fixtures/test-plan.md', import.meta.url), 'utf8');
  const whole = () => {
    const facts = buildFacts(markdown, { master: { title: 'Test plan' } });
    return planGeneration(facts, parseChecklist(markdown), OPTIONS, RUN);
  };

  test('becomes 57 issues, none taken for linked', () => {
    const { rows, blockers } = whole();
    expect(rows).toHaveLength(57);
    expect(rows.filter(({ reason }) => reason.kind !== 'new')).toEqual([]);
    expect(blockers).toEqual([]);
  });

  test('has distinct titles, none with a placeholder', () => {
    const titles = whole().rows.map(({ draft }) => draft?.title ?? '');
    expect(new Set(titles).size).toBe(57);
    expect(titles.filter((title) => /#PR_NUMBER|#\d|[\r\n]/.test(title) || title === '')).toEqual(
      [],
    );
    expect(titles).toContain('[Test] 4. ingest.py: Log rotation');
  });

  describe('after it was carried out', () => {
    const made = whole().rows.map(({ draft }, place) =>
      issue(100 + place, { title: draft?.title ?? '', body: draft?.body ?? '' }),
    );
    const linked = applyEdits(
      markdown,
      whole().rows.map(({ item }, place) => ({
        kind: 'link' as const,
        item,
        issue: { repo: REPO, number: 100 + place },
        style: 'closes' as const,
      })),
      { repo: REPO },
    ).markdown;
    const reasonsOf = (text: string, master = MASTER, referenced = made): readonly string[] => {
      const facts = buildFacts(text, {
        referenced,
        facts: { candidates: made, checklist: master },
      });
      const { rows } = planGeneration(facts, parseChecklist(text), OPTIONS, RUN);
      return [...new Set(rows.map(({ decision, reason }) => `${decision} ${reason.kind}`))];
    };
    const next = issueChecklist({ repo: REPO, number: 8 });

    test('finds nothing to do', () => {
      expect(reasonsOf(linked)).toEqual(['skip linked']);
    });

    test('is found by the markers alone when the links were never written', () => {
      expect(reasonsOf(markdown)).toEqual(['link marked']);
    });

    test('is recognised as pasted in the next release', () => {
      expect(reasonsOf(linked, next)).toEqual(['ask other-checklist']);
    });

    test('has its new issues although the lines kept the old links', () => {
      const again = planGeneration(
        buildFacts(linked, { referenced: made, facts: { checklist: next } }),
        parseChecklist(linked),
        OPTIONS,
        RUN,
      ).rows;
      const fresh = again.map(({ draft }, place) =>
        issue(300 + place, { body: draft?.body ?? '' }),
      );
      const edits = again.map(({ item }, place) => ({
        kind: 'link' as const,
        item,
        issue: { repo: REPO, number: 300 + place },
        style: 'closes' as const,
      }));
      const both = applyEdits(linked, edits, { repo: REPO }).markdown;
      expect(reasonsOf(both, next, [...made, ...fresh])).toEqual(['skip linked']);
    });

    test('becomes new issues in the next release when it is pasted without links', () => {
      expect(reasonsOf(markdown, next, [])).toEqual(['create new']);
    });
  });

  test('has bodies without placeholder, each with its own marker', () => {
    const bodies = whole().rows.map(({ draft }) => draft?.body ?? '');
    expect(bodies.filter((body) => body.includes('#PR_NUMBER'))).toEqual([]);
    expect(bodies.filter((body) => !/\n\nPart of #7\n\n<!-- [^\n]* -->$/.test(body))).toEqual([]);
    expect(new Set(bodies.map((body) => body.split('\n').at(-1))).size).toBe(57);
    expect(issueOfChecklist(MASTER).number).toBe(7);
  });
});
