/** Numbers over time, as a chart draws and a table lists them. */
export interface TimeChart {
  readonly id: string;
  readonly title: string;
  /** What one number counts, for the axis: `Issues`. */
  readonly unit: string;
  /** `day`: every day; `week`: one point per week, named by its Monday. */
  readonly step: 'day' | 'week';
  /** `level`: how much there is at a point; `sum`: what happened since the point before. */
  readonly counts: 'level' | 'sum';
  /** `YYYY-MM-DD`, one per point, in order. */
  readonly days: readonly string[];
  readonly series: readonly ChartSeries[];
}

/** One line, or one set of bars, of a chart. */
export interface ChartSeries {
  readonly name: string;
  /** One per day of the chart. */
  readonly values: readonly number[];
  /** Told apart without colors. */
  readonly look: SeriesLook;
}

/** `bars` are filled, `outlines` are hollow bars; the others are lines. */
export type SeriesLook = 'line' | 'dashed' | 'dotted' | 'dash-dot' | 'bars' | 'outlines';

/** How often each of some things was there, most first. */
export interface CountChart {
  readonly id: string;
  readonly title: string;
  /** Heads of the two columns. */
  readonly what: string;
  readonly unit: string;
  readonly rows: readonly { readonly name: string; readonly count: number }[];
}

/** A table by days or by weeks has at most so many rows; longer ones are by months. */
const MOST_ROWS = 62;

/** A table of a chart: `heads`, and rows of a day and its numbers, newest first. */
export interface ChartTable {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly [day: string, ...values: number[]])[];
  /** Where not every day has its row: which have. */
  readonly note: string;
}

/**
 * The numbers of a chart as a table that people can read: a long one has a row per week or per month, with how it stood
 * at its end, or with the sum.
 */
export function chartTable(chart: TimeChart): ChartTable {
  const { days, series, step, counts } = chart;
  const span = spanOf(chart);
  const rows: [string, ...number[]][] = [];
  let name = '';
  for (const [index, day] of days.entries()) {
    const values = series.map((one) => one.values[index] ?? 0);
    const next = span === 'each' ? day : span === 'month' ? day.slice(0, 7) : weekName(day);
    const last = rows.at(-1);
    if (next !== name || last === undefined) rows.push([day, ...values]);
    else if (counts === 'sum') addTo(last, values);
    else rows.splice(-1, 1, [day, ...values]);
    name = next;
  }
  const first = step === 'week' ? 'Week of' : 'Day';
  return {
    heads: [first, ...series.map((one) => one.name)],
    rows: rows.reverse(),
    note: span === 'each' ? '' : NOTES[counts][span],
  };
}

type Span = 'each' | 'week' | 'month';

const NOTES: Readonly<Record<TimeChart['counts'], Readonly<Record<'week' | 'month', string>>>> = {
  level: { week: 'At the end of each week.', month: 'At the end of each month.' },
  sum: { week: 'Summed up by week.', month: 'Summed up by month.' },
};

function spanOf({ days, step }: TimeChart): Span {
  const points = days.length;
  if (points <= MOST_ROWS) return 'each';
  const spanDays = step === 'week' ? points * 7 : points;
  return step === 'day' && spanDays <= MOST_ROWS * 7 ? 'week' : 'month';
}

/** Names the week by the days since 1970 of its Monday. 1 January 1970 was a Thursday. */
function weekName(day: string): string {
  return String(Math.floor((Date.parse(day) / 86_400_000 + 3) / 7));
}

function addTo(row: [string, ...number[]], values: readonly number[]): void {
  const [day, ...before] = row;
  row.splice(0, row.length, day, ...before.map((one, index) => one + (values[index] ?? 0)));
}
