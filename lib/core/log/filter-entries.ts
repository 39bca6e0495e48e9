import { isWithin, type Period } from '../metrics/period.ts';
import { formatIssueRef, type RepoRef } from '../refs.ts';
import { describeCause } from './cause.ts';
import { describeEntry, describeWhat } from './describe-entry.ts';
import type { AnyFacts, LogLine } from './event.ts';

/** A listed event with what is shown and searched of it, prepared once. */
export interface LogEntry {
  readonly line: LogLine;
  /** What happened, as one short sentence. */
  readonly words: string;
  /** All that a search looks through, in lower case. */
  readonly searched: string;
}

/** Which lines of the log are looked at; '' and undefined stand for all. */
export interface LogFilter extends Period {
  /** `issueKey`. */
  readonly checklistKey: string | undefined;
  readonly kind: LogLine['kind'] | '';
  readonly login: string;
  /** As `describeCause` tells it. */
  readonly cause: string;
  /** Words that must all be there, in any order and case. */
  readonly search: string;
  /** Lines of one run. */
  readonly run: string | undefined;
}

/** A line with its words and all that a search looks through. `checklist` is where it belongs, as far as that is known. */
export function prepareEntry(
  line: LogLine,
  checklist?: { readonly title: string; readonly repo: RepoRef },
): LogEntry {
  const words = describeEntry(line, checklist?.repo);
  const { login, checklistKey, cause } = line;
  const { change, issue, rows = [] }: AnyFacts = line;
  // One string, piece by piece: of 50,000 lines, lists of pieces would take most of the time.
  let all = `${words}\n${login}\n${checklistKey}\n${checklist?.title ?? ''}\n${describeCause(cause)}`;
  if (change?.title !== undefined) all += `\n${change.title.from}`;
  if (issue !== undefined) all += `\n${formatIssueRef(issue)}`;
  for (const row of rows) {
    all += `\n${describeWhat(row)} ${row.text}`;
    if (row.issue !== undefined) all += ` ${formatIssueRef(row.issue)}`;
    for (const pull of row.pulls ?? []) all += ` ${formatIssueRef(pull)}`;
  }
  return { line, words, searched: all.toLowerCase() };
}

/** The entries that the filter lets through, in their order. */
export function filterEntries(
  entries: readonly LogEntry[],
  filter: LogFilter,
): readonly LogEntry[] {
  const { checklistKey, kind, login, cause, run } = filter;
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter(
    ({ line, searched }) =>
      (checklistKey === undefined || line.checklistKey === checklistKey) &&
      (kind === '' || line.kind === kind) &&
      (login === '' || line.login === login) &&
      (run === undefined || line.run === run || line.job === run) &&
      isWithin(line.at, filter) &&
      words.every((word) => searched.includes(word)) &&
      (cause === '' || describeCause(line.cause) === cause),
  );
}
