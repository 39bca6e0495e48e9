import { describe, expect, it } from 'vitest';
import {
  isCheckDue,
  listEntries,
  searchEntries,
} from '../../../lib/core/overview/tracked-entries.ts';
import { MINUTE_MS, NOW, trackedFacts } from './samples.ts';

const EVERY_MINUTES = 2;

describe('the tracked checklists', () => {
  it('stand by title, numbers by their size, whatever the state', () => {
    const facts = [trackedFacts(10, { failures: 3 }), trackedFacts(9), trackedFacts(1)];
    const entries = listEntries(facts, EVERY_MINUTES);
    expect(entries.map(({ tracked }) => tracked.title)).toEqual(['Plan 1', 'Plan 9', 'Plan 10']);
  });

  it('stay in order when two have one title', () => {
    const twins = [trackedFacts(2), trackedFacts(1)].map((facts) => ({
      ...facts,
      tracked: { ...facts.tracked, title: 'Plan' },
    }));
    const keys = listEntries(twins, EVERY_MINUTES).map(({ key }) => key);
    expect(listEntries(twins.toReversed(), EVERY_MINUTES).map(({ key }) => key)).toEqual(keys);
  });

  it('are not counted before a check has come through', () => {
    const refused = trackedFacts(1, { checkedAt: undefined, failures: 1 });
    const countsOf = (facts: typeof refused) => listEntries([facts], EVERY_MINUTES)[0]?.counts;
    expect(countsOf(refused)).toBeUndefined();
    expect(countsOf(trackedFacts(1))).toBeDefined();
  });

  it('are found by words of their title and repository, in whatever order and case', () => {
    const entries = listEntries([trackedFacts(1), trackedFacts(2)], EVERY_MINUTES);
    const found = (search: string) =>
      searchEntries(entries, search).map(({ tracked }) => tracked.title);
    expect(found('')).toEqual(['Plan 1', 'Plan 2']);
    expect(found('  ')).toEqual(['Plan 1', 'Plan 2']);
    expect(found('DEMO#2 plan')).toEqual(['Plan 2']);
    expect(found('ann/demo')).toEqual(['Plan 1', 'Plan 2']);
    expect(found('plan nothing')).toEqual([]);
  });

  it('are to be checked when the last check of one is older than the interval', () => {
    const due = (...checkedAt: readonly (number | undefined)[]) =>
      isCheckDue(
        listEntries(
          checkedAt.map((at, index) => trackedFacts(index + 1, { checkedAt: at })),
          EVERY_MINUTES,
        ),
        NOW,
      );
    expect(due()).toBe(false);
    expect(due(NOW, NOW - MINUTE_MS)).toBe(false);
    expect(due(NOW, NOW - 2 * MINUTE_MS)).toBe(true);
    expect(due(undefined)).toBe(true);
    // The clock was set back.
    expect(due(NOW + 60 * MINUTE_MS)).toBe(true);
  });
});
