import { expect } from 'vitest';
import type { Choice } from '../../lib/core/differences/choice.ts';
import type { Chosen } from '../../lib/core/differences/chosen.ts';
import type { Match } from '../../lib/core/differences/difference.ts';
import type { Finding } from '../../lib/core/differences/kinds.ts';
import { entryName } from '../../lib/core/identity/identity-map.ts';
import type { IdentityStrategy } from '../../lib/core/identity/issue.ts';
import type { IssueRef } from '../../lib/core/refs.ts';
import type { SyncRules } from '../../lib/core/settings/settings.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import type { FakeThing } from './fake-things.ts';
import { madeFor, OTHER, type ReconcileSetup } from './reconcile-setup.ts';
import { MASTER } from './sync-world.ts';

/** What a choice comes to. Nothing else changes, in the text nor of any issue. */
export interface Expected {
  readonly choice: Choice['kind'];
  /** What stands in the text, and what stands there afterwards. */
  readonly text?: readonly (readonly [before: string, after: string])[];
  readonly issues?: Readonly<
    Record<number, Partial<Pick<FakeThing, 'state' | 'reason' | 'title'>>>
  >;
  /** Title of the issue that is created. */
  readonly creates?: string;
  /** Kinds that are found after it; unless given none but those that stood beside it before. */
  readonly follows?: readonly Finding['kind'][];
  /** What the night makes of the text after it, where the choice leaves that to it. */
  readonly night?: readonly (readonly [before: string, after: string])[];
  /** Of "Link to…": what the user says. */
  readonly named?: (difference: string) => Chosen;
  /**
   * What sync and the night make of the text once it was taken back, where they make anything of it: GitHub cannot tell an
   * issue that was opened or closed by the undo from one that people opened or closed.
   */
  readonly later?: readonly (readonly [before: string, after: string])[];
}

/** One state of a checklist and its issues in which there is a difference of a kind. */
export interface TableCase {
  readonly name: string;
  readonly text?: string;
  readonly identity?: IdentityStrategy;
  readonly rules?: Partial<SyncRules>;
  /** What people did. A minute passes after it. */
  readonly before: (setup: ReconcileSetup) => void;
  /** What is found, beside its kind. */
  readonly finding: Readonly<Record<string, unknown>>;
  /** Kinds of the differences beside it. */
  readonly beside?: readonly Finding['kind'][];
  /** The words of the safe choice; `byItself` when it is done without anybody. */
  readonly safe?: string;
  readonly byItself?: boolean;
  /** By their words, in their order. */
  readonly choices: Readonly<Record<string, Expected>>;
}

const LINES = [
  '# Release',
  '',
  'Please tick when done.  ',
  '',
  '- [ ] Parse all dates (closes #101)',
  '- [ ] Print all dates (closes #102)\t',
  '- [ ] Compare all dates (closes #103)',
  '- [ ] Think about dates',
  '',
  '## Later',
  '',
  '1. [ ] Check the time zones (closes #105)',
  '',
  'Some prose, see #7.',
];

/** The checklist of the cases unless they have their own. */
export const TABLE_TEXT = LINES.join('\r\n');

/** Its first two items have their issues in the hidden block. */
const PLAIN = TABLE_TEXT.replace(' (closes #101)', '').replace(' (closes #102)', '');
const [PARSE = '', PRINT = ''] = parseChecklist(PLAIN).items.map(entryName);
const [READ = ''] = parseChecklist(
  PLAIN.replace('Parse all', 'Read every').replace('dates', 'date'),
).items.map(entryName);
const BLOCK = [`${PARSE}=101`, `${PRINT}=102`].toSorted().join(' ');
const BLOCK_TEXT = `${PLAIN}\r\n<!-- masterlist:map ${BLOCK} -->`;

/** The block with another entry for the first item; without any where that is undefined. */
function block(target: string | undefined, key = PARSE): readonly [string, string] {
  const first = target === undefined ? [] : [`${key}=${target}`];
  return [BLOCK, [...first, `${PRINT}=102`].toSorted().join(' ')];
}

function addMapped({ fake }: ReconcileSetup): void {
  const [parse, print] = parseChecklist(PLAIN).items;
  if (parse !== undefined) fake.addIssue(101, madeFor(parse));
  if (print !== undefined) fake.addIssue(102, madeFor(print));
}

const LEAVE: Expected = { choice: 'leave' };
const LEAVE_WORDS = "Leave as is, don't show again";

/** An issue of the checklist's repository. */
export function own(number: number): IssueRef {
  return { repo: MASTER.repo, number };
}

function itemAt(setup: ReconcileSetup, index: number) {
  const item = parseChecklist(setup.fake.text()).items[index];
  if (item === undefined) throw new Error(`no item ${index}`);
  return item;
}

/** A pull request that closes an issue is merged. */
function mergeFor(setup: ReconcileSetup, number: number, issue: number, base = 'main'): void {
  setup.fake.addPull(number, `Closes #${issue}`, base);
  setup.fake.merge(number);
}

function wait({ clock }: ReconcileSetup): void {
  clock.advance(60_000);
}

const linkTo =
  (number: number) =>
  (difference: string): Chosen => ({
    kind: 'link',
    difference,
    issue: own(number),
  });

const TICK = ['[ ] Parse', '[x] Parse'] as const;
const UNTICK = ['[x] Parse', '[ ] Parse'] as const;
const DONE = { state: 'closed', reason: 'completed' } as const;
const OPEN = { state: 'open', reason: undefined } as const;
const DOUBLE = { state: 'closed', reason: 'duplicate' } as const;
const UNPLANNED = { state: 'closed', reason: 'not-planned' } as const;

/** Every kind of difference, each in all its states. */
export const CASES: Readonly<Record<Finding['kind'], readonly TableCase[]>> = {
  'ticked-open': [
    {
      name: 'a person ticked the box',
      before: ({ people }) => people.tick(0),
      finding: { issue: own(101), reopenedAt: undefined },
      choices: {
        'Close #101': {
          choice: 'close-issue',
          issues: { 101: DONE },
          later: [UNTICK],
        },
        'Untick this box': { choice: 'untick', text: [UNTICK] },
        [LEAVE_WORDS]: LEAVE,
      },
    },
    {
      name: 'the issue was opened again after the tick',
      before: (setup) => {
        setup.fake.close(101);
        setup.people.tick(0);
        wait(setup);
        setup.fake.reopen(101);
      },
      finding: { issue: own(101), reopenedAt: expectIso() },
      safe: 'Untick this box',
      byItself: true,
      choices: {
        'Untick this box': { choice: 'untick', text: [UNTICK] },
        'Close #101': { choice: 'close-issue', issues: { 101: DONE }, later: [UNTICK] },
        [LEAVE_WORDS]: LEAVE,
      },
    },
  ],
  'unticked-closed': [
    {
      name: 'completed',
      before: ({ fake }) => fake.close(101),
      finding: { reason: 'completed', left: undefined },
      safe: 'Tick this box',
      byItself: true,
      choices: {
        'Tick this box': { choice: 'tick', text: [TICK] },
        'Reopen #101': { choice: 'reopen-issue', issues: { 101: OPEN }, later: [TICK] },
        [LEAVE_WORDS]: LEAVE,
      },
    },
    ...(['not-planned', 'duplicate'] as const).map(
      (reason): TableCase => ({
        name: reason,
        before: ({ fake }) => fake.close(101, reason),
        finding: { reason, left: undefined },
        choices: {
          'Tick this box': { choice: 'tick', text: [TICK] },
          'Reopen #101': { choice: 'reopen-issue', issues: { 101: OPEN } },
          [LEAVE_WORDS]: LEAVE,
        },
      }),
    ),
    {
      name: 'a person took the tick back',
      before: (setup) => {
        setup.fake.close(101);
        wait(setup);
        setup.people.tick(0);
        wait(setup);
        setup.people.untick(0);
      },
      finding: { reason: 'completed', left: 'taken-back' },
      choices: {
        'Tick this box': { choice: 'tick', text: [TICK] },
        'Reopen #101': { choice: 'reopen-issue', issues: { 101: OPEN }, later: [TICK] },
        [LEAVE_WORDS]: LEAVE,
      },
    },
  ],
  'work-reverted': [
    {
      name: 'the only pull request that closed the issue (case 36)',
      before: (setup) => {
        mergeFor(setup, 201, 101);
        setup.people.tick(0);
        setup.people.append(0, '(#201)');
        wait(setup);
        setup.fake.revert(201);
      },
      finding: { issue: own(101), pulls: [own(201)], by: [own(202)] },
      beside: ['pull-wrong'],
      choices: {
        'Untick this box': {
          choice: 'untick',
          text: [UNTICK],
          follows: ['unticked-closed', 'pull-wrong'],
        },
        'Reopen #101': {
          choice: 'reopen-issue',
          issues: { 101: OPEN },
          follows: ['ticked-open', 'pull-wrong'],
          night: [UNTICK],
          later: [TICK],
        },
        [LEAVE_WORDS]: LEAVE,
      },
    },
  ],
  'tick-missing': [
    {
      name: 'all pull requests that it links are merged',
      text: TABLE_TEXT.replace('(closes #101)', '(#201)'),
      before: (setup) => {
        setup.fake.delete(201);
        mergeFor(setup, 201, 999);
      },
      finding: { because: { kind: 'merged', pull: own(201) }, left: undefined },
      beside: ['links-pull-request'],
      safe: 'Tick this box',
      byItself: true,
      choices: {
        'Tick this box': { choice: 'tick', text: [TICK] },
        [LEAVE_WORDS]: LEAVE,
      },
    },
    {
      name: 'merged into a further base branch',
      rules: { baseBranches: ['release/*'], tickOnBaseBranches: true, pullRequests: false },
      before: (setup) => mergeFor(setup, 201, 101, 'release/1'),
      finding: { because: { kind: 'merged-into', pull: own(201), base: 'release/1' } },
      safe: 'Tick this box',
      byItself: true,
      choices: {
        'Tick this box': { choice: 'tick', text: [TICK] },
        [LEAVE_WORDS]: LEAVE,
      },
    },
    {
      name: 'all items in it are ticked',
      text: ['- [ ] Dates', '  - [ ] Parse all dates (closes #101)', ''].join('\n'),
      rules: { parents: true },
      before: ({ people, fake }) => {
        people.tick(1);
        fake.close(101);
      },
      finding: { because: { kind: 'children' }, left: undefined },
      safe: 'Tick this box',
      byItself: true,
      choices: {
        'Tick this box': { choice: 'tick', text: [['[ ] Dates', '[x] Dates']] },
        [LEAVE_WORDS]: LEAVE,
      },
    },
    {
      name: 'a person took the tick of a group back',
      text: ['- [ ] Dates', '  - [ ] Parse all dates (closes #101)', ''].join('\n'),
      rules: { parents: true },
      before: ({ people, fake }) => {
        people.tick(1);
        fake.close(101);
        people.tick(0);
        people.untick(0);
      },
      finding: { because: { kind: 'children' }, left: 'taken-back' },
      choices: {
        'Tick this box': { choice: 'tick', text: [['[ ] Dates', '[x] Dates']] },
        [LEAVE_WORDS]: LEAVE,
      },
    },
  ],
  'pull-missing': [
    {
      name: 'a merged pull request closed the issue',
      before: (setup) => {
        mergeFor(setup, 201, 101);
        setup.people.tick(0);
      },
      finding: { issue: own(101), pulls: [own(201)], takenBack: false },
      safe: 'Add #201',
      byItself: true,
      choices: {
        'Add #201': { choice: 'add-pulls', text: [['(closes #101)', '(closes #101) (#201)']] },
        [LEAVE_WORDS]: LEAVE,
      },
    },
    {
      name: 'a person took the number out',
      before: (setup) => {
        mergeFor(setup, 201, 101);
        setup.people.tick(0);
        setup.people.append(0, '(#201)');
        wait(setup);
        setup.fake.edit((text) => text.replace(' (#201)', ''));
      },
      finding: { takenBack: true },
      choices: {
        'Add #201': { choice: 'add-pulls', text: [['(closes #101)', '(closes #101) (#201)']] },
        [LEAVE_WORDS]: LEAVE,
      },
    },
  ],
  'pull-wrong': [
    {
      name: 'open',
      before: ({ fake, people }) => {
        fake.addPull(201, 'Closes #101');
        people.append(0, '(#201)');
      },
      finding: { pull: own(201), why: { kind: 'unmerged', state: 'open' } },
      choices: {
        'Remove #201': { choice: 'remove-pull', text: [['(closes #101) (#201)', '(closes #101)']] },
        [LEAVE_WORDS]: LEAVE,
      },
    },
    {
      name: 'closed without a merge',
      before: ({ fake, people }) => {
        fake.addPull(201, 'Closes #101');
        fake.close(201);
        people.append(0, '(#201)');
      },
      finding: { why: { kind: 'unmerged', state: 'closed' } },
      choices: {
        'Remove #201': { choice: 'remove-pull', text: [['(closes #101) (#201)', '(closes #101)']] },
        [LEAVE_WORDS]: LEAVE,
      },
    },
    {
      name: 'of another issue, beside the right one',
      before: (setup) => {
        mergeFor(setup, 201, 101);
        mergeFor(setup, 202, 103);
        setup.people.tick(0);
        setup.people.tick(2);
        setup.people.append(2, '(#202)');
        setup.people.append(0, '(#202, #201)');
      },
      finding: { pull: own(202), why: { kind: 'of-another-issue', closes: [own(103)] } },
      choices: {
        'Remove #202': { choice: 'remove-pull', text: [['(#202, #201)', '(#201)']] },
        [LEAVE_WORDS]: LEAVE,
      },
    },
    {
      name: 'undone by a merged pull request',
      before: (setup) => {
        mergeFor(setup, 201, 101);
        setup.people.tick(0);
        setup.people.append(0, '(#201)');
        setup.fake.revert(201);
      },
      finding: { why: { kind: 'reverted', by: own(202) } },
      beside: ['work-reverted'],
      choices: {
        'Remove #201': { choice: 'remove-pull', text: [['(closes #101) (#201)', '(closes #101)']] },
        [LEAVE_WORDS]: LEAVE,
      },
    },
  ],
  'issue-gone': [
    {
      name: 'deleted, and linked by the hidden block',
      identity: 'block',
      text: BLOCK_TEXT,
      before: (setup) => {
        addMapped(setup);
        setup.fake.delete(101);
      },
      finding: { issue: own(101), guess: 'deleted' },
      choices: {
        'Remove the link': { choice: 'remove-link', text: [block(undefined)] },
        'Link to…': { choice: 'link-to', named: linkTo(130), text: [block('130')] },
        'Create the issue': {
          choice: 'create-issue',
          text: [block('131')],
          creates: 'Parse all dates',
        },
        [LEAVE_WORDS]: LEAVE,
      },
    },
    {
      name: 'deleted',
      before: ({ fake }) => fake.delete(101),
      finding: { issue: own(101), guess: 'deleted' },
      choices: {
        'Remove the link': { choice: 'remove-link', text: [[' (closes #101)', '']] },
        'Link to…': {
          choice: 'link-to',
          named: linkTo(130),
          text: [['#101', '#130']],
        },
        'Create the issue': {
          choice: 'create-issue',
          text: [['#101', '#131']],
          creates: 'Parse all dates',
        },
        [LEAVE_WORDS]: LEAVE,
      },
    },
    {
      name: 'in a repository that the token does not see',
      text: TABLE_TEXT.replace('#101', 'octo/hidden#101'),
      before: ({ fake }) => fake.delete(101),
      finding: { guess: 'no-access' },
      choices: {
        'Remove the link': { choice: 'remove-link', text: [[' (closes octo/hidden#101)', '']] },
        'Link to…': {
          choice: 'link-to',
          named: linkTo(130),
          text: [['octo/hidden#101', '#130']],
        },
        'Create the issue': {
          choice: 'create-issue',
          text: [['octo/hidden#101', '#131']],
          creates: 'Parse all dates',
        },
        [LEAVE_WORDS]: LEAVE,
      },
    },
  ],
  'issue-moved': [
    {
      name: 'transferred, and linked by the hidden block',
      identity: 'block',
      text: BLOCK_TEXT,
      before: (setup) => {
        addMapped(setup);
        setup.fake.transfer(101, OTHER);
      },
      finding: { issue: own(101), to: { repo: OTHER, number: 131 }, takenBack: false },
      safe: 'Link to octo/other#131',
      byItself: true,
      choices: {
        'Link to octo/other#131': { choice: 'relink', text: [block('octo/other#131')] },
        [LEAVE_WORDS]: LEAVE,
      },
    },
    {
      name: 'transferred',
      before: ({ fake }) => void fake.transfer(101, OTHER),
      finding: { issue: own(101), to: { repo: OTHER, number: 131 }, takenBack: false },
      safe: 'Link to octo/other#131',
      byItself: true,
      choices: {
        'Link to octo/other#131': { choice: 'relink', text: [['#101', 'octo/other#131']] },
        [LEAVE_WORDS]: LEAVE,
      },
    },
    {
      name: 'transferred, and a person put the old link back',
      before: ({ fake, people }) => {
        const to = fake.transfer(101, OTHER);
        if (to === undefined) return;
        people.relink(0, own(101), to);
        people.relink(0, to, own(101));
      },
      finding: { takenBack: true },
      choices: {
        'Link to octo/other#131': { choice: 'relink', text: [['#101', 'octo/other#131']] },
        [LEAVE_WORDS]: LEAVE,
      },
    },
  ],
  'issue-shared': [
    {
      name: 'a line was copied with its link',
      before: ({ fake }) =>
        fake.edit((text) =>
          text.replace('- [ ] Think about dates', '- [ ] Sort all dates (closes #101)'),
        ),
      finding: { issue: own(101), others: ['Parse all dates'] },
      choices: {
        'Remove the link': {
          choice: 'remove-link',
          text: [['Sort all dates (closes #101)', 'Sort all dates']],
        },
        'Link to…': {
          choice: 'link-to',
          named: linkTo(130),
          text: [['Sort all dates (closes #101)', 'Sort all dates (closes #130)']],
        },
        'Create the issue': {
          choice: 'create-issue',
          text: [['Sort all dates (closes #101)', 'Sort all dates (closes #131)']],
          creates: 'Sort all dates',
        },
        [LEAVE_WORDS]: LEAVE,
      },
    },
  ],
  orphan: [
    {
      name: 'its item was removed',
      before: ({ people }) => people.remove(0),
      finding: { issue: { ref: own(101) } },
      choices: {
        'Close #101': { choice: 'close-issue', issues: { 101: UNPLANNED } },
        'Link to…': {
          choice: 'link-to',
          named: (difference) => ({ kind: 'adopt', difference, item: '' }),
          text: [['Think about dates', 'Think about dates (closes #101)']],
          // It was made for other words.
          follows: ['item-renamed'],
        },
        [LEAVE_WORDS]: LEAVE,
      },
    },
  ],
  unlinked: [
    {
      name: 'its entry in the hidden block is gone',
      identity: 'block',
      text: PLAIN,
      before: addMapped,
      finding: { by: 'marker', candidates: [{ ref: own(101) }] },
      safe: 'Link to #101',
      beside: ['unlinked'],
      choices: {
        'Link to #101': {
          choice: 'link',
          text: [[PLAIN, `${PLAIN}\r\n<!-- masterlist:map ${PARSE}=101 -->`]],
        },
        'Create the issue': {
          choice: 'create-issue',
          text: [[PLAIN, `${PLAIN}\r\n<!-- masterlist:map ${PARSE}=131 -->`]],
          creates: 'Parse all dates',
          follows: ['doubled', 'unlinked'],
        },
        [LEAVE_WORDS]: LEAVE,
      },
    },
    {
      name: 'its link was taken away',
      before: ({ people }) => people.strip(0),
      finding: { by: 'marker', candidates: [{ ref: own(101) }] },
      safe: 'Link to #101',
      choices: {
        'Link to #101': {
          choice: 'link',
          text: [['Parse all dates', 'Parse all dates (closes #101)']],
        },
        'Create the issue': {
          choice: 'create-issue',
          text: [['Parse all dates', 'Parse all dates (closes #131)']],
          creates: 'Parse all dates',
          follows: ['doubled'],
        },
        [LEAVE_WORDS]: LEAVE,
      },
    },
    {
      name: 'an issue has its title',
      before: ({ fake }) => void fake.addIssue(104, { title: 'Think about dates' }),
      finding: { by: 'title', candidates: [{ ref: own(104) }] },
      choices: {
        'Link to #104': {
          choice: 'link',
          text: [['Think about dates', 'Think about dates (closes #104)']],
        },
        'Create the issue': {
          choice: 'create-issue',
          text: [['Think about dates', 'Think about dates (closes #131)']],
          creates: 'Think about dates',
        },
        [LEAVE_WORDS]: LEAVE,
      },
    },
    {
      name: 'two issues have its title',
      before: ({ fake }) => {
        fake.addIssue(104, { title: 'Think about dates' });
        fake.addIssue(106, { title: 'Think about dates' });
      },
      finding: { by: 'title' },
      choices: {
        'Link to #106': {
          choice: 'link',
          text: [['Think about dates', 'Think about dates (closes #106)']],
        },
        'Link to #104': {
          choice: 'link',
          text: [['Think about dates', 'Think about dates (closes #104)']],
        },
        'Create the issue': {
          choice: 'create-issue',
          text: [['Think about dates', 'Think about dates (closes #131)']],
          creates: 'Think about dates',
        },
        [LEAVE_WORDS]: LEAVE,
      },
    },
  ],
  'item-renamed': [
    {
      name: 'the item has other words',
      before: ({ people }) => people.rename(0, 'Read every date'),
      finding: { issue: own(101), title: 'Parse all dates' },
      choices: {
        'Retitle #101': { choice: 'retitle-issue', issues: { 101: { title: 'Read every date' } } },
        'Rename the item': {
          choice: 'rename-item',
          text: [['Read every date', 'Parse all dates']],
        },
        [LEAVE_WORDS]: LEAVE,
      },
    },
  ],
  'issue-retitled': [
    {
      name: 'the issue has other words, and is linked by the hidden block',
      identity: 'block',
      text: BLOCK_TEXT,
      before: (setup) => {
        addMapped(setup);
        setup.fake.retitle(101, 'Read every date');
      },
      finding: { issue: own(101), title: 'Read every date' },
      choices: {
        'Rename the item': {
          choice: 'rename-item',
          text: [['Parse all dates', 'Read every date'], block('101', READ)],
        },
        'Retitle #101': { choice: 'retitle-issue', issues: { 101: { title: 'Parse all dates' } } },
        [LEAVE_WORDS]: LEAVE,
      },
    },
    {
      name: 'the issue has other words',
      before: ({ fake }) => fake.retitle(101, 'Read every date'),
      finding: { issue: own(101), title: 'Read every date' },
      choices: {
        'Rename the item': {
          choice: 'rename-item',
          text: [['Parse all dates', 'Read every date']],
        },
        'Retitle #101': { choice: 'retitle-issue', issues: { 101: { title: 'Parse all dates' } } },
        [LEAVE_WORDS]: LEAVE,
      },
    },
  ],
  doubled: [
    {
      name: 'two issues were made for it',
      before: (setup) => void setup.fake.addIssue(104, madeFor(itemAt(setup, 0))),
      finding: { issue: own(101), doubles: [{ ref: own(104) }] },
      choices: {
        'Close the double': { choice: 'close-issue', issues: { 104: DOUBLE } },
        'Link to #104': {
          choice: 'relink',
          text: [['#101', '#104']],
          issues: { 101: DOUBLE },
        },
        [LEAVE_WORDS]: LEAVE,
      },
    },
  ],
  'block-disagrees': [
    {
      name: 'a person wrote another link into the text',
      identity: 'block',
      before: (setup) => {
        const name = entryName(itemAt(setup, 3));
        setup.fake.addIssue(104, madeFor(itemAt(setup, 3)));
        setup.people.append(3, '(#130)');
        setup.fake.edit((text) => `${text}\r\n\r\n<!-- masterlist:map ${name}=104 -->`);
      },
      finding: { block: own(104), text: own(130) },
      choices: {
        'Write the hidden block': {
          choice: 'write-block',
          text: [['=104 -->', '=130 -->']],
          follows: ['doubled'],
        },
        [LEAVE_WORDS]: LEAVE,
      },
    },
  ],
  'several-issues': [
    {
      name: 'a person linked two issues that were made for it',
      before: ({ people, fake }) => {
        const item = parseChecklist(fake.text()).items[3];
        if (item === undefined) throw new Error('no such item');
        fake.addIssue(107, madeFor(item));
        fake.addIssue(108, madeFor(item));
        people.append(3, '(#107, #108)');
      },
      finding: { candidates: [own(107), own(108)] },
      choices: {
        'Link to #107': {
          choice: 'link',
          text: [['(#107, #108)', '(#107)']],
          follows: ['doubled'],
        },
        'Link to #108': {
          choice: 'link',
          text: [['(#107, #108)', '(#108)']],
          follows: ['doubled'],
        },
        [LEAVE_WORDS]: LEAVE,
      },
    },
  ],
  'master-closed': [
    {
      name: 'closed with open items',
      before: ({ fake }) => fake.closeMaster(true),
      finding: { open: 5 },
      choices: { [LEAVE_WORDS]: LEAVE },
    },
  ],
  'master-locked': [
    {
      name: 'locked with open items',
      before: ({ fake }) => {
        fake.locked = true;
      },
      finding: { open: 5 },
      choices: { [LEAVE_WORDS]: LEAVE },
    },
  ],
  'copy-ticked': [
    {
      name: 'an item below another was ticked in the issue of that alone',
      text: TABLE_TEXT.replace('(closes #101)', '(closes #101)\r\n  - [ ] English'),
      before: ({ fake }) => {
        const issue = fake.thing(101);
        if (issue) issue.body = `- [x] English\n- [ ] German\n\n${issue.body}`;
      },
      finding: { issue: own(101) },
      choices: {
        'Tick this box': { choice: 'tick', text: [['[ ] English', '[x] English']] },
        [LEAVE_WORDS]: LEAVE,
      },
    },
  ],
  'open-boxes': [
    {
      name: 'the issue was closed before all was done',
      before: ({ fake, people }) => {
        const issue = fake.thing(101);
        if (issue) issue.body = `- [x] Read times\n- [ ] Read zones\n\n${issue.body}`;
        fake.close(101);
        people.tick(0);
      },
      finding: { issue: own(101), boxes: ['Read zones'] },
      choices: { [LEAVE_WORDS]: LEAVE },
    },
  ],
  'group-moved': [
    {
      name: 'the item stands under another heading',
      before: ({ people }) => people.move(0, 4),
      finding: { issue: own(101) },
      choices: { [LEAVE_WORDS]: LEAVE },
    },
  ],
  'half-understood': [
    {
      name: 'the words of the item are the link',
      text: TABLE_TEXT.replace(
        'Parse all dates (closes #101)',
        '[Parse all dates](https://github.com/octo/demo/issues/101)',
      ),
      before: ({ fake }) => fake.delete(101),
      finding: { issue: own(101) },
      beside: ['issue-gone'],
      choices: { [LEAVE_WORDS]: LEAVE },
    },
  ],
  'links-pull-request': [
    {
      name: 'the item links a pull request only',
      text: TABLE_TEXT.replace('(closes #101)', '(#201)'),
      before: ({ fake }) => {
        fake.delete(201);
        fake.addPull(201, 'Closes #999');
      },
      finding: { pull: own(201) },
      choices: { [LEAVE_WORDS]: LEAVE },
    },
  ],
};

function expectIso(): unknown {
  return expect.any(String);
}

/** What is done in the table of matches, by hand. */
export interface MatchCase extends Pick<TableCase, 'name' | 'text' | 'identity'> {
  readonly before?: TableCase['before'];
  /** How the first item found its issue. */
  readonly how: Match['how'];
  /** The number of its new issue; undefined: none. */
  readonly issue: number | undefined;
  readonly expected: Expected;
}

/** Every way in which an item may have found its issue: changed, and cleared. */
export const MATCHES: readonly MatchCase[] = [
  {
    name: 'another issue in place of the one that was made for it',
    how: 'link',
    issue: 130,
    expected: { choice: 'link', text: [['#101', '#130']], follows: ['doubled'] },
  },
  {
    name: 'no issue',
    how: 'link',
    issue: undefined,
    expected: { choice: 'remove-link', text: [[' (closes #101)', '']], follows: ['unlinked'] },
  },
  {
    name: 'another issue in place of one that somebody linked',
    how: 'hand',
    before: ({ people, fake }) => {
      fake.addIssue(104);
      people.relink(0, own(101), own(104));
      fake.close(101);
    },
    issue: 130,
    expected: { choice: 'link', text: [['#104', '#130']] },
  },
  {
    name: 'an issue in place of the one that its marker names',
    how: 'marker',
    before: ({ people }) => people.strip(0),
    issue: 130,
    expected: {
      choice: 'link',
      text: [['Parse all dates', 'Parse all dates (closes #130)']],
      follows: ['doubled'],
    },
  },
  {
    name: 'an issue in place of the one that has its title',
    how: 'title',
    before: ({ people, fake }) => {
      people.strip(0);
      fake.delete(101);
      fake.addIssue(104, { title: 'Parse all dates' });
    },
    issue: 130,
    expected: { choice: 'link', text: [['Parse all dates', 'Parse all dates (closes #130)']] },
  },
  {
    name: 'an issue for an item that has none',
    how: 'none',
    before: ({ people, fake }) => {
      people.strip(0);
      fake.delete(101);
    },
    issue: 130,
    expected: { choice: 'link', text: [['Parse all dates', 'Parse all dates (closes #130)']] },
  },
  {
    name: 'another issue in the hidden block',
    how: 'block',
    identity: 'block',
    text: BLOCK_TEXT,
    before: addMapped,
    issue: 130,
    expected: { choice: 'link', text: [block('130')], follows: ['doubled'] },
  },
  {
    name: 'none in the hidden block',
    how: 'block',
    identity: 'block',
    text: BLOCK_TEXT,
    before: addMapped,
    issue: undefined,
    expected: { choice: 'remove-link', text: [block(undefined)], follows: ['unlinked'] },
  },
];
