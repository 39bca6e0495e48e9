import { countNoun } from '../count-noun.ts';
import type { IssueChange } from '../engine/change.ts';
import { formatIssueRef, type RepoRef } from '../refs.ts';
import type { EventOf, LoggedRow, LogKind, ReadCounts } from './event.ts';

/** What an event of the log says happened: `Ticked: Parse dates`, `Created #12`. `from` is the checklist's repository: its issues are named without it. */
export function describeEntry<K extends LogKind>(event: EventOf<K>, from?: RepoRef): string {
  return ENTRIES[event.kind].words(event, from);
}

/** What a kind of events is called, for a filter. */
export function nameEntryKind(kind: LogKind): string {
  return ENTRIES[kind].name;
}

/** What was done about, or is to be said of, one item: `Ticked`. */
export function describeWhat({ what }: Pick<LoggedRow, 'what'>): string {
  return WHAT[what];
}

/** Each kind of events with its name and its words. */
const ENTRIES: {
  readonly [K in LogKind]: {
    readonly name: string;
    readonly words: (event: EventOf<K>, from: RepoRef | undefined) => string;
  };
} = {
  'write-master': {
    name: 'Text written',
    words: ({ rows }) => (rows?.length ? describeRows(rows) : 'Wrote the text'),
  },
  'create-issue': {
    name: 'Issue created',
    words: ({ issue }, from) => `Created ${formatIssueRef(issue, from)}`,
  },
  'find-issue': {
    name: 'Issue found',
    words: ({ issue }, from) => `Found ${formatIssueRef(issue, from)}, created before`,
  },
  'change-issue': {
    name: 'Issue changed',
    words: ({ change, issue }, from) => describeIssueChange(change, formatIssueRef(issue, from)),
  },
  'create-comment': {
    name: 'Comment written',
    words: ({ issue }, from) => `Commented in ${formatIssueRef(issue, from)}`,
  },
  'create-label': { name: 'Label created', words: ({ name }) => `Created the label ${name}` },
  'create-milestone': {
    name: 'Milestone created',
    words: ({ name }) => `Created the milestone ${name}`,
  },
  remark: {
    name: 'Remark',
    words: ({ notice, rows }) => notice?.message ?? (rows?.length ? describeRows(rows) : 'Remark'),
  },
  notice: { name: 'Notice', words: ({ notice }) => notice.message },
  read: { name: 'Checklist read', words: ({ read }) => describeReading(read) },
  match: {
    name: 'Match changed',
    words: ({ rows }, from) => {
      const words = describeRows(rows);
      const issue = rows.length === 1 ? rows[0]?.issue : undefined;
      return issue === undefined ? words : `${words} → ${formatIssueRef(issue, from)}`;
    },
  },
};

/** `62 items read (3 lines look like items but are not), 49 linked, 1 by the hidden block, 1 needs your decision`. */
function describeReading({ items, lookalikes, matches }: ReadCounts): string {
  const { link = 0, bracket = 0, block = 0, marker = 0, asked = 0 } = matches;
  const none =
    lookalikes === 1 ? 'line looks like an item but is not' : 'lines look like items but are not';
  return [
    `${countNoun(items, 'item')} read${lookalikes > 0 ? ` (${lookalikes} ${none})` : ''}`,
    ...counted(link + bracket, 'linked'),
    ...counted(block, 'by the hidden block'),
    ...counted(marker, 'by a marker'),
    ...counted(asked, asked === 1 ? 'needs your decision' : 'need your decision'),
  ].join(', ');
}

function counted(count: number, what: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${what}`];
}

/** One item is named; several are counted. */
function describeRows(rows: readonly LoggedRow[]): string {
  const [only] = rows;
  if (rows.length === 1 && only !== undefined) return `${WHAT[only.what]}: ${nameOf(only)}`;
  const counts = new Map<LoggedRow['what'], number>();
  for (const { what } of rows) counts.set(what, (counts.get(what) ?? 0) + 1);
  return [...counts]
    .map(([what, count]) => `${WHAT[what]}: ${countNoun(count, 'item')}`)
    .join('; ');
}

function nameOf({ text, issue }: LoggedRow): string {
  return text || (issue === undefined ? '1 item' : formatIssueRef(issue));
}

function describeIssueChange({ state, title }: IssueChange, named: string): string {
  const how = { completed: 'completed', not_planned: 'not planned', duplicate: 'a duplicate' };
  const reason = state?.reason;
  const parts = [
    state?.to === 'open' ? `Reopened ${named}` : '',
    state?.to === 'closed'
      ? `Closed ${named}${reason === undefined || reason === 'reopened' ? '' : ` as ${how[reason]}`}`
      : '',
    title === undefined ? '' : `Retitled ${named} to "${title.to}"`,
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
  'done-before': 'Done before the item named it',
  'pull-taken-back': 'Somebody removed the number',
  'pulls-elsewhere': 'Pull requests of this repository do not count',
  'pulls-without-place': 'No place for the number',
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
