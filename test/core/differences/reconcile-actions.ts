import fc from 'fast-check';
import { planReconcile } from '../../../lib/core/differences/plan-reconcile.ts';
import { type IssueRef, issueKey } from '../../../lib/core/refs.ts';
import { editsOf, planSync } from '../../../lib/core/sync/plan-sync.ts';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import { REPO, ref } from '../sync/build-sync.ts';
import {
  applied,
  at,
  changed,
  close,
  edited,
  factsOf,
  made,
  pull,
  reopen,
  type World,
  type WorldIssue,
  worldOf,
} from './reconcile-world.ts';

/** What a person, or Masterlist, does to the text or to GitHub; the numbers choose where. */
export interface Action {
  readonly kind: (typeof KINDS)[number];
  readonly where: number;
  readonly what: number;
}

const KINDS = [
  ...['tick', 'tick', 'rename', 'retitle', 'move', 'remove', 'add', 'strip', 'number'],
  ...['relink', 'write', 'close', 'close', 'reopen', 'transfer', 'delete', 'merge', 'merge'],
  ...['revert', 'double', 'sync', 'reconcile'],
] as const;

export const anyActions: fc.Arbitrary<readonly Action[]> = fc.array(
  fc.record({ kind: fc.constantFrom(...KINDS), where: fc.nat(1_000), what: fc.nat(1_000) }),
  { minLength: 3, maxLength: 30 },
);

const TEXT = [
  '# Plan',
  'Some words before.',
  '- [ ] Parse the dates (closes #11)',
  '- [ ] Write the docs (#12)',
  '- [ ] Group of things',
  '  - [ ] doc #13',
  '  - [x] Say hello ([#14](https://github.com/octo/plan/issues/14))',
  '* [ ] Loose end (closes #15) (#PR_NUMBER) <!-- note -->',
  '- [ ] #16',
  '',
  '## Later',
  '1. [ ] No issue yet, see #11',
  '- [ ] Ask @bob',
  '',
].join('\n');

/** A checklist as it stands after some items got issues. */
export const START: World = worldOf(TEXT, {
  issues: Object.assign(
    {},
    ...[0, 1, 3, 4, 5, 6].map((index, place) => made(11 + place, TEXT, { index })),
  ),
});

/** The world after an action; the same where it does not apply. */
export function act(world: World, action: Action): World {
  const lines = world.text.split('\n');
  const items = lines.flatMap((line, index) => (/\[[ x]\] /.test(line) ? [index] : []));
  const line = items[action.where % Math.max(1, items.length)] ?? -1;
  const issues = Object.values(world.issues);
  const issue = issues[action.where % Math.max(1, issues.length)];
  if (ON_TEXT.has(action.kind)) return line < 0 ? world : onText(world, lines, line, action);
  if (action.kind === 'sync') return edited(world, synced(world));
  if (action.kind === 'reconcile') return reconciled(world);
  return issue === undefined ? world : onIssue(world, issue, action);
}

const ON_TEXT: ReadonlySet<string> = new Set([
  ...['tick', 'rename', 'move', 'remove', 'add', 'strip', 'number', 'relink', 'write'],
]);

const WORDS = ['Parse the dates', 'Read *all* times', 'doc', 'New `code` here', 'Zebra'];

function onText(world: World, lines: readonly string[], at: number, action: Action): World {
  const next = [...lines];
  const line = lines[at] ?? '';
  const word = WORDS[action.what % WORDS.length] ?? '';
  switch (action.kind) {
    case 'tick':
      next[at] = line.replace(/\[([ x])\]/, (_, x) => (x === ' ' ? '[x]' : '[ ]'));
      break;
    case 'rename':
      next[at] = line.replace(/(\[[ x]\] )[^(#@<[]*/, `$1${word} `);
      break;
    case 'move':
      next.splice(action.what % next.length, 0, ...next.splice(at, 1));
      break;
    case 'remove':
      next.splice(at, 1);
      break;
    case 'add':
      next.splice(at, 0, `- [ ] ${word}`);
      break;
    case 'strip':
      next[at] = line.replace(/ ?\((?:closes )?#\d+(?:, #\d+)*\)/, '');
      break;
    case 'number':
      next[at] = `${line} (#${450 + (action.what % 6)})`;
      break;
    case 'relink':
      next[at] = `${line} (closes #${11 + (action.what % 8)})`;
      break;
    default:
      next.splice(action.what % next.length, 0, `Words ${action.what}  `);
  }
  return edited(world, next.join('\n'));
}

function onIssue(world: World, issue: WorldIssue, { kind, what }: Action): World {
  switch (kind) {
    case 'close':
      return issue.state === 'open'
        ? close(
            world,
            issue.ref,
            (['completed', 'not-planned', 'duplicate'] as const)[what % 3] ?? 'completed',
          )
        : world;
    case 'reopen':
      return issue.state === 'closed' ? reopen(world, issue.ref) : world;
    case 'retitle':
      return changed(world, issue.ref, { title: WORDS[what % WORDS.length] ?? '' });
    case 'delete':
      return without(world, issue.ref);
    case 'double': {
      const number = 600 + world.now;
      const copy = { ...issue, ref: ref(number), state: 'open' as const };
      return {
        ...world,
        issues: { ...world.issues, [issueKey(copy.ref)]: copy },
        now: world.now + 1,
      };
    }
    case 'transfer':
      return transfer(world, issue);
    case 'merge':
      return merge(world, issue, 450 + (what % 6));
    default:
      return revert(world, what);
  }
}

function without(world: World, issue: IssueRef): World {
  const { [issueKey(issue)]: _, ...issues } = world.issues;
  return { ...world, issues, now: world.now + 1 };
}

function transfer(world: World, issue: WorldIssue): World {
  const now = ref(100 + world.now, 'octo/other');
  const old = issueKey(issue.ref);
  const { [old]: _, ...issues } = world.issues;
  const moved = Object.fromEntries(
    Object.entries(world.moved).map(([from, to]) => [from, to === old ? issueKey(now) : to]),
  );
  return {
    ...world,
    issues: { ...issues, [issueKey(now)]: { ...issue, ref: now } },
    moved: { ...moved, [old]: issueKey(now) },
    now: world.now + 1,
  };
}

/** A pull request that closes an issue is merged, once. */
function merge(world: World, issue: WorldIssue, number: number): World {
  if (issue.state === 'closed' || world.pulls[issueKey(ref(number))] !== undefined) return world;
  const closers = [...issue.closers, { ref: ref(number), mergedAt: at(world.now), base: 'main' }];
  const pulls = { ...world.pulls, ...pull(number, [issue.ref.number], { closes: [issue.ref] }) };
  return close(changed({ ...world, pulls }, issue.ref, { closers }), issue.ref, 'completed');
}

function revert(world: World, what: number): World {
  const merged = Object.entries(world.pulls);
  const [key, named] = merged[what % Math.max(1, merged.length)] ?? [];
  if (key === undefined || named === undefined) return world;
  const by = { ref: ref(900 + world.now), mergedAt: at(world.now), base: 'main' };
  return {
    ...world,
    pulls: { ...world.pulls, [key]: { ...named, revertedBy: by } },
    now: world.now + 1,
  };
}

function synced(world: World): string {
  const facts = factsOf(world);
  const context = { repo: REPO, placeholder: world.rules.placeholder };
  return applyEdits(world.text, editsOf(planSync(facts)), context).markdown;
}

/** The nightly run. */
function reconciled(world: World): World {
  const chosen = planReconcile(factsOf(world)).differences.flatMap(
    ({ byItself, safe, choices, index }) => {
      const choice = byItself && safe !== undefined ? choices[safe] : undefined;
      return choice === undefined ? [] : [{ ...choice, index }];
    },
  );
  return applied(world, chosen);
}
