import { describeCloseTime } from '../../lib/core/metrics/describe-metrics.ts';
import { weeklyMean } from '../../lib/core/metrics/issue-folds.ts';
import type { Metrics } from '../../lib/core/metrics/metrics.ts';

/** The figures at a glance; dashes while they are calculated. */
export function MetricsTiles({ metrics }: { readonly metrics: Metrics | undefined }) {
  const last = metrics?.burnUp.at(-1);
  const { total = 0, closed = 0 } = last ?? {};
  const times = metrics?.closeTimes;
  return (
    <dl class="tiles" aria-busy={metrics === undefined}>
      <Tile name="Open" value={metrics && (total - closed).toLocaleString('en')} />
      <Tile name="Closed" value={metrics && closed.toLocaleString('en')} />
      <Tile name="Time to close, median" value={times && describeCloseTime(times.medianMs)} />
      <Tile
        name="Time to close, 90th percentile"
        value={times && describeCloseTime(times.ninetiethMs)}
      />
      <Tile name="Closed per week" value={metrics && describeMean(metrics)} />
    </dl>
  );
}

function describeMean({ throughput }: Metrics): string {
  const mean = weeklyMean(throughput);
  return mean === undefined ? 'none yet' : mean.toLocaleString('en', { maximumFractionDigits: 1 });
}

function Tile({ name, value }: { readonly name: string; readonly value: string | undefined }) {
  return (
    <div class="tile">
      <dt>{name}</dt>
      <dd>{value ?? '–'}</dd>
    </div>
  );
}
