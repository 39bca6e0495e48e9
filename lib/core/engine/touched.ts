import type { LogEvent } from '../log/event.ts';
import { type ChecklistRef, issueKey } from '../refs.ts';
import type { MadeIssue, RecordedChange } from './change.ts';
import { isLinkComment } from './comment.ts';
import { bodyWith } from './issue-change.ts';
import type { IssueHistory } from './job-facts.ts';

type Event = IssueHistory['events'][number];

/** Who we are, and which changes of issues our log knows. */
export interface OwnWork {
  readonly login: string;
  readonly checklist: ChecklistRef;
  readonly recorded?: readonly RecordedChange[] | undefined;
}

/** What GitHub logs in the name of whoever wrote something: links and comments, which are judged themselves. */
const SIDE_EVENTS: readonly string[] = ['commented', 'cross-referenced', 'mentioned', 'subscribed'];

/** What creating an issue with labels, a milestone and assignees causes, in its author's name. */
const SETTING_EVENTS = ['labeled', 'milestoned', 'assigned'] as const;

/** What we change of an issue that is there already. */
const OWN_CHANGES: readonly string[] = ['closed', 'reopened', 'renamed'];

/** So long after its creation (milliseconds) an issue's settings are still those that it was created with. */
const CREATION_TIME = 60_000;

/** The parts of one change of ours are within this time (milliseconds). */
const ONE_CHANGE = 60_000;

/** Local clocks may differ from GitHub's by this much (milliseconds); beyond it an event counts as somebody's. */
const CLOCK_SLACK = 10 * 60_000;

/** A longer list of comments is not read to its end. */
const MOST_COMMENTS = 100;

/**
 * Whether a person has touched an issue. The one rule for everything that changes issues; in doubt it is touched.
 *
 * | what | counts, except |
 * |---|---|
 * | anything | by a bot; a move on a project board; before `since` |
 * | a comment | our own link comment, word for word |
 * | an event | by us: what GitHub logs beside our writes (where the run that made the issue is undone and its time is known, only within that), what the log knows, settings within a minute of the creation |
 * | an edit of the body | by us: with our last change, or a change of the marker that the log knows; any, where the body is as the run left it |
 * | title, body, state, settings | where the run that made the issue is undone: as that run, and what the log knows of since, left them |
 *
 * `since` is the creation where the run that made the issue is undone (`created`), else our last change of it.
 */
export function isTouched(history: IssueHistory, own: OwnWork, created?: MadeIssue): boolean {
  const past = pastOf(history, own, created);
  return (
    history.comments.length >= MOST_COMMENTS ||
    history.comments.some((comment) => isTheirComment(comment, past)) ||
    history.events.some((event) => isTheirEvent(event, past)) ||
    history.edits.some((edit) => isTheirEdit(edit, past, created)) ||
    (created !== undefined && !isAsLeft(past, own, created))
  );
}

/** The changes of issues that a log tells of, oldest first. */
export function recordedChanges(log: readonly LogEvent[]): readonly RecordedChange[] {
  return log
    .flatMap((event) => {
      if (event.kind !== 'change-issue') return [];
      const { at, issue, change } = event;
      return [{ issue: issueKey(issue), at, change }];
    })
    .toSorted((a, b) => a.at - b.at);
}

/** An issue's history and what of it can be ours. */
interface Past {
  readonly history: IssueHistory;
  /** The recorded changes of this issue, oldest first. */
  readonly recorded: readonly RecordedChange[];
  /** What came before counts for nothing. Milliseconds since 1970, by GitHub's clock. */
  readonly since: number;
  readonly changed: boolean;
  /** When what we wrote beside it was written; undefined where that is not known. */
  readonly ran: MadeIssue['ran'];
  isSelf(login: string): boolean;
}

function pastOf(history: IssueHistory, own: OwnWork, created: MadeIssue | undefined): Past {
  const fromCreation = created !== undefined;
  const key = issueKey(history.ref);
  const recorded = own.recorded?.filter(({ issue }) => issue === key) ?? [];
  const logins = [own.login, created?.by].map((login) => login?.toLowerCase());
  const isSelf = (login: string) => logins.includes(login.toLowerCase());
  const last = fromCreation ? undefined : lastOwnChange(history, isSelf, recorded);
  const since = fromCreation ? Number.NEGATIVE_INFINITY : (last ?? Date.parse(history.createdAt));
  const { ran } = created ?? {};
  return { history, recorded, since, changed: last !== undefined, ran, isSelf };
}

function lastOwnChange(
  { events }: IssueHistory,
  isSelf: Past['isSelf'],
  recorded: Past['recorded'],
): number | undefined {
  const own = events.filter(
    (event) => !event.isBot && isSelf(event.actor) && OWN_CHANGES.includes(event.type),
  );
  // With a log we know which of them we made; what she did by hand is hers.
  const ours = recorded.length === 0 ? own : own.filter((event) => isRecorded(event, recorded));
  if (ours.length === 0) return undefined;
  return Math.max(...ours.map(({ createdAt }) => Date.parse(createdAt)));
}

// Of one second nobody knows the order: it is held against others, not against us. So is what has no time.
function isLater(time: string, by: string, { since, isSelf }: Past): boolean {
  const at = Date.parse(time);
  return isSelf(by) ? !(at <= since) : !(at < since);
}

function isTheirComment(
  { author, body, isBot, createdAt }: IssueHistory['comments'][number],
  past: Past,
): boolean {
  if (isBot || !isLater(createdAt, author, past)) return false;
  return !(past.isSelf(author) && isLinkComment(body));
}

function isTheirEvent(event: Event, past: Past): boolean {
  const { type, actor, createdAt, isBot } = event;
  if (isBot || type.includes('project') || !isLater(createdAt, actor, past)) return false;
  if (!past.isSelf(actor)) return true;
  return (
    !isBesideOurs(event, past) &&
    !isRecorded(event, past.recorded) &&
    !isOfCreation(event, past.history)
  );
}

function isBesideOurs({ type, createdAt }: Event, { ran }: Past): boolean {
  if (!SIDE_EVENTS.includes(type)) return false;
  if (ran === undefined) return true;
  const at = Date.parse(createdAt);
  return at >= ran.from - CLOCK_SLACK && at <= ran.until + CLOCK_SLACK;
}

function isTheirEdit(
  { editor, editedAt }: IssueHistory['edits'][number],
  past: Past,
  created: MadeIssue | undefined,
): boolean {
  if (!past.isSelf(editor)) return isLater(editedAt, editor, past);
  if (created?.settings !== undefined) return false;
  const at = Date.parse(editedAt);
  // The first entry of a list of edits is the text as it was created.
  const last = Math.max(past.since, Date.parse(past.history.createdAt));
  if (at <= last + (past.changed ? ONE_CHANGE : 0)) return false;
  return !past.recorded.some(
    (one) => one.change.marker !== undefined && Math.abs(at - one.at) <= CLOCK_SLACK,
  );
}

function isOfCreation({ type, createdAt }: Event, issue: IssueHistory): boolean {
  const age = Date.parse(createdAt) - Date.parse(issue.createdAt);
  return SETTING_EVENTS.some((setting) => setting === type) && age <= CREATION_TIME;
}

function isRecorded({ type, createdAt }: Event, recorded: Past['recorded']): boolean {
  return recorded.some(
    ({ at, change }) => Math.abs(Date.parse(createdAt) - at) <= CLOCK_SLACK && makes(change, type),
  );
}

function makes({ state, title }: RecordedChange['change'], type: string): boolean {
  if (type === 'closed') return state?.to === 'closed';
  if (type === 'reopened') return state?.to === 'open';
  return type === 'renamed' && title !== undefined;
}

function isAsLeft(
  { history, recorded }: Past,
  { checklist }: OwnWork,
  { title, body, settings }: MadeIssue,
): boolean {
  const state = recorded.findLast(({ change }) => change.state !== undefined)?.change.state;
  const titled = recorded.findLast(({ change }) => change.title !== undefined)?.change.title;
  const marked = recorded.some(({ change }) => change.marker !== undefined);
  const compared = (text: string) => normal(marked ? bodyWith(text, 'none', checklist) : text);
  return (
    history.state === (state?.to ?? 'open') &&
    history.title === (titled?.to ?? title) &&
    compared(history.body) === compared(body) &&
    (settings === undefined || !hasMore(history, settings))
  );
}

// The token's user may set a label by hand while her run goes on: there are more then than the run has set.
function hasMore(
  { events }: IssueHistory,
  { labels, milestone, assignees }: NonNullable<MadeIssue['settings']>,
): boolean {
  const most: Readonly<Record<(typeof SETTING_EVENTS)[number], number>> = {
    labeled: labels.length,
    milestoned: milestone === undefined ? 0 : 1,
    assigned: assignees.length,
  };
  return SETTING_EVENTS.some(
    (type) => events.filter((event) => !event.isBot && event.type === type).length > most[type],
  );
}

// GitHub may change line ends and trailing blanks of what was sent.
function normal(text: string): string {
  return text.replaceAll('\r\n', '\n').trimEnd();
}
