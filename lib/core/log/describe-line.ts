import type { JobEvent, LoggedRow, ReadCounts } from '../engine/job-facts.ts';
import { plural } from '../plural.ts';
import { formatIssueRef, type RepoRef } from '../refs.ts';

type Line = Pick<JobEvent, 'kind' | 'rows' | 'issue' | 'name' | 'notice' | 'change' | 'read'>;

/** What a line of the log says happened: `Ticked: Parse dates`, `Created #12`. `from` is the checklist's repository: its issues are named without it. */
export function describeLine(line: Line, from?: RepoRef): string {
  const { kind, rows, issue, name = '', notice } = line;
  const named = issue === undefined ? 'an issue' : formatIssueRef(issue, from);
  switch (kind) {
    case 'write-master':
      return rows?.length ? describeRows(rows) : 'Wrote the text';
    case 'create-issue':
      return `Created ${named}`;
    case 'find-issue':
      return `Found ${named}, created before`;
    case 'create-comment':
      return `Commented in ${named}`;
    case 'create-label':
      return `Created the label ${name}`;
    case 'create-milestone':
      return `Created the milestone ${name}`;
    case 'change-issue':
      return describeIssueChange(line.change, named);
    case 'read':
      return line.read === undefined ? LINE_KINDS.read : describeReading(line.read);
    case 'match':
      return rows?.length ? withIssue(describeRows(rows), issue, named) : LINE_KINDS.match;
    case 'remark':
    case 'notice':
      return notice?.message ?? (rows?.length ? describeRows(rows) : LINE_KINDS[kind]);
  }
}

/** What was done about, or is to be said of, one item: `Ticked`. */
export function describeWhat({ what }: Pick<LoggedRow, 'what'>): string {
  return WHAT[what];
}

/** The kinds of lines, for a filter; in the order in which it lists them. */
export const LINE_KINDS: Readonly<Record<JobEvent['kind'], string>> = {
  'write-master': 'Text written',
  'create-issue': 'Issue created',
  'find-issue': 'Issue found',
  'change-issue': 'Issue changed',
  'create-comment': 'Comment written',
  'create-label': 'Label created',
  'create-milestone': 'Milestone created',
  remark: 'Remark',
  notice: 'Notice',
  read: 'Checklist read',
  match: 'Match changed',
};

/** `62 items read (3 lines look like items but are none), 49 linked, 1 by the hidden block, 1 asked`. */
function describeReading({ items, lookalikes, matches }: ReadCounts): string {
  const { link = 0, bracket = 0, block = 0, marker = 0, asked = 0 } = matches;
  const none =
    lookalikes === 1 ? 'line looks like an item but is none' : 'lines look like items but are none';
  return [
    `${plural(items, 'item')} read${lookalikes > 0 ? ` (${lookalikes} ${none})` : ''}`,
    ...counted(link + bracket, 'linked'),
    ...counted(block, 'by the hidden block'),
    ...counted(marker, 'by a marker'),
    ...counted(asked, 'asked'),
  ].join(', ');
}

function counted(count: number, what: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${what}`];
}

function withIssue(words: string, issue: JobEvent['issue'], named: string): string {
  return issue === undefined ? words : `${words} → ${named}`;
}

/** One item is named; several are counted. */
function describeRows(rows: readonly LoggedRow[]): string {
  const [only] = rows;
  if (rows.length === 1 && only !== undefined) return `${WHAT[only.what]}: ${nameOf(only)}`;
  const counts = new Map<LoggedRow['what'], number>();
  for (const { what } of rows) counts.set(what, (counts.get(what) ?? 0) + 1);
  return [...counts].map(([what, count]) => `${WHAT[what]}: ${plural(count, 'item')}`).join('; ');
}

function nameOf({ text, issue }: LoggedRow): string {
  return text || (issue === undefined ? '1 item' : formatIssueRef(issue));
}

function describeIssueChange(change: JobEvent['change'], named: string): string {
  const state = change?.state;
  const how = { completed: 'completed', not_planned: 'not planned', duplicate: 'a duplicate' };
  const reason = state?.reason;
  const parts = [
    state?.to === 'open' ? `Reopened ${named}` : '',
    state?.to === 'closed'
      ? `Closed ${named}${reason === undefined || reason === 'reopened' ? '' : ` as ${how[reason]}`}`
      : '',
    change?.title === undefined ? '' : `Retitled ${named} to "${change.title.to}"`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? `Changed our marker in ${named}` : parts.join('; ');
}

const WHAT: Readonly<Record<LoggedRow['what'], string>> = {
  tick: 'Ticked',
  untick: 'Unticked',
  'add-pulls': 'Pull requests added',
  'remove-pull': 'Pull request removed',
  'close-issue': 'Issue closed',
  'reopen-issue': 'Issue reopened',
  'retitle-issue': 'Issue retitled',
  'rename-item': 'Renamed',
  link: 'Linked',
  'link-to': 'Linked',
  relink: 'Relinked',
  'remove-link': 'Link removed',
  'create-issue': 'Issue requested',
  'write-block': 'Hidden block corrected',
  leave: 'Left as is',
  undo: 'Reverted',
  plain: 'Unlinked',
  traces: 'Traces removed',
  'not-planned': 'Left unticked, closed as not planned',
  duplicate: 'Left unticked, closed as a duplicate',
  'tick-taken-back': 'Somebody unticked it',
  'pull-taken-back': 'Somebody removed the number',
  'ticked-open': 'Ticked, but its issue is open',
  moved: 'Its issue was transferred',
  unreadable: 'GitHub does not show its issue',
  'several-issues': 'Links several issues',
  'match-link': 'Matched by its link',
  'match-bracket': 'Matched by the bracket behind its link',
  'match-block': 'Matched by the hidden block',
  'match-marker': "Matched by the issue's marker",
  'match-asked': 'Match needs your decision',
  'match-none': 'No longer matched',
};
