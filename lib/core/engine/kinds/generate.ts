import { countNoun } from '../../count-noun.ts';
import { doubledFailure } from '../../failures.ts';
import type { Timing } from '../../settings/settings.ts';
import { isSilent } from '../claim.ts';
import { commentBody } from '../comment.ts';
import type { Effect } from '../effect.ts';
import type { GenerateRow, Job, JobHeader } from '../job.ts';
import type { JobStatus, JobWords, RowProblem } from '../job-status.ts';
import type { Kind, Stage } from '../kind.ts';
import { dueLookUp, dueReplaced, earliestLookUp, lookUp, nextLookUpAt } from '../look-up.ts';
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
  next: { effect: nextOfGeneration, isOwed: isUnlinked, isOpen, isTooLate, rest },
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
    dueReplaced(job.header) ??
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
  // An issue that cannot be linked is not created. Asked while the pace is waited for, it costs no time.
  if (row.phase === 'planned' && !isWritable(step)) return { kind: 'rights' };
  const next = paced(step, creation(row, header), isUnlinked);
  const isDue = next.kind === 'create' || next.kind === 'comment';
  return isDue && isTooLate(step.job, step.now, step.timing) ? master(step, 'claim') : next;
}

function isWritable({ job, now, timing }: Step<'generate'>): boolean {
  const age = now - (job.header.writableAt ?? Number.NEGATIVE_INFINITY);
  return age >= 0 && age <= timing.rightsAgainMs;
}

// Another machine may have taken over meanwhile: the claim is written again, and must stand, before the next creation.
function isTooLate({ header }: Job<'generate'>, now: number, timing: Timing): boolean {
  return header.claim === 'held' && isSilent(header, now, timing);
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

function choices({ phase, renamed }: GenerateRow): RowProblem['choices'] {
  if (phase === 'asked') return ['create-again', 'use-number', 'skip', 'retry'];
  // An item that is not told takes no number either.
  return renamed === undefined ? ['retry', 'skip'] : ['link', 'skip'];
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
    result: resultOf(counts),
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
  if (outcome === 'stopped') return describeStopped(counts);
  return `${outcome === 'done' && asked === 0 ? 'Done: ' : ''}${resultOf(counts)}`;
}

function resultOf({ created: made, linked }: JobStatus['counts']): string {
  if (made > 0)
    return `${countNoun(made, 'issue')} created, ${linked < made ? linked : 'all'} linked.`;
  return linked > 0 ? `${countNoun(linked, 'item')} linked.` : 'Nothing was created or linked.';
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
