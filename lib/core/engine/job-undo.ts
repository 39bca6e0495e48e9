import { parseMarker, setMarkerState } from '../text/marker.ts';
import { bodyWith } from './issue-change.ts';
import { isOfCreation, isWork, SETTING_EVENTS, SIDE_EVENTS } from './issue-events.ts';
import type { JobHeader, JobRow } from './job.ts';
import { isOurComment } from './job-comment.ts';
import type { IssueHistory } from './job-facts.ts';
import type { RecordedChange } from './mend.ts';
import { CLOCK_SLACK, isRecorded, recordedOf } from './recorded-changes.ts';

type Event = IssueHistory['events'][number];

/**
 * Whether an issue is as the run, and what our log knows of since, left it: no event, edit or comment by a person that
 * we did not cause. What bots did counts for nothing, nor do moves on a project board. In doubt it counts as touched.
 */
export function isUntouched(history: IssueHistory, row: JobRow, undo: JobHeader): boolean {
  const recorded = recordedOf(undo.recorded, history);
  return (
    isAsLeft(history, row, undo, recorded) &&
    hasOnlyOwnEdits(history, undo, recorded) &&
    history.comments.every((comment) => comment.isBot || isOurComment(comment, undo, row)) &&
    history.events.filter(isWork).every((event) => isOwnEvent(event, history, undo, recorded)) &&
    hasOnlyOwnSettings(history, undo)
  );
}

/** Whether an undo closed the issue already: its marker says so. */
export function isUndone(history: IssueHistory, undo: JobHeader): boolean {
  const marker = parseMarker(history.body, undo.target.host);
  return history.state === 'closed' && marker?.state === 'undone' && marker.run === undo.run;
}

/** The body of an issue with its marker rewritten to `undone`; unchanged where it has no marker of the run. */
export function undoneBody(body: string, undo: JobHeader): string {
  const marker = parseMarker(body, undo.target.host);
  if (marker?.run !== undo.run) return body;
  return setMarkerState(body, 'undone', undo.target.host);
}

function isAsLeft(
  history: IssueHistory,
  row: JobRow,
  { checklist }: JobHeader,
  recorded: readonly RecordedChange[],
): boolean {
  const closed = recorded.findLast(({ change }) => change.state !== undefined)?.change.state;
  const titled = recorded.findLast(({ change }) => change.title !== undefined)?.change.title;
  const marked = recorded.some(({ change }) => change.marker !== undefined);
  const compared = (body: string) => normal(marked ? bodyWith(body, 'none', checklist) : body);
  return (
    history.state === (closed?.to ?? 'open') &&
    history.title === (titled?.to ?? row.title) &&
    compared(history.body) === compared(row.body)
  );
}

function hasOnlyOwnEdits(
  { editors }: IssueHistory,
  undo: JobHeader,
  recorded: readonly RecordedChange[],
): boolean {
  // Without a log nobody knows what the run wrote: any edit may be somebody's.
  const known = undo.undoes?.from !== 'markers' || recorded.some(({ change }) => change.marker);
  return editors.every((editor) => known && isSelf(editor, undo));
}

function isOwnEvent(
  event: Event,
  history: IssueHistory,
  undo: JobHeader,
  recorded: readonly RecordedChange[],
): boolean {
  if (!isSelf(event.actor, undo)) return false;
  if (isRecorded(event, recorded)) return true;
  const { startedAt, endedAt, from } = undo.undoes ?? { startedAt: 0, endedAt: 0 };
  if (from === 'markers') return SIDE_EVENTS.includes(event.type) || isOfCreation(event, history);
  const at = Date.parse(event.createdAt);
  const during = at >= startedAt - CLOCK_SLACK && at <= endedAt + CLOCK_SLACK;
  return during && [...SIDE_EVENTS, ...SETTING_EVENTS].includes(event.type);
}

// The token's user may set a label by hand while her run is going on: there are more then than the run has set.
function hasOnlyOwnSettings({ events }: IssueHistory, undo: JobHeader): boolean {
  if (undo.undoes?.from === 'markers') return true;
  return Object.entries(settingsOf(undo)).every(
    ([type, most]) => events.filter((event) => !event.isBot && event.type === type).length <= most,
  );
}

/** How many events of a kind the creation of one issue has caused. */
function settingsOf({ options }: JobHeader): Readonly<Record<string, number>> {
  return {
    labeled: options.labels.length,
    milestoned: options.milestone === undefined ? 0 : 1,
    assigned: options.assignees.length,
  };
}

/** Who runs the undo, and who ran what it takes back. */
function isSelf(login: string, { login: own, undoes }: JobHeader): boolean {
  return [own, undoes?.by].some((one) => one?.toLowerCase() === login.toLowerCase());
}

// GitHub may change line ends and trailing blanks of what was sent.
function normal(text: string): string {
  return text.replaceAll('\r\n', '\n').trimEnd();
}
