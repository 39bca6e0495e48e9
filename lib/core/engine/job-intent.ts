import type { Attempt, Job, JobChange, JobRow } from './job.ts';
import type { Request } from './job-effects.ts';

/** What is saved before a request: the intent of a write that must not happen twice. */
export function begin(job: Job, effect: Request, now: number): JobChange {
  const attempt: Attempt = { sentAt: now, lookUps: 0, again: false };
  switch (effect.kind) {
    case 'create':
      return changeRow(job, effect.index, (row) => ({
        ...row,
        phase: 'intent',
        attempts: row.attempts + 1,
        attempt,
      }));
    case 'comment':
      return changeRow(job, effect.index, (row) => ({
        ...row,
        comment: { phase: 'intent', attempt },
      }));
    case 'change':
      return changeRow(job, effect.index, (row) => ({ ...row, phase: 'intent' }));
    default:
      return {};
  }
}

/** Takes an intent back whose request was not sent, or provably not applied. */
export function withdraw(job: Job, effect: Request): JobChange {
  switch (effect.kind) {
    case 'create':
      return changeRow(job, effect.index, (row) => ({
        ...row,
        phase: 'planned',
        attempt: undefined,
      }));
    case 'comment':
      return changeRow(job, effect.index, (row) => ({ ...row, comment: { phase: 'planned' } }));
    case 'change':
      // Read its history again first: somebody may have touched it meanwhile.
      return changeRow(job, effect.index, (row) => ({ ...row, phase: 'planned' }));
    default:
      return {};
  }
}

/** What a killed worker left behind: an intent without an answer is an unknown outcome. */
export function adopt(job: Job): JobChange {
  const { kind } = job.header;
  const rows = job.rows.flatMap((row): readonly JobRow[] => {
    if (row.phase === 'intent')
      return [{ ...row, phase: kind === 'generate' ? 'uncertain' : 'planned' }];
    if (row.comment?.phase !== 'intent') return [];
    return [{ ...row, comment: { ...row.comment, phase: 'uncertain' } }];
  });
  return rows.length === 0 ? {} : { rows };
}

/** Changes one row. */
export function changeRow(job: Job, index: number, change: (row: JobRow) => JobRow): JobChange {
  return { rows: job.rows.filter((row) => row.index === index).map(change) };
}
