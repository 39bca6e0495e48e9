import { isOfCreation, isWork, SIDE_EVENTS } from './issue-events.ts';
import type { JobHeader } from './job.ts';
import { isLinkComment } from './job-comment.ts';
import type { IssueHistory } from './job-facts.ts';
import { CLOCK_SLACK, isRecorded, recordedOf } from './recorded-changes.ts';

/** Who changed what of it, as far as the token's user can have been us. */
const OWN_CHANGES: readonly string[] = ['closed', 'reopened', 'renamed'];

/** What belongs to one change of ours stands within this time (milliseconds). */
const ONE_CHANGE = 60_000;

/** A longer list of comments is not read to its end. */
const MOST_COMMENTS = 100;

/**
 * Whether anybody did anything to an issue since we changed it last: an event, an edit or a comment by a person that our
 * log does not know. Times are GitHub's own. Where we never changed it everything since its creation counts. In doubt it
 * counts as touched.
 */
export function isTouchedSince(
  history: IssueHistory,
  header: Pick<JobHeader, 'login' | 'checklist' | 'recorded'>,
): boolean {
  const recorded = recordedOf(header.recorded, history);
  const isSelf = (login: string) => login.toLowerCase() === header.login.toLowerCase();
  const since = lastOwnChange(history, isSelf, recorded);
  const isLater = (time: string, by: string) => {
    const at = Date.parse(time);
    // Of one second nobody knows the order: it is not held against us, but against others. Nor what has no time.
    return isSelf(by) ? !(at <= since) : !(at < since);
  };
  return (
    history.comments.length >= MOST_COMMENTS ||
    history.comments.some(
      ({ author, body, isBot, createdAt }) =>
        !isBot && isLater(createdAt, author) && !(isSelf(author) && isLinkComment(body)),
    ) ||
    history.events.some((event) => {
      const { type, actor, createdAt } = event;
      if (!isWork(event) || !isLater(createdAt, actor)) return false;
      if (!isSelf(actor)) return true;
      return !(
        SIDE_EVENTS.includes(type) ||
        isRecorded(event, recorded) ||
        isOfCreation(event, history)
      );
    }) ||
    editsOf(history).some(({ editor, editedAt }) => {
      if (editedAt === undefined) return !isSelf(editor);
      const at = Date.parse(editedAt);
      if (!isSelf(editor)) return isLater(editedAt, editor);
      const ours = recorded.some(
        (one) => one.change.marker !== undefined && Math.abs(at - one.at) <= CLOCK_SLACK,
      );
      return !(at <= since + ONE_CHANGE) && !ours;
    })
  );
}

function lastOwnChange(
  { events, createdAt }: IssueHistory,
  isSelf: (login: string) => boolean,
  recorded: ReturnType<typeof recordedOf>,
): number {
  const own = events.filter(
    (event) => !event.isBot && isSelf(event.actor) && OWN_CHANGES.includes(event.type),
  );
  // With a log we know which of them we made; what she did by hand is hers.
  const ours = recorded.length === 0 ? own : own.filter((event) => isRecorded(event, recorded));
  return Math.max(
    ...[createdAt, ...ours.map((event) => event.createdAt)].map((time) => Date.parse(time)),
  );
}

interface Edited {
  readonly editor: string;
  readonly editedAt?: string;
}

function editsOf({ edits, editors }: IssueHistory): readonly Edited[] {
  return edits ?? editors.map((editor) => ({ editor }));
}
