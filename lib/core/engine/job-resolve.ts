import { issueUrl } from '../refs.ts';
import type { Attempt, Job, JobChange, JobHeader, JobRow } from './job.ts';
import { changeRow } from './job-intent.ts';
import type { RowResolution } from './job-status.ts';

/**
 * Does what the user chose for a row that needs her. A job that had ended goes on when there is something to do:
 * then the header has no `endedAt` any more. Rows that need nobody stay as they are.
 */
export function resolve(job: Job, index: number, resolution: RowResolution): JobChange {
  const change = changeRow(job, index, (row) => resolveRow(row, resolution, job.header));
  const open = change.rows?.some((row) => row.phase !== 'skipped') ?? false;
  return open ? { ...change, header: reopen(job.header) } : change;
}

function reopen(header: JobHeader): JobHeader {
  if (header.endedAt === undefined) return { ...header, recheck: true };
  return {
    ...header,
    endedAt: undefined,
    outcome: undefined,
    failure: undefined,
    hold: undefined,
    masterLost: undefined,
    notBefore: undefined,
    claim: header.kind === 'generate' ? 'none' : 'released',
    recheck: true,
  };
}

function resolveRow(row: JobRow, resolution: RowResolution, header: JobHeader): JobRow {
  if (needsUser(row)) return resolveIssue(row, resolution, header);
  const phase = row.comment?.phase;
  if (phase === 'failed' || phase === 'asked') return resolveComment(row, resolution);
  return row.doubled !== undefined && resolution.kind === 'skip'
    ? { ...row, doubled: undefined }
    : row;
}

function needsUser({ phase }: JobRow): boolean {
  return phase === 'asked' || phase === 'failed' || phase === 'review' || phase === 'created';
}

function resolveIssue(row: JobRow, resolution: RowResolution, header: JobHeader): JobRow {
  const clean = { ...row, failure: undefined, relinks: 0 };
  switch (resolution.kind) {
    case 'skip':
      return { ...clean, phase: 'skipped' };
    case 'force':
      return row.failure?.code === 'touched' ? { ...clean, phase: 'planned', forced: true } : row;
    case 'use-number': {
      if (header.kind !== 'generate') return row;
      const { number } = resolution;
      if (!Number.isSafeInteger(number) || number < 1) return row;
      const issue = { number, url: issueUrl({ repo: header.target, number }) };
      return {
        ...clean,
        phase: 'created',
        own: false,
        issue,
        attempt: undefined,
        comment: undefined,
      };
    }
    case 'retry':
      if (row.attempt !== undefined && row.phase === 'asked') {
        return { ...clean, phase: 'uncertain', attempt: lastLook(row.attempt) };
      }
      if (header.kind !== 'generate') return { ...clean, phase: firstPhase(row) };
      return { ...clean, phase: row.issue === undefined ? 'planned' : 'created' };
    case 'create-again':
      if (row.phase !== 'asked' || row.attempt === undefined) return row;
      return { ...clean, phase: 'uncertain', attempt: { ...row.attempt, again: true } };
  }
}

// Where no issue changes, only the text is to be written.
function firstPhase({ mend }: JobRow): JobRow['phase'] {
  return mend?.changes.length === 0 ? 'closed' : 'planned';
}

function resolveComment(row: JobRow, resolution: RowResolution): JobRow {
  if (resolution.kind === 'skip') return { ...row, comment: { phase: 'skipped' } };
  const attempt = row.comment?.attempt;
  // Looked up once more first: it may have appeared.
  if (attempt === undefined) return { ...row, comment: { phase: 'planned' } };
  return { ...row, comment: { phase: 'uncertain', attempt: { ...attempt, again: true } } };
}

// Due at once; if it finds nothing, the user is asked again.
function lastLook(attempt: Attempt): Attempt {
  return { ...attempt, lookUps: 0 };
}
