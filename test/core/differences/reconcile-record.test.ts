import { describe, expect, it } from 'vitest';
import { describeKinds } from '../../../lib/core/differences/describe-kinds.ts';
import { planReconcile } from '../../../lib/core/differences/plan-reconcile.ts';
import { recordOf } from '../../../lib/core/differences/reconcile-record.ts';
import { failure } from '../../../lib/core/failures.ts';
import { ref } from '../sync/build-sync.ts';
import { factsOf, made, worldOf } from './reconcile-world.ts';

const TWO = '- [x] One thing (#12)\n- [x] Two things (#13)';
const issues = { ...made(12, '- [ ] One thing'), ...made(13, '- [ ] Two things') };
const plan = planReconcile(factsOf(worldOf(TWO, { issues, state: 'closed' })));
const NOTHING = { differences: [], matches: [] };

describe('what is remembered of a look for differences', () => {
  it('is how many there are with actions, of each kind', () => {
    expect(recordOf('key', plan, undefined, 5, true)).toEqual({
      key: 'key',
      checkedAt: 5,
      nightlyAt: 5,
      left: 2,
      kinds: { 'ticked-open': 2 },
      failure: undefined,
    });
  });

  it('leaves out what a person changed back: it is told as that', () => {
    const [difference] = plan.differences;
    if (difference === undefined) throw new Error('no difference');
    const unticked = (left: 'taken-back' | undefined) => ({
      ...difference,
      finding: { kind: 'unticked-closed', issue: ref(12), reason: 'completed', left } as const,
      isSettled: left !== undefined,
    });
    const found = { differences: [unticked('taken-back'), unticked(undefined)], matches: [] };
    expect(recordOf('key', found, undefined, 5, true)).toMatchObject({
      left: 1,
      kinds: { 'unticked-closed': 1 },
    });
  });

  it('by hand leaves the time of the nightly run', () => {
    const before = recordOf('key', plan, undefined, 5, true);
    expect(recordOf('key', NOTHING, before, 9, false)).toMatchObject({
      checkedAt: 9,
      nightlyAt: 5,
      left: 0,
      kinds: {},
    });
    expect(recordOf('key', NOTHING, undefined, 9, false).nightlyAt).toBeUndefined();
  });

  it('of a look that found nothing because it could not look is what was known', () => {
    const before = recordOf('key', plan, undefined, 5, true);
    const after = recordOf('key', NOTHING, before, 9, true, failure('too-nested'));
    expect(after).toMatchObject({ left: 2, kinds: before.kinds, failure: { code: 'too-nested' } });
    expect(recordOf('key', plan, undefined, 9, true, failure('locked')).left).toBe(2);
  });
});

describe('one line for a notice', () => {
  it.each([
    [0, {}, 'No differences'],
    [1, { 'issue-gone': 1 }, '1 difference: issue gone'],
    [3, { orphan: 3 }, '3 differences: issues without an item'],
    [5, { 'issue-gone': 2, 'ticked-open': 3 }, '5 differences: 3 ticked but open, 2 issues gone'],
    [
      7,
      { orphan: 1, 'issue-gone': 2, 'ticked-open': 3, doubled: 1 },
      '7 differences: 3 ticked but open, 2 issues gone, 1 issue without an item, …',
    ],
  ])('%i', (left, kinds, words) => {
    expect(describeKinds({ left, kinds })).toBe(words);
  });
});
