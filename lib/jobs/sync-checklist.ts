import { type Failure, fail, failure, type Result, succeed } from '../core/failure.ts';
import type { JobEvent } from '../core/job/job-facts.ts';
import { hashText } from '../core/markdown/hash-text.ts';
import type { IdentityStrategy } from '../core/plan/plan-generation.ts';
import { type ChecklistRef, issueKey, sameIssue } from '../core/refs.ts';
import { joinConcerns } from '../core/sync/concerns.ts';
import { editsOf, planSync } from '../core/sync/plan-sync.ts';
import { distance } from '../core/sync/poll-cursor.ts';
import type { SyncMaster } from '../core/sync/sync-facts.ts';
import type { SyncPlan } from '../core/sync/sync-plan.ts';
import { loggedRemarks, newRecord, recordText, remarksDiffer } from '../core/sync/sync-record.ts';
import type { SyncRecord } from '../core/sync/tracked.ts';
import { readLinks, readMasterAndRules, readText, type SyncReading } from './read-sync.ts';
import type { SyncPorts } from './sync-ports.ts';
import { type SyncWrite, writeSync } from './write-sync.ts';

/** A wish to bring a checklist up to date. */
export interface SyncRequest {
  readonly checklist: ChecklistRef;
  readonly identity: IdentityStrategy;
  /** What is worth reading: all links, or the items that link these `issueKey`s. */
  readonly read: 'all' | readonly string[];
  readonly cause: 'click: sync' | 'poll: sync' | 'job: sync';
  /** Only what this plan has too is written. */
  readonly approved?: SyncPlan;
  /** Waits `writeGapMs` between writes, and for an open job. */
  readonly background: boolean;
}

/** What a sync would write, and what stands in its way. */
export interface SyncPreviewed {
  readonly plan: SyncPlan;
  readonly master: SyncMaster;
  readonly mistakes: readonly string[];
  readonly rulesFrom: 'file' | 'browser';
  readonly blocker: Failure | undefined;
}

/** What a sync did. */
export interface Synced {
  readonly record: SyncRecord;
  readonly plan: SyncPlan;
  /** Items that were changed. */
  readonly updated: number;
  /** Items with something to write that were not: they changed meanwhile, or the write waits (`record.waiting`). */
  readonly left: number;
  readonly notice: Failure | undefined;
  /** Where the master is now, when its repository was renamed. */
  readonly movedTo: ChecklistRef | undefined;
}

/** Calculates from a fresh read what a sync would write; writes and remembers nothing. */
export async function previewSync(
  ports: SyncPorts,
  { checklist, identity }: Pick<SyncRequest, 'checklist' | 'identity'>,
): Promise<Result<SyncPreviewed>> {
  const found = await readMasterAndRules(ports, checklist, identity);
  if (!found.ok) return found;
  const read = await readLinks(ports, found.value, 'all', undefined);
  if (!read.ok) return read;
  const { plan, master, mistakes, rulesFrom, blocker, items } = read.value;
  return succeed({ plan, master, mistakes, rulesFrom, blocker: blocker ?? items.refused });
}

/**
 * Brings a checklist up to date: calculates from a fresh read, writes if there is something to write, verifies, and
 * remembers what came of it. What has to wait stays in `record.pending`. Fails when GitHub or the rules stand in the
 * way: then `record.failure` says so. One sync of a checklist at a time in this browser.
 */
export function syncChecklist(ports: SyncPorts, request: SyncRequest): Promise<Result<Synced>> {
  const key = issueKey(request.checklist);
  return ports.locks.withLock(`sync:${key}`, async () => {
    const before = await ports.syncs.loadRecord(key);
    const record = before ?? newRecord(key);
    const read = joinConcerns(request.read, record.pending) ?? 'all';
    const run: Run = { ports, request: { ...request, read }, before, record, id: ports.newRunId() };
    const hindrance = await hindranceOf(run);
    if (hindrance !== undefined) return wait(run, hindrance, nothingPlanned(run));
    return readAndWrite(run);
  });
}

/** One sync under way. */
interface Run {
  readonly ports: SyncPorts;
  /** With what was pending before. */
  readonly request: SyncRequest;
  /** As stored when it began. */
  readonly before: SyncRecord | undefined;
  readonly record: SyncRecord;
  /** Names it in the log. */
  readonly id: string;
}

type Hindrance = NonNullable<SyncRecord['waiting']>;

// Asked before anything is read: nothing could be written anyway.
async function hindranceOf({ ports, request, record }: Run): Promise<Hindrance | undefined> {
  if (!request.background) return undefined;
  if ((await ports.store.loadOpenJob(record.key)) !== undefined) return 'job';
  return record.waiting === 'editor' && ports.isEditorOpen(record.key) ? 'editor' : undefined;
}

async function readAndWrite(run: Run): Promise<Result<Synced>> {
  const { ports, request, before } = run;
  const found = await readMasterAndRules(ports, request.checklist, request.identity);
  if (!found.ok) return stop(run, found.failure);
  const { blocker, master, mistakes, rulesFrom } = found.value;
  const about = { closedAt: master.closedAt, ruleMistakes: mistakes, rulesFrom };
  const seen: Run = { ...run, record: { ...run.record, ...about } };
  if (blocker !== undefined) return stop(seen, blocker);
  const read = await readLinks(ports, found.value, request.read, before);
  if (!read.ok) return stop(seen, read.failure);
  const { items, plan } = read.value;
  if (items.refused !== undefined) return stop(seen, items.refused);
  const edits = editsOf(plan, request.approved);
  return edits.length === 0 ? finish(seen, read.value, undefined) : write(seen, read.value);
}

async function write(run: Run, reading: SyncReading): Promise<Result<Synced>> {
  const { ports, request, record } = run;
  const now = ports.clock.now();
  if (request.background && isInGap(record, now, ports.timing.writeGapMs)) {
    return wait(run, 'gap', reading);
  }
  if (ports.isEditorOpen(record.key)) return waitForEditor(run, reading);
  // Whatever kills this worker: what is to be done is known, and when it was begun.
  const wroteAt = request.background ? now : record.wroteAt;
  await ports.syncs.saveRecord({ ...record, pending: request.read, wroteAt });
  const written = await writeSync(ports, request, reading, run.id);
  const after = { ...run, record: { ...record, wroteAt } };
  if (written.ok) {
    return finish(written.value.written.wrote ? after : run, reading, written.value);
  }
  const { code } = written.failure;
  if (code === 'editor-open') return waitForEditor(run, reading);
  if (code !== 'unknown-outcome') return stop(run, written.failure);
  return stop(after, failure('write-unconfirmed'));
}

function isInGap({ wroteAt }: SyncRecord, now: number, gap: number): boolean {
  return wroteAt !== undefined && distance(now, wroteAt) < gap;
}

async function waitForEditor(run: Run, reading: SyncReading): Promise<Result<Synced>> {
  const waiting = await wait(run, 'editor', reading);
  return run.request.background ? waiting : fail(failure('editor-open'));
}

/** There is something to do that must not be done now: it stays pending. */
async function wait(
  run: Run,
  waiting: Hindrance,
  reading: SyncReading | Pick<SyncReading, 'plan'>,
): Promise<Result<Synced>> {
  const { ports, request } = run;
  const { plan } = reading;
  const text = 'facts' in reading ? recordText(run.record, calculated(reading)) : run.record;
  const gapEnds = (run.record.wroteAt ?? ports.clock.now()) + ports.timing.writeGapMs;
  const record: SyncRecord = {
    ...text,
    ...('facts' in reading && { ...CALM, checkedAt: ports.clock.now() }),
    pending: request.read,
    waiting,
    notBefore: waiting === 'gap' ? gapEnds : undefined,
  };
  await save(run, record);
  const left = plan.rows.filter(({ changes }) => changes.length > 0).length;
  return succeed({ record, plan, updated: 0, left, notice: undefined, movedTo: undefined });
}

const CALM = { failure: undefined, failures: 0, notBefore: undefined } as const;

/** Something stands in the way: it stays pending, and the user sees why. */
async function stop(run: Run, problem: Failure): Promise<Result<Synced>> {
  const { record, request } = run;
  await save(run, {
    ...record,
    pending: request.read,
    waiting: undefined,
    failure: problem,
    failures: record.failures + 1,
  });
  return fail(problem);
}

/** Remembers the text as it stands now, after our write where there was one. */
async function finish(
  run: Run,
  reading: SyncReading,
  write: SyncWrite | undefined,
): Promise<Result<Synced>> {
  const { ports, request } = run;
  const now = ports.clock.now();
  const after = write === undefined ? reading : rereading(reading, write);
  const isSettled = write?.settled ?? true;
  const record: SyncRecord = {
    ...recordText(run.record, calculated(after)),
    ...CALM,
    pending: isSettled ? undefined : 'all',
    waiting: undefined,
    checkedAt: now,
    fullAt: reading.full ? now : run.record.fullAt,
  };
  await save(run, record);
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
  return { ...reading, ...read, facts, plan: planSync(facts, read.items) };
}

function calculated({ text, items, links, plan, facts }: SyncReading) {
  const isRead = (key: string) => facts.followed[key] !== undefined;
  return { textHash: hashText(text), checklist: items, links, plan, isRead };
}

function movedTo({ checklist, master }: SyncReading): ChecklistRef | undefined {
  return sameIssue(checklist, master.ref) ? undefined : master.ref;
}

function nothingPlanned({ request, record }: Run): Pick<SyncReading, 'plan'> {
  return { plan: { checklist: request.checklist, rows: [], counts: record.counts } };
}

/** Saves a record, with a line of the log where the reasons not to write are new. */
async function save(run: Run, record: SyncRecord): Promise<void> {
  const { ports, before } = run;
  // The user may have dismissed new items meanwhile.
  const stored = await ports.syncs.loadRecord(record.key);
  const dismissed = stored !== undefined && stored.knownItems.length > run.record.knownItems.length;
  const kept = dismissed ? { knownItems: stored.knownItems, newItems: stored.newItems } : {};
  const events = remarksDiffer(before, record) ? [remarkEvent(run, record)] : [];
  await ports.syncs.saveRecord({ ...record, ...kept }, events);
}

function remarkEvent({ ports, request, id }: Run, record: SyncRecord): JobEvent {
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
