import { issueKey } from '../refs.ts';
import { type Calendar, daysBetween, type Week, weekOf, weeksBetween } from './calendar.ts';
import type { CountedChecklist, IssueDates } from './metric-facts.ts';
import { isWithin, type Period } from './period.ts';

/** How many issues there were, and how many of them were closed, when a day ended. */
export interface BurnUpDay {
  /** `YYYY-MM-DD`, by the caller's calendar. */
  readonly day: string;
  readonly total: number;
  readonly closed: number;
}

/**
 * Open and closed over time: every day from the first issue to now, also those on which nothing happened. A period
 * shows a part of it. An issue that was reopened counts as never closed: GitHub's dates tell only how it is now.
 * Empty without issues. Give each issue once (`distinctIssues`).
 */
export function burnUp(
  issues: readonly IssueDates[],
  { dayOf, now }: Calendar,
  { from, to }: Period = {},
): readonly BurnUpDay[] {
  const today = dayOf(now);
  const created = perDay(issues, 'createdAt', dayOf, today);
  const closed = perDay(issues, 'closedAt', dayOf, today);
  const first = firstDay([...created.keys(), ...closed.keys()]);
  if (first === undefined) return [];
  let sums = { total: 0, closed: 0 };
  const days = daysBetween(first, today).map((day) => {
    const total = sums.total + (created.get(day) ?? 0);
    sums = { total, closed: sums.closed + (closed.get(day) ?? 0) };
    return { day, ...sums };
  });
  const start = from === undefined ? first : dayOf(from);
  const end = to === undefined ? today : dayOf(to - 1);
  return days.filter(({ day }) => day >= start && day <= end);
}

/** What is later than now by a clock of GitHub's that is ahead of ours counts today. */
function perDay(
  issues: readonly IssueDates[],
  date: 'createdAt' | 'closedAt',
  dayOf: Calendar['dayOf'],
  today: string,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const issue of issues) {
    const time = Date.parse(issue[date] ?? '');
    if (Number.isNaN(time)) continue;
    const day = dayOf(time);
    const counted = day > today ? today : day;
    counts.set(counted, (counts.get(counted) ?? 0) + 1);
  }
  return counts;
}

/** Days compare as texts. */
function firstDay(days: readonly string[]): string | undefined {
  return days.reduce<string | undefined>(
    (first, day) => (first === undefined || day < first ? day : first),
    undefined,
  );
}

/** Each issue once, also where several items or checklists link it. */
export function distinctIssues(issues: readonly IssueDates[]): readonly IssueDates[] {
  return [...new Map(issues.map((one) => [issueKey(one.issue), one])).values()];
}

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

/** How long issues were open, in milliseconds; undefined where none was closed. */
export interface CloseTimes {
  /** Issues that were measured. */
  readonly count: number;
  readonly medianMs: number | undefined;
  /** Nine of ten were closed within it. */
  readonly ninetiethMs: number | undefined;
}

/**
 * Time from the making of an issue to its last closing, of those completed in the period. Those closed as not planned
 * or as duplicates tell nothing about the work. Between two values it is interpolated, as spreadsheets do.
 * Give each issue once (`distinctIssues`).
 */
export function closeTimes(issues: readonly IssueDates[], period: Period = {}): CloseTimes {
  const times = Float64Array.from(issues.flatMap((issue) => timeOf(issue, period))).sort();
  return {
    count: times.length,
    medianMs: quantile(times, 0.5),
    ninetiethMs: quantile(times, 0.9),
  };
}

function timeOf({ createdAt, closedAt, reason }: IssueDates, period: Period): readonly number[] {
  if (closedAt === undefined || reason === 'not-planned' || reason === 'duplicate') return [];
  const closed = Date.parse(closedAt);
  const time = closed - Date.parse(createdAt);
  return Number.isNaN(time) || !isWithin(closed, period) ? [] : [Math.max(0, time)];
}

/** Takes sorted values. */
function quantile(values: Float64Array, part: number): number | undefined {
  const place = (values.length - 1) * part;
  const below = values[Math.floor(place)];
  const above = values[Math.ceil(place)];
  if (below === undefined || above === undefined) return undefined;
  return below + (above - below) * (place - Math.floor(place));
}

/** How far a checklist is, by its issues. `title` is other people's text. */
export interface ChecklistProgress extends CountedChecklist {
  readonly total: number;
  readonly closed: number;
}

/** The checklists in their order, each with its issues as they are now. An issue that two of its items link counts once. */
export function checklistProgress(
  checklists: readonly CountedChecklist[],
  issues: readonly IssueDates[],
): readonly ChecklistProgress[] {
  const byChecklist = Map.groupBy(issues, ({ checklistKey }) => checklistKey);
  return checklists.map((checklist) => {
    const own = distinctIssues(byChecklist.get(checklist.key) ?? []);
    const closed = own.filter(({ closedAt }) => closedAt !== undefined).length;
    return { ...checklist, total: own.length, closed };
  });
}
