import type { Finding } from '../differences/kinds.ts';
import type { ReconcileRecord } from '../differences/reconcile-record.ts';
import type { FailureCode } from '../failures.ts';
import type { AnyFacts, LogEvent, LoggedRow } from '../log/event.ts';
import { type RunKind, runKind } from '../runs/run-entry.ts';
import { type Calendar, type Week, weekOf, weeksBetween } from './calendar.ts';

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
  events: readonly LogEvent[],
  reconciles: readonly ReconcileRecord[],
  { dayOf }: Pick<Calendar, 'dayOf'>,
): RunCounts {
  const seen = new Set<string>();
  const days = new Map<string, Partial<Record<RunKind, number>>>();
  const counted = new Set<string>();
  const settled = new Map<Settled['what'], number>();
  for (const event of events) {
    const kind = runKind(event);
    if (kind === undefined) continue;
    if (kind === 'resolve') {
      for (const { item, what } of settledBy(event)) {
        const choice = `${event.run} ${item} ${what}`;
        if (!counted.has(choice)) add(settled, what, 1);
        counted.add(choice);
      }
    }
    const { run } = event;
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

/** What was done about a difference: the choice that was made, and for which item ('' where it has none). */
export type Settled = Pick<LoggedRow, 'item' | 'what'>;

/**
 * What a line of a reconcile's log settled. A choice that changes only issues has no rows; what it did shows by the
 * change. Two lines of a run may tell of one.
 */
export function settledBy(event: LogEvent): readonly Settled[] {
  if (event.kind === 'write-master') return event.rows ?? [];
  if (event.kind !== 'change-issue') return [];
  const { item = '', change } = event;
  const state = change.state?.to;
  return [
    ...(state === 'closed' ? [{ item, what: 'close-issue' } as const] : []),
    ...(state === 'open' ? [{ item, what: 'reopen-issue' } as const] : []),
    ...(change.title === undefined ? [] : [{ item, what: 'retitle-issue' } as const]),
  ];
}

/** How often one thing went wrong. */
export interface FailureCount {
  /** What went wrong in it; `sync` also where a background check did. */
  readonly kind: RunKind;
  readonly code: FailureCode;
  readonly count: number;
  readonly checklists: number;
  /** When it began last; milliseconds since 1970. */
  readonly lastAt: number;
}

/**
 * The failures in the log (oldest line first) by kind and code, most first. A failure that lasts counts once, however
 * many lines repeat it, until a line of the same kind and checklist is without it.
 */
export function countFailures(events: readonly LogEvent[]): readonly FailureCount[] {
  const goesOn = lastingFailures();
  const counts = new Map<string, Mutable<FailureCount> & { keys: Set<string> }>();
  for (const event of events) {
    if (event.kind === 'read' || event.kind === 'match') continue;
    const { at, checklistKey } = event;
    const { notice }: AnyFacts = event;
    const kind = runKind(event) ?? 'sync';
    // A notice is told once; only what a look found goes on.
    if (event.kind !== 'notice' && goesOn(kind, checklistKey, notice?.code)) continue;
    if (notice === undefined) continue;
    const key = `${kind} ${notice.code}`;
    const known = counts.get(key) ?? newCount(kind, notice.code);
    known.count++;
    known.lastAt = at;
    known.keys.add(checklistKey);
    counts.set(key, known);
  }
  return [...counts.values()]
    .map(({ keys, ...count }) => ({ ...count, checklists: keys.size }))
    .sort((a, b) => b.count - a.count || a.code.localeCompare(b.code, 'en'));
}

type GoesOn = (kind: RunKind, checklistKey: string, code: FailureCode | undefined) => boolean;

/** Follows what lasts per kind and checklist; tells whether it is as it was. */
function lastingFailures(): GoesOn {
  const lasting = new Map<RunKind, Map<string, FailureCode>>();
  return (kind, checklistKey, code) => {
    const known = lasting.get(kind);
    const before = known?.get(checklistKey);
    if (before === code) return true;
    if (code === undefined) known?.delete(checklistKey);
    else if (known === undefined) lasting.set(kind, new Map([[checklistKey, code]]));
    else known.set(checklistKey, code);
    return false;
  };
}

type Mutable<Value> = { -readonly [Field in keyof Value]: Value[Field] };

function newCount(kind: RunKind, code: FailureCode) {
  return { kind, code, count: 0, checklists: 0, lastAt: 0, keys: new Set<string>() };
}
