import { useEffect, useRef, useState } from 'preact/hooks';
import type uPlot from 'uplot';
import type { ChartSeries, SeriesLook, TimeChart } from '../../lib/core/metrics/chart.ts';

interface ChartProps {
  readonly chart: TimeChart;
  /** Told once where it cannot be drawn. */
  readonly onFail: () => void;
}

/** Height of the drawing in CSS pixels: its room is there before it is. */
const CHART_PX = 240;

/**
 * The drawing of a chart, for the eye alone: its numbers stand in a table beside it. uPlot is loaded when the first one
 * is shown. Colors follow the theme (`--chart-1` … `--chart-4`), the width follows the page.
 */
export function Chart({ chart, onFail }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<number | undefined>(undefined);
  useEffect(() => {
    const node = box.current;
    if (node === null) return;
    const stop = new AbortController();
    draw(node, chart, setAt, stop.signal).catch(() => {
      if (!stop.signal.aborted) onFail();
    });
    return () => stop.abort();
  }, [chart]);
  return (
    <div class="drawing" aria-hidden="true">
      <div ref={box} style={{ height: `${CHART_PX}px` }} />
      <p class="reading muted">{at === undefined ? '' : readingAt(chart, at)}</p>
    </div>
  );
}

/** `2026-11-20: All 54, Closed 20`. */
function readingAt({ days, series }: TimeChart, at: number): string {
  const numbers = series.map(({ name, values }) => `${name} ${values[at] ?? 0}`);
  return `${days[at] ?? ''}: ${numbers.join(', ')}`;
}

async function draw(
  box: HTMLElement,
  chart: TimeChart,
  onPoint: (at: number | undefined) => void,
  signal: AbortSignal,
): Promise<void> {
  const { default: UPlot } = await import('uplot');
  if (signal.aborted) return;
  let colors = readChartColors(box);
  const options = optionsOf(chart, UPlot, () => colors, onPoint);
  const size = () => ({ width: Math.max(200, box.clientWidth), height: CHART_PX });
  const plot = new UPlot({ ...options, ...size() }, dataOf(chart), box);
  const resized = new ResizeObserver(() => {
    if (size().width !== plot.width) plot.setSize(size());
  });
  resized.observe(box);
  const recolor = () => {
    colors = readChartColors(box);
    plot.redraw(false);
  };
  for (const query of THEMES) matchMedia(query).addEventListener('change', recolor, { signal });
  signal.addEventListener('abort', () => {
    resized.disconnect();
    plot.destroy();
  });
}

/** Points lie at the midnight of their day by UTC, and are named by UTC too. A bar of nothing is not drawn. */
function dataOf(chart: TimeChart): uPlot.AlignedData {
  const values = ({ look, values }: ChartSeries) =>
    values.map((value) => (isBars(look) && value === 0 ? null : value));
  return [timesOf(chart), ...chart.series.map(values)];
}

/** In seconds since 1970. */
function timesOf({ days }: TimeChart): number[] {
  return days.map((day) => Date.parse(day) / 1_000);
}

function isBars(look: SeriesLook): boolean {
  return look === 'bars' || look === 'outlines';
}

function optionsOf(
  chart: TimeChart,
  UPlot: typeof uPlot,
  colors: () => ChartColors,
  onPoint: (at: number | undefined) => void,
): Omit<uPlot.Options, 'width' | 'height'> {
  const axis = {
    stroke: () => colors().text,
    grid: { stroke: () => colors().grid, width: 1 },
    ticks: { stroke: () => colors().grid, width: 1 },
    labelFont: FONT,
    font: FONT,
  };
  const times = timesOf(chart);
  // The first and the last bar reach beyond their points; a single point stands in the middle.
  const isWider = times.length === 1 || chart.series.some(({ look }) => isBars(look));
  const beyond = isWider ? STEP_S[chart.step] / 2 : 0;
  return {
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, y: false, points: { show: false } },
    scales: {
      x: { range: () => [(times[0] ?? 0) - beyond, (times.at(-1) ?? 0) + beyond] },
      y: { range: (_plot, _min, max) => [0, Math.max(1, max ?? 1) * 1.05] },
    },
    axes: [
      {
        ...axis,
        label: chart.step === 'week' ? 'Week' : 'Day',
        labelSize: 20,
        size: 32,
        space: 72,
        incrs: DAYS.map((days) => days * DAY_S),
        splits: (_plot, _axis, _min, _max, every) => evenly(times, every / STEP_S[chart.step]),
        values: (_plot, splits) => namesOf(splits),
      },
      { ...axis, label: chart.unit, labelSize: 24, size: 56, incrs: WHOLE },
    ],
    series: [
      {},
      ...chart.series.map((one, index) => seriesOf(one, () => colors().series[index] ?? '', UPlot)),
    ],
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? undefined)] },
  };
}

const FONT = '12px system-ui, sans-serif';
const DAY_S = 86_400;
/** Seconds between two points. */
const STEP_S = { day: DAY_S, week: 7 * DAY_S } as const;
/** Days between two names on the axis. */
const DAYS = [1, 2, 7, 14, 28, 56, 91, 182, 365, 730] as const;

/** One of so many points, so that each name stands below one. */
function evenly(times: readonly number[], every: number): number[] {
  const step = Math.max(1, Math.round(every));
  return times.filter((_, index) => index % step === 0);
}

/** `24 Aug`; with the year where the axis is longer than one. Takes seconds since 1970. */
function namesOf(seconds: readonly number[]): string[] {
  const span = (seconds.at(-1) ?? 0) - (seconds[0] ?? 0);
  const names = new Intl.DateTimeFormat([], {
    month: 'short',
    ...(span > 365 * DAY_S ? { year: 'numeric' } : { day: 'numeric' }),
    timeZone: 'UTC',
  });
  return seconds.map((one) => names.format(one * 1_000));
}

function seriesOf(
  { name, look, values }: ChartSeries,
  color: () => string,
  UPlot: typeof uPlot,
): uPlot.Series {
  const bars = isBars(look);
  const paths = bars ? UPlot.paths.bars?.({ size: [0.7, 48, 2] }) : undefined;
  return {
    label: name,
    stroke: color,
    width: 2,
    dash: [...DASHES[look]],
    // A single point would not be seen as a line.
    points: { show: !bars && values.length < 3 },
    ...(look === 'bars' && { fill: color }),
    ...(paths !== undefined && { paths }),
  };
}

/** Lengths of strokes and gaps in CSS pixels, by the look of a series. */
export const DASHES: Readonly<Record<SeriesLook, readonly number[]>> = {
  line: [],
  dashed: [8, 5],
  dotted: [2, 4],
  'dash-dot': [10, 4, 2, 4],
  bars: [],
  outlines: [],
};

/** Steps of the axis of numbers: there is no half issue. */
const WHOLE = [1, 2, 5]
  .flatMap((step) => [0, 1, 2, 3, 4, 5, 6].map((zeros) => step * 10 ** zeros))
  .sort((a, b) => a - b);

/** A canvas knows nothing of style sheets: it is drawn again where one of these changes. */
const THEMES = [
  '(prefers-color-scheme: dark)',
  '(prefers-contrast: more)',
  '(forced-colors: active)',
  'print',
] as const;

/** What a chart is drawn in. */
interface ChartColors {
  readonly text: string;
  readonly grid: string;
  readonly series: readonly string[];
}

/** The colors as they are now, calculated by the browser: system colors too. */
function readChartColors(box: HTMLElement): ChartColors {
  const probe = document.createElement('span');
  box.append(probe);
  const read = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const colors = {
    text: read('--chart-text'),
    grid: read('--chart-grid'),
    series: [1, 2, 3, 4].map((number) => read(`--chart-${number}`)),
  };
  probe.remove();
  return colors;
}
