import { daysBetween, utcDay } from './calendar.ts';
import type { DayCounts } from './metric-facts.ts';
import type { Period } from './period.ts';

/** What was asked of GitHub on a day. */
export interface UsageDay {
  /** `YYYY-MM-DD`, by UTC, as counters are kept. */
  readonly day: string;
  readonly requests: number;
  /** Points of GitHub's rate limits. */
  readonly points: number;
  /** How often a rate limit made us wait. */
  readonly limitWaits: number;
}

/** Names of the counters that are read here: what talks to GitHub counts under them. */
export const USAGE_COUNTERS = ['requests', 'points', 'limitWaits'] as const;

/**
 * Requests, points and waits per day, from the first day with a counter to today or the period's last; days without
 * one have 0. `now` in milliseconds since 1970. Empty without counters.
 */
export function usagePerDay(
  counters: readonly DayCounts[],
  now: number,
  { to }: Period = {},
): readonly UsageDay[] {
  const known = new Map(counters.map(({ day, counts }) => [day, counts]));
  const first = [...known.keys()].sort()[0];
  if (first === undefined) return [];
  const last = utcDay(to === undefined ? now : Math.min(now, to - 1));
  return daysBetween(first, last).map((day) => {
    const { requests = 0, points = 0, limitWaits = 0 } = known.get(day) ?? {};
    return { day, requests, points, limitWaits };
  });
}
