import { parseMarker, setMarkerState } from '../marker.ts';
import type { JobHeader, JobRow } from './job.ts';
import { isOurComment } from './job-comment.ts';
import type { IssueHistory } from './job-facts.ts';

/** What GitHub logs by itself, in the name of whoever wrote: links and comments. */
const SIDE_EVENTS: readonly string[] = ['commented', 'cross-referenced', 'mentioned', 'subscribed'];

/** Local clocks may differ from GitHub's by this much; beyond it an event counts as somebody's. */
const SLACK = 10 * 60_000;

/**
 * Whether an issue is as the run left it: title and body unchanged, open, and no event, edit or comment by a person that
 * the run did not cause. What bots did counts for nothing. In doubt it counts as touched.
 */
export function isUntouched(history: IssueHistory, row: JobRow, undo: JobHeader): boolean {
  return (
    history.state === 'open' &&
    history.title === row.title &&
    sameText(history.body, row.body) &&
    history.editors.every((editor) => isSelf(editor, undo)) &&
    history.comments.every((comment) => comment.isBot || isOurComment(comment, undo, row)) &&
    history.events.every((event) => event.isBot || isOwnEvent(event, undo)) &&
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

function isOwnEvent(event: IssueHistory['events'][number], undo: JobHeader): boolean {
  const { startedAt, endedAt } = undo.undoes ?? { startedAt: 0, endedAt: 0 };
  const at = Date.parse(event.createdAt);
  const during = at >= startedAt - SLACK && at <= endedAt + SLACK;
  const types = [...SIDE_EVENTS, ...Object.keys(settingsOf(undo))];
  return during && isSelf(event.actor, undo) && types.includes(event.type);
}

// The token's user may set a label by hand while her run is going on: there are more then than the run has set.
function hasOnlyOwnSettings({ events }: IssueHistory, undo: JobHeader): boolean {
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

function isSelf(login: string, undo: JobHeader): boolean {
  return login.toLowerCase() === undo.login.toLowerCase();
}

// GitHub may change line ends and trailing blanks of what was sent.
function sameText(a: string, b: string): boolean {
  return normal(a) === normal(b);
}

function normal(text: string): string {
  return text.replaceAll('\r\n', '\n').trimEnd();
}
