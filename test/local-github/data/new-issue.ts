import type { EventDetail, StoredEvent, StoredIssue } from '../types.ts';

/** What an issue starts with. */
export interface NewIssue {
  readonly title: string;
  readonly body?: string | null;
  readonly author: string;
  readonly labels?: readonly string[];
  readonly milestone?: number | null;
  readonly assignees?: readonly string[];
  readonly parent?: number;
  readonly locked?: boolean;
  readonly state?: 'open' | 'closed';
  /** When it was opened, and closed if it is; now unless given. */
  readonly openedAt?: number;
  readonly pull?: { readonly base: string; readonly head: string };
}

/** An issue or pull request as it is opened, or put there closed. */
export function newIssue(
  draft: NewIssue,
  made: {
    readonly id: number;
    readonly repo: string;
    readonly number: number;
    readonly at: number;
    readonly events: readonly StoredEvent[];
  },
): StoredIssue {
  const { at, id } = made;
  const closed = draft.state === 'closed';
  const openedAt = draft.openedAt ?? at;
  return {
    id,
    repo: made.repo,
    number: made.number,
    events: made.events,
    nodeId: `${draft.pull ? 'PR' : 'I'}_local${id}`,
    title: draft.title,
    body: draft.body ?? null,
    author: draft.author,
    state: draft.state ?? 'open',
    stateReason: closed && !draft.pull ? 'completed' : null,
    locked: draft.locked ?? false,
    labels: draft.labels ?? [],
    milestone: draft.milestone ?? null,
    assignees: draft.assignees ?? [],
    parent: draft.parent ?? null,
    createdAt: openedAt,
    updatedAt: at,
    closedAt: closed ? openedAt : null,
    closedBy: closed ? draft.author : null,
    lastEditedAt: null,
    lastEditor: null,
    pull: draft.pull === undefined ? null : { ...draft.pull, ...UNMERGED },
    edits: [],
    comments: [],
  };
}

const UNMERGED = {
  merged: false,
  mergedAt: null,
  mergedBy: null,
  mergeCommit: null,
  closes: [],
  linked: [],
} as const;

/** What the timeline of a new issue tells. */
export function firstEvents(draft: NewIssue): EventDetail[] {
  const labeled = (draft.labels ?? []).map((label) => ({ kind: 'labeled', label }) as const);
  if (draft.state !== 'closed') return labeled;
  const stateReason = draft.pull ? null : 'completed';
  return [...labeled, { kind: 'closed', stateReason, closer: null }];
}

/** The text whose references count: a pull request's title is part of it, an issue's is not. */
export function wordsOf(issue: StoredIssue): string {
  return issue.pull === null ? (issue.body ?? '') : `${issue.title}\n\n${issue.body ?? ''}`;
}
