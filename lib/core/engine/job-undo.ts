import { parseMarker, setMarkerState } from '../text/marker.ts';
import type { JobHeader, JobRow } from './job.ts';
import type { IssueHistory } from './job-facts.ts';
import type { CreatedIssueState } from './touched.ts';

/** How the run that is undone left a row's issue, as far as anybody knows. */
export function leftByRun({ title, body }: JobRow, undo: JobHeader): CreatedIssueState {
  const settings = undo.undoes?.from === 'markers' ? undefined : undo.options;
  return { title, body, settings };
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
