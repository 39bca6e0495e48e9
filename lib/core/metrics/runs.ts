import type { Finding } from '../differences/kinds.ts';
import type { ReconcileRecord } from '../differences/reconcile-record.ts';
import type { JobEvent } from '../engine/job-facts.ts';
import type { RunKind } from '../runs/run-entry.ts';
import { runKind } from '../runs/run-kind.ts';
import { type Week, weekOf, weeksBetween } from './calendar.ts';
import type { Calendar } from './metric-facts.ts';
import { type Settled, settledBy } from './settled.ts';

/** How many runs began in an ISO week; kinds without one are missing. */
export interface WeekRuns extends Week {
  readonly runs: Readonly<Partial<Record<RunKind, number>>>;
}

/** How many of a kind. */
export interface KindCount<Kind extends string> {
  readonly kind: Kind;
  readonly count: number;
}

/** Runs and differences. */
export interface RunCounts {
  /** From the first run in the log to the last, weeks without one between them too. */
  readonly weeks: readonly WeekRuns[];
  /** What reconcile did, by the choice that was made for an item; most first. */
  readonly settled: readonly KindCount<Settled['what']>[];
  /** Differences that the last look at each checklist left, by kind; most first. */
  readonly left: readonly KindCount<Finding['kind']>[];
}

/** Counts the runs of the log: those that wrote something or had something new to say. The others leave no line. */
export function countRuns(
  events: readonly JobEvent[],
  reconciles: readonly ReconcileRecord[],
  { dayOf }: Pick<Calendar, 'dayOf'>,
): RunCounts {
  const seen = new Set<string>();
  const days = new Map<string, Partial<Record<RunKind, number>>>();
  const told = new Set<string>();
  const settled = new Map<Settled['what'], number>();
  for (const event of events) {
    const kind = runKind(event);
    if (kind === undefined) continue;
    if (kind === 'resolve') {
      for (const { item, what } of settledBy(event)) {
        const choice = `${event.run} ${item} ${what}`;
        if (!told.has(choice)) add(settled, what, 1);
        told.add(choice);
      }
    }
    // The taking back of a generation carries the generation's run, but its own job.
    const run = event.job || event.run;
    if (run === '' || seen.has(run)) continue;
    seen.add(run);
    const day = dayOf(event.at);
    const counts = days.get(day) ?? {};
    counts[kind] = (counts[kind] ?? 0) + 1;
    days.set(day, counts);
  }
  return { weeks: byWeek(days), settled: mostFirst(settled), left: leftOf(reconciles) };
}

function byWeek(
  days: ReadonlyMap<string, Readonly<Partial<Record<RunKind, number>>>>,
): readonly WeekRuns[] {
  const sorted = [...days.keys()].sort();
  const [first, last] = [sorted.at(0), sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const weeks = new Map<string, Map<RunKind, number>>();
  for (const [day, counts] of days) {
    const { week } = weekOf(day);
    const sums = weeks.get(week) ?? new Map<RunKind, number>();
    for (const [kind, count] of Object.entries(counts)) add(sums, kind as RunKind, count);
    weeks.set(week, sums);
  }
  return weeksBetween(first, last).map((week) => ({
    ...week,
    runs: Object.fromEntries(weeks.get(week.week) ?? []),
  }));
}

function leftOf(reconciles: readonly ReconcileRecord[]): RunCounts['left'] {
  const left = new Map<Finding['kind'], number>();
  for (const { kinds } of reconciles) {
    for (const [kind, count] of Object.entries(kinds)) add(left, kind as Finding['kind'], count);
  }
  return mostFirst(left);
}

function add<Key>(sums: Map<Key, number>, key: Key, count: number): void {
  sums.set(key, (sums.get(key) ?? 0) + count);
}

function mostFirst<Kind extends string>(
  counts: ReadonlyMap<Kind, number>,
): readonly KindCount<Kind>[] {
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => ({ kind, count }))
    .sort((a, b) => b.count - a.count || a.kind.localeCompare(b.kind, 'en'));
}
