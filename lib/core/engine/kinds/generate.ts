import { countNoun } from '../../count-noun.ts';
import { doubledFailure, type Failure, failure } from '../../failures.ts';
import { issueUrl } from '../../refs.ts';
import type { Timing } from '../../settings/settings.ts';
import { commentBody } from '../comment.ts';
import type { Effect, MasterOutcome, MasterPurpose, OwnRequest } from '../effect.ts';
import {
  type Attempt,
  changeRow,
  type GenerateRow,
  type Job,
  type JobChange,
  type JobHeader,
} from '../job.ts';
import type { CreatedIssue } from '../job-facts.ts';
import type { JobStatus, JobWords, RowProblem, RowResolution } from '../job-status.ts';
import type { Kind, KindRecord, Stage, Succeeded } from '../kind.ts';
import {
  dueLookUp,
  earliestLookUp,
  lookUp,
  nextLookUpAt,
  recordCommentLookUp,
  recordLookUp,
} from '../look-up.ts';
import {
  CHECK_AGAIN,
  end,
  isFinishing,
  master,
  mayUseMaster,
  paced,
  type Step,
  seenThenEnd,
  unwrittenFirst,
} from '../steps.ts';

type Header = JobHeader<'generate'>;

/** Links are written after this many created issues. */
const BATCH = 25;

/** Creates issues, each exactly once, and links them from the text. */
export const GENERATE: Kind<'generate'> = {
  next: { effect: nextOfGeneration, isOwed: isUnlinked, isOpen, rest },
  words: {
    cause: () => ({ by: 'click', what: 'generate' }),
    stage: ({ phase }) => STAGES[phase],
    isMade,
    choices,
    problems,
    issue: ({ issue }) => issue,
    describe,
  },
  back: {
    undoable: ({ header, rows }) => (header.endedAt === undefined ? 0 : rows.filter(isMade).length),
    lost: 'journal-lost',
    isSearched: true,
    mayMakeDifferences: false,
  },
};

/** What follows for the records of a generation. */
export const GENERATE_RECORD: KindRecord<'generate'> = {
  begin,
  withdraw,
  park,
  answer,
  refuse,
  seen: seenClaim,
  resolve,
  reopen: (header) => ({ ...header, claim: 'none' }),
  end: endRow,
};

/** Whether this run created an issue for the row: an undo of the run would look at it. */
export function isMade({ own, issue, phase }: GenerateRow): boolean {
  return own && issue !== undefined && phase !== 'skipped';
}

function nextOfGeneration(step: Step<'generate'>): Effect {
  const { job, control, now, timing } = step;
  const claim = nextOfClaim(step);
  if (claim !== undefined) return claim;
  if (isFinishing(step)) return lastLooks(step) ?? finish(step);
  if (control.action === 'pause') return master(step, 'links');
  return (
    nextSetUp(job.header) ??
    dueLookUp(job, now, timing) ??
    nextBatch(step) ??
    nextCreation(step) ??
    nextPatience(step) ??
    finish(step)
  );
}

function nextOfClaim(step: Step<'generate'>): Effect | undefined {
  const { job, now, timing } = step;
  const { claim, claimedAt } = job.header;
  if (isFinishing(step) || claim === 'held' || claim === 'released') return undefined;
  if (claim === 'none') return master(step, 'claim');
  const settled = Math.min(claimedAt ?? 0, now) + timing.claimSettleMs;
  return now < settled ? { kind: 'wait', until: settled, why: 'claim' } : master(step, 'check');
}

function nextSetUp({ options, milestoneNumber }: Header): Effect | undefined {
  const [name] = options.missingLabels;
  if (name !== undefined) return { kind: 'label', name };
  if (options.milestone === undefined || milestoneNumber !== undefined) return undefined;
  return { kind: 'milestone', title: options.milestone };
}

function nextBatch(step: Step<'generate'>): Effect | undefined {
  const { job, now } = step;
  if (!mayUseMaster(step)) return undefined;
  // The last batch is written with the end of the claim.
  const more = job.rows.some((row) => row.phase === 'planned');
  if (more && job.rows.filter((row) => row.phase === 'created' && row.own).length >= BATCH) {
    return master(step, 'links');
  }
  const { recheck, checkedAt } = job.header;
  const old = recheck || now - (checkedAt ?? 0) > CHECK_AGAIN;
  return old && more ? master(step, 'check') : undefined;
}

// In order of rows: an issue is followed by its comment. Serial, and never before the pace allows it.
function nextCreation(step: Step<'generate'>): Effect | undefined {
  const { header, rows } = step.job;
  const row = rows.find((one) => wantsComment(one) || one.phase === 'planned');
  if (row === undefined) return undefined;
  // After an unknown outcome GitHub must first be seen to answer; an open editor keeps nobody from creating.
  const { recheck, masterWait } = header;
  if (recheck && masterWait === 'look-up' && !mayUseMaster(step)) return master(step, 'check');
  return paced(step, creation(row, header), isUnlinked);
}

function creation(row: GenerateRow, header: Header): Effect {
  const { index, issue, title, body } = row;
  if (issue !== undefined && wantsComment(row)) {
    const ref = { repo: header.target, number: issue.number };
    return { kind: 'comment', index, issue: ref, body: commentBody(header, row) };
  }
  const { labels, assignees } = header.options;
  const draft = { title, body, labels, milestone: header.milestoneNumber, assignees };
  return { kind: 'create', index, draft };
}

function wantsComment({ issue, comment, phase }: GenerateRow): boolean {
  return issue !== undefined && comment?.phase === 'planned' && phase !== 'skipped';
}

// Nothing is left but outcomes that are still looked up.
function nextPatience(step: Step<'generate'>): Effect | undefined {
  const until = earliestLookUp(step.job, step.now, step.timing);
  if (until === undefined) return undefined;
  return unwrittenFirst(step, { kind: 'wait', until, why: 'look-up' }, isUnlinked);
}

// A run that ends early gives each unknown outcome its first look-up, and leaves the rest to the user.
function lastLooks(step: Step<'generate'>): Effect | undefined {
  const { job, now, timing } = step;
  const fresh = job.rows.filter((row) => row.phase === 'uncertain' && row.attempt?.lookUps === 0);
  const times = fresh.flatMap(
    (row) => (row.attempt && nextLookUpAt(row.attempt, now, timing)) ?? [],
  );
  if (times.length === 0) return undefined;
  const until = Math.min(...times);
  return until <= now
    ? lookUp(job.header)
    : unwrittenFirst(step, { kind: 'wait', until, why: 'look-up' }, isUnlinked);
}

function finish(step: Step<'generate'>): Effect {
  const { header, rows } = step.job;
  if (header.masterLost !== undefined) return end(step, isOpen);
  const claimed = header.claim === 'written' || header.claim === 'held';
  if (claimed || rows.some(isUnlinked)) return master(step, 'finish');
  return seenThenEnd(step, ({ phase }) => phase === 'linked', isOpen);
}

function isUnlinked({ phase }: GenerateRow): boolean {
  return phase === 'created';
}

function isOpen({ phase }: GenerateRow): boolean {
  return phase === 'planned' || phase === 'uncertain';
}

function rest({ job: { header, rows }, now, timing }: Step<'generate'>) {
  const looks = rows.flatMap(({ attempt, phase }) =>
    phase === 'uncertain' && attempt !== undefined
      ? [attempt.sentAt + (timing.lookUpAfterMs[attempt.lookUps] ?? 0)]
      : [],
  );
  const issues = rows.filter(({ phase }) => phase === 'planned').length;
  const comments = rows.filter(
    ({ comment, phase }) => comment?.phase === 'planned' && phase !== 'skipped',
  ).length;
  return {
    writes: issues + comments,
    from: now + (header.claim === 'none' ? timing.claimSettleMs : 0),
    until: Math.max(0, ...looks),
  };
}

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
    case 'label':
      return { header: withoutLabel(header, performed.effect.name) };
    case 'milestone':
      return { header: { ...header, milestoneNumber: performed.result.value } };
    case 'create':
      return changeRow(job, performed.effect.index, (row) => created(row, performed.result.value));
    case 'comment':
      return changeRow(job, performed.effect.index, (row) => ({
        ...row,
        comment: { phase: 'done' },
      }));
    case 'look-up':
      return recordLookUp(job, performed.result.value, startedAt, timing);
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
  { holder, claimEnteredAt }: MasterOutcome<'generate'>,
  startedAt: number,
): Header {
  if (header.claim === 'released') return header;
  if (holder !== undefined && holder.run !== header.id) {
    const at = `${holder.at.slice(0, 16).replace('T', ' ')} UTC`;
    const claimed = failure('claimed', { by: holder.by, at });
    return { ...header, claim: 'released', failure: header.failure ?? claimed };
  }
  if (purpose === 'finish') return { ...header, claim: 'released' };
  if (purpose === 'claim') return { ...header, claim: 'written', claimedAt: startedAt };
  // Somebody's edit took the claim out, or it has grown too old: it is written, and confirmed, again.
  if (holder === undefined) {
    return purpose === 'check'
      ? { ...header, claim: 'none' }
      : { ...header, claim: 'written', claimedAt: startedAt };
  }
  if (header.claim !== 'written') return header;
  return { ...header, claim: 'held', serverStartedAt: header.serverStartedAt ?? claimEnteredAt };
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
  const clean = { ...row, failure: undefined, relinks: 0 };
  const isAsked = row.phase === 'asked' && row.attempt !== undefined;
  switch (resolution.kind) {
    case 'skip':
      return { ...clean, phase: 'skipped' };
    case 'force':
      return row;
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

const STAGES: Readonly<Record<GenerateRow['phase'], Stage>> = {
  planned: 'left',
  intent: 'left',
  uncertain: 'uncertain',
  asked: 'asked',
  created: 'left',
  linked: 'done',
  verified: 'done',
  review: 'review',
  failed: 'failed',
  skipped: 'skipped',
};

function choices({ phase, issue }: GenerateRow): RowProblem['choices'] {
  if (phase === 'asked') return ['create-again', 'use-number', 'skip', 'retry'];
  if (phase === 'failed') return ['retry', 'skip'];
  return issue === undefined ? ['retry', 'use-number', 'skip'] : ['retry', 'skip'];
}

function problems({ issue, comment, doubled }: GenerateRow) {
  const found: Pick<RowProblem, 'failure' | 'choices'>[] = [];
  if (comment?.failure !== undefined) {
    found.push({ failure: comment.failure, choices: ['retry', 'skip'] });
  }
  if (doubled !== undefined) {
    const others = doubled.map((number) => `#${number}`).join(', ');
    const problem = doubledFailure(`#${issue?.number ?? ''}`, others);
    found.push({ failure: problem, choices: ['skip'] });
  }
  return found;
}

function describe({ counts, outcome, problems: asked }: Omit<JobStatus, 'words'>): JobWords {
  const { created: made, linked, total } = counts;
  return {
    purpose: 'generate',
    // Items that only link an issue are never created.
    done: Math.max(made, linked),
    progress: `${made} of ${total} created`,
    outcome: outcomeOf(counts, outcome, asked.length),
    stop:
      made === 0
        ? 'Nothing was created yet.'
        : `${describeStaying(counts)}. The rest is not created.`,
    force: 'Change it anyway',
    undo: 'close',
  };
}

function outcomeOf(
  counts: JobStatus['counts'],
  outcome: JobStatus['outcome'],
  asked: number,
): string {
  const { created: made, linked } = counts;
  if (outcome === 'stopped') return describeStopped(counts);
  const start = outcome === 'done' && asked === 0 ? 'Done: ' : '';
  if (made === 0) return `${start}${countNoun(linked, 'item')} linked.`;
  return `${start}${countNoun(made, 'issue')} created, ${linked < made ? linked : 'all'} linked.`;
}

function describeStopped(counts: JobStatus['counts']): string {
  const { created: made, linked } = counts;
  if (made > 0) return `Stopped: ${describeStaying(counts)}.`;
  return linked > 0 ? `Stopped: ${countNoun(linked, 'item')} linked.` : 'Stopped.';
}

/** `43 created issues stay, linked`: what stopping leaves. */
function describeStaying({ created: made, linked }: JobStatus['counts']): string {
  const stay = made === 1 ? 'stays' : 'stay';
  const then = linked >= made ? 'linked' : `${linked} of them linked so far`;
  return `${countNoun(made, 'created issue')} ${stay}, ${then}`;
}
