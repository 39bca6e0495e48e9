import { failure } from '../failures.ts';
import type { KnownIssue } from '../identity/issue.ts';
import { issueUrl, sameChecklist } from '../refs.ts';
import type { Timing } from '../settings/settings.ts';
import { parseMarker } from '../text/marker.ts';
import { hasComment } from './comment.ts';
import type { Effect, EffectOf } from './effect.ts';
import {
  type Attempt,
  changeRow,
  type GenerateRow,
  type Job,
  type JobChange,
  type JobHeader,
} from './job.ts';
import type { IssueComment } from './job-facts.ts';

/** How far before a job's start the runs whose place it took may have created issues: claims last a day. */
const REPLACED_BACK = 48 * 3_600_000;

/** How far before a job's start look-ups begin: clocks differ, and GitHub's `since` is its own time. */
const LOOK_BACK = 10 * 60_000;

/** When an uncertain outcome is looked up next; undefined when the schedule is over. */
export function nextLookUpAt(attempt: Attempt, now: number, timing: Timing): number | undefined {
  if (attempt.again) return now;
  const wait = timing.lookUpAfterMs[attempt.lookUps];
  // A clock that was set back must not add to the wait.
  return wait === undefined ? undefined : Math.min(attempt.sentAt, now) + wait;
}

/** The look-up that is due: one list of issues for all rows, then the comments of one issue. */
export function dueLookUp(
  { header, rows }: Job<'generate'>,
  now: number,
  timing: Timing,
): Effect | undefined {
  const isDue = (attempt: Attempt | undefined) =>
    attempt !== undefined && (nextLookUpAt(attempt, now, timing) ?? now) <= now;
  if (rows.some((row) => row.phase === 'uncertain' && isDue(row.attempt))) return lookUp(header);
  const row = rows.find(({ comment }) => comment?.phase === 'uncertain' && isDue(comment.attempt));
  if (row?.issue === undefined) return undefined;
  const issue = { repo: header.target, number: row.issue.number };
  return { kind: 'look-up-comment', index: row.index, issue };
}

/** The list of everything that the job can have created, by GitHub's clock and by ours. */
export function lookUp(header: JobHeader<'generate'>): EffectOf<'look-up'> {
  const { login: creator, startedAt, serverStartedAt = startedAt } = header;
  return { kind: 'look-up', creator, since: Math.min(startedAt, serverStartedAt) - LOOK_BACK };
}

/** The list of everything that a run can have created whose place this one took; undefined when none is left. */
export function dueReplaced(header: JobHeader<'generate'>): EffectOf<'look-up'> | undefined {
  const [first] = header.replaced ?? [];
  if (first === undefined) return undefined;
  const { kind, since } = lookUp(header);
  return { kind, creator: first.by, since: since - REPLACED_BACK, run: first.run };
}

/** When the next look-up of all is due; undefined when none is. */
export function earliestLookUp(
  job: Job<'generate'>,
  now: number,
  timing: Timing,
): number | undefined {
  const attempts = job.rows.flatMap((row) => [
    ...(row.phase === 'uncertain' ? [row.attempt] : []),
    ...(row.comment?.phase === 'uncertain' ? [row.comment.attempt] : []),
  ]);
  const times = attempts.flatMap(
    (attempt) => (attempt && nextLookUpAt(attempt, now, timing)) ?? [],
  );
  return times.length === 0 ? undefined : Math.min(...times);
}

/** The rows after one list of issues: what is found is created; what is not is looked up again, until the schedule is over. */
export function recordLookUp(
  job: Job<'generate'>,
  found: readonly KnownIssue[],
  startedAt: number,
  timing: Timing,
): JobChange<'generate'> {
  const uncertain = job.rows.filter((row) => row.phase === 'uncertain');
  const rows = uncertain.map((row) => afterLookUp(row, job.header, found, startedAt, timing));
  // By now another browser may have linked its item: the text is read before it is created again.
  const isAgain = rows.some(({ phase }) => phase === 'planned');
  return { rows, ...(isAgain && { header: { ...job.header, recheck: true } }) };
}

/** The rows after a list of what a run made whose place was taken: its issues are linked, not created again. */
export function recordReplaced(
  job: Job<'generate'>,
  found: readonly KnownIssue[],
  run: string,
): JobChange<'generate'> {
  const { header } = job;
  const replaced = header.replaced?.filter((one) => one.run !== run);
  const by = header.replaced?.find((one) => one.run === run)?.by ?? header.login;
  const planned = job.rows.filter((row) => row.phase === 'planned');
  const kept = found.filter(
    ({ body }) => parseMarker(body, header.target.host)?.state !== 'undone',
  );
  const rows = planned.flatMap((row): readonly GenerateRow[] => {
    const made = issuesFor(kept, row, { ...header, id: run, login: by });
    return made === undefined
      ? []
      : [{ ...row, ...made, phase: 'created', own: false, comment: undefined }];
  });
  return { header: { ...header, replaced }, rows };
}

function afterLookUp(
  row: GenerateRow,
  header: JobHeader<'generate'>,
  found: readonly KnownIssue[],
  startedAt: number,
  timing: Timing,
): GenerateRow {
  const made = issuesFor(found, row, header);
  if (made !== undefined) {
    return { ...row, ...made, phase: 'created', attempt: undefined, failure: undefined };
  }
  const attempt = lookedUp(row.attempt, startedAt, timing);
  if (attempt === 'again')
    return { ...row, phase: 'planned', attempt: undefined, failure: undefined };
  if (attempt !== 'over') return { ...row, attempt };
  return { ...row, phase: 'asked', failure: failure('still-unknown') };
}

/** The issue of a row among those found, and others that it has as well. */
function issuesFor(
  found: readonly KnownIssue[],
  row: GenerateRow,
  header: Maker,
): Pick<GenerateRow, 'issue' | 'doubled'> | undefined {
  const numbers = found
    .filter((issue) => isIssueOf(issue, row, header))
    .map(({ ref }) => ref.number);
  const [number, ...others] = numbers.toSorted((a, b) => a - b);
  if (number === undefined) return undefined;
  const issue = { number, url: issueUrl({ repo: header.target, number }) };
  return { issue, doubled: others.length > 0 ? others : undefined };
}

/** The row after a list of its issue's comments. */
export function recordCommentLookUp(
  job: Job<'generate'>,
  index: number,
  found: readonly IssueComment[],
  startedAt: number,
  timing: Timing,
): JobChange<'generate'> {
  return changeRow(job, index, (row): GenerateRow => {
    if (hasComment(found, job.header, row)) return { ...row, comment: { phase: 'done' } };
    const attempt = lookedUp(row.comment?.attempt, startedAt, timing);
    if (attempt === 'again') return { ...row, comment: { phase: 'planned' } };
    if (attempt !== 'over') return { ...row, comment: { phase: 'uncertain', attempt } };
    const problem = failure('still-unknown-comment');
    return { ...row, comment: { phase: 'asked', attempt: row.comment?.attempt, failure: problem } };
  });
}

/** Counts a look-up that found nothing, and with it all that were due before it was sent. */
function lookedUp(
  attempt: Attempt | undefined,
  startedAt: number,
  timing: Timing,
): Attempt | 'again' | 'over' {
  if (attempt === undefined) return 'over';
  if (attempt.again) return 'again';
  const schedule = timing.lookUpAfterMs;
  const done = schedule.filter((wait) => attempt.sentAt + wait <= startedAt).length;
  const lookUps = Math.max(attempt.lookUps, done);
  return lookUps >= schedule.length ? 'over' : { ...attempt, lookUps };
}

/** Who creates an issue, in which run, of which checklist, and where. */
type Maker = Pick<JobHeader<'generate'>, 'id' | 'login' | 'checklist' | 'target'>;

/** Whether an issue is the one that this job created for the row: by author, run, item and checklist. */
export function isIssueOf(issue: KnownIssue, row: GenerateRow, header: Maker): boolean {
  const marker = parseMarker(issue.body, header.target.host);
  if (marker === undefined || issue.kind !== 'issue') return false;
  const ours = issue.author.toLowerCase() === header.login.toLowerCase();
  const same = marker.run === header.id && marker.item === row.item.key;
  return ours && same && sameChecklist(marker.checklist, header.checklist);
}
