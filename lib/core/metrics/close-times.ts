import { isWithin } from './filter.ts';
import type { IssueDates, Period } from './metric-facts.ts';

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
