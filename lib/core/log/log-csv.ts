import type { JobEvent } from '../engine/job-facts.ts';
import { formatIssueRef } from '../refs.ts';
import { describeCause } from './cause.ts';
import { csvLine } from './csv-line.ts';

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
export function logCsv(events: readonly JobEvent[]): string {
  const rows = events.flatMap(rowsOf);
  return [COLUMNS, ...rows].map(csvLine).join('');
}

function rowsOf(event: JobEvent): readonly (readonly string[])[] {
  const items = event.rows?.length ? event.rows : [undefined];
  return items.map((item) => [
    new Date(event.at).toISOString(),
    event.kind,
    event.checklistKey,
    describeCause(event.cause),
    event.login,
    item?.text ?? event.item ?? '',
    item?.what ?? event.name ?? '',
    formatted(item?.issue ?? event.issue),
    (item?.pulls ?? []).map((pull) => formatIssueRef(pull)).join(' '),
    event.notice?.message ?? '',
    event.run,
  ]);
}

function formatted(issue: JobEvent['issue']): string {
  return issue === undefined ? '' : formatIssueRef(issue);
}
