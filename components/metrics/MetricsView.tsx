import type { ComponentProps } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Failure } from '../../lib/core/failures.ts';
import type { CountChart } from '../../lib/core/metrics/chart.ts';
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
import { describeCloseTime } from '../../lib/core/metrics/describe-metrics.ts';
import { weeklyMean } from '../../lib/core/metrics/issue-folds.ts';
import type { Metrics } from '../../lib/core/metrics/metrics.ts';
import type { PeriodChoice } from '../../lib/core/metrics/period.ts';
import { formatRepo, type RepoRef } from '../../lib/core/refs.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { PeriodField } from '../ui/PeriodField.tsx';
import { MetricsChart } from './MetricsChart.tsx';
import { MetricsDates } from './MetricsDates.tsx';
import { MetricsSummary } from './MetricsSummary.tsx';

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
  readonly onReload: () => void;
  readonly onExport: (form: 'csv' | 'json' | 'markdown') => void;
}

/** How the checklists go: figures, charts with their tables, and the ways to take them along. */
export function MetricsView(props: MetricsViewProps) {
  const { metrics, problem, isNothing } = props;
  if (problem !== undefined)
    return <FailureNote failure={problem} onOptions={props.onOptions} onRetry={props.onReload} />;
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
        <p class="muted">The numbers shown above.</p>
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
          title="What Reconcile resolved"
          chart={counted?.settled}
          empty="Nothing in this period."
        />
        <MetricsCounts title="Failures" chart={counted?.failures} empty="None in this period." />
      </div>
    </div>
  );
}

/** The figures at a glance; dashes while they are calculated. */
function MetricsTiles({ metrics }: { readonly metrics: Metrics | undefined }) {
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

interface MetricsFiltersProps {
  /** Repositories of the checklists, by `repoKey`. */
  readonly repos: readonly { readonly key: string; readonly repo: RepoRef }[];
  /** `repoKey`; '' for all. */
  readonly repo: string;
  /** One checklist is shown: its repository is known. */
  readonly isOne: boolean;
  readonly choice: PeriodChoice;
  /** The period's first day comes after its last. */
  readonly isWrong: boolean;
  readonly onRepo: (key: string) => void;
  readonly onChoice: (choice: PeriodChoice) => void;
}

/** Which repository, and when; the checklist is chosen in the head of the page. */
function MetricsFilters(props: MetricsFiltersProps) {
  const { repos, repo, isOne } = props;
  return (
    <search class="filters">
      {/* First: what comes later moves nothing. */}
      <PeriodField choice={props.choice} isWrong={props.isWrong} onChange={props.onChoice} />
      {!isOne && repos.length > 1 && (
        <label class="choice">
          <span>Repository</span>
          <select value={repo} onChange={({ currentTarget }) => props.onRepo(currentTarget.value)}>
            <option value="">All repositories</option>
            {repos.map((one) => (
              <option key={one.key} value={one.key}>
                {formatRepo(one.repo)}
              </option>
            ))}
          </select>
        </label>
      )}
    </search>
  );
}

interface MetricsCountsProps {
  /** Undefined while it is calculated. */
  readonly chart: CountChart | undefined;
  readonly title: string;
  /** Said where nothing was counted. */
  readonly empty: string;
}

/** Counts by kind: a table whose rows carry bars, so that it needs no second view. */
function MetricsCounts({ chart, title, empty }: MetricsCountsProps) {
  const most = Math.max(1, ...(chart?.rows.map(({ count }) => count) ?? []));
  return (
    <section class="metric" aria-label={title} aria-busy={chart === undefined}>
      <h2>{title}</h2>
      {chart === undefined || chart.rows.length === 0 ? (
        <p class="muted">{chart === undefined ? 'Calculating…' : empty}</p>
      ) : (
        <table class="kinds">
          <thead>
            <tr>
              <th scope="col">{chart.what}</th>
              <th scope="col">{chart.unit}</th>
            </tr>
          </thead>
          <tbody>
            {chart.rows.map(({ name, count }) => (
              <tr key={name}>
                <th scope="row">
                  {name}
                  <span class="measure" style={{ width: `${(count / most) * 100}%` }} />
                </th>
                <td>{count.toLocaleString('en')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
