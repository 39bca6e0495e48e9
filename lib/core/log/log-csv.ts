import { formatIssueRef, type IssueRef } from '../refs.ts';
import { describeCause } from './cause.ts';
import { csvLine } from './csv-line.ts';
import type { AnyFacts, LogEvent } from './event.ts';

const COLUMNS = [
  'time',
  'kind',
  'checklist',
  'cause',
  'who',
  'item',
  'what',
  'issue',
  'pull requests',
  'notice',
  'run',
] as const;

/**
 * The log as CSV (RFC 4180, CRLF): one line per event, and one per item where an event is about several. Texts are left
 * out; they are in the JSON. Cells that a spreadsheet would take for a formula begin with an apostrophe.
 */
export function logCsv(events: readonly LogEvent[]): string {
  const rows = events.flatMap(rowsOf);
  return [COLUMNS, ...rows].map(csvLine).join('');
}

function rowsOf(event: LogEvent): readonly (readonly string[])[] {
  const { rows, item: key, name, issue, notice }: AnyFacts = event;
  const items = rows?.length ? rows : [undefined];
  return items.map((item) => [
    new Date(event.at).toISOString(),
    event.kind,
    event.checklistKey,
    describeCause(event.cause),
    event.login,
    item?.text ?? key ?? '',
    item?.what ?? name ?? '',
    formatted(item?.issue ?? issue),
    (item?.pulls ?? []).map((pull) => formatIssueRef(pull)).join(' '),
    notice?.message ?? '',
    event.run,
  ]);
}

function formatted(issue: IssueRef | undefined): string {
  return issue === undefined ? '' : formatIssueRef(issue);
}
