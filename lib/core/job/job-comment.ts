import { formatIssueRef } from '../refs.ts';
import type { JobHeader, JobRow } from './job.ts';
import type { IssueComment } from './job-facts.ts';

/** The comment that links an issue back to its checklist, with the marker by which a look-up finds it again. */
export function commentBody(header: JobHeader, row: JobRow): string {
  const master = formatIssueRef(header.checklist, header.target);
  return `This issue tracks an item of the checklist in ${master}.\n\n${commentMarker(header.run, row)}`;
}

/** Whether this run wrote one of these comments for the row. */
export function hasComment(
  comments: readonly IssueComment[],
  header: JobHeader,
  row: JobRow,
): boolean {
  return comments.some((comment) => isOurComment(comment, header, row));
}

/** Whether a comment is the one that the run wrote for the row: by its marker and by its author. */
export function isOurComment(comment: IssueComment, header: JobHeader, row: JobRow): boolean {
  const ours = comment.author.toLowerCase() === header.login.toLowerCase();
  return ours && comment.body.includes(commentMarker(header.run, row));
}

function commentMarker(run: string, row: JobRow): string {
  return `<!-- masterlist:comment run=${run} item=${row.item.key} -->`;
}
