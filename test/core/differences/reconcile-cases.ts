import type { Finding } from '../../../lib/core/differences/kinds.ts';
import { formatMap } from '../../../lib/core/identity/identity-map.ts';
import { issueKey } from '../../../lib/core/refs.ts';
import { DEFAULT_RULES } from '../../../lib/core/settings/settings.ts';
import { REPO, ref } from '../sync/build-sync.ts';
import {
  CLOSED,
  edited,
  itemAt,
  made,
  markerOf,
  mergeOf,
  pull,
  reopen,
  type World,
  worldOf,
} from './reconcile-world.ts';

/** A state of the text and of GitHub in which one kind of difference stands. */
export interface Case {
  readonly name: string;
  readonly kind: Finding['kind'];
  readonly world: World;
  /** What "Link to…" is answered with: an issue, or for an issue without an item the item. */
  readonly target?: { readonly issue: ReturnType<typeof ref> } | { readonly index: number };
}

const PLAIN = '- [ ] Parse dates well\n- [ ] Write the docs\n';
const LINKED = '- [ ] Parse dates well (closes #12)\n- [ ] Write the docs\n';
const TICKED = LINKED.replace('[ ]', '[x]');
const mine = (changes = {}) => made(12, PLAIN, changes);
const free = made(40, undefined, { title: 'Something else' });

const takenBack = (text: string, with_: string) =>
  edited({ ...edited(worldOf(text), with_), now: 95 }, text);

const block = (text: string, number: number) =>
  `${text}\n<!-- masterlist:map ${formatMap(new Map([[itemAt(PLAIN, 0).key, ref(number)]]), [itemAt(PLAIN, 0)], REPO)} -->\n`;

const elsewhere = ref(9, 'octo/other');

/** Every kind, and the ways in which it differs. */
export const CASES: readonly Case[] = [
  { name: 'ticked, issue open', kind: 'ticked-open', world: worldOf(TICKED, { issues: mine() }) },
  {
    name: 'ticked, issue reopened since',
    kind: 'ticked-open',
    world: reopen(
      { ...edited(worldOf(LINKED, { issues: mine(CLOSED) }), TICKED), now: 200 },
      ref(12),
    ),
  },
  {
    name: 'unticked, issue completed',
    kind: 'unticked-closed',
    world: worldOf(LINKED, { issues: mine(CLOSED) }),
  },
  {
    name: 'unticked, issue not planned',
    kind: 'unticked-closed',
    world: worldOf(LINKED, { issues: mine({ ...CLOSED, reason: 'not-planned' }) }),
  },
  {
    name: 'unticked, issue a duplicate',
    kind: 'unticked-closed',
    world: worldOf(LINKED, { issues: mine({ ...CLOSED, reason: 'duplicate' }) }),
  },
  {
    name: 'unticked, tick taken back',
    kind: 'unticked-closed',
    world: { ...takenBack(LINKED, TICKED), issues: mine(CLOSED) },
  },
  {
    name: 'pull request merged',
    kind: 'tick-missing',
    world: worldOf('- [ ] Parse dates well (#456)\n', { pulls: pull(456) }),
  },
  {
    name: 'pull request merged, tick taken back',
    kind: 'tick-missing',
    world: {
      ...takenBack('- [ ] Parse dates well (#456)\n', '- [x] Parse dates well (#456)\n'),
      pulls: pull(456),
    },
  },
  {
    name: 'all items in it ticked',
    kind: 'tick-missing',
    world: worldOf('- [ ] Group\n  - [x] one\n  - [x] two\n', {
      rules: { ...DEFAULT_RULES, parents: true },
    }),
  },
  {
    name: 'number missing',
    kind: 'pull-missing',
    world: worldOf(TICKED, {
      issues: mine({ ...CLOSED, closers: [mergeOf(456)] }),
      pulls: pull(456, [12]),
    }),
  },
  {
    name: 'number taken out',
    kind: 'pull-missing',
    world: {
      ...takenBack(TICKED, TICKED.replace('(closes #12)', '(closes #12) (#456)')),
      issues: mine({ ...CLOSED, closers: [mergeOf(456)] }),
      pulls: pull(456, [12]),
    },
  },
  {
    name: 'number of an open pull request',
    kind: 'pull-wrong',
    world: worldOf(LINKED.replace('#12)', '#12) (#456, #457)'), {
      issues: mine(),
      pulls: { ...pull(456, [12], { state: 'open' }), ...pull(457, [12]) },
    }),
  },
  {
    name: 'number of a pull request for another issue',
    kind: 'pull-wrong',
    world: worldOf(LINKED.replace('#12)', '#12) (#456)'), {
      issues: mine(),
      pulls: pull(456, [77]),
    }),
  },
  {
    name: 'number of a reverted pull request, in a form of its own',
    kind: 'pull-wrong',
    world: worldOf(TICKED.replace('#12)', '#12) (PR #456)'), {
      issues: mine({ ...CLOSED, closers: [mergeOf(456)] }),
      pulls: pull(456, [12], { revertedBy: mergeOf(460, 85) }),
    }),
  },
  {
    name: 'ticked, and its only pull request reverted since',
    kind: 'work-reverted',
    world: worldOf(TICKED.replace('#12)', '#12) (#456)'), {
      issues: mine({ ...CLOSED, closers: [{ ...mergeOf(456), revertedBy: mergeOf(460, 95) }] }),
      pulls: pull(456, [12], { revertedBy: mergeOf(460, 95) }),
    }),
  },
  {
    name: 'issue deleted',
    kind: 'issue-gone',
    world: worldOf(LINKED, { issues: free }),
    target: { issue: ref(40) },
  },
  {
    name: 'issue without access, in a link with its own text',
    kind: 'issue-gone',
    world: worldOf('- [ ] Parse dates ([#9](https://github.com/octo/other/issues/9))\n', {
      issues: free,
    }),
    target: { issue: ref(40) },
  },
  {
    name: 'issue transferred',
    kind: 'issue-moved',
    world: worldOf(LINKED, {
      issues: made(9, PLAIN, { place: 'octo/other' }),
      moved: { [issueKey(ref(12))]: issueKey(elsewhere) },
    }),
  },
  {
    name: 'issue transferred, in a link with its own text',
    kind: 'issue-moved',
    world: worldOf('- [ ] Parse dates well ([#12](https://github.com/octo/plan/issues/12))\n', {
      issues: made(9, PLAIN, { place: 'octo/other' }),
      moved: { [issueKey(ref(12))]: issueKey(elsewhere) },
    }),
  },
  {
    name: 'issue transferred, the old link put back',
    kind: 'issue-moved',
    world: {
      ...takenBack(LINKED, LINKED.replace('#12', 'octo/other#9')),
      issues: made(9, PLAIN, { place: 'octo/other' }),
      moved: { [issueKey(ref(12))]: issueKey(elsewhere) },
    },
  },
  {
    name: 'two items link one issue',
    kind: 'issue-shared',
    world: worldOf(LINKED.replace('docs', 'docs (#12)'), { issues: { ...mine(), ...free } }),
    target: { issue: ref(40) },
  },
  {
    name: 'item removed, issue open',
    kind: 'orphan',
    world: worldOf('- [ ] Write the docs\n', { issues: mine() }),
    target: { index: 0 },
  },
  {
    name: 'link removed, marker there',
    kind: 'unlinked',
    world: worldOf(PLAIN, { issues: { ...mine(), ...made(13, PLAIN, stranger()) } }),
  },
  {
    name: 'link removed, two markers',
    kind: 'unlinked',
    world: worldOf(PLAIN, { issues: { ...mine(), ...made(13, PLAIN) } }),
  },
  {
    name: 'link removed, item moved',
    kind: 'unlinked',
    world: worldOf(`## Later\n${PLAIN}`, { issues: mine() }),
  },
  {
    name: 'issue with the title',
    kind: 'unlinked',
    world: worldOf(PLAIN, { issues: made(12, undefined, { title: 'Parse dates well' }) }),
  },
  {
    name: 'item renamed',
    kind: 'item-renamed',
    world: worldOf(LINKED.replace('dates well', 'all times'), { issues: mine() }),
  },
  {
    name: 'issue retitled',
    kind: 'issue-retitled',
    world: worldOf(LINKED, { issues: mine({ title: 'Read #7 as *dates* for @bob' }) }),
  },
  {
    name: 'issue retitled behind its number',
    kind: 'issue-retitled',
    world: worldOf(TICKED.replace('#12)', '#12) (#456)'), {
      issues: mine({ ...CLOSED, title: '[Test] T-003 Read `dates`', closers: [mergeOf(456)] }),
      pulls: pull(456, [12]),
    }),
  },
  {
    name: 'issue doubled',
    kind: 'doubled',
    world: worldOf(LINKED, { issues: { ...mine(), ...made(13, PLAIN) } }),
  },
  {
    name: 'block names another issue',
    kind: 'block-disagrees',
    world: worldOf(block(LINKED, 40), { issues: { ...mine(), ...free }, block: true }),
  },
  {
    name: 'two issues in one item',
    kind: 'several-issues',
    world: worldOf('- [ ] Parse dates well (#40) (closes #41)\n', {
      issues: { ...made(40, PLAIN), ...made(41, PLAIN) },
    }),
  },
  {
    name: 'master closed',
    kind: 'master-closed',
    world: worldOf(PLAIN, { state: 'closed' }),
  },
  { name: 'master locked', kind: 'master-locked', world: worldOf(PLAIN, { locked: true }) },
  {
    name: 'issue closed with open boxes',
    kind: 'open-boxes',
    world: worldOf(TICKED, {
      issues: mine({
        ...CLOSED,
        body: `- [x] Read times\n- [ ] Read zones\n- [ ] Write the docs\n\n${markerOf(PLAIN)}`,
      }),
    }),
  },
  {
    name: 'copy ticked in the issue',
    kind: 'copy-ticked',
    world: worldOf(`${LINKED.replace('\n', '\n  - [ ] English\n  - [ ] German\n')}`, {
      issues: mine({ body: `- [x] English\n- [ ] German\n\n${markerOf(PLAIN)}` }),
    }),
  },
  {
    name: 'item in another group',
    kind: 'group-moved',
    world: worldOf(`- [ ] Stays here\n\n## Later\n${LINKED}`, { issues: mine() }),
  },
  {
    name: 'link with a text of its own',
    kind: 'half-understood',
    world: worldOf('- [ ] [Parse dates well](https://github.com/octo/plan/issues/12)\n', {
      issues: made(9, PLAIN, { place: 'octo/other' }),
      moved: { [issueKey(ref(12))]: issueKey(elsewhere) },
    }),
  },
  {
    name: 'link to a pull request',
    kind: 'links-pull-request',
    world: worldOf('- [ ] Parse dates well (#456)\n', {
      pulls: pull(456, [], { state: 'open' }),
    }),
  },
];

function stranger() {
  return { author: 'eve', association: 'NONE' } as const;
}
