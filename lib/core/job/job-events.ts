import type { Job } from './job.ts';
import type { JobEvent } from './job-facts.ts';
import type { Performed } from './job-record.ts';

/** The lines of the audit log for what was just written, or found to be written. Writes of the master log themselves. */
export function eventsOf(
  before: Job,
  after: Job,
  performed: Performed,
  now: number,
): readonly JobEvent[] {
  if (!performed.result.ok) return [];
  const { effect } = performed;
  switch (effect.kind) {
    case 'label':
      return [{ ...lineOf(after, now), kind: 'create-label', name: effect.name }];
    case 'milestone':
      return [{ ...lineOf(after, now), kind: 'create-milestone', name: effect.title }];
    case 'create':
      return aboutRow(after, effect.index, 'create-issue', now);
    case 'comment':
      return aboutRow(after, effect.index, 'create-comment', now);
    case 'close':
      return aboutRow(after, effect.index, 'close-issue', now);
    case 'look-up':
      return after.rows
        .filter(
          (row, position) => row.phase === 'created' && before.rows[position]?.phase !== 'created',
        )
        .flatMap((row) => aboutRow(after, row.index, 'find-issue', now));
    default:
      return [];
  }
}

function aboutRow(
  job: Job,
  index: number,
  kind: JobEvent['kind'],
  now: number,
): readonly JobEvent[] {
  const row = job.rows.find((one) => one.index === index);
  if (row?.issue === undefined) return [];
  const issue = { repo: job.header.target, number: row.issue.number };
  return [{ ...lineOf(job, now), kind, issue, item: row.item.key }];
}

function lineOf({ header }: Job, at: number): Omit<JobEvent, 'kind'> {
  const { id, run, checklistKey, kind, login } = header;
  return { at, job: id, run, checklistKey, cause: kind, login };
}
