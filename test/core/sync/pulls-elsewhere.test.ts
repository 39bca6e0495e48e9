import { describe, expect, it } from 'vitest';
import { describeRemark, ruleForPulls } from '../../../lib/core/sync/describe-sync.ts';
import type { Followed } from '../../../lib/core/sync/sync-facts.ts';
import { closed, issue, MASTER, mention, merge, ref, rowOf, told, written } from './build-sync.ts';

const ITEM = '- [ ] Write docs (closes #12)';
const TICKED = '- [x] Write docs (closes #12)';
const THEIRS = 'stranger/theirs';

/** Closed by hand, while a pull request that was merged elsewhere says that it closes it. */
const claimed = closed(12, { closers: [merge(1, 9, 'main', THEIRS)] });

describe("a stranger's merged pull request that says it closes the issue", () => {
  it('writes no number, and is told with the line that would count it', () => {
    expect(written(ITEM, { followed: [claimed] })).toBe(TICKED);
    const [remark] = rowOf(ITEM, { followed: [claimed] })?.remarks ?? [];
    expect(remark).toEqual({
      kind: 'pulls-elsewhere',
      issue: ref(12),
      pulls: [ref(1, THEIRS)],
      from: [THEIRS],
    });
    if (remark?.kind !== 'pulls-elsewhere') throw new Error('no remark');
    expect(ruleForPulls(remark)).toBe('pull-requests-from: [stranger/theirs]');
    expect(describeRemark(remark, MASTER.repo)).toBe(
      'pull request stranger/theirs#1 says that it closes #12, but pull requests of stranger/theirs do not count here: not added',
    );
  });

  it('ticks nothing by a further base branch, linked or mentioned', () => {
    const rules = { baseBranches: ['release/*'], tickOnBaseBranches: true };
    const linked = issue(12, { closers: [merge(1, 9, 'release/2', THEIRS)] });
    const text = 'Closes octo/plan#12';
    const mentioned = issue(12, { mentions: [{ ...mention(1, text), ref: ref(1, THEIRS) }] });
    for (const followed of [linked, mentioned])
      expect(told(ITEM, { followed: [followed], rules })).toEqual(['pulls-elsewhere']);
  });

  it('is told once for each repository, and not where its number stands', () => {
    const closers = [
      merge(1, 9, 'main', THEIRS),
      merge(2, 9, 'main', THEIRS),
      merge(3, 9, 'main', 'b/c'),
    ];
    const row = rowOf(ITEM, { followed: [closed(12, { closers })] });
    expect(row?.remarks.map(({ kind }) => kind)).toEqual(['pulls-elsewhere', 'pulls-elsewhere']);
    const stands = `${TICKED} (${THEIRS}#1)`;
    expect(written(stands, { followed: [claimed] })).toBe(stands);
    expect(told(stands, { followed: [claimed] })).toEqual([]);
  });

  it('keeps the repositories that the rules name in the line', () => {
    const rules = { pullRequestsFrom: ['*/docs', 'acme/app'] };
    const [remark] = rowOf(ITEM, { followed: [claimed], rules })?.remarks ?? [];
    if (remark?.kind !== 'pulls-elsewhere') throw new Error('no remark');
    expect(ruleForPulls(remark)).toBe('pull-requests-from: ["*/docs", acme/app, stranger/theirs]');
  });
});

describe('a merged pull request of another repository counts', () => {
  const numbered = (one: Followed, place: string, from: readonly string[] = []) => {
    const text = `${ITEM.replace('#12', one.ref.repo.name === 'plan' ? '#12' : 'octo/app#12')}`;
    return written(text, { followed: [one], rules: { pullRequestsFrom: from } }).endsWith(
      `(${place}#1)`,
    );
  };
  const by = (place: string, event?: true) =>
    closed(12, { closers: [{ ...merge(1, 9, 'main', place), ...(event && { closed: event }) }] });

  it.each([
    ['named by the rules', by('acme/app'), 'acme/app', ['Acme/App']],
    ['of an owner named by the rules', by('acme/app'), 'acme/app', ['acme/*']],
    ['that closed the issue and has its owner', by('octo/app', true), 'octo/app', []],
    ["the issue's own", { ...by('octo/app'), ref: ref(12, 'octo/app') }, 'octo/app', []],
  ] as const)('%s', (_, one, place, from) => {
    expect(numbered(one, place, from)).toBe(true);
  });

  it.each([
    ['that closed the issue, of another owner', by(THEIRS, true), THEIRS, []],
    ['of the same owner that only says so', by('octo/app'), 'octo/app', []],
    ['whose name only begins like one that is named', by('acme/app-2'), 'acme/app-2', ['acme/app']],
  ] as const)('but not one %s', (_, one, place, from) => {
    expect(numbered(one, place, from)).toBe(false);
  });
});
