import type { MasterSnapshot, UnverifiedWrite } from '../core/engine/job-facts.ts';
import {
  type Failure,
  fail,
  failure,
  mayHaveArrived,
  type Result,
  succeed,
} from '../core/failures.ts';
import type { Cause } from '../core/log/cause.ts';
import type { LogEvent, LoggedRow } from '../core/log/event.ts';
import { type ChecklistRef, checklistKey } from '../core/refs.ts';
import { mapChanges } from '../core/runs/map-changes.ts';
import { applyEdits, type EditOutcome } from '../core/text/apply-edits.ts';
import { BODY_LIMIT } from '../core/text/body-limit.ts';
import type { Edit } from '../core/text/edit.ts';
import { hashText } from '../core/text/hash-text.ts';
import type { JobPorts } from '../ports.ts';
import type { ChecklistText } from './checklist-text.ts';
import { joinVersions } from './read-sync.ts';
import { showsAllSince, verifyWrite, type WriteVerdict } from './verify-write.ts';

/** What writing a checklist needs from outside. */
export interface ChecklistPorts
  extends Pick<JobPorts, 'store' | 'locks' | 'clock' | 'timing' | 'isEditorOpen'> {
  readonly text: ChecklistText;
}

/** A request to change a checklist. */
export interface ChecklistRequest {
  readonly checklist: ChecklistRef;
  readonly placeholder: string;
  /** For the log. */
  readonly job: string;
  readonly run: string;
  readonly login: string;
  readonly cause: Cause;
  /** The edits, computed on the fresh text under the lock; none to read and verify only. */
  decide(master: MasterSnapshot): readonly Edit[];
  /** The items that were changed, for the log. */
  rows?(outcome: EditOutcome): readonly LoggedRow[];
  /** Another whole text in place of the edits: an earlier one that comes back. Nothing to leave all as it is. */
  replace?(master: MasterSnapshot): string | undefined;
}

/** What came of it. */
export interface ChecklistWrite {
  /** As read, with what an earlier write of ours had overwritten put back into `text`. */
  readonly master: MasterSnapshot;
  /** As GitHub has it now, as far as known. */
  readonly text: string;
  /** Whether a write was sent that no read has confirmed yet. */
  readonly wrote: boolean;
  readonly outcome: EditOutcome;
  readonly notice: Failure | undefined;
}

/**
 * The one way to write a checklist: reads it fresh, verifies our last write of it (by this or a killed worker) and
 * restores what that had overwritten, derives the edits on that text, and writes only if something changes. The text read
 * is journaled before the write; the next call verifies it. Fails with `unknown-outcome` also while an earlier write may
 * still arrive: call again some seconds later.
 */
export function writeChecklist(
  ports: ChecklistPorts,
  request: ChecklistRequest,
): Promise<Result<ChecklistWrite>> {
  const key = checklistKey(request.checklist);
  return ports.locks.withLock(`master:${key}`, () => readEditWrite(ports, request, key));
}

async function readEditWrite(
  ports: ChecklistPorts,
  request: ChecklistRequest,
  key: string,
): Promise<Result<ChecklistWrite>> {
  const last = await ports.store.loadUnverified(key);
  if (last !== undefined && mayStillArrive(ports, last)) return fail(failure('unknown-outcome'));
  const now = await readSettled(ports, request, last);
  if (!now.ok) return now;
  const { read } = now.value;
  const verdict = await noteVerdict(ports, request, key, last, now.value.verdict);
  const master = { ...read, text: verdict.text };
  const outcome = outcomeOf(request, master);
  const seen = { master, outcome, notice: verdict.notice };
  if (outcome.markdown === read.text) {
    return succeed({ ...seen, text: outcome.markdown, wrote: false });
  }
  if (outcome.markdown.length > BODY_LIMIT) return fail(failure('too-long'));
  if (ports.isEditorOpen(key)) return fail(failure('editor-open'));
  const sent = await send(ports, request, key, read, outcome, verdict);
  return sent.ok ? succeed({ ...seen, text: sent.value, wrote: true }) : sent;
}

function outcomeOf(request: ChecklistRequest, master: MasterSnapshot): EditOutcome {
  const whole = request.replace?.(master);
  if (whole !== undefined) return { markdown: whole, applied: [], missed: [] };
  return applyEdits(master.text, request.decide(master), contextOf(request));
}

// A worker died over this write, or its answer was lost: it may be under way, and overtake whatever is written now.
function mayStillArrive({ clock, timing }: ChecklistPorts, last: UnverifiedWrite): boolean {
  const [settle = 0] = timing.lookUpAfterMs;
  const unanswered = last.event !== undefined;
  return unanswered && Math.abs(clock.now() - last.sentAt) < settle;
}

// A write that restores what an earlier one overwrote keeps that one until it is seen.
async function noteVerdict(
  ports: ChecklistPorts,
  request: ChecklistRequest,
  key: string,
  last: UnverifiedWrite | undefined,
  verdict: WriteVerdict,
): Promise<WriteVerdict> {
  if (last === undefined) return verdict;
  const events = verdict.applied && last.event !== undefined ? [last.event] : [];
  // What an earlier verdict had to say may have died with its worker.
  const notice = verdict.notice ?? last.notice;
  const kept = verdict.overwriting && { ...verdict.overwriting, event: undefined, notice };
  // The log is the one place where a notice outlives its worker.
  if (kept === undefined) events.push(...noticeOf(ports, request, key, notice));
  if (kept === undefined || events.length > 0) await ports.store.saveUnverified(key, kept, events);
  return { ...verdict, notice };
}

async function send(
  ports: ChecklistPorts,
  request: ChecklistRequest,
  key: string,
  read: MasterSnapshot,
  outcome: EditOutcome,
  { text, overwriting, notice }: WriteVerdict,
): Promise<Result<string>> {
  const event = eventOf(ports, request, key, { read: read.text, edited: text }, outcome);
  const write: UnverifiedWrite = {
    checklist: request.checklist,
    placeholder: request.placeholder,
    base: read.text,
    written: outcome.markdown,
    newestAtRead: read.history[0],
    edits: outcome.applied.map(({ edit }) => edit),
    sentAt: event.at,
    event,
    restores: overwriting,
    notice,
    login: request.login,
  };
  await ports.store.saveUnverified(key, write);
  const sent = await ports.text.write(request.checklist, outcome.markdown);
  if (sent.ok) {
    const written = { ...write, written: sent.value, event: undefined, notice: undefined };
    const notices = noticeOf(ports, request, key, notice);
    await ports.store.saveUnverified(key, written, [event, ...notices]);
    return sent;
  }
  if (mayHaveArrived(sent.failure.code)) return fail(failure('unknown-outcome'));
  // Refused: nothing is under way. What it was to restore is still to be restored.
  await ports.store.saveUnverified(key, { ...write, event: undefined });
  return sent;
}

function eventOf(
  ports: ChecklistPorts,
  request: ChecklistRequest,
  key: string,
  /** The text as read, and with what an earlier write of ours had overwritten put back: that is what is edited. */
  before: { readonly read: string; readonly edited: string },
  outcome: EditOutcome,
): LogEvent {
  const map = mapChanges(before.edited, outcome.markdown, {
    repo: request.checklist.repo,
    placeholder: request.placeholder,
  });
  return {
    ...lineOf(ports, request, key),
    kind: 'write-master',
    inverse: outcome.applied.flatMap(({ changed, inverse }) =>
      changed && inverse !== undefined ? [inverse] : [],
    ),
    ...(map.length > 0 && { map }),
    before: before.read,
    ...(request.rows !== undefined && { rows: request.rows(outcome) }),
  };
}

function noticeOf(
  ports: ChecklistPorts,
  request: ChecklistRequest,
  key: string,
  notice: Failure | undefined,
): readonly LogEvent[] {
  return notice === undefined ? [] : [{ ...lineOf(ports, request, key), kind: 'notice', notice }];
}

function lineOf({ clock }: ChecklistPorts, request: ChecklistRequest, checklistKey: string) {
  const { job, run, cause, login } = request;
  return { at: clock.now(), job, run, checklistKey, cause, login };
}

function contextOf(request: ChecklistRequest) {
  return { repo: request.checklist.repo, placeholder: request.placeholder };
}

/** So often in a row we wait for a text to rest. */
const MOST_WAITS = 2;

/** A text as read, and what it tells of our last write of it. */
interface TextNow {
  readonly read: MasterSnapshot;
  readonly verdict: WriteVerdict;
}

/**
 * What was overwritten is restored on a text that has come to rest: another browser may be restoring it as well, and two
 * at once overwrite each other. So each waits for a time of its own and looks again.
 */
async function readSettled(
  ports: ChecklistPorts,
  request: ChecklistRequest,
  last: UnverifiedWrite | undefined,
): Promise<Result<TextNow>> {
  let now = await readText(ports, request, last);
  for (let wait = 0; wait < MOST_WAITS; wait++) {
    if (!now.ok || now.value.verdict.overwriting === undefined) break;
    const { text } = now.value.read;
    await ports.clock.sleep(ports.timing.mendSettleMs * (1 + shareOf(`${request.run} ${wait}`)));
    now = await readText(ports, request, last);
    if (now.ok && now.value.read.text === text) break;
  }
  return now;
}

async function readText(
  ports: ChecklistPorts,
  { checklist }: ChecklistRequest,
  last: UnverifiedWrite | undefined,
): Promise<Result<TextNow>> {
  const read = await ports.text.read(checklist);
  if (!read.ok) return read;
  const { text } = read.value;
  const nothing = { applied: false, text, overwriting: undefined, notice: undefined };
  if (last === undefined) return succeed({ read: read.value, verdict: nothing });
  // Versions are asked only where those beside the text do not reach back to our last write.
  const deep = showsAllSince(last, read.value.history)
    ? succeed([])
    : await ports.text.history(checklist);
  if (!deep.ok) return deep;
  const history = joinVersions(read.value.history, deep.value) ?? read.value.history;
  const verdict = verifyWrite(last, { ...read.value, history });
  return succeed({ read: read.value, verdict });
}

/** A number from 0 to 1 that is a name's own. */
function shareOf(name: string): number {
  return Number.parseInt(hashText(name).slice(-4), 32) / 32 ** 4;
}
