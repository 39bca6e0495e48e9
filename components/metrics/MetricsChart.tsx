import { useState } from 'preact/hooks';
import { type ChartSeries, chartTable, type TimeChart } from '../../lib/core/metrics/chart.ts';
import { Button } from '../ui/Button.tsx';
import { Chart, DASHES } from './Chart.tsx';

interface MetricsChartProps {
  /** Undefined while it is calculated: its room is kept. */
  readonly chart: TimeChart | undefined;
  readonly title: string;
  /** Said where there is nothing to draw. */
  readonly empty: string;
}

/** A chart with its title, and the same numbers as a table: that is what screen readers get, and everybody on request. */
export function MetricsChart({ chart, title, empty }: MetricsChartProps) {
  const [asTable, setAsTable] = useState(false);
  const [failed, setFailed] = useState(false);
  const isEmpty = chart !== undefined && (chart.days.length === 0 || chart.series.length === 0);
  if (chart === undefined || isEmpty)
    return (
      <section class="metric" aria-label={title} aria-busy={chart === undefined}>
        <h2>{title}</h2>
        <p class="room muted">{isEmpty ? empty : 'Calculating…'}</p>
      </section>
    );
  const tableShown = asTable || failed;
  return (
    <section class="metric" aria-label={title}>
      <div class="head">
        <h2>{title}</h2>
        {!failed && (
          <Button
            look="small"
            pressed={asTable}
            label={`Show as a table: ${title}`}
            onPress={() => setAsTable(!asTable)}
          >
            Table
          </Button>
        )}
      </div>
      {failed && <p class="muted">The chart cannot be drawn here; here are the numbers.</p>}
      {!tableShown && (
        <>
          <ChartLegend series={chart.series} />
          <Chart chart={chart} onFail={() => setFailed(true)} />
        </>
      )}
      <MetricsTable chart={chart} shown={tableShown} />
    </section>
  );
}

function MetricsTable({ chart, shown }: { readonly chart: TimeChart; readonly shown: boolean }) {
  const { heads, rows, note } = chartTable(chart);
  return (
    <section
      class={shown ? 'numbers' : 'numbers unseen'}
      aria-label={`Numbers: ${chart.title}`}
      // A scrolling part must be reachable by keyboard.
      tabIndex={shown ? 0 : undefined}
    >
      <table>
        <caption>{note || 'Newest first.'}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([day, ...values]) => (
            <tr key={day}>
              <th scope="row">{day}</th>
              {values.map((value, index) => (
                <td key={heads[index + 1]}>{value.toLocaleString('en')}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Which line is what: by its pattern, and by its color. */
function ChartLegend({ series }: { readonly series: readonly ChartSeries[] }) {
  return (
    <ul class="legend" aria-hidden="true">
      {series.map(({ name, look }, index) => (
        <li key={name}>
          {/* biome-ignore lint/a11y/noSvgWithoutTitle: the name stands beside it */}
          <svg width="32" height="12" viewBox="0 0 32 12" class={`series-${index + 1}`}>
            {look === 'bars' || look === 'outlines' ? (
              <rect x="8" y="1" width="16" height="10" class={look} />
            ) : (
              <line x1="0" y1="6" x2="32" y2="6" stroke-dasharray={DASHES[look].join(' ')} />
            )}
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
