import { describe, expect, it } from 'vitest';
import type { AlertFacts } from '../../../lib/core/alerts/list-alerts.ts';
import type { JobStatus, RunPurpose } from '../../../lib/core/engine/job-status.ts';
import {
  isCheckDue,
  listEntries,
  searchEntries,
} from '../../../lib/core/overview/tracked-entries.ts';
import { sampleJob } from '../../components/samples.ts';
import { MINUTE_MS, NOW, planAt, trackedFacts } from './samples.ts';

const COUNTS = sampleJob().counts;

const EVERY_MINUTES = 2;

const entriesOf = (checklists: AlertFacts['checklists'], jobs: AlertFacts['jobs'] = []) =>
  listEntries({ checklists, jobs }, EVERY_MINUTES);

describe('the tracked checklists', () => {
  it('stand by title, numbers by their size, whatever the state', () => {
    const facts = [trackedFacts(10, { failures: 3 }), trackedFacts(9), trackedFacts(1)];
    const entries = entriesOf(facts);
    expect(entries.map(({ tracked }) => tracked.title)).toEqual(['Plan 1', 'Plan 9', 'Plan 10']);
  });

  it('stay in order when two have one title', () => {
    const twins = [trackedFacts(2), trackedFacts(1)].map((facts) => ({
      ...facts,
      tracked: { ...facts.tracked, title: 'Plan' },
    }));
    const keys = entriesOf(twins).map(({ key }) => key);
    expect(entriesOf(twins.toReversed()).map(({ key }) => key)).toEqual(keys);
  });

  it('are not counted before a check has come through', () => {
    const refused = trackedFacts(1, { checkedAt: undefined, failures: 1 });
    const countsOf = (facts: typeof refused) => entriesOf([facts])[0]?.counts;
    expect(countsOf(refused)).toBeUndefined();
    expect(countsOf(trackedFacts(1))).toBeDefined();
  });

  it('count the links that runs wrote since the last refresh', () => {
    const counts = { items: 60, followed: 3, done: 1 };
    const status = sampleJob({ checklist: planAt(1), counts: { ...COUNTS, linked: 25 } });
    const linkedBy = (change: Partial<JobStatus>, checkedAt: number | undefined) =>
      entriesOf(
        [trackedFacts(1, { counts, checkedAt })],
        [{ status: { ...status, ...change }, title: 'Plan 1' }],
      )[0]?.counts?.followed;
    expect(linkedBy({}, undefined)).toBe(28);
    expect(linkedBy({}, NOW)).toBe(28);
    expect(linkedBy({ endedAt: NOW + 1 }, NOW)).toBe(28);
    // The refresh has read them.
    expect(linkedBy({ endedAt: NOW - 1 }, NOW)).toBe(3);
    expect(linkedBy({ checklist: planAt(2) }, NOW)).toBe(3);
    const as = (purpose: RunPurpose) => linkedBy({ words: { ...status.words, purpose } }, NOW);
    expect(as('resolve')).toBe(3);
    // More than were counted.
    expect(as('undo-generation')).toBe(0);
  });

  it('wait for a run only while one is open', () => {
    const waits = trackedFacts(1, { waiting: 'job' });
    const status = sampleJob({ checklist: planAt(1) });
    const shown = (change: Partial<JobStatus>) =>
      entriesOf([waits], [{ status: { ...status, ...change }, title: 'Plan 1' }])[0]?.view.waiting;
    expect(shown({})).toBe('job');
    expect(shown({ endedAt: NOW })).toBeUndefined();
    expect(shown({ checklist: planAt(2) })).toBeUndefined();
  });

  it('are found by words of their title and repository, in whatever order and case', () => {
    const entries = entriesOf([trackedFacts(1), trackedFacts(2)]);
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
        entriesOf(checkedAt.map((at, index) => trackedFacts(index + 1, { checkedAt: at }))),
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
