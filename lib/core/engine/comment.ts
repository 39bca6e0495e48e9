import { type ChecklistRef, nameChecklist, type RepoRef } from '../refs.ts';
import type { ItemLocator } from '../text/checklist.ts';
import type { IssueComment } from './job-facts.ts';

/** What a comment says of the job that writes it. `id` is the run in the marker. */
interface CommentingJob {
  readonly id: string;
  readonly checklist: ChecklistRef;
  readonly target: RepoRef;
  readonly login: string;
}

interface CommentedRow {
  readonly item: ItemLocator;
}

/** The comment that links an issue back to its checklist, with the marker by which a look-up finds it again. */
export function commentBody(
  header: Pick<CommentingJob, 'checklist' | 'target' | 'id'>,
  row: CommentedRow,
): string {
  const master = nameChecklist(header.checklist, header.target);
  return `This issue tracks an item of the checklist in ${master}.\n\n${commentMarker(header.id, row)}`;
}

/** Whether this run wrote one of these comments for the row. */
export function hasComment(
  comments: readonly IssueComment[],
  header: Pick<CommentingJob, 'login' | 'id'>,
  row: CommentedRow,
): boolean {
  return comments.some((comment) => isOurComment(comment, header, row));
}

/** Whether a comment's text is a link comment of ours, of whatever run, just as it was written. */
export function isLinkComment(body: string): boolean {
  return namedIn(body) !== undefined;
}

/**
 * Ids of the comments of an issue that nobody but us has a word in: by the token's user, linking this checklist, just as
 * they were written. One with other words in it stays.
 */
export function linkComments(
  comments: readonly IssueComment[],
  /** Where the issue stands or stood: its comments name the checklist from there. */
  places: readonly RepoRef[],
  { login, checklist }: Pick<CommentingJob, 'login' | 'checklist'>,
): readonly number[] {
  const names = [undefined, ...places].map((place) => nameChecklist(checklist, place));
  const forms = new Set(names.map((name) => name.toLowerCase()));
  return comments.flatMap(({ id, author, body }) => {
    if (author.toLowerCase() !== login.toLowerCase()) return [];
    const named = namedIn(body);
    return named !== undefined && forms.has(named.toLowerCase()) ? [id] : [];
  });
}

const MARKER = /<!-- masterlist:comment run=\S+ item=\S+ -->/;
const WHOLE = new RegExp(
  `^This issue tracks an item of the checklist in (\\S+)\\.\n\n${MARKER.source}$`,
);

// By its marker and by its author.
function isOurComment(
  comment: Omit<IssueComment, 'id'>,
  header: Pick<CommentingJob, 'login' | 'id'>,
  row: CommentedRow,
): boolean {
  const isSelf = comment.author.toLowerCase() === header.login.toLowerCase();
  return isSelf && comment.body.includes(commentMarker(header.id, row));
}

// The checklist that a whole link comment names.
function namedIn(body: string): string | undefined {
  return WHOLE.exec(body.replaceAll('\r\n', '\n').trimEnd())?.[1];
}

function commentMarker(run: string, row: Pick<CommentedRow, 'item'>): string {
  return `<!-- masterlist:comment run=${run} item=${row.item.key} -->`;
}
