import type { ChartSeries } from '../../lib/core/metrics/chart.ts';
import { DASHES } from './Chart.tsx';

/** Which line is what: by its pattern, and by its colour. */
export function ChartLegend({ series }: { readonly series: readonly ChartSeries[] }) {
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
