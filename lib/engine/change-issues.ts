import type { IssueChange, SentChange } from '../core/engine/change.ts';
import type { ChangePerformed, EffectOf } from '../core/engine/effect.ts';
import { joinChanges, type LeftChange, leftOf } from '../core/engine/issue-change.ts';
import type { Job, JobRow } from '../core/engine/job.ts';
import type { IssueNow } from '../core/engine/job-facts.ts';
import { isTouched } from '../core/engine/touched.ts';
import {
  type Failure,
  fail,
  failure,
  mayHaveArrived,
  type Result,
  succeed,
} from '../core/failures.ts';
import { formatIssueRef, type IssueRef, sameChecklist } from '../core/refs.ts';
import { parseMarker } from '../core/text/marker.ts';
import type { JobPorts } from '../ports.ts';

/** What came of one change, or of all changes of a row. */
type Changed = Pick<ChangePerformed, 'result' | 'made' | 'unknown'>;

type Ports = Pick<JobPorts, 'github' | 'store'>;

/** An issue as it is now, and what is left of a change of it. */
interface ChangeLeft extends LeftChange {
  readonly issue: IssueRef;
}

/**
 * Changes the issues of one row, one by one. Every issue is read as late as possible, and only what is not there already
 * is sent: the whole may be done again.
 */
export async function changeIssues(
  ports: Ports,
  job: Job,
  { index, changes }: EffectOf<'change'>,
): Promise<Changed> {
  const row = rowAt(job, index);
  const made: SentChange[] = [];
  for (const [position, wanted] of changes.entries()) {
    const changed = await makeChange(ports, job, row, position, wanted, made);
    made.push(...changed.made);
    if (changed.result.ok) continue;
    return { ...changed, made, unknown: [...changed.unknown, ...laterThan(row, position)] };
  }
  return { result: succeed(undefined), made, unknown: [] };
}

async function makeChange(
  ports: Ports,
  job: Job,
  row: JobRow,
  position: number,
  wanted: IssueChange,
  before: readonly SentChange[],
): Promise<Changed> {
  const left = await readChangeLeft(ports, job, row, position, wanted);
  if (!left.ok) return { result: left, made: [], unknown: earlier(row, position) };
  const { issue, change, undo, patch, comments } = left.value;
  // What an earlier try had sent, and is there now, was us.
  const [sent] = earlier(row, position);
  const whole = joinChanges([sent?.change, change]);
  if (whole === undefined) return done([]);
  const made = { position, change: whole, undo: joinChanges([sent?.undo, undo]) };
  if (change === undefined) return done([made]);
  if (!(await note(ports, job, row, [...before, made, ...laterThan(row, position)]))) {
    return { result: fail(failure('unknown-outcome')), made: [], unknown: [made] };
  }
  if (patch !== undefined) {
    const patched = await ports.github.updateIssue(issue, patch);
    if (!patched.ok)
      return {
        result: patched,
        made: [],
        unknown: mayHaveArrived(patched.failure.code) ? [made] : [],
      };
  }
  const deleted = await deleteComments(ports, issue, comments);
  if (deleted.ok) return done([made]);
  const { comments: _left, ...rest } = whole;
  const isMade = Object.keys(rest).some((part) => part !== 'issue');
  return {
    result: deleted,
    made: isMade ? [{ ...made, change: rest }] : [],
    unknown: [{ position, change: { issue, comments: 'delete' } }],
  };
}

async function readChangeLeft(
  { github }: Ports,
  job: Job,
  row: JobRow,
  position: number,
  wanted: IssueChange,
): Promise<Result<ChangeLeft>> {
  const { header } = job;
  const read = await github.readIssue(wanted.issue);
  if (!read.ok) return read;
  const now = read.value;
  const comments = wanted.comments && (await github.listComments(now.ref));
  if (comments?.ok === false) return comments;
  const found = comments?.value ?? [];
  const left = leftOf(wanted, now, found, header);
  if (!left.ok) return left;
  const isOurs = left.value.patch === undefined && isProvenOurs(now, job, earlier(row, position));
  if (isOurs || !isGuarded(wanted, left.value, row)) {
    return succeed({ ...left.value, issue: now.ref });
  }
  const later = await readCarefully({ github }, header, now, wanted);
  if (!later.ok) return later;
  const again = leftOf(wanted, later.value, found, header);
  return again.ok ? succeed({ ...again.value, issue: now.ref }) : again;
}

/** Whether it must be asked first who else worked on the issue. */
function isGuarded({ guard }: IssueChange, { patch }: LeftChange, { forced }: JobRow): boolean {
  if (guard === undefined || forced === true) return false;
  // Nothing left to send does not mean that we did it: an issue that somebody finished keeps its link, too.
  if (guard !== 'untouched') return true;
  // A marker is nobody's but ours.
  return patch?.state !== undefined || patch?.title !== undefined;
}

/** Whether an issue where nothing is left to change is so by us: its marker names the undo, or an earlier try sent it. */
function isProvenOurs(now: IssueNow, { header }: Job, sent: readonly SentChange[]): boolean {
  const { checklist } = header;
  const marker = parseMarker(now.body, checklist.repo.host);
  const run = header.kind === 'change' ? header.change.undoes : undefined;
  const isUndone =
    marker?.state === 'undone' &&
    sameChecklist(marker.checklist, checklist) &&
    (run === undefined || marker.run === run);
  // Without its marker the issue only shows our try where that wrote none.
  return isUndone || sent.some(({ change }) => change.marker === undefined);
}

// Asks who else worked on the issue; answers it as it is by then.
async function readCarefully(
  { github }: Pick<Ports, 'github'>,
  header: Job['header'],
  now: IssueNow,
  { guard }: IssueChange,
): Promise<Result<IssueNow>> {
  const read = await github.readHistories([now.ref]);
  if (!read.ok) return read;
  const [history] = read.value;
  if (history === undefined) return fail(failure('gone'));
  const created = typeof guard === 'object' ? guard : undefined;
  if (isTouched(history, header, created)) return fail(touched(now.ref, header));
  const { title, body, state } = history;
  return succeed({ ...now, title, body, state });
}

// Saved before it is sent, so that the log is right although the worker dies. Answers whether the journal is still there.
async function note(
  { store }: Ports,
  { header }: Job,
  row: JobRow,
  sent: readonly SentChange[],
): Promise<boolean> {
  return (await store.save(header.id, { rows: [{ ...row, sent }] })) !== undefined;
}

async function deleteComments(
  { github }: Ports,
  issue: IssueRef,
  ids: readonly number[],
): Promise<Result<void>> {
  for (const id of ids) {
    const deleted = await github.deleteComment(issue, id);
    if (!deleted.ok) return deleted;
  }
  return succeed(undefined);
}

function earlier({ sent = [] }: JobRow, position: number): readonly SentChange[] {
  return sent.filter((one) => one.position === position);
}

function laterThan({ sent = [] }: JobRow, position: number): readonly SentChange[] {
  return sent.filter((one) => one.position > position);
}

function done(made: readonly SentChange[]): Changed {
  return { result: succeed(undefined), made, unknown: [] };
}

function rowAt({ header, rows }: Job, index: number): JobRow {
  const row = rows.find((one) => one.index === index);
  if (row === undefined) throw new Error(`Job ${header.id} has no row ${index}`);
  return row;
}

function touched(issue: IssueRef, { checklist }: Job['header']): Failure {
  return failure('touched', { link: formatIssueRef(issue, checklist.repo) });
}
