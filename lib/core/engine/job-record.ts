import { type Failure, failure, type Result } from '../failures.ts';
import type { KnownIssue } from '../identity/issue.ts';
import type { Timing } from '../settings/settings.ts';
import type { MissedEdit } from '../text/edit.ts';
import { applyChange, type Job, type JobChange, type JobHeader, type JobRow } from './job.ts';
import type { Claim } from './job-claim.ts';
import type { Effect } from './job-effects.ts';
import type { CreatedIssue, IssueComment, LoggedRow } from './job-facts.ts';
import { recordFailure } from './job-failures.ts';
import { changeRow } from './job-intent.ts';
import { recordCommentLookUp, recordLookUp } from './job-look-up.ts';
import { rowsAfterWrite } from './job-master.ts';
import type { SentChange } from './mend.ts';
import { writesText } from './mend-text.ts';

/** What came of reading, and perhaps writing, the master. */
export interface MasterOutcome {
  /** Rows that look different in the text as read (`observeMaster`). */
  readonly observed: readonly JobRow[];
  /** Whether it was written now, or is as wanted since an earlier write that no read has confirmed. */
  readonly wrote: boolean;
  readonly missed: readonly MissedEdit[];
  /** What the log says that this mending has written before; looked up where edits were missed. */
  readonly logged: readonly LoggedRow[];
  readonly holder: Claim | undefined;
  /** GitHub's time of our claim, in milliseconds since 1970. */
  readonly claimEnteredAt: number | undefined;
  /** Somebody's change may have been lost, and GitHub does not show it. */
  readonly notice: Failure | undefined;
}

/** What each effect answers when it succeeds. */
export interface Answers {
  readonly master: MasterOutcome;
  readonly label: unknown;
  readonly milestone: number;
  readonly create: CreatedIssue;
  readonly comment: unknown;
  readonly 'look-up': readonly KnownIssue[];
  readonly 'look-up-comment': readonly IssueComment[];
}

/** What came of changing the issues of one row. Changes may be made although a later one failed. */
export interface ChangePerformed {
  readonly kind: 'change';
  readonly effect: Extract<Effect, { kind: 'change' }>;
  readonly result: Result<void>;
  readonly startedAt: number;
  /** For the log. */
  readonly made: readonly SentChange[];
  /** Sent, and nobody knows whether it arrived. */
  readonly unknown: readonly SentChange[];
}

/** An effect on GitHub and what came of it; `startedAt` is when its request was sent. */
export type Performed =
  | ChangePerformed
  | {
      readonly [K in keyof Answers]: {
        readonly kind: K;
        readonly effect: Extract<Effect, { kind: K }>;
        readonly result: Result<Answers[K]>;
        readonly startedAt: number;
      };
    }[keyof Answers];

/** The records as they are after a request. Pure; `now` in milliseconds since 1970. */
export function record(job: Job, performed: Performed, now: number, timing: Timing): JobChange {
  const reached: Job = { ...job, header: { ...job.header, failures: 0, notBefore: undefined } };
  const on = <T>(result: Result<T>, answer: (job: Job, value: T) => JobChange): JobChange =>
    result.ok
      ? { header: reached.header, ...answer(reached, result.value) }
      : recordFailure(job, performed.effect, result.failure, now, timing);
  switch (performed.kind) {
    case 'master':
      return on(performed.result, (was, value) =>
        recordMaster(was, performed.effect, value, now, performed.startedAt),
      );
    case 'label':
      return on(performed.result, (was) => ({
        header: withoutLabel(was.header, performed.effect.name),
      }));
    case 'milestone':
      return on(performed.result, (was, milestoneNumber) => ({
        header: { ...was.header, milestoneNumber },
      }));
    case 'create':
      return on(performed.result, (was, issue) =>
        recordCreated(was, performed.effect.index, issue),
      );
    case 'comment':
      return on(performed.result, (was) => recordComment(was, performed.effect.index));
    case 'look-up':
      return on(performed.result, (was, found) =>
        recordLookUp(was, found, performed.startedAt, timing),
      );
    case 'look-up-comment':
      return on(performed.result, (was, found) =>
        recordCommentLookUp(was, performed.effect.index, found, performed.startedAt, timing),
      );
    case 'change':
      return withSent(
        on(performed.result, (was) => recordChanged(was, performed.effect.index)),
        performed,
      );
  }
}

/** The job as it is when it ends. */
export function recordEnd(job: Job, effect: Effect & { kind: 'end' }, now: number): JobChange {
  const rows = job.rows.flatMap((row): readonly JobRow[] =>
    row.phase === 'uncertain'
      ? [{ ...row, phase: 'asked', failure: failure('unknown-outcome') }]
      : endComment(row),
  );
  const { outcome, failure: problem } = effect;
  return { header: { ...job.header, endedAt: now, outcome, failure: problem }, rows };
}

function endComment(row: JobRow): readonly JobRow[] {
  if (row.comment?.phase !== 'uncertain') return [];
  const problem = failure('still-unknown-comment');
  return [{ ...row, comment: { ...row.comment, phase: 'asked', failure: problem } }];
}

function recordMaster(
  job: Job,
  effect: Effect & { kind: 'master' },
  outcome: MasterOutcome,
  now: number,
  startedAt: number,
): JobChange {
  const seen = applyChange(job, { rows: outcome.observed });
  const writes = effect.purpose === 'links' || effect.purpose === 'finish';
  const written = writes ? rowsAfterWrite(seen, effect.purpose, outcome) : [];
  const { rows } = applyChange(seen, { rows: written });
  const changed = rows.filter((row, position) => row !== job.rows[position]);
  const header = {
    ...job.header,
    ...claimAfter(job.header, effect, outcome, startedAt),
    checkedAt: now,
    recheck: false,
    unverified: outcome.wrote,
    masterNotBefore: undefined,
    masterWait: undefined,
    notice: outcome.notice ?? job.header.notice,
  };
  return { header, rows: changed };
}

function claimAfter(
  header: JobHeader,
  { purpose }: Effect & { kind: 'master' },
  { holder, claimEnteredAt }: MasterOutcome,
  startedAt: number,
): Partial<JobHeader> {
  if (header.kind !== 'generate' || header.claim === 'released') return {};
  if (holder !== undefined && holder.run !== header.run) {
    const at = `${holder.at.slice(0, 16).replace('T', ' ')} UTC`;
    const claimed = failure('claimed', { by: holder.by, at });
    return { claim: 'released', failure: header.failure ?? claimed };
  }
  if (purpose === 'finish') return { claim: 'released' };
  if (purpose === 'claim') return { claim: 'written', claimedAt: startedAt };
  // Somebody's edit took the claim out, or it has grown too old: it is written, and confirmed, again.
  if (holder === undefined) {
    return purpose === 'check' ? { claim: 'none' } : { claim: 'written', claimedAt: startedAt };
  }
  if (header.claim !== 'written') return {};
  return { claim: 'held', serverStartedAt: header.serverStartedAt ?? claimEnteredAt };
}

function withoutLabel(header: JobHeader, name: string): JobHeader {
  const missingLabels = header.options.missingLabels.filter((label) => label !== name);
  return { ...header, options: { ...header.options, missingLabels } };
}

function recordCreated(job: Job, index: number, { number, url, dropped }: CreatedIssue): JobChange {
  return changeRow(job, index, (row) => ({
    ...row,
    phase: 'created',
    issue: { number, url },
    attempt: undefined,
    failure: undefined,
    dropped: dropped.length > 0 ? dropped : undefined,
  }));
}

function recordChanged(job: Job, index: number): JobChange {
  return changeRow(job, index, (row) => {
    const onlyIssues = row.mend !== undefined && !writesText(row.mend);
    return { ...row, phase: onlyIssues ? 'verified' : 'closed', failure: undefined };
  });
}

// What is made is logged with this very record; what is not known is compared again when the row is done again.
function withSent(change: JobChange, { effect, unknown }: ChangePerformed): JobChange {
  const sent = unknown.length === 0 ? undefined : unknown;
  const rows = change.rows?.map((row) => (row.index === effect.index ? { ...row, sent } : row));
  return { ...change, ...(rows && { rows }) };
}

function recordComment(job: Job, index: number): JobChange {
  return changeRow(job, index, (row) => ({ ...row, comment: { phase: 'done' } }));
}
