import type { Metrics } from './metrics.ts';

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
