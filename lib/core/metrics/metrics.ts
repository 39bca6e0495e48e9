import { type BurnUpDay, burnUp } from './burn-up.ts';
import { remembering } from './calendar.ts';
import { type ChecklistProgress, checklistProgress } from './checklist-progress.ts';
import { type CloseTimes, closeTimes } from './close-times.ts';
import { countFailures, type FailureCount } from './failures.ts';
import { distinctIssues, filterFacts, type MetricFilter } from './filter.ts';
import type { Calendar, MetricFacts } from './metric-facts.ts';
import { countRuns, type RunCounts } from './runs.ts';
import { throughput, type WeekThroughput } from './throughput.ts';
import { type UsageDay, usagePerDay } from './usage.ts';

/** All that the metrics show of what is looked at. */
export interface Metrics {
  /** When they were calculated; milliseconds since 1970. */
  readonly madeAt: number;
  readonly checklists: readonly ChecklistProgress[];
  readonly burnUp: readonly BurnUpDay[];
  readonly closeTimes: CloseTimes;
  readonly throughput: readonly WeekThroughput[];
  readonly runs: RunCounts;
  readonly failures: readonly FailureCount[];
  /** Of the whole browser, whichever checklists are looked at. */
  readonly usage: readonly UsageDay[];
}

/** Calculates the metrics of the checklists and the period that the filter names. */
export function foldMetrics(
  facts: MetricFacts,
  calendar: Calendar,
  filter: MetricFilter = {},
): Metrics {
  const { checklists, issues, events, reconciles, counters } = filterFacts(facts, filter);
  const days = remembering(calendar);
  const distinct = distinctIssues(issues);
  return {
    madeAt: calendar.now,
    checklists: checklistProgress(checklists, issues),
    burnUp: burnUp(distinct, days, filter),
    closeTimes: closeTimes(distinct, filter),
    throughput: throughput(distinct, days, filter),
    runs: countRuns(events, reconciles, days),
    failures: countFailures(events),
    usage: usagePerDay(counters, calendar.now, filter),
  };
}
