import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  burnUp,
  checklistProgress,
  closeTimes,
  distinctIssues,
  throughput,
} from '../../../lib/core/metrics/issue-folds.ts';
import { CALENDAR, issue, issueNamed, OTHER, PLAN, time } from './samples.ts';

const HOUR = 3_600_000;

describe('the burn-up', () => {
  it('has every day from the first issue to now, with what was there when it ended', () => {
    const issues = [
      issue(2, '2026-11-16T08:00:00Z', '2026-11-18T09:00:00Z'),
      issue(3, '2026-11-16T09:00:00Z'),
      issue(4, '2026-11-18T23:59:59Z', '2026-11-20T01:00:00Z'),
    ];
    expect(burnUp(issues, CALENDAR)).toEqual([
      { day: '2026-11-16', total: 2, closed: 0 },
      { day: '2026-11-17', total: 2, closed: 0 },
      { day: '2026-11-18', total: 3, closed: 1 },
      { day: '2026-11-19', total: 3, closed: 1 },
      { day: '2026-11-20', total: 3, closed: 2 },
    ]);
  });

  it('is empty without issues', () => {
    expect(burnUp([], CALENDAR)).toEqual([]);
  });

  it("goes by the caller's days", () => {
    const calendar = { ...CALENDAR, dayOf: (ms: number) => CALENDAR.dayOf(ms + 9 * HOUR) };
    const [first] = burnUp([issue(2, '2026-11-16T20:00:00Z')], calendar);
    expect(first?.day).toBe('2026-11-17');
  });

  it('shows of a period its days, with the sums of all before', () => {
    const issues = [issue(2, '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z')];
    const period = { from: time('2026-11-01T00:00:00Z'), to: time('2026-11-03T00:00:00Z') };
    expect(burnUp(issues, CALENDAR, period)).toEqual([
      { day: '2026-11-01', total: 1, closed: 1 },
      { day: '2026-11-02', total: 1, closed: 1 },
    ]);
  });

  it("counts today what is later than now by GitHub's clock", () => {
    const issues = [issue(2, '2026-11-19T00:00:00Z', '2026-11-21T00:00:00Z')];
    expect(burnUp(issues, CALENDAR).at(-1)).toEqual({ day: '2026-11-20', total: 1, closed: 1 });
  });

  it('skips no day where clocks change', () => {
    // Berlin, 25 October 2026: a day of 25 hours.
    const berlin = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' });
    const calendar = {
      dayOf: (ms: number) => berlin.format(ms),
      now: time('2026-10-27T10:00:00Z'),
    };
    const days = burnUp([issue(2, '2026-10-24T10:00:00Z')], calendar).map(({ day }) => day);
    expect(days).toEqual(['2026-10-24', '2026-10-25', '2026-10-26', '2026-10-27']);
  });

  it('only grows, and ends with all issues', () => {
    const moment = fc.integer({ min: time('2026-01-01'), max: CALENDAR.now });
    fc.assert(
      fc.property(fc.array(fc.tuple(moment, fc.option(moment)), { maxLength: 30 }), (dates) => {
        const issues = dates.map(([made, closed], index) => {
          const end = closed === null ? undefined : new Date(Math.max(made, closed)).toISOString();
          return issue(index + 2, new Date(made).toISOString(), end);
        });
        const days = burnUp(issues, CALENDAR);
        for (const [index, day] of days.entries()) {
          expect(day.total).toBeGreaterThanOrEqual(days[index - 1]?.total ?? 0);
          expect(day.closed).toBeGreaterThanOrEqual(days[index - 1]?.closed ?? 0);
          expect(day.closed).toBeLessThanOrEqual(day.total);
        }
        const closed = issues.filter(({ closedAt }) => closedAt !== undefined).length;
        const last = days.at(-1) ?? { total: 0, closed: 0 };
        expect(last).toMatchObject({ total: issues.length, closed });
      }),
    );
  });
});

describe('the times to close', () => {
  const closedAfter = (hours: number, number: number) =>
    issue(
      number,
      '2026-11-01T00:00:00Z',
      new Date(time('2026-11-01') + hours * HOUR).toISOString(),
    );

  it('are not known where nothing was closed', () => {
    const none = { count: 0, medianMs: undefined, ninetiethMs: undefined };
    expect(closeTimes([issue(2, '2026-11-01T00:00:00Z')])).toEqual(none);
    expect(closeTimes([])).toEqual(none);
  });

  it('are those of the only issue', () => {
    expect(closeTimes([closedAfter(3, 2)])).toEqual({
      count: 1,
      medianMs: 3 * HOUR,
      ninetiethMs: 3 * HOUR,
    });
  });

  it('are median and 90th percentile, interpolated', () => {
    const hours = [10, 1, 2, 3, 4, 9, 8, 7, 6, 5, 100];
    expect(closeTimes(hours.map(closedAfter))).toMatchObject({
      medianMs: 6 * HOUR,
      ninetiethMs: 10 * HOUR,
    });
    expect(closeTimes([1, 2].map(closedAfter)).medianMs).toBe(1.5 * HOUR);
  });

  it('leave out what was not completed, and what was closed outside the period', () => {
    const more = { reason: 'not-planned' } as const;
    const issues = [
      issue(2, '2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z', more),
      issue(3, '2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z', { reason: 'duplicate' }),
      issue(4, '2026-11-01T00:00:00Z', '2026-11-09T00:00:00Z', { reason: undefined }),
    ];
    expect(closeTimes(issues).count).toBe(1);
    expect(closeTimes(issues, { to: time('2026-11-09T00:00:00Z') }).count).toBe(0);
  });
});

describe('the throughput', () => {
  it('counts per ISO week, also across the turn of the year, and fills the gaps', () => {
    const calendar = { ...CALENDAR, now: time('2027-01-12T00:00:00Z') };
    const issues = [
      issue(2, '2026-12-01T00:00:00Z', '2026-12-27T23:00:00Z'),
      issue(3, '2026-12-01T00:00:00Z', '2027-01-03T23:00:00Z', { reason: 'duplicate' }),
      issue(4, '2026-12-01T00:00:00Z', '2026-12-28T00:00:00Z'),
      issue(5, '2026-12-01T00:00:00Z'),
    ];
    expect(throughput(issues, calendar)).toEqual([
      { week: '2026-W52', monday: '2026-12-21', closed: 1, completed: 1 },
      { week: '2026-W53', monday: '2026-12-28', closed: 2, completed: 1 },
      { week: '2027-W01', monday: '2027-01-04', closed: 0, completed: 0 },
      { week: '2027-W02', monday: '2027-01-11', closed: 0, completed: 0 },
    ]);
  });

  it('is empty where nothing was closed in the period', () => {
    const issues = [issue(2, '2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z')];
    expect(throughput(issues, CALENDAR, { from: time('2026-11-03') })).toEqual([]);
  });
});

describe('the progress of checklists', () => {
  it('counts for each its own issues, once each', () => {
    const closed = '2026-11-02T00:00:00Z';
    const issues = [
      issue(2, '2026-11-01T00:00:00Z', closed),
      issue(2, '2026-11-01T00:00:00Z', closed),
      issue(2, '2026-11-01T00:00:00Z', closed, { checklistKey: OTHER }),
      issue(3, '2026-11-01T00:00:00Z'),
    ];
    const titles = [
      { key: PLAN, title: 'Plan' },
      { key: OTHER, title: 'Other' },
      { key: 'github.com/ann/demo#9', title: 'Empty' },
    ];
    const counts = checklistProgress(titles, issues).map(({ total, closed: done }) => [
      total,
      done,
    ]);
    expect(counts).toEqual([
      [2, 1],
      [1, 1],
      [0, 0],
    ]);
  });
});

describe('issues that several items link', () => {
  it('are counted once, however their repository is written', () => {
    const shouted = { ...issueNamed(2), repo: { host: 'github.com', owner: 'ANN', name: 'Demo' } };
    const issues = [
      issue(2, '2026-11-01T00:00:00Z'),
      issue(2, '2026-11-01T00:00:00Z', undefined, { issue: shouted, checklistKey: OTHER }),
    ];
    expect(distinctIssues(issues)).toHaveLength(1);
  });
});
