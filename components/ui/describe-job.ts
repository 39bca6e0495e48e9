import type { JobStatus, WaitReason } from '../../lib/core/engine/job-status.ts';
import type { MendCause } from '../../lib/core/engine/mend.ts';
import { formatDuration } from '../../lib/core/format-duration.ts';
import { countNoun } from './count-noun.ts';

/** `12 of 54 created`: how far a job is. */
export function describeProgress({ counts, mend }: JobStatus): string {
  const { created, linked, total } = counts;
  if (mend !== undefined) return `${linked} of ${total} ${PROGRESS[mend.cause](total)}`;
  return `${created} of ${total} created`;
}

/** What the job does right now and how long it still takes; `now` in milliseconds since 1970. */
export function describeWait(job: JobStatus, now: number): string {
  if (job.state === 'paused') return 'Paused.';
  const left = job.finishAt === undefined ? '' : leftOf(job.finishAt - now);
  const { waiting } = job;
  // The pace between two writes is work, not waiting: it needs no words.
  if (waiting === undefined || waiting.why === 'pace') return left;
  return [`${WAITS[waiting.why]}${untilWhen(waiting, now)}.`, left].filter(Boolean).join(' ');
}

/** What a stopped or ended job leaves behind. */
export function describeOutcome(job: JobStatus): string {
  const { kind, outcome, counts, problems, mend } = job;
  const { created, linked } = counts;
  if (mend !== undefined) return describeMended(job, mend);
  // Its record was lost, and with it why it was done.
  if (kind === 'mend') return 'Interrupted.';
  if (outcome === 'stopped') return `Stopped: ${describeStaying(counts)}.`;
  const start = outcome === 'done' && problems.length === 0 ? 'Done: ' : '';
  if (created === 0) return `${start}${countNoun(linked, 'item')} linked.`;
  return `${start}${countNoun(created, 'issue')} created, ${linked < created ? linked : 'all'} linked.`;
}

/** What happens when a job is stopped now. */
export function describeStop({ kind, counts, mend }: JobStatus): string {
  if (mend?.cause === 'undo-generation') {
    return `${counts.linked} of ${counts.total} stay undone; the rest stays.`;
  }
  if (kind === 'mend') return 'What is done so far stays; the rest is not done.';
  return counts.created === 0
    ? 'Nothing was created yet.'
    : `${describeStaying(counts)}. The rest is not created.`;
}

/** `43 created issues stay, linked`: what stopping leaves. */
function describeStaying({ created, linked }: JobStatus['counts']): string {
  const stay = created === 1 ? 'stays' : 'stay';
  const rest = linked >= created ? 'linked' : `${linked} of them linked so far`;
  return `${countNoun(created, 'created issue')} ${stay}, ${rest}`;
}

/** What each kind of mending counts, behind `3 of 8`. */
const PROGRESS: Readonly<Record<MendCause, (total: number) => string>> = {
  reconcile: (total) => `${total === 1 ? 'change' : 'changes'} made`,
  undo: (total) => `${total === 1 ? 'change' : 'changes'} taken back`,
  'undo-generation': () => 'undone',
  plain: (total) => `${total === 1 ? 'item' : 'items'} made plain`,
  traces: (total) => `${total === 1 ? 'trace' : 'traces'} removed`,
};

function describeMended({ outcome, counts }: JobStatus, { cause, creates }: Mending): string {
  const early = outcome === 'stopped' ? 'Stopped: ' : '';
  const done = describeDone(cause, counts);
  if (creates === 0) return `${early}${done}.`;
  const next = `${countNoun(creates, 'issue')} ${creates === 1 ? 'is' : 'are'} created`;
  if (counts.total === 0) return `${early}Next, ${next}.`;
  return `${early}${done}, then ${next}.`;
}

type Mending = NonNullable<JobStatus['mend']>;

function describeDone(cause: MendCause, { created, linked, total }: JobStatus['counts']): string {
  const counted = (noun: string) =>
    linked < total ? `${linked} of ${countNoun(total, noun)}` : countNoun(linked, noun);
  switch (cause) {
    case 'reconcile':
      return `${counted('change')} made`;
    case 'undo':
      return `Taken back: ${counted('change')}`;
    case 'undo-generation':
      return `${countNoun(linked, 'issue')} closed, their links removed`;
    case 'plain': {
      const one = linked === 1 && total === 1;
      return `${counted('item')} ${one ? 'is' : 'are'} plain again`;
    }
    case 'traces':
      if (linked < total) return `${linked} of ${countNoun(total, 'trace')} removed`;
      if (created === 0) return "Masterlist's traces are removed";
      return `Masterlist's traces are removed from ${countNoun(created, 'issue')}`;
  }
}

const WAITS: Readonly<Record<Exclude<WaitReason, 'pace'>, string>> = {
  limit: 'GitHub asks to wait',
  'look-up': 'Looking up an issue that GitHub did not confirm',
  offline: 'GitHub cannot be reached',
  editor: 'Waiting until the text is no longer being edited',
  claim: 'Making sure that nobody else creates these issues',
  recovery: 'Waiting before this run is recovered from GitHub',
  'sign-in': 'Waiting for a token in the options',
};

/** People end these waits, not the clock. */
const OPEN_ENDED: ReadonlySet<WaitReason> = new Set<WaitReason>(['editor', 'sign-in']);

function untilWhen({ until, why }: NonNullable<JobStatus['waiting']>, now: number): string {
  if (OPEN_ENDED.has(why) || until - now < 1_000) return '';
  if (until - now < 60_000) return `, ${Math.ceil((until - now) / 1_000)} s more`;
  const time = new Date(until).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return `, until ${time}`;
}

function leftOf(milliseconds: number): string {
  const words = formatDuration(milliseconds / 1_000);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} left.`;
}
