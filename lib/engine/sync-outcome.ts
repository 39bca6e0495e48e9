import { type Failure, fail, failure, type Result, succeed } from '../core/failures.ts';
import type { LogEvent, Logged } from '../core/log/event.ts';
import { type ChecklistRef, sameChecklist } from '../core/refs.ts';
import { namingOf } from '../core/sync/plan-sync.ts';
import { type FoundReading, readingEvents, readingOf } from '../core/sync/reading.ts';
import { loggedRemarks, recordText, remarksDiffer } from '../core/sync/sync-record.ts';
import type { SyncRecord } from '../core/sync/tracked.ts';
import { hashText } from '../core/text/hash-text.ts';
import { readText, type SyncReading } from './read-sync.ts';
import type { Run, Synced, SyncWait } from './sync-run.ts';
import { planOn, type SyncWrite } from './write-sync.ts';

/** Waits for GitHub's editor in a tab; a click hears of it at once. */
export async function waitForEditor(run: Run, reading: SyncReading): Promise<Result<Synced>> {
  const waiting = await wait(run, 'editor', reading);
  return run.request.background ? waiting : fail(failure('editor-open'));
}

/** There is something to do that must not be done now: it stays pending. */
export async function wait(
  run: Run,
  waiting: SyncWait,
  reading: SyncReading | Pick<SyncReading, 'plan'>,
): Promise<Result<Synced>> {
  const { ports, request } = run;
  const { plan } = reading;
  const found = 'facts' in reading ? foundIn(run, reading) : undefined;
  const text = 'facts' in reading ? recordText(run.record, calculated(reading)) : run.record;
  const gapEnds = (run.record.wroteAt ?? ports.clock.now()) + ports.timing.writeGapMs;
  const record: SyncRecord = {
    ...text,
    ...(found && { reading: found.reading }),
    ...('facts' in reading && { ...CALM, checkedAt: ports.clock.now() }),
    pending: request.read,
    waiting,
    notBefore: waiting === 'gap' ? gapEnds : undefined,
  };
  await save(run, record, found);
  const left = plan.rows.filter(({ changes }) => changes.length > 0).length;
  return succeed({ record, plan, updated: 0, left, notice: undefined, movedTo: undefined });
}

const CALM = { failure: undefined, failures: 0, ownFailures: 0, notBefore: undefined } as const;

/** Something stands in the way: it stays pending, and the user sees why. */
export async function stop(run: Run, problem: Failure): Promise<Result<Synced>> {
  const { record, request } = run;
  await save(run, {
    ...record,
    pending: request.read,
    waiting: undefined,
    failure: problem,
    failures: record.failures + 1,
    ownFailures: (record.ownFailures ?? 0) + 1,
  });
  return fail(problem);
}

/** Remembers the text as it stands now, after our write where there was one. */
export async function finish(
  run: Run,
  reading: SyncReading,
  write: SyncWrite | undefined,
): Promise<Result<Synced>> {
  const { ports, request } = run;
  const now = ports.clock.now();
  const after = write === undefined ? reading : rereading(reading, write);
  const found = foundIn(run, after);
  const isSettled = write?.settled ?? true;
  const record: SyncRecord = {
    ...recordText(run.record, calculated(after)),
    ...CALM,
    reading: found.reading,
    pending: isSettled ? undefined : 'all',
    waiting: undefined,
    checkedAt: now,
    fullAt: reading.full ? now : run.record.fullAt,
  };
  await save(run, record, found);
  const planned = (request.approved ?? reading.plan).rows.filter(({ edits }) => edits.length > 0);
  const done = new Set(write?.updated ?? []);
  return succeed({
    record,
    plan: reading.plan,
    updated: done.size,
    left: planned.filter(({ item }) => !done.has(item.key)).length,
    notice: write?.notice,
    movedTo: movedTo(reading),
  });
}

/** The same facts on the text as it stands after the write: what is left to write or to say. */
function rereading(reading: SyncReading, { text, history }: SyncWrite): SyncReading {
  const read = readText(reading, text);
  const facts = { ...reading.facts, master: { ...reading.facts.master, text, history } };
  return { ...reading, ...read, facts, plan: planOn(reading, { text, history }, read.items) };
}

function foundIn({ record }: Run, { facts, items }: SyncReading) {
  return readingOf(namingOf(facts, items), items, record.reading);
}

function calculated({ text, items, links, plan, facts, settled }: SyncReading) {
  const isRead = (key: string) => facts.followed[key] !== undefined;
  return { textHash: hashText(text), checklist: items, links, plan, isRead, settled };
}

function movedTo({ checklist, master }: SyncReading): ChecklistRef | undefined {
  return sameChecklist(checklist, master.ref) ? undefined : master.ref;
}

/** A plan for a sync that did not come to calculate. */
export function nothingPlanned({ request, record }: Run): Pick<SyncReading, 'plan'> {
  return { plan: { checklist: request.checklist, rows: [], counts: record.counts } };
}

/** Saves a record, with entries of the log where the reasons not to write are new, or what was read. */
async function save(run: Run, record: SyncRecord, found?: FoundReading): Promise<void> {
  const { ports, before } = run;
  // The user may have dismissed new items meanwhile.
  const stored = await ports.syncs.loadRecord(record.key);
  const dismissed = stored !== undefined && stored.knownItems.length > run.record.knownItems.length;
  const kept = dismissed ? { knownItems: stored.knownItems, newItems: stored.newItems } : {};
  const events = [
    ...(found === undefined ? [] : readingEvents(aboutReading(run), run.record.reading, found)),
    ...(remarksDiffer(before, record) ? [remarkEvent(run, record)] : []),
  ];
  await ports.syncs.saveRecord({ ...record, ...kept }, events);
}

function aboutReading({ ports, request, record }: Run): Logged {
  const { cause } = request;
  const at = ports.clock.now();
  return { at, job: '', run: '', checklistKey: record.key, cause, login: ports.login };
}

function remarkEvent({ ports, request, id }: Run, record: SyncRecord): LogEvent {
  const { failure: notice, rows, key: checklistKey } = record;
  return {
    at: ports.clock.now(),
    kind: 'remark',
    job: '',
    run: id,
    checklistKey,
    cause: request.cause,
    login: ports.login,
    ...(notice !== undefined && { notice }),
    rows: loggedRemarks(rows),
  };
}
