import { type Failure, failure } from '../../failures.ts';
import { issueUrl } from '../../refs.ts';
import type { Timing } from '../../settings/settings.ts';
import type { MasterOutcome, MasterPurpose, OwnRequest } from '../effect.ts';
import {
  type Attempt,
  changeRow,
  type GenerateRow,
  type Job,
  type JobChange,
  type JobHeader,
} from '../job.ts';
import type { CreatedIssue } from '../job-facts.ts';
import type { RowResolution } from '../job-status.ts';
import type { KindRecord, Succeeded } from '../kind.ts';
import { recordCommentLookUp, recordLookUp, recordReplaced } from '../look-up.ts';

type Header = JobHeader<'generate'>;

/** What follows for the records of a generation. */
export const GENERATE_RECORD: KindRecord<'generate'> = {
  begin,
  withdraw,
  park,
  answer,
  refuse,
  seen: seenClaim,
  resolve,
  reopen: (header) => ({ ...header, claim: 'none', replaced: undefined }),
  end: endRow,
};

function begin(row: GenerateRow, { kind }: OwnRequest, now: number): GenerateRow {
  const attempt: Attempt = { sentAt: now, lookUps: 0, again: false };
  if (kind === 'comment') return { ...row, comment: { phase: 'intent', attempt } };
  if (kind !== 'create') return row;
  return { ...row, phase: 'intent', attempts: row.attempts + 1, attempt };
}

function withdraw(row: GenerateRow, { kind }: OwnRequest): GenerateRow {
  if (kind === 'comment') return { ...row, comment: { phase: 'planned' } };
  return kind === 'create' ? { ...row, phase: 'planned', attempt: undefined } : row;
}

function park(row: GenerateRow): GenerateRow {
  if (row.phase === 'intent') return { ...row, phase: 'uncertain' };
  if (row.comment?.phase !== 'intent') return row;
  return { ...row, comment: { ...row.comment, phase: 'uncertain' } };
}

function answer(job: Job<'generate'>, performed: Succeeded, timing: Timing): JobChange<'generate'> {
  const { header } = job;
  const { startedAt } = performed;
  switch (performed.kind) {
    case 'rights':
      return { header: { ...header, writableAt: startedAt } };
    case 'label':
      return { header: withoutLabel(header, performed.effect.name) };
    case 'milestone':
      return { header: { ...header, milestoneNumber: performed.result.value } };
    case 'create': {
      const { value } = performed.result;
      const change = changeRow(job, performed.effect.index, (row) => created(row, value));
      return { ...change, header: { ...header, aliveAt: startedAt } };
    }
    case 'comment':
      return changeRow(job, performed.effect.index, (row) => ({
        ...row,
        comment: { phase: 'done' },
      }));
    case 'look-up': {
      const { effect, result } = performed;
      return effect.run === undefined
        ? recordLookUp(job, result.value, startedAt, timing)
        : recordReplaced(job, result.value, effect.run);
    }
    case 'look-up-comment': {
      const { index } = performed.effect;
      return recordCommentLookUp(job, index, performed.result.value, startedAt, timing);
    }
    case 'change':
      return {};
  }
}

function withoutLabel(header: Header, name: string): Header {
  const missingLabels = header.options.missingLabels.filter((label) => label !== name);
  return { ...header, options: { ...header.options, missingLabels } };
}

function created(row: GenerateRow, { number, url, dropped }: CreatedIssue): GenerateRow {
  return {
    ...row,
    phase: 'created',
    issue: { number, url },
    attempt: undefined,
    failure: undefined,
    dropped: dropped.length > 0 ? dropped : undefined,
  };
}

function refuse(row: GenerateRow, { kind }: OwnRequest, problem: Failure): GenerateRow {
  return kind === 'create'
    ? { ...row, phase: 'failed', failure: problem }
    : { ...row, comment: { phase: 'failed', failure: problem } };
}

function seenClaim(
  header: Header,
  purpose: MasterPurpose,
  { holder, replaced, claimEnteredAt, observed }: MasterOutcome<'generate'>,
  startedAt: number,
): Header {
  if (header.claim === 'released') return header;
  if (holder !== undefined && holder.run !== header.id) {
    // Who held the claim was taken over; who did not was never first.
    const isTaken = header.claim === 'held' || holder.replaces?.run === header.id;
    const lost = failure(isTaken ? 'taken-over' : 'claimed', { by: holder.by });
    return { ...header, claim: 'released', failure: header.failure ?? lost };
  }
  if (purpose === 'finish') {
    // Items that were there again with this very read are created under a claim of their own.
    const isOver = !observed.some(({ phase }) => phase === 'planned');
    return { ...header, claim: isOver ? 'released' : 'none' };
  }
  const written = {
    ...header,
    claim: 'written',
    claimedAt: startedAt,
    aliveAt: startedAt,
  } as const;
  if (purpose === 'claim') return written;
  // Somebody's edit took the claim out, or it has grown too old: it is written, and confirmed, again.
  if (holder === undefined) return purpose === 'check' ? { ...header, claim: 'none' } : written;
  const alive = purpose === 'links' ? { ...header, aliveAt: startedAt } : header;
  if (header.claim !== 'written') return alive;
  const serverStartedAt = header.serverStartedAt ?? claimEnteredAt;
  return { ...alive, claim: 'held', serverStartedAt, replaced: header.replaced ?? replaced };
}

function resolve(row: GenerateRow, resolution: RowResolution, header: Header): GenerateRow {
  if (['asked', 'failed', 'review', 'created'].includes(row.phase)) {
    return resolveIssue(row, resolution, header);
  }
  const phase = row.comment?.phase;
  if (phase === 'failed' || phase === 'asked') return resolveComment(row, resolution);
  return row.doubled !== undefined && resolution.kind === 'skip'
    ? { ...row, doubled: undefined }
    : row;
}

function resolveIssue(row: GenerateRow, resolution: RowResolution, header: Header): GenerateRow {
  const clean = { ...row, failure: undefined, relinks: 0, renamed: undefined };
  const isAsked = row.phase === 'asked' && row.attempt !== undefined;
  switch (resolution.kind) {
    case 'skip':
      return { ...clean, phase: 'skipped' };
    case 'force':
      return row;
    case 'link':
      // The text then says whose it is.
      return row.renamed === undefined ? row : { ...clean, ...row.renamed, phase: 'created' };
    case 'use-number': {
      const { number } = resolution;
      if (!Number.isSafeInteger(number) || number < 1) return row;
      const issue = { number, url: issueUrl({ repo: header.target, number }) };
      const linked = { own: false, issue, attempt: undefined, comment: undefined };
      return { ...clean, ...linked, phase: 'created' };
    }
    case 'retry':
      // Due at once; if it finds nothing, the user is asked again.
      if (isAsked) return { ...clean, phase: 'uncertain', attempt: lookedUpAgain(row, false) };
      return { ...clean, phase: row.issue === undefined ? 'planned' : 'created' };
    case 'create-again':
      if (!isAsked) return row;
      return { ...clean, phase: 'uncertain', attempt: lookedUpAgain(row, true) };
  }
}

function lookedUpAgain({ attempt }: GenerateRow, again: boolean): Attempt | undefined {
  if (attempt === undefined) return undefined;
  return again ? { ...attempt, again } : { ...attempt, lookUps: 0 };
}

function resolveComment(row: GenerateRow, resolution: RowResolution): GenerateRow {
  if (resolution.kind === 'skip') return { ...row, comment: { phase: 'skipped' } };
  const attempt = row.comment?.attempt;
  // Looked up once more first: it may have appeared.
  if (attempt === undefined) return { ...row, comment: { phase: 'planned' } };
  return { ...row, comment: { phase: 'uncertain', attempt: { ...attempt, again: true } } };
}

function endRow(row: GenerateRow): GenerateRow {
  if (row.phase === 'uncertain') {
    return { ...row, phase: 'asked', failure: failure('unknown-outcome') };
  }
  if (row.comment?.phase !== 'uncertain') return row;
  const problem = failure('still-unknown-comment');
  return { ...row, comment: { ...row.comment, phase: 'asked', failure: problem } };
}
