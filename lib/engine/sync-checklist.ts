import { failure, type Result, succeed } from '../core/failures.ts';
import { checklistKey } from '../core/refs.ts';
import { joinConcerns } from '../core/sync/concerns.ts';
import { editsOf } from '../core/sync/plan-sync.ts';
import { distance } from '../core/sync/poll-cursor.ts';
import { newRecord } from '../core/sync/sync-record.ts';
import type { SyncRecord } from '../core/sync/tracked.ts';
import type { SyncPorts } from '../ports.ts';
import { readLinks, readMasterAndRules, type SyncReading } from './read-sync.ts';
import { finish, nothingPlanned, stop, wait, waitForEditor } from './sync-outcome.ts';
import type { Run, Synced, SyncPreviewed, SyncRequest, SyncWait } from './sync-run.ts';
import { writeSync } from './write-sync.ts';

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
  const key = checklistKey(request.checklist);
  return ports.locks.withLock(`sync:${key}`, async () => {
    const before = await ports.syncs.loadRecord(key);
    const record = before ?? newRecord(key);
    const read = joinConcerns(request.read, record.pending) ?? 'all';
    const run: Run = { ports, request: { ...request, read }, before, record, id: ports.newId() };
    const waiting = await waitOf(run);
    if (waiting !== undefined) return wait(run, waiting, nothingPlanned(run));
    return readAndWrite(run);
  });
}

// Asked before anything is read: nothing could be written anyway.
async function waitOf({ ports, request, record }: Run): Promise<SyncWait | undefined> {
  if (!request.background) return undefined;
  if ((await ports.store.loadOpenJob(record.key)) !== undefined) return 'job';
  return record.waiting === 'editor' && ports.isEditorOpen(record.key) ? 'editor' : undefined;
}

async function readAndWrite(run: Run): Promise<Result<Synced>> {
  const { ports, request, before } = run;
  const found = await readMasterAndRules(ports, request.checklist, request.identity);
  if (!found.ok) return stop(run, found.failure);
  const { blocker, master, mistakes, rulesFrom, naming } = found.value;
  const about = { closedAt: master.closedAt, ruleMistakes: mistakes, rulesFrom, naming };
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
