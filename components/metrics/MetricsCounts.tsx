import type { CountChart } from '../../lib/core/metrics/chart.ts';

interface MetricsCountsProps {
  /** Undefined while it is calculated. */
  readonly chart: CountChart | undefined;
  readonly title: string;
  /** Said where nothing was counted. */
  readonly empty: string;
}

/** Counts by kind: a table whose rows carry bars, so that it needs no second view. */
export function MetricsCounts({ chart, title, empty }: MetricsCountsProps) {
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
