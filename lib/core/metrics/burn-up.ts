import { daysBetween } from './calendar.ts';
import type { Calendar, IssueDates, Period } from './metric-facts.ts';

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
