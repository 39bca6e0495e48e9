import { fail, failure, type Result, succeed } from '../failures.ts';
import {
  type ChecklistRef,
  formatIssueRef,
  type IssueRef,
  type RepoRef,
  sameChecklist,
} from '../refs.ts';
import { parseMarker, setMarkerState } from '../text/marker.ts';
import type { IssueChange, IssuePatch } from './change.ts';
import { linkComments } from './comment.ts';
import type { IssueComment, IssueNow } from './job-facts.ts';

/** What is left of a change on an issue as it is now. */
export interface LeftChange {
  /** The parts that are not there already, where the issue stands now; undefined when there are none. */
  readonly change: IssueChange | undefined;
  /** Takes them back; undefined where nothing can. */
  readonly undo: IssueChange | undefined;
  /** For one request; undefined when only comments go. */
  readonly patch: IssuePatch | undefined;
  /** Ids of comments to delete. */
  readonly comments: readonly number[];
}

/**
 * What is left to do of a change. Fails with `changed-meanwhile` when somebody gave the issue another title than the one
 * that was to be replaced. `comments` are only looked at where the change deletes them.
 */
export function leftOf(
  wanted: IssueChange,
  now: IssueNow,
  comments: readonly IssueComment[],
  header: { readonly login: string; readonly checklist: ChecklistRef },
): Result<LeftChange> {
  const { state, title } = wanted;
  const from = now.ref.repo;
  if (title !== undefined && now.title !== title.from && now.title !== title.to) {
    return fail(
      failure('changed-meanwhile', { link: formatIssueRef(now.ref, header.checklist.repo) }),
    );
  }
  const isOtherState = state !== undefined && state.to !== now.state;
  const isOtherTitle = title !== undefined && title.to !== now.title;
  const body = wanted.marker && bodyWith(now.body, wanted.marker, header.checklist);
  const isOtherBody = body !== undefined && body !== now.body;
  const places: readonly RepoRef[] = [from, wanted.issue.repo];
  const ids = wanted.comments === 'delete' ? linkComments(comments, places, header) : [];
  const change: Parts = {
    ...(isOtherState && { state }),
    ...(isOtherTitle && { title }),
    ...(isOtherBody && wanted.marker && { marker: wanted.marker }),
    ...(ids.length > 0 && { comments: 'delete' }),
  };
  const patch: IssuePatch = {
    ...(isOtherState && { state: state.to }),
    ...(isOtherState && state.reason && { stateReason: state.reason }),
    ...(isOtherTitle && { title: title.to }),
    ...(isOtherBody && { body }),
  };
  return succeed({
    change: whole(now.ref, change),
    undo: undoOf(now, change),
    patch: Object.keys(patch).length === 0 ? undefined : patch,
    comments: ids,
  });
}

/** Changes of one issue as one; where several have a part, the first's counts. Undefined where there are none. */
export function joinChanges(
  changes: readonly (IssueChange | undefined)[],
): IssueChange | undefined {
  let joined: IssueChange | undefined;
  for (const change of changes.toReversed()) {
    if (change !== undefined) joined = { ...joined, ...change };
  }
  return joined;
}

/** A body with our marker in another state, or (`none`) without the marker's line. Unchanged where it has no marker of the checklist. */
export function bodyWith(
  body: string,
  state: NonNullable<IssueChange['marker']>,
  checklist: ChecklistRef,
): string {
  const { host } = checklist.repo;
  const marker = parseMarker(body, host);
  if (marker === undefined || !sameChecklist(marker.checklist, checklist)) return body;
  return state === 'none' ? withoutLastLine(body) : setMarkerState(body, state, host);
}

type Parts = Omit<IssueChange, 'issue'>;

// The last line that is not blank, and the one line end before it. What stands behind it stays.
function withoutLastLine(body: string): string {
  const end = body.trimEnd().length;
  const start = /(?:\r\n|\r|\n|^)[^\r\n]*$/.exec(body.slice(0, end))?.index ?? end;
  return body.slice(0, start) + body.slice(end);
}

function undoOf(now: IssueNow, { state, title, marker }: Parts): IssueChange | undefined {
  return whole(
    now.ref,
    {
      ...(state && { state: formerState(now) }),
      ...(title && { title: { from: title.to, to: title.from } }),
      ...(marker && marker !== 'none' && { marker: marker === 'v1' ? 'undone' : 'v1' }),
    },
    'untouched',
  );
}

const REASONS = ['completed', 'not_planned', 'duplicate', 'reopened'] as const;

function formerState({ state, stateReason }: IssueNow): NonNullable<IssueChange['state']> {
  const reason = REASONS.find((one) => one === stateReason);
  return { to: state, ...(reason && { reason }) };
}

function whole(
  issue: IssueRef,
  parts: Parts,
  guard?: IssueChange['guard'],
): IssueChange | undefined {
  if (Object.keys(parts).length === 0) return undefined;
  return { issue, ...parts, ...(guard && { guard }) };
}
