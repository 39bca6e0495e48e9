import type { EventDetail, StoredCloser, StoredIssue } from '../types.ts';

/** What may change in an issue; fields that are absent stay. */
export interface IssueChange {
  readonly title?: string;
  readonly body?: string | null;
  readonly state?: 'open' | 'closed';
  readonly stateReason?: StoredIssue['stateReason'];
  /** What closes it, when it is not the actor by hand. */
  readonly closer?: StoredCloser;
  readonly labels?: readonly string[];
  readonly milestone?: number | null;
  readonly assignees?: readonly string[];
  readonly locked?: boolean;
}

/** The issue with a change applied, apart from body, history and events. */
export function applied(
  before: StoredIssue,
  change: IssueChange,
  actor: string,
  at: number,
): StoredIssue {
  const state = change.state ?? before.state;
  const stateChanges = state !== before.state;
  return {
    ...before,
    title: change.title ?? before.title,
    labels: change.labels ?? before.labels,
    milestone: change.milestone === undefined ? before.milestone : change.milestone,
    assignees: change.assignees ?? before.assignees,
    locked: change.locked ?? before.locked,
    state,
    stateReason: nextStateReason(before, change),
    closedAt: stateChanges ? (state === 'closed' ? at : null) : before.closedAt,
    closedBy: stateChanges ? (state === 'closed' ? actor : null) : before.closedBy,
  };
}

function nextStateReason(before: StoredIssue, change: IssueChange): StoredIssue['stateReason'] {
  const state = change.state ?? before.state;
  if (before.pull !== null) return null;
  if (state === 'closed') {
    if (change.stateReason && change.stateReason !== 'reopened') return change.stateReason;
    return before.state === 'closed' ? before.stateReason : 'completed';
  }
  return before.state === 'closed' ? 'reopened' : before.stateReason;
}

/**
 * The edit history as GitHub keeps it: nothing until the first edit, which brings the creation entry
 * with it (`includesCreatedEdit`), each entry holding the whole body
 * (git-bug reads it so: bridge/github/import.go, import_mediator.go).
 */
export function editedBody(
  before: StoredIssue,
  body: string | null,
  editor: string,
  at: number,
  newId: () => number,
) {
  const created = {
    id: newId(),
    at: before.createdAt,
    editor: before.author,
    body: before.body ?? '',
  };
  const history = before.edits.length === 0 ? [created] : before.edits;
  return {
    body,
    edits: [...history, { id: newId(), at, editor, body: body ?? '' }],
    lastEditedAt: at,
    lastEditor: editor,
  };
}

/** The timeline entries that a change makes. */
export function eventsOf(before: StoredIssue, change: IssueChange): EventDetail[] {
  const details: EventDetail[] = [];
  if (change.title !== undefined && change.title !== before.title)
    details.push({ kind: 'renamed', from: before.title, to: change.title });
  const stateReason = nextStateReason(before, change);
  if (change.state === 'closed' && (before.state === 'open' || stateReason !== before.stateReason))
    details.push({ kind: 'closed', stateReason, closer: change.closer ?? null });
  if (change.state === 'open' && before.state === 'closed') details.push({ kind: 'reopened' });
  details.push(...setEvents(before.labels, change.labels, 'label'));
  details.push(...setEvents(before.assignees, change.assignees, 'assignee'));
  if (change.milestone !== undefined && change.milestone !== before.milestone) {
    if (before.milestone !== null)
      details.push({ kind: 'demilestoned', milestone: String(before.milestone) });
    if (change.milestone !== null)
      details.push({ kind: 'milestoned', milestone: String(change.milestone) });
  }
  if (change.locked !== undefined && change.locked !== before.locked)
    details.push({ kind: change.locked ? 'locked' : 'unlocked' });
  return details;
}

function setEvents(
  before: readonly string[],
  after: readonly string[] | undefined,
  of: 'label' | 'assignee',
): EventDetail[] {
  if (after === undefined) return [];
  const added = after.filter((name) => !before.includes(name));
  const removed = before.filter((name) => !after.includes(name));
  if (of === 'label')
    return [
      ...added.map((label) => ({ kind: 'labeled', label }) as const),
      ...removed.map((label) => ({ kind: 'unlabeled', label }) as const),
    ];
  return [
    ...added.map((assignee) => ({ kind: 'assigned', assignee }) as const),
    ...removed.map((assignee) => ({ kind: 'unassigned', assignee }) as const),
  ];
}
