import { countNoun } from '../../count-noun.ts';
import type { Failure } from '../../failures.ts';
import { issueUrl } from '../../refs.ts';
import type { ChangeCause, RowChange } from '../change.ts';
import type { Effect, OwnRequest } from '../effect.ts';
import { type ChangeRow, changeRow } from '../job.ts';
import type { JobStatus, JobWords, RowProblem, RowResolution } from '../job-status.ts';
import type { Kind, KindRecord, Stage } from '../kind.ts';
import { end, isFinishing, master, paced, type Step, seenThenEnd } from '../steps.ts';

/** Changes issues and text that are there already: every part of it may be sent again. */
export const CHANGE: Kind<'change'> = {
  next: {
    effect: nextOfChanges,
    isOwed,
    isOpen: (row) => row.phase === 'planned' || (isUnwritten(row) && !isOwed(row)),
    rest: ({ job, now }) => ({
      writes: job.rows.filter(({ phase }) => phase === 'planned').length,
      from: now,
      until: 0,
    }),
  },
  words: {
    cause: ({ change }) => ({ by: 'click', what: change.cause }),
    stage: ({ phase }) => STAGES[phase],
    isMade: ({ phase, change }) =>
      change.changes.length > 0 && (phase === 'changed' || STAGES[phase] === 'done'),
    choices,
    problems: () => [],
    issue: ({ change: { changes } }) => {
      const [first] = changes;
      return first && { number: first.issue.number, url: issueUrl(first.issue) };
    },
    status: ({ change: { cause, creates } }) => ({ change: { cause, creates: creates.length } }),
    describe,
  },
  back: {
    undoable: ({ header: { endedAt, change }, rows }) =>
      // What is removed with our traces comes back with nothing.
      endedAt === undefined || change.cause === 'traces'
        ? 0
        : rows.filter(({ phase }) => STAGES[phase] === 'done').length,
    lost: 'change-lost',
    isSearched: false,
    mayMakeDifferences: true,
  },
};

/** What follows for the records of a change. */
export const CHANGE_RECORD: KindRecord<'change'> = {
  begin: (row, { kind }) => (kind === 'change' ? { ...row, phase: 'intent' } : row),
  // Its history is read again first: somebody may have touched it meanwhile.
  withdraw: park,
  park,
  answer: (job, { kind, effect }) =>
    kind === 'change' ? changeRow(job, effect.index, withIssuesDone) : {},
  refuse: (row, _request: OwnRequest, problem: Failure) => ({
    ...row,
    phase: 'review',
    failure: problem,
  }),
  seen: (header) => header,
  resolve,
  reopen: (header) => header,
  end: (row) => row,
};

// First the issues one by one, then the text at once.
function nextOfChanges(step: Step<'change'>): Effect {
  const { job, control } = step;
  if (isFinishing(step)) return finish(step);
  if (control.action === 'pause') return master(step, 'links');
  const row = job.rows.find(({ phase }) => phase === 'planned');
  if (row === undefined) return finish(step);
  const { index, change } = row;
  return paced(step, { kind: 'change', index, changes: change.changes }, isOwed);
}

function finish(step: Step<'change'>): Effect {
  const { header, rows } = step.job;
  const { isOpen } = CHANGE.next;
  if (header.masterLost !== undefined) return end(step, isOpen);
  const early = isFinishing(step);
  // What ends early writes nothing but what belongs to changes that are made.
  if (early && rows.some(isOwed)) return master(step, 'links');
  if (!early && rows.some(isUnwritten)) return master(step, 'finish');
  return seenThenEnd(step, ({ phase }) => phase === 'written', isOpen);
}

/** Whether the text still lacks what this row is to do there. */
export function isUnwritten({ phase }: ChangeRow): boolean {
  return phase === 'changed';
}

/** Whether issues were changed of which the text does not know yet. */
export function isOwed(row: ChangeRow): boolean {
  return isUnwritten(row) && row.change.changes.length > 0;
}

/** Whether a row has anything to write into the text. */
export function writesText({ edits, map, dropMap }: RowChange): boolean {
  return edits.length > 0 || map.length > 0 || dropMap === true;
}

function park(row: ChangeRow): ChangeRow {
  return row.phase === 'intent' ? { ...row, phase: 'planned' } : row;
}

function withIssuesDone(row: ChangeRow): ChangeRow {
  const phase = writesText(row.change) ? 'changed' : 'verified';
  return { ...row, phase, failure: undefined };
}

function resolve(row: ChangeRow, { kind }: RowResolution): ChangeRow {
  if (row.phase !== 'review') return row;
  const clean = { ...row, failure: undefined, unlinks: undefined };
  switch (kind) {
    case 'skip':
      return { ...clean, phase: 'skipped' };
    case 'force':
      return row.failure?.code === 'touched' ? { ...clean, phase: 'planned', forced: true } : row;
    case 'retry':
      return { ...clean, phase: firstPhase(row.change) };
    default:
      return row;
  }
}

/** Where a row begins: where no issue changes, only the text is to be written. */
export function firstPhase({ changes }: Pick<RowChange, 'changes'>): ChangeRow['phase'] {
  return changes.length === 0 ? 'changed' : 'planned';
}

const STAGES: Readonly<Record<ChangeRow['phase'], Stage>> = {
  planned: 'left',
  intent: 'left',
  changed: 'left',
  written: 'done',
  verified: 'done',
  review: 'review',
  skipped: 'skipped',
};

function choices({ failure: problem }: ChangeRow): RowProblem['choices'] {
  if (problem?.code === 'touched') return ['force', 'skip'];
  // Retrying would find the same.
  return problem?.code === 'changed-meanwhile' ? ['skip'] : ['retry', 'skip'];
}

function describe({ counts, outcome, change }: Omit<JobStatus, 'words'>): JobWords {
  const { linked: done, total } = counts;
  const progress = `${done} of ${total}`;
  // Its record was lost, and with it why it was done.
  if (change === undefined) {
    const lost = { result: `${progress} done.`, outcome: 'Interrupted.', stop: STOP, force: FORCE };
    return { purpose: 'resolve', done, progress, ...lost, undo: 'revert' };
  }
  const { cause } = change;
  const { progress: made, stop = () => STOP, force = FORCE } = CAUSES[cause];
  return {
    purpose: cause,
    done,
    progress: `${progress} ${made(total)}`,
    result: resultOf(change, counts),
    outcome: `${outcome === 'stopped' ? 'Stopped: ' : ''}${resultOf(change, counts)}`,
    stop: stop(counts),
    force,
    undo: 'revert',
  };
}

const STOP = 'What is done so far stays; the rest is not done.';
const FORCE = 'Change it anyway';

type Counts = JobStatus['counts'];

interface CauseWords {
  /** What is counted, behind `3 of 8`. */
  progress(total: number): string;
  /** What was done, without a full stop. */
  done(counts: Counts): string;
  stop?(counts: Counts): string;
  readonly force?: string;
}

const CAUSES: Readonly<Record<ChangeCause, CauseWords>> = {
  resolve: {
    progress: (total) => `${total === 1 ? 'change' : 'changes'} made`,
    done: (counts) => `${counted(counts, 'change')} made`,
  },
  undo: {
    progress: (total) => `${total === 1 ? 'change' : 'changes'} reverted`,
    done: (counts) => `Reverted ${counted(counts, 'change')}`,
  },
  'undo-generation': {
    progress: () => 'reverted',
    done: ({ linked }) => `${countNoun(linked, 'issue')} closed, their links removed`,
    stop: ({ linked, total }) => `${linked} of ${total} stay reverted; the rest is not reverted.`,
    force: 'Close it anyway',
  },
  unlink: {
    progress: (total) => `${total === 1 ? 'item' : 'items'} unlinked`,
    done: (counts) => `${counted(counts, 'item')} unlinked`,
    force: 'Close it anyway',
  },
  traces: {
    progress: (total) => `${total === 1 ? 'trace' : 'traces'} removed`,
    done: ({ created, linked, total }) => {
      if (linked < total) return `${linked} of ${countNoun(total, 'trace')} removed`;
      if (created === 0) return "Masterlist's traces are removed";
      return `Masterlist's traces are removed from ${countNoun(created, 'issue')}`;
    },
  },
};

function resultOf({ cause, creates }: NonNullable<JobStatus['change']>, counts: Counts): string {
  const done = CAUSES[cause].done(counts);
  if (creates === 0) return `${done}.`;
  const next = `${countNoun(creates, 'issue')} ${creates === 1 ? 'is' : 'are'} created`;
  return counts.total === 0 ? `Next, ${next}.` : `${done}, then ${next}.`;
}

function counted({ linked, total }: Counts, noun: string): string {
  return linked < total ? `${linked} of ${countNoun(total, noun)}` : countNoun(linked, noun);
}
