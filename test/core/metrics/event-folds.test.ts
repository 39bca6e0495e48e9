import { describe, expect, it } from 'vitest';
import { failure } from '../../../lib/core/failures.ts';
import { countFailures, countRuns } from '../../../lib/core/metrics/event-folds.ts';
import { filterFacts, foldMetrics } from '../../../lib/core/metrics/metrics.ts';
import { usagePerDay } from '../../../lib/core/metrics/usage.ts';
import { CALENDAR, event, issue, issueNamed, NOTHING, OTHER, PLAN, time } from './samples.ts';

const offline = failure('offline');

describe('runs', () => {
  it('are counted once each, in the week in which they began, by what they are for', () => {
    const events = [
      event(
        '2026-11-01T23:00:00Z',
        { by: 'click', what: 'generate' },
        { job: 'G', run: 'G', kind: 'create-issue' },
      ),
      event('2026-11-02T00:10:00Z', { by: 'click', what: 'generate' }, { job: 'G', run: 'G' }),
      event(
        '2026-11-03T00:00:00Z',
        { by: 'click', what: 'undo-generation' },
        { job: 'U', run: 'U' },
      ),
      event('2026-11-03T01:00:00Z', { by: 'background', what: 'sync' }),
      event('2026-11-03T02:00:00Z', { by: 'click', what: 'sync' }),
      event('2026-11-16T02:00:00Z', { by: 'click', what: 'resolve' }, { job: 'M', run: 'M' }),
      event(
        '2026-11-16T02:00:00Z',
        { by: 'background', what: 'sync' },
        { run: '', kind: 'remark' },
      ),
      event('2026-11-16T02:00:00Z', { by: 'background', what: 'release' }),
    ];
    expect(countRuns(events, [], CALENDAR).weeks).toEqual([
      { week: '2026-W44', monday: '2026-10-26', runs: { generate: 1 } },
      { week: '2026-W45', monday: '2026-11-02', runs: { undo: 1, sync: 2 } },
      { week: '2026-W46', monday: '2026-11-09', runs: {} },
      { week: '2026-W47', monday: '2026-11-16', runs: { resolve: 1 } },
    ]);
  });

  it('tell what reconcile settled, each item and choice once', () => {
    const row = { item: 'a', text: 'A', what: 'tick' } as const;
    const run = { job: 'M', run: 'M' };
    const change = { issue: issueNamed(2), state: { to: 'closed' } } as const;
    const closed = { ...run, kind: 'change-issue', item: 'c', change } as const;
    const events = [
      event('2026-11-16T02:00:00Z', { by: 'click', what: 'resolve' }, { ...run, rows: [row] }),
      event(
        '2026-11-16T02:01:00Z',
        { by: 'click', what: 'resolve' },
        {
          ...run,
          rows: [row, { ...row, item: 'b' }],
        },
      ),
      event('2026-11-16T02:02:00Z', { by: 'click', what: 'resolve' }, closed),
      event(
        '2026-11-16T02:03:00Z',
        { by: 'background', what: 'sync' },
        { rows: [{ ...row, item: 'd' }] },
      ),
      event(
        '2026-11-16T02:04:00Z',
        { by: 'night', what: 'resolve' },
        { kind: 'remark', rows: [row] },
      ),
    ];
    expect(countRuns(events, [], CALENDAR).settled).toEqual([
      { kind: 'tick', count: 2 },
      { kind: 'close-issue', count: 1 },
    ]);
  });

  it('tell what the last looks left', () => {
    const record = { checkedAt: 0, nightlyAt: undefined, left: 3, failure: undefined };
    const records = [
      { ...record, key: PLAN, kinds: { orphan: 1, 'ticked-open': 2 } },
      { ...record, key: OTHER, kinds: { orphan: 4, doubled: 0 } },
    ];
    expect(countRuns([], records, CALENDAR)).toEqual({
      weeks: [],
      settled: [],
      left: [
        { kind: 'orphan', count: 5 },
        { kind: 'ticked-open', count: 2 },
      ],
    });
  });
});

describe('failures', () => {
  const remark = { kind: 'remark', rows: [] } as const;

  it('count once while they stand, and again when they come back', () => {
    const events = [
      event(
        '2026-11-01T00:00:00Z',
        { by: 'background', what: 'sync' },
        { ...remark, notice: offline },
      ),
      event(
        '2026-11-01T01:00:00Z',
        { by: 'background', what: 'sync' },
        { ...remark, notice: offline },
      ),
      event('2026-11-01T02:00:00Z', { by: 'background', what: 'sync' }, remark),
      event('2026-11-01T03:00:00Z', { by: 'click', what: 'sync' }, { ...remark, notice: offline }),
    ];
    expect(countFailures(events)).toEqual([
      { kind: 'sync', code: 'offline', count: 2, checklists: 1, lastAt: time('2026-11-01T03:00Z') },
    ]);
  });

  it('are told apart by code and by what failed, most first', () => {
    const bad = failure('bad-token');
    const events = [
      event('2026-11-01T00:00:00Z', { by: 'background', what: 'sync' }, { ...remark, notice: bad }),
      event(
        '2026-11-01T01:00:00Z',
        { by: 'background', what: 'sync' },
        { ...remark, notice: offline },
      ),
      event(
        '2026-11-01T01:00:00Z',
        { by: 'background', what: 'verify' },
        { kind: 'notice', notice: offline },
      ),
      event(
        '2026-11-01T02:00:00Z',
        { by: 'click', what: 'resolve' },
        { kind: 'notice', notice: offline },
      ),
      event(
        '2026-11-01T02:00:00Z',
        { by: 'background', what: 'sync' },
        {
          ...remark,
          checklistKey: OTHER,
          notice: offline,
        },
      ),
    ];
    const told = countFailures(events).map(({ kind, code, count, checklists }) =>
      [kind, code, count, checklists].join(' '),
    );
    expect(told).toEqual(['sync offline 3 2', 'sync bad-token 1 1', 'resolve offline 1 1']);
  });
});

describe('the use of GitHub', () => {
  it('has every day since the first counter, also those without one', () => {
    const counters = [
      { day: '2026-11-20', counts: { polls: 9, requests: 2 } },
      { day: '2026-11-18', counts: { requests: 5, points: 7, limitWaits: 1 } },
    ];
    expect(usagePerDay(counters, CALENDAR.now)).toEqual([
      { day: '2026-11-18', requests: 5, points: 7, limitWaits: 1 },
      { day: '2026-11-19', requests: 0, points: 0, limitWaits: 0 },
      { day: '2026-11-20', requests: 2, points: 0, limitWaits: 0 },
    ]);
    expect(usagePerDay([], CALENDAR.now)).toEqual([]);
  });
});

describe('the filter', () => {
  const facts = {
    ...NOTHING,
    checklists: [
      { key: PLAN, title: 'Plan' },
      { key: 'github.com/ann/demo#12', title: 'Next' },
      { key: OTHER, title: 'Other' },
    ],
    issues: [
      issue(2, '2026-11-01T00:00:00Z'),
      issue(3, '2026-11-01T00:00:00Z', undefined, { checklistKey: OTHER }),
    ],
    events: [
      event('2026-11-10T00:00:00Z', { by: 'background', what: 'sync' }),
      event('2026-11-11T00:00:00Z', { by: 'background', what: 'sync' }),
      event('2026-11-11T00:00:00Z', { by: 'background', what: 'sync' }, { checklistKey: OTHER }),
    ],
    counters: [
      { day: '2026-11-10', counts: { requests: 1 } },
      { day: '2026-11-11', counts: { requests: 2 } },
      { day: '2026-11-12', counts: { requests: 4 } },
    ],
  };

  it('keeps one checklist, or those of a repository', () => {
    const one = filterFacts(facts, { checklistKey: PLAN });
    expect(one.checklists).toHaveLength(1);
    expect(one.issues.map(({ issue: { number } }) => number)).toEqual([2]);
    expect(one.events).toHaveLength(2);
    const repo = { host: 'github.com', owner: 'Ann', name: 'Demo' };
    expect(filterFacts(facts, { repo }).checklists.map(({ title }) => title)).toEqual([
      'Plan',
      'Next',
    ]);
    expect(filterFacts(facts, {})).toEqual(facts);
  });

  it('keeps the events and counters of a period, and all issues', () => {
    const period = { from: time('2026-11-10T00:00:01Z'), to: time('2026-11-12T00:00:00Z') };
    const kept = filterFacts(facts, period);
    expect(kept.events).toHaveLength(2);
    expect(kept.counters.map(({ day }) => day)).toEqual(['2026-11-10', '2026-11-11']);
    expect(kept.issues).toHaveLength(2);
  });
});

describe('all metrics', () => {
  it("show a new browser the history from the plan's first day, by GitHub's dates alone", () => {
    const issues = [
      issue(2, '2026-09-01T10:00:00Z', '2026-09-03T10:00:00Z'),
      issue(2, '2026-09-01T10:00:00Z', '2026-09-03T10:00:00Z', { checklistKey: OTHER }),
    ];
    const metrics = foldMetrics({ ...NOTHING, issues }, CALENDAR);
    expect(metrics.burnUp[0]).toEqual({ day: '2026-09-01', total: 1, closed: 0 });
    expect(metrics.burnUp.at(-1)).toEqual({ day: '2026-11-20', total: 1, closed: 1 });
    expect(metrics.closeTimes.medianMs).toBe(48 * 3_600_000);
    expect(metrics.throughput[0]).toMatchObject({ week: '2026-W36', closed: 1 });
    expect(metrics.runs.weeks).toEqual([]);
  });

  it('asks for a day once per quarter of an hour', () => {
    let asked = 0;
    const calendar = {
      ...CALENDAR,
      dayOf: (ms: number) => {
        asked++;
        return CALENDAR.dayOf(ms);
      },
    };
    const events = Array.from({ length: 1_000 }, (_, index) =>
      event('2026-11-10T00:00:00Z', { by: 'background', what: 'sync' }, { run: `R${index}` }),
    );
    const { runs } = foldMetrics({ ...NOTHING, events }, calendar);
    expect(runs.weeks[0]?.runs.sync).toBe(1_000);
    expect(asked).toBeLessThan(5);
  });
});
