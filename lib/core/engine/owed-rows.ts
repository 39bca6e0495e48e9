import type { JobRow } from './job.ts';

/** Whether the master still lacks what this row has done, or is to do there. */
export function isUnwritten(row: JobRow): boolean {
  return row.phase === 'created' || row.phase === 'closed';
}

/** Whether something was done to an issue of which the master does not know yet: it is written even when the job stops. */
export function isOwed(row: JobRow): boolean {
  return isUnwritten(row) && row.mend?.changes.length !== 0;
}
