import fc from 'fast-check';
import type { BodyVersion } from '../../../lib/core/engine/job-facts.ts';
import { linksOfItems } from '../../../lib/core/identity/asked-issues.ts';
import {
  type ChecklistRef,
  type IssueRef,
  issueChecklist,
  issueKey,
  type RepoRef,
} from '../../../lib/core/refs.ts';
import { DEFAULT_RULES, type SyncRules } from '../../../lib/core/settings/settings.ts';
import type {
  Followed,
  FollowedByKey,
  MentioningPull,
  MergedPull,
  SyncFacts,
} from '../../../lib/core/sync/sync-facts.ts';
import { applyEdits } from '../../../lib/core/text/apply-edits.ts';
import { parseChecklist } from '../../../lib/core/text/parse-checklist.ts';
import { markdown } from '../text/markdown-arbitrary.ts';
import { day, version } from './build-sync.ts';

/** The samples of `markdown` link issues of this repository. */
export const REPO: RepoRef = { host: 'github.com', owner: 'o', name: 'r' };
export const MASTER: ChecklistRef = issueChecklist({ repo: REPO, number: 1 });

/** GitHub as sync sees it: a text with its history, and the state of all that may be linked. */
export interface World {
  readonly text: string;
  /** Newest first. */
  readonly history: readonly BodyVersion[];
  readonly known: Readonly<Record<number, Followed | 'unreadable'>>;
  /** Day of the next write; all events were before. */
  readonly today: number;
}

/** Any legal rules. */
export const anyRules: fc.Arbitrary<SyncRules> = fc.record({
  notPlanned: fc.constantFrom('leave', 'tick'),
  duplicate: fc.constantFrom('leave', 'tick'),
  pullRequests: fc.boolean(),
  pullRequestsFrom: fc.constantFrom([], ['acme/*']),
  baseBranches: fc.constantFrom([], ['release/*'], ['*'], ['next']),
  tickOnBaseBranches: fc.boolean(),
  parents: fc.boolean(),
  trustedAuthors: fc.constant([]),
  remarks: fc.boolean(),
  linkStyle: fc.constantFrom('closes', 'parenthesis'),
  placeholder: fc.constantFrom(DEFAULT_RULES.placeholder, '', 'TBD'),
});

const someDay = fc.integer({ min: 2, max: 20 });
const merged: fc.Arbitrary<MergedPull> = fc.record({
  ref: fc.constantFrom(8, 9, 456, 457, 458).map((number) => ({ repo: REPO, number })),
  mergedAt: someDay.map((on) => day(on)),
  base: fc.constantFrom('main', 'release/1', 'next'),
});

const followed = (number: number): fc.Arbitrary<Followed | 'unreadable'> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constant('unreadable' as const) },
    { weight: 12, arbitrary: number < 8 || number > 9 ? anIssue(number) : aPull(number) },
  );

function anIssue(number: number): fc.Arbitrary<Followed> {
  const mentions = fc
    .tuple(merged, fc.constantFrom(`fixes #${number}`, `see #${number}`))
    .map(([pull, text]): MentioningPull => ({ ...pull, text }));
  return fc
    .record({
      state: fc.constantFrom('open' as const, 'closed' as const),
      reason: fc.constantFrom('completed', 'not-planned', 'duplicate', undefined),
      at: fc.option(someDay, { nil: undefined, freq: 8 }),
      closers: fc.array(merged, { maxLength: 3 }),
      mentions: fc.array(mentions, { maxLength: 2 }),
    })
    .map(({ state, reason, at, closers, mentions: found }): Followed => {
      const time = at === undefined ? undefined : day(at);
      return {
        ...blank(number, 'issue'),
        state,
        reason: state === 'closed' ? reason : undefined,
        closedAt: state === 'closed' ? time : undefined,
        reopenedAt: state === 'open' ? time : undefined,
        closers,
        mentions: found,
      };
    });
}

function aPull(number: number): fc.Arbitrary<Followed> {
  return fc.option(merged, { nil: undefined }).map((merge): Followed => {
    const ref = { repo: REPO, number };
    const state = merge === undefined ? 'open' : 'closed';
    return { ...blank(number, 'pull-request'), state, merged: merge && { ...merge, ref } };
  });
}

function blank(number: number, kind: Followed['kind']): Followed {
  return {
    ref: { repo: REPO, number },
    kind,
    title: '',
    state: 'open',
    reason: undefined,
    closedAt: undefined,
    reopenedAt: undefined,
    merged: undefined,
    closers: [],
    mentions: [],
    marker: undefined,
    author: 'ada',
    authorAssociation: 'OWNER',
  };
}

/** A text with more linked items than people write, now and then nested. */
const linkedText = fc
  .array(
    fc.tuple(
      fc.constantFrom('- [ ] ', '- [x] ', '  - [ ] ', '  - [x] ', '    - [ ] '),
      fc.constantFrom('One', 'Two', 'Three', 'Same', 'Group'),
      fc.constantFrom('', ' (closes #5)', ' #6', ' (#7) (#8)', ' (#8)', ' (#5) (#456)'),
      fc.constantFrom('', '', ' (#PR_NUMBER)', ' TBD'),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((lines) => lines.map((parts) => parts.join('')).join('\n'));

/** What the text may have been before: boxes and numbers that people changed. */
const earlier = (text: string): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(fc.nat(), fc.constantFrom('flip', 'strip', 'number')), { maxLength: 4 })
    .map((steps) => steps.reduce((now, [at, what]) => change(now, at, what), text));

function change(text: string, at: number, what: string): string {
  const lines = text.split('\n');
  const index = at % lines.length;
  const line = lines[index] ?? '';
  if (what === 'flip')
    lines[index] = line.replace(/\[([ x])\]/, (_, x) => (x === 'x' ? '[ ]' : '[x]'));
  if (what === 'strip') lines[index] = line.replace(/ \(#456\)$/, '');
  if (what === 'number') lines[index] = `${line} (#456)`;
  return lines.join('\n');
}

/** Any state of the world, with an edit history in which people flipped boxes and numbers. */
export const anyWorld: fc.Arbitrary<World> = fc
  .oneof({ weight: 2, arbitrary: linkedText }, { weight: 3, arbitrary: markdown })
  .chain((text) =>
    fc.record({
      text: fc.constant(text),
      before: fc.array(fc.tuple(earlier(text), someDay, fc.boolean()), { maxLength: 4 }),
      known: fc.record(
        Object.fromEntries([5, 6, 7, 8, 9, 12, 19].map((number) => [number, followed(number)])),
      ),
    }),
  )
  .map(({ text, before, known }) => {
    const days = before.map(([, on]) => on).sort((a, b) => b - a);
    const edits = before.map(([old, , hidden], index) =>
      version(index === 0 ? text : hidden ? undefined : old, days[index] ?? 2),
    );
    const history = edits.length === 0 ? [] : [...edits, version(before.at(-1)?.[0], 1)];
    return { text, history, known, today: 21 };
  });

/** All facts about a world; with `sees` only those for which it says so. */
export function factsOf(
  { text, history, known }: World,
  rules: SyncRules,
  sees: (issue: IssueRef) => boolean = () => true,
): SyncFacts {
  const checklist = parseChecklist(text, { placeholder: rules.placeholder });
  const entries = linksOfItems(checklist, MASTER)
    .flat()
    .filter(sees)
    .map((issue) => [issueKey(issue), stateOf(issue, known)] as const);
  return {
    checklist: MASTER,
    master: { text, createdAt: day(1), history, isWhole: true },
    followed: Object.fromEntries(entries) satisfies FollowedByKey,
    rules,
    identity: 'links',
  };
}

function stateOf({ repo, number }: IssueRef, known: World['known']): Followed | 'unreadable' {
  if (repo.owner !== REPO.owner) return { ...blank(number, 'issue'), ref: { repo, number } };
  const merge = { ref: { repo, number }, mergedAt: day(5), base: 'main' };
  return known[number] ?? { ...blank(number, 'pull-request'), state: 'closed', merged: merge };
}

/** The world after edits were written, if they change anything. */
export function write(
  world: World,
  facts: SyncFacts,
  edits: Parameters<typeof applyEdits>[1],
): World {
  const { placeholder } = facts.rules;
  const { markdown: text } = applyEdits(world.text, edits, { repo: REPO, placeholder });
  if (text === world.text) return world;
  return edited(world, version(text, world.today));
}

/** The world after an edit. Once there was one, the history begins with the creation. */
export function edited(world: World, edit: BodyVersion & { readonly text: string }): World {
  const before = world.history.length > 0 ? world.history : [version(world.text, 1)];
  return { ...world, text: edit.text, history: [edit, ...before], today: world.today + 1 };
}
