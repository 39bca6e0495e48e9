import { type RepoRef, repoKey } from '../refs.ts';
import { type Calendar, remembering, utcDay } from './calendar.ts';
import { countFailures, countRuns, type FailureCount, type RunCounts } from './event-folds.ts';
import {
  type BurnUpDay,
  burnUp,
  type ChecklistProgress,
  type CloseTimes,
  checklistProgress,
  closeTimes,
  distinctIssues,
  throughput,
  type WeekThroughput,
} from './issue-folds.ts';
import type { MetricFacts } from './metric-facts.ts';
import { isWithin, type Period } from './period.ts';
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

/** What is looked at: one checklist, those of one repository, or all; and when. */
export interface MetricFilter extends Period {
  /** `issueKey`. */
  readonly checklistKey?: string | undefined;
  /** The repository of the checklists. */
  readonly repo?: RepoRef | undefined;
}

/**
 * The facts of what is looked at. Issues are kept whatever the period, because a burn-up begins with what was there
 * before. Counters know no checklist: they are those of the whole browser, of every day that the period touches.
 */
export function filterFacts(facts: MetricFacts, filter: MetricFilter): MetricFacts {
  const isMeant = checklistTest(filter);
  return {
    checklists: facts.checklists.filter(({ key }) => isMeant(key)),
    issues: facts.issues.filter(({ checklistKey }) => isMeant(checklistKey)),
    events: facts.events.filter(
      ({ at, checklistKey }) => isWithin(at, filter) && isMeant(checklistKey),
    ),
    reconciles: facts.reconciles.filter(({ key }) => isMeant(key)),
    counters: facts.counters.filter(({ day }) => isDayWithin(day, filter)),
  };
}

function checklistTest({ checklistKey, repo }: MetricFilter): (key: string) => boolean {
  const prefix = repo === undefined ? '' : `${repoKey(repo)}#`;
  return (key) => (checklistKey === undefined || key === checklistKey) && key.startsWith(prefix);
}

function isDayWithin(day: string, { from, to }: Period): boolean {
  return (from === undefined || day >= utcDay(from)) && (to === undefined || day <= utcDay(to - 1));
}
