import type { ComponentProps } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Failure } from '../../lib/core/failures.ts';
import {
  burnUpChart,
  failuresChart,
  leftChart,
  requestsChart,
  runsChart,
  settledChart,
  throughputChart,
  waitsChart,
} from '../../lib/core/metrics/describe-charts.ts';
import type { Metrics } from '../../lib/core/metrics/metrics.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { MetricsChart } from './MetricsChart.tsx';
import { MetricsCounts } from './MetricsCounts.tsx';
import { MetricsDates } from './MetricsDates.tsx';
import { MetricsFilters } from './MetricsFilters.tsx';
import { MetricsSummary } from './MetricsSummary.tsx';
import { MetricsTiles } from './MetricsTiles.tsx';

interface MetricsViewProps
  extends ComponentProps<typeof MetricsFilters>,
    ComponentProps<typeof MetricsDates>,
    ComponentProps<typeof MetricsSummary> {
  /** Undefined until the store is read. */
  readonly metrics: Metrics | undefined;
  /** Whether the log is read: before, what is counted from it is not shown. */
  readonly isLogRead: boolean;
  /** No checklist is tracked, and none is named. */
  readonly isNothing: boolean;
  readonly problem: Failure | undefined;
  readonly onExport: (form: 'csv' | 'json' | 'markdown') => void;
}

/** How the checklists go: figures, charts with their tables, and the ways to take them along. */
export function MetricsView(props: MetricsViewProps) {
  const { metrics, problem, isNothing } = props;
  if (problem !== undefined) return <FailureNote failure={problem} onOptions={props.onOptions} />;
  if (isNothing)
    return (
      <p class="muted">
        No checklist is tracked, so there is nothing to measure. <a href="#/">Start with one</a>
      </p>
    );
  return (
    <div class="metrics">
      <MetricsFilters {...props} />
      <MetricsDates {...props} />
      <MetricsTiles metrics={metrics} />
      <Charts metrics={metrics} isLogRead={props.isLogRead} />
      <section class="take-along" aria-label="Download">
        <h2>Download</h2>
        <p class="muted">The figures of what is shown above.</p>
        <div class="actions">
          {FORMS.map(([form, name]) => (
            <span key={form}>
              <Button
                disabled={metrics === undefined || !props.isLogRead}
                onPress={() => props.onExport(form)}
              >
                {`Download as ${name}`}
              </Button>{' '}
            </span>
          ))}
        </div>
      </section>
      <MetricsSummary {...props} />
    </div>
  );
}

const FORMS = [
  ['csv', 'CSV'],
  ['json', 'JSON'],
  ['markdown', 'Markdown'],
] as const;

type ChartsProps = Pick<MetricsViewProps, 'metrics' | 'isLogRead'>;

/** What comes from GitHub's dates stands at once; what comes from the log follows. */
function Charts({ metrics, isLogRead }: ChartsProps) {
  const logged = isLogRead ? metrics : undefined;
  const dated = useMemo(
    () => metrics && { burnUp: burnUpChart(metrics), weeks: throughputChart(metrics) },
    [metrics],
  );
  const counted = useMemo(
    () =>
      logged && {
        runs: runsChart(logged),
        settled: settledChart(logged),
        left: leftChart(logged),
        failures: failuresChart(logged),
        requests: requestsChart(logged),
        waits: waitsChart(logged),
      },
    [logged],
  );
  return (
    <div class="charts">
      <MetricsChart
        title="Issues, all and closed"
        chart={dated?.burnUp}
        empty="No issues are linked yet. Generate creates the first ones."
      />
      <MetricsChart
        title="Issues closed per week"
        chart={dated?.weeks}
        empty="Nothing was closed in this period."
      />
      <MetricsChart
        title="Runs per week"
        chart={counted?.runs}
        empty="Nothing was written in this period."
      />
      <MetricsChart
        title="GitHub requests per day"
        chart={counted?.requests}
        empty="No requests in this period."
      />
      <MetricsChart
        title="Waits for GitHub's rate limit per day"
        chart={counted?.waits}
        empty="No requests in this period."
      />
      <div class="kinds-side-by-side">
        <MetricsCounts
          title="Differences left by the last Reconcile"
          chart={counted?.left}
          empty="None."
        />
        <MetricsCounts
          title="What Reconcile did"
          chart={counted?.settled}
          empty="Nothing in this period."
        />
        <MetricsCounts title="Failures" chart={counted?.failures} empty="None in this period." />
      </div>
    </div>
  );
}
