import { wordsOf } from '../differences/describe-kinds.ts';
import { csvLine } from '../log/csv-line.ts';
import { describeWhat } from '../log/describe-entry.ts';
import { RUN_NAMES } from '../runs/describe-run.ts';
import type { RunKind } from '../runs/run-entry.ts';
import { nameFailure } from './describe-metrics.ts';
import type { Metrics } from './metrics.ts';
import { USAGE_COUNTERS } from './usage.ts';

const COLUMNS = ['measure', 'of', 'date', 'value', 'unit'] as const;

type Line = readonly [measure: string, of: string, date: string, value: number, unit: string];

/**
 * The metrics as CSV: one number per line, so that a spreadsheet can turn them into any table. `date` is a day, or the
 * Monday of a week, or the time a failure last began, or empty for the whole period. What could not be measured has no line.
 */
export function metricsCsv(metrics: Metrics): string {
  const lines = [
    ...checklistLines(metrics),
    ...burnUpLines(metrics),
    ...closeTimeLines(metrics),
    ...throughputLines(metrics),
    ...runLines(metrics),
    ...failureLines(metrics),
    ...usageLines(metrics),
  ];
  return [COLUMNS, ...lines].map(csvLine).join('');
}

function checklistLines({ checklists }: Metrics): readonly Line[] {
  return checklists.flatMap(({ key, title, total, closed }): readonly Line[] => {
    const name = `${title} (${key})`;
    return [
      ['checklist total', name, '', total, 'issues'],
      ['checklist closed', name, '', closed, 'issues'],
    ];
  });
}

function burnUpLines({ burnUp }: Metrics): readonly Line[] {
  return burnUp.flatMap(({ day, total, closed }): readonly Line[] => [
    ['total', '', day, total, 'issues'],
    ['closed', '', day, closed, 'issues'],
  ]);
}

function closeTimeLines({ closeTimes: { medianMs, ninetiethMs } }: Metrics): readonly Line[] {
  if (medianMs === undefined || ninetiethMs === undefined) return [];
  return [
    ['time to close', 'median', '', Math.round(medianMs), 'ms'],
    ['time to close', '90th percentile', '', Math.round(ninetiethMs), 'ms'],
  ];
}

function throughputLines({ throughput }: Metrics): readonly Line[] {
  return throughput.flatMap(({ monday, closed, completed }): readonly Line[] => [
    ['closed in week', 'all', monday, closed, 'issues'],
    ['closed in week', 'completed', monday, completed, 'issues'],
  ]);
}

function runLines({ runs: { weeks, settled, left } }: Metrics): readonly Line[] {
  return [
    ...weeks.flatMap(({ monday, runs }) =>
      Object.entries(runs).map(
        ([kind, count]): Line => [
          'runs in week',
          RUN_NAMES[kind as RunKind],
          monday,
          count,
          'runs',
        ],
      ),
    ),
    ...settled.map(
      ({ kind, count }): Line => [
        'differences settled',
        describeWhat({ what: kind }),
        '',
        count,
        'differences',
      ],
    ),
    ...left.map((one): Line => ['differences left', wordsOf(one), '', one.count, 'differences']),
  ];
}

function failureLines({ failures }: Metrics): readonly Line[] {
  return failures.map((one) => {
    const day = new Date(one.lastAt).toISOString();
    return ['failures', nameFailure(one), day, one.count, 'failures'];
  });
}

function usageLines({ usage }: Metrics): readonly Line[] {
  const units = { requests: 'requests', points: 'points', limitWaits: 'waits' };
  return usage.flatMap((day) =>
    USAGE_COUNTERS.map((name): Line => ['use of GitHub', name, day.day, day[name], units[name]]),
  );
}

/** Raised when a reader of older files would go wrong. */
const VERSION = 1;

/** The metrics as JSON. Times in milliseconds since 1970, but `madeAt` is ISO; what could not be measured is null. */
export function metricsJson(metrics: Metrics): string {
  const { madeAt, closeTimes, ...rest } = metrics;
  const { count, medianMs = null, ninetiethMs = null } = closeTimes;
  const file = {
    format: 'masterlist-metrics',
    version: VERSION,
    madeAt: new Date(madeAt).toISOString(),
    closeTimes: { count, medianMs, ninetiethMs },
    ...rest,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}
