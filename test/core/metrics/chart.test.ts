import { describe, expect, it } from 'vitest';
import { daysBetween } from '../../../lib/core/metrics/calendar.ts';
import { chartTable, type TimeChart } from '../../../lib/core/metrics/chart.ts';
import { failuresChart, runsChart } from '../../../lib/core/metrics/describe-charts.ts';
import { weeklyMean } from '../../../lib/core/metrics/issue-folds.ts';
import { type PeriodChoice, periodOf } from '../../../lib/core/metrics/period.ts';

function chartOf(days: readonly string[], more: Partial<TimeChart> = {}): TimeChart {
  const values = days.map((_, index) => index + 1);
  return {
    id: 'sample',
    title: 'Sample',
    unit: 'Issues',
    step: 'day',
    counts: 'level',
    days,
    series: [
      { name: 'All', values, look: 'line' },
      { name: 'One', values: values.map(() => 1), look: 'dashed' },
    ],
    ...more,
  };
}

describe('the table of a chart', () => {
  it('has a row per day, newest first', () => {
    const { heads, rows, note } = chartTable(chartOf(['2026-11-19', '2026-11-20']));
    expect(heads).toEqual(['Day', 'All', 'One']);
    expect(rows).toEqual([
      ['2026-11-20', 2, 1],
      ['2026-11-19', 1, 1],
    ]);
    expect(note).toBe('');
  });

  it('of a quarter has a row per week: how it stood at its end, or the sum', () => {
    // 2 August 2026 is a Sunday.
    const days = daysBetween('2026-08-01', '2026-10-31');
    const level = chartTable(chartOf(days));
    expect(level.note).toBe('At the end of each week.');
    expect(level.rows.at(-1)).toEqual(['2026-08-02', 2, 1]);
    expect(level.rows.at(0)).toEqual(['2026-10-31', 92, 1]);
    const sums = chartTable(chartOf(days, { counts: 'sum' }));
    expect(sums.note).toBe('Summed up by week.');
    expect(sums.rows.at(-2)).toEqual(['2026-08-03', 3 + 4 + 5 + 6 + 7 + 8 + 9, 7]);
    const total = sums.rows.reduce((sum, [, , one = 0]) => sum + one, 0);
    expect(total).toBe(days.length);
  });

  it('of years has a row per month', () => {
    const { rows, note } = chartTable(chartOf(daysBetween('2023-01-01', '2026-06-30')));
    expect(note).toBe('At the end of each month.');
    expect(rows).toHaveLength(42);
    expect(rows.at(-1)?.[0]).toBe('2023-01-31');
  });

  it('of weeks names their Mondays', () => {
    const weeks = chartOf(['2026-11-09', '2026-11-16'], { step: 'week', counts: 'sum' });
    expect(chartTable(weeks).heads[0]).toBe('Week of');
  });

  it('of nothing has no rows', () => {
    expect(chartTable(chartOf([])).rows).toEqual([]);
  });
});

describe('charts', () => {
  it('leave out kinds of runs that never were', () => {
    const week = { week: '2026-W47', monday: '2026-11-16', runs: { sync: 2, undo: 1, restore: 3 } };
    const { series } = runsChart({ runs: { weeks: [week], settled: [], left: [] } });
    expect(series.map(({ name, values }) => [name, values])).toEqual([
      ['Sync', [2]],
      ['Undo and others', [4]],
    ]);
  });

  it('name failures by what failed and how', () => {
    const failure = { kind: 'sync', code: 'rate-limited', count: 3, checklists: 1, lastAt: 0 };
    expect(failuresChart({ failures: [failure as never] }).rows).toEqual([
      { name: 'Sync: rate limited', count: 3 },
    ]);
  });
});

describe('a period', () => {
  const now = new Date(2026, 10, 20, 15, 30).getTime();
  const midnight = (month: number, day: number) => new Date(2026, month, day).getTime();

  it.each<[PeriodChoice, unknown]>([
    [{ kind: 'all' }, {}],
    [{ kind: '30-days' }, { from: midnight(9, 22) }],
    [{ kind: '90-days' }, { from: midnight(7, 23) }],
    [{ kind: 'year' }, { from: midnight(0, 1) }],
    [
      { kind: 'own', first: '2026-11-01', last: '2026-11-03' },
      { from: midnight(10, 1), to: midnight(10, 4) },
    ],
    [
      { kind: 'own', first: '', last: '2026-11-03' },
      { from: undefined, to: midnight(10, 4) },
    ],
    [{ kind: 'own', first: '2026-11-03', last: '2026-11-02' }, undefined],
  ])('%o', (choice, expected) => {
    expect(periodOf(choice, now)).toEqual(expected);
  });
});

describe('the mean of a week', () => {
  const weeks = (...closed: number[]) =>
    closed.map((one) => ({ week: '', monday: '', closed: one, completed: 0 }));

  it('leaves the week out that still goes on', () => {
    expect(weeklyMean(weeks(4, 2, 0))).toBe(3);
    expect(weeklyMean(weeks(4))).toBe(4);
    expect(weeklyMean([])).toBeUndefined();
  });
});
