import { capital } from '../capital.ts';
import { wordsOf } from '../differences/describe-kinds.ts';
import { describeWhat } from '../log/describe-entry.ts';
import type { RunKind } from '../runs/run-entry.ts';
import type { CountChart, TimeChart } from './chart.ts';
import { nameFailure } from './describe-metrics.ts';
import type { Metrics } from './metrics.ts';

/** Open and closed over time. */
export function burnUpChart({ burnUp }: Pick<Metrics, 'burnUp'>): TimeChart {
  return {
    id: 'burn-up',
    title: 'Issues, all and closed',
    unit: 'Issues',
    step: 'day',
    counts: 'level',
    days: burnUp.map(({ day }) => day),
    series: [
      { name: 'All', values: burnUp.map(({ total }) => total), look: 'line' },
      { name: 'Closed', values: burnUp.map(({ closed }) => closed), look: 'dashed' },
    ],
  };
}

/** Issues closed per week. */
export function throughputChart({ throughput }: Pick<Metrics, 'throughput'>): TimeChart {
  return {
    id: 'throughput',
    title: 'Issues closed per week',
    unit: 'Issues',
    step: 'week',
    counts: 'sum',
    days: throughput.map(({ monday }) => monday),
    series: [
      { name: 'Closed', values: throughput.map(({ closed }) => closed), look: 'outlines' },
      {
        name: 'Completed',
        values: throughput.map(({ completed }) => completed),
        look: 'bars',
      },
    ],
  };
}

/** Runs per week; those of a kind that never ran are left out. */
export function runsChart({ runs }: Pick<Metrics, 'runs'>): TimeChart {
  const { weeks } = runs;
  const series = RUN_SERIES.map(({ name, kinds, look }) => ({
    name,
    look,
    values: weeks.map((week) => kinds.reduce((sum, kind) => sum + (week.runs[kind] ?? 0), 0)),
  }));
  return {
    id: 'runs',
    title: 'Runs per week',
    unit: 'Runs',
    step: 'week',
    counts: 'sum',
    days: weeks.map(({ monday }) => monday),
    series: series.filter(({ values }) => values.some((value) => value > 0)),
  };
}

const RUN_SERIES = [
  { name: 'Sync', kinds: ['sync'], look: 'line' },
  { name: 'Reconcile', kinds: ['resolve'], look: 'dashed' },
  { name: 'Generate', kinds: ['generate'], look: 'dotted' },
  {
    name: 'Undo and others',
    kinds: ['undo', 'unlink', 'traces', 'restore', 'correct'],
    look: 'dash-dot',
  },
] as const satisfies readonly {
  readonly name: string;
  readonly kinds: readonly RunKind[];
  readonly look: string;
}[];

/** Differences that the last looks left. */
export function leftChart({ runs }: Pick<Metrics, 'runs'>): CountChart {
  return {
    id: 'left',
    title: 'Differences left by the last Reconcile',
    what: 'Difference',
    unit: 'Left',
    rows: runs.left.map((one) => ({ name: capital(wordsOf(one)), count: one.count })),
  };
}

/** What was done about differences. */
export function settledChart({ runs }: Pick<Metrics, 'runs'>): CountChart {
  return {
    id: 'settled',
    title: 'What Reconcile did',
    what: 'Change',
    unit: 'Items',
    rows: runs.settled.map(({ kind, count }) => ({ name: describeWhat({ what: kind }), count })),
  };
}

/** Failures by kind. */
export function failuresChart({ failures }: Pick<Metrics, 'failures'>): CountChart {
  return {
    id: 'failures',
    title: 'Failures',
    what: 'Failure',
    unit: 'Times',
    rows: failures.map((one) => ({ name: nameFailure(one), count: one.count })),
  };
}

/** What GitHub was asked, per day. */
export function requestsChart({ usage }: Pick<Metrics, 'usage'>): TimeChart {
  return {
    id: 'requests',
    title: 'GitHub requests per day',
    unit: 'Number',
    step: 'day',
    counts: 'sum',
    days: usage.map(({ day }) => day),
    series: [
      { name: 'Requests', values: usage.map(({ requests }) => requests), look: 'line' },
      {
        name: 'Rate-limit points',
        values: usage.map(({ points }) => points),
        look: 'dashed',
      },
    ],
  };
}

/** How often GitHub's limits made us wait, per day. */
export function waitsChart({ usage }: Pick<Metrics, 'usage'>): TimeChart {
  return {
    id: 'waits',
    title: "Waits for GitHub's rate limit per day",
    unit: 'Waits',
    step: 'day',
    counts: 'sum',
    days: usage.map(({ day }) => day),
    series: [{ name: 'Waits', values: usage.map(({ limitWaits }) => limitWaits), look: 'bars' }],
  };
}
