import { type Week, weekOf, weeksBetween } from './calendar.ts';
import { isWithin } from './filter.ts';
import type { Calendar, IssueDates, Period } from './metric-facts.ts';

/** How many issues were closed in an ISO week. */
export interface WeekThroughput extends Week {
  /** In whatever way. */
  readonly closed: number;
  /** Of them those that were completed. */
  readonly completed: number;
}

/**
 * Issues closed per ISO week of the caller's calendar, from the week of the first closing to this one or the period's
 * last; weeks without a closing have 0. Empty where nothing was closed. Give each issue once (`distinctIssues`).
 */
export function throughput(
  issues: readonly IssueDates[],
  { dayOf, now }: Calendar,
  period: Period = {},
): readonly WeekThroughput[] {
  const days = new Map<string, { closed: number; completed: number }>();
  let first: string | undefined;
  for (const { closedAt, reason } of issues) {
    const time = Date.parse(closedAt ?? '');
    if (Number.isNaN(time) || !isWithin(time, period)) continue;
    // A clock of GitHub's that is ahead of ours makes no week to come.
    const day = dayOf(Math.min(time, now));
    const sums = days.get(day) ?? { closed: 0, completed: 0 };
    sums.closed++;
    if (reason === undefined || reason === 'completed') sums.completed++;
    days.set(day, sums);
    if (first === undefined || day < first) first = day;
  }
  if (first === undefined) return [];
  const last = dayOf(Math.min(now, (period.to ?? Number.POSITIVE_INFINITY) - 1));
  const weeks = new Map(
    weeksBetween(first, last).map((week) => [week.week, { ...week, closed: 0, completed: 0 }]),
  );
  for (const [day, { closed, completed }] of days) {
    const week = weeks.get(weekOf(day).week);
    if (week === undefined) continue;
    week.closed += closed;
    week.completed += completed;
  }
  return [...weeks.values()];
}

/** Issues closed per week on average; the last week, which still goes on, counts only where it is the only one. Undefined without weeks. */
export function weeklyMean(weeks: readonly WeekThroughput[]): number | undefined {
  const whole = weeks.length > 1 ? weeks.slice(0, -1) : weeks;
  if (whole.length === 0) return undefined;
  return whole.reduce((sum, { closed }) => sum + closed, 0) / whole.length;
}
