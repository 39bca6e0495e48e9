import type { Cause } from '../log/cause.ts';
import { issueKey } from '../refs.ts';
import { joinChanges } from './issue-change.ts';
import type { Job } from './job.ts';
import type { JobEvent } from './job-facts.ts';
import type { Performed } from './job-record.ts';
import type { MendCause, SentChange } from './mend.ts';

/** The lines of the audit log for what was just written, or found to be written. Writes of the master log themselves. */
export function eventsOf(
  before: Job,
  after: Job,
  performed: Performed,
  now: number,
): readonly JobEvent[] {
  if (performed.kind === 'change') {
    return aboutChanges(after, performed.effect.index, performed.made, now);
  }
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

// One line for each issue that was really changed.
function aboutChanges(
  job: Job,
  index: number,
  made: readonly SentChange[],
  now: number,
): readonly JobEvent[] {
  const item = job.rows.find((row) => row.index === index)?.item.key;
  const byIssue = Map.groupBy(made, ({ change }) => issueKey(change.issue));
  return [...byIssue.values()].flatMap((parts): readonly JobEvent[] => {
    const change = joinChanges(parts.map((part) => part.change));
    const undo = joinChanges(parts.map((part) => part.undo));
    if (change === undefined) return [];
    return [
      {
        ...lineOf(job, now),
        kind: 'change-issue',
        issue: change.issue,
        ...(item !== undefined && { item }),
        change,
        ...(undo && { undo }),
      },
    ];
  });
}

/** Why a job writes, for the log. */
export function causeOf({ mend }: Job['header']): Cause {
  return { by: 'click', what: mend === undefined ? 'generate' : CAUSES[mend.cause] };
}

const CAUSES: Readonly<Record<MendCause, Cause['what']>> = {
  reconcile: 'resolve',
  undo: 'undo',
  'undo-generation': 'undo-generation',
  plain: 'unlink',
  traces: 'traces',
};

function lineOf({ header }: Job, at: number): Omit<JobEvent, 'kind'> {
  const { id, run, checklistKey, login } = header;
  return { at, job: id, run, checklistKey, cause: causeOf(header), login };
}
