import { utcDay } from './calendar.ts';
import { describeCloseTime, describeShare } from './describe-metrics.ts';
import type { Metrics } from './metrics.ts';

type Row = readonly [name: string, value: string];

/** The metrics as two short Markdown tables for people: the figures, and how far each checklist is. Ends with a line end. */
export function metricsMarkdown(metrics: Metrics): string {
  const { checklists, failures, runs } = metrics;
  const figures = table(
    [`Figures of ${lastDay(metrics)}`, ''],
    [
      ...progressRows(metrics),
      ['Differences settled', String(sum(runs.settled))],
      ['Failures', String(sum(failures))],
    ],
  );
  if (checklists.length === 0) return `${figures}\n`;
  const rows = checklists.map(
    ({ title, closed, total }): Row => [literalCell(title), describeShare(closed, total)],
  );
  return `${figures}\n\n${table(['Checklist', 'Issues closed'], rows)}\n`;
}

/**
 * The metrics of one checklist as the table that is posted into it: for people without the extension. Holds no text of
 * other people and names nothing that GitHub would link, so it notifies nobody.
 */
export function summaryMarkdown(metrics: Metrics): string {
  return table([`Progress on ${lastDay(metrics)}`, ''], progressRows(metrics));
}

/** The last day that the figures know of. */
function lastDay({ burnUp, madeAt }: Metrics): string {
  return burnUp.at(-1)?.day ?? utcDay(madeAt);
}

function progressRows({ burnUp, closeTimes, throughput, runs }: Metrics): readonly Row[] {
  const { total, closed } = burnUp.at(-1) ?? { total: 0, closed: 0 };
  const week = throughput.at(-1);
  return [
    ['Issues closed', describeShare(closed, total)],
    ...(week === undefined
      ? []
      : [[`Closed in the week of ${week.monday}`, String(week.closed)] as const]),
    ['Median time to close', describeCloseTime(closeTimes.medianMs)],
    ['90th percentile', describeCloseTime(closeTimes.ninetiethMs)],
    ['Differences left', String(sum(runs.left))],
  ];
}

function table(head: Row, rows: readonly Row[]): string {
  return [head, ['---', '---'], ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function sum(counts: readonly { readonly count: number }[]): number {
  return counts.reduce((total, { count }) => total + count, 0);
}

/** All that Markdown could take for more than a letter, but the hyphen: behind a backslash it stands for itself (CommonMark 2.4). */
const PUNCTUATION = /[!-,./:-@[-`{-~]/g;

/** What would notify, link or close something even as plain text. */
const LIVE = /\\[@#]|\bGH-|\\:(?=\\\/\\\/)|\bwww(?=\\\.)/gi;

/** As an entity, so that whoever edits the text can see it. */
const BREAK = '&#8203;';

/** Control characters, and those that turn the direction of what follows: they could make a row read as another. */
const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** Other people's text as a cell of a Markdown table, letter by letter: no markup, no mention, no link, no task, one line. */
export function literalCell(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(UNSEEN, '')
    .trim()
    .replace(PUNCTUATION, '\\$&')
    .replace(LIVE, `$&${BREAK}`);
}
