import { describe, expect, it } from 'vitest';
import { planSync } from '../../../lib/core/sync/plan-sync.ts';
import { reachesBack, unreached, withoutUnreached } from '../../../lib/core/sync/reaches-back.ts';
import {
  buildFacts,
  closed,
  day,
  issue,
  mention,
  merge,
  pull,
  type Setting,
  version,
} from './build-sync.ts';

const ITEM = '- [ ] Write docs (closes #12)';
const TICKED = '- [x] Write docs (closes #12)';

function reaches(text: string, setting: Setting): boolean {
  const facts = buildFacts(text, { ...setting, isWhole: false });
  const plan = planSync(facts);
  expect(plan.rows.flatMap(({ changes }) => changes)).not.toEqual([]);
  return reachesBack(plan, facts);
}

describe('a history that was read in part', () => {
  it('is deep enough with a version from before the event', () => {
    const setting = { followed: [closed(12)], history: [version(ITEM, 12), version(ITEM, 9)] };
    expect(reaches(ITEM, setting)).toBe(true);
  });

  it('is not deep enough without one, and one of the same second does not count', () => {
    for (const oldest of [11, 10]) {
      const history = [version(ITEM, 12), version(ITEM, oldest)];
      expect(reaches(ITEM, { followed: [closed(12)], history })).toBe(false);
    }
  });

  it('does not reach as far as a version whose text is not shown', () => {
    const history = [version(ITEM, 12), version(undefined, 9)];
    expect(reaches(ITEM, { followed: [closed(12)], history })).toBe(false);
  });

  it('is enough when the text was never edited, and for an untick', () => {
    expect(reaches(ITEM, { followed: [closed(12)] })).toBe(true);
    const followed = [issue(12, { reopenedAt: day(15) })];
    expect(reaches(TICKED, { followed, history: [version(TICKED, 11)] })).toBe(true);
  });

  it('must reach behind the merge of each number', () => {
    const followed = [closed(12, { closers: [merge(456, 9), merge(460, 5)] })];
    const history = (oldest: number) => [version(TICKED, 12), version(TICKED, oldest)];
    expect(reaches(TICKED, { followed, history: history(4) })).toBe(true);
    expect(reaches(TICKED, { followed, history: history(7) })).toBe(false);
  });

  it('must reach behind the merge that ticks', () => {
    const linked = '- [ ] Write docs (#8)';
    expect(reaches(linked, { followed: [pull(8, 9)], history: [version(linked, 10)] })).toBe(false);
    expect(reaches(linked, { followed: [pull(8, 9)], history: [version(linked, 8)] })).toBe(true);
    const rules = { baseBranches: ['release/*'], tickOnBaseBranches: true };
    const followed = [issue(12, { mentions: [mention(456, 'fixes #12')] })];
    expect(reaches(ITEM, { followed, rules, history: [version(ITEM, 10)] })).toBe(false);
    expect(reaches(ITEM, { followed, rules, history: [version(ITEM, 8)] })).toBe(true);
  });

  it('must reach behind every merge that the tick of several pull requests needs', () => {
    const both = '- [ ] Write docs (#8, #9)';
    const setting = { followed: [pull(8, 5), pull(9, 14)] };
    const history = (oldest: number) => [version(`${both}\n`, 16), version(both, oldest)];
    expect(reaches(both, { ...setting, history: history(8) })).toBe(false);
    expect(reaches(both, { ...setting, history: history(4) })).toBe(true);
  });

  it('goes on asking what was asked by all of the history', () => {
    const newer = [version(`${ITEM}\n`, 12)];
    const whole = buildFacts(ITEM, {
      followed: [closed(12)],
      history: [...newer, version('', 11)],
    });
    const known = planSync(whole);
    expect(known.question?.old).toHaveLength(1);
    const part = buildFacts(ITEM, { followed: [closed(12)], history: newer, isWhole: false });
    const plan = planSync(part);
    const left = withoutUnreached(plan, unreached(plan, part), known);
    expect(left).toMatchObject({ rows: known.rows, question: known.question });
  });

  it('does not know when an issue was closed that GitHub gives no time for', () => {
    const followed = [closed(12, { closedAt: undefined })];
    expect(reaches(ITEM, { followed, history: [version(ITEM, 2)] })).toBe(false);
  });

  it('must reach behind the last time when not all nested items were ticked', () => {
    const done = '- [ ] All\n  - [x] One';
    const setting = { rules: { parents: true } };
    const open = done.replace('[x]', '[ ]');
    expect(reaches(done, { ...setting, history: [version(done, 9), version(done, 8)] })).toBe(
      false,
    );
    expect(reaches(done, { ...setting, history: [version(done, 9), version(open, 8)] })).toBe(true);
  });
});
