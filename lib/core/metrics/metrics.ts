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

/**
 * The metrics of the checklists and the period that the filter names. Each part is calculated when it is read first, so
 * that a page can show one after the other.
 */
export function foldMetrics(
  facts: MetricFacts,
  calendar: Calendar,
  filter: MetricFilter = {},
): Metrics {
  const days = remembering(calendar);
  const meant = once(() => filterFacts(facts, filter));
  const distinct = once(() => distinctIssues(meant().issues));
  const progress = once(() => checklistProgress(meant().checklists, meant().issues));
  const overTime = once(() => burnUp(distinct(), days, filter));
  const times = once(() => closeTimes(distinct(), filter));
  const weeks = once(() => throughput(distinct(), days, filter));
  const runs = once(() => countRuns(meant().events, meant().reconciles, days));
  const failures = once(() => countFailures(meant().events));
  const usage = once(() => usagePerDay(meant().counters, calendar.now, filter));
  return {
    madeAt: calendar.now,
    get checklists() {
      return progress();
    },
    get burnUp() {
      return overTime();
    },
    get closeTimes() {
      return times();
    },
    get throughput() {
      return weeks();
    },
    get runs() {
      return runs();
    },
    get failures() {
      return failures();
    },
    get usage() {
      return usage();
    },
  };
}

/** Calculates something when it is asked for first. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
