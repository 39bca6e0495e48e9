import { sameLogin } from '../../lib/core/account.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { type ChecklistRef, checklistKey, formatRepo } from '../../lib/core/refs.ts';
import type { SyncPlan } from '../../lib/core/sync/sync-plan.ts';
import type { SyncOutcome, SyncPreview } from '../../lib/core/sync/sync-preview.ts';
import type { SyncView } from '../../lib/core/sync/tracked.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import { accountPorts, accountPortsForPage, pageProblem } from '../../lib/engine/account-ports.ts';
import { textOnGitHub } from '../../lib/engine/checklist-text.ts';
import { pollAll, schedulePolls, startPolling } from '../../lib/engine/poll-tracked.ts';
import {
  previewSync as calculate,
  syncChecklist as syncNow,
} from '../../lib/engine/sync-checklist.ts';
import { syncViewOf } from '../../lib/engine/sync-view.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports, SyncPorts } from '../../lib/ports.ts';

/** How the checklist is kept up to date, from what this browser remembers. */
export async function getSync(
  { checklist }: Parameters<Protocol['getSync']>[0],
  ports: Ports,
): Promise<Result<SyncView>> {
  return succeed(await syncViewOf(ports, checklist));
}

type Tracking = Parameters<Protocol['trackChecklist']>[0];

/** Starts to keep a checklist up to date under the account of its host, or stops it. Started again, it is bound to the account of now. */
export async function trackChecklist(query: Tracking, ports: Ports): Promise<Result<SyncView>> {
  const changed =
    query.tracked === true ? await startTracking(query, ports) : await stopTracking(query, ports);
  if (!changed.ok) return changed;
  ports.onChange(query.checklist);
  await schedulePolls(ports);
  await ports.toolbar.refresh();
  void ports.alerts.refresh();
  return succeed(await syncViewOf(ports, query.checklist));
}

async function startTracking(
  { checklist, pageUser }: Tracking,
  ports: Ports,
): Promise<Result<void>> {
  const acting = await accountPortsForPage(ports, checklist.repo.host, pageUser);
  if (!acting.ok) return acting;
  const { login, github } = acting.value;
  const master = await github.readSyncMaster(checklist);
  if (!master.ok) return master;
  if (!master.value.viewerCanUpdate) {
    return fail(failure('cannot-edit-master', { repo: formatRepo(checklist.repo) }));
  }
  const since = ports.clock.now();
  const { title } = master.value;
  await ports.tracked.put({ checklist, title, login, since });
  await ports.checklists.save(checklist, title, since);
  startPolling(ports, { hurry: true });
  return succeed(undefined);
}

async function stopTracking({ checklist }: Tracking, ports: Ports): Promise<Result<void>> {
  await ports.tracked.remove(checklist);
  await ports.syncs.removeRecord(checklistKey(checklist));
  await ports.reconciles.remove(checklistKey(checklist));
  return succeed(undefined);
}

/** Calculates from a fresh read what a sync would write, and keeps that until it is confirmed. Writes nothing at GitHub. */
export async function previewSync(
  { checklist, pageUser }: Parameters<Protocol['previewSync']>[0],
  ports: Ports,
): Promise<Result<SyncPreview>> {
  const acting = await accountPorts(ports, checklist.repo.host);
  if (!acting.ok) return acting;
  const { identity } = (await ports.preferences()).generation;
  const calculated = await calculate(acting.value, { checklist, identity });
  if (!calculated.ok) return calculated;
  const { plan, rulesFrom } = calculated.value;
  const { login } = acting.value;
  const other = await pageProblem(ports, checklist.repo.host, login, pageUser);
  const blocker = other ?? calculated.value.blocker;
  const now = ports.clock.now();
  const preview = { id: ports.newId(), plan, blocker, rulesFrom };
  await ports.previews.saveSync(checklist, { ...preview, login }, now);
  return succeed(preview);
}

/** Writes a previewed sync, or without a preview all that a fresh calculation says. */
export async function syncChecklist(
  { checklist, pageUser, preview }: Parameters<Protocol['syncChecklist']>[0],
  ports: Ports,
): Promise<Result<SyncOutcome>> {
  if (await ports.isPaused()) return fail(failure('paused'));
  const acting = await accountPortsForPage(ports, checklist.repo.host, pageUser);
  if (!acting.ok) return acting;
  const approved = await loadApproved(ports, checklist, preview, acting.value.login);
  if (!approved.ok) return approved;
  const { generation } = await ports.preferences();
  const before = await syncViewOf(ports, checklist);
  const synced = await syncNow(acting.value, {
    checklist,
    identity: generation.identity,
    read: 'all',
    cause: { by: 'click', what: 'sync' },
    background: false,
    ...(approved.value !== undefined && { approved: approved.value }),
  });
  const after = await syncViewOf(ports, checklist);
  const wrote = synced.ok && synced.value.updated > 0;
  if (wrote || showsMore(before, after)) ports.onChange(checklist);
  await ports.toolbar.refresh();
  void ports.alerts.refresh();
  if (!synced.ok) return synced;
  const { updated, left, notice } = synced.value;
  return succeed({ updated, left, notice });
}

/** When it was checked is nothing for which all views need to read again. */
function showsMore(before: SyncView, after: SyncView): boolean {
  const shown = (view: SyncView) => JSON.stringify({ ...view, checkedAt: 0 });
  return shown(before) !== shown(after);
}

/** What the user saw and confirmed: for this checklist, this token, and nothing in the way. */
async function loadApproved(
  { previews }: Ports,
  checklist: ChecklistRef,
  id: string | undefined,
  login: string,
): Promise<Result<SyncPlan | undefined>> {
  // A message sends null for what is undefined.
  if (id === undefined || id === null) return succeed(undefined);
  const stored = await previews.loadSync(checklist, id);
  if (stored === undefined || !sameLogin(stored.login, login)) return fail(failure('stale-plan'));
  return stored.blocker === undefined ? succeed(stored.plan) : fail(stored.blocker);
}

/** The user has seen the items that are new: only later ones are new again. */
export async function dismissNewItems(
  { checklist }: Parameters<Protocol['dismissNewItems']>[0],
  ports: Ports,
): Promise<Result<SyncView>> {
  const acting = await accountPorts(ports, checklist.repo.host);
  if (!acting.ok) return acting;
  const read = await textOnGitHub(acting.value.github).read(checklist);
  if (!read.ok) return read;
  await rememberItems(acting.value, checklistKey(checklist), read.value.text);
  ports.onChange(checklist);
  await ports.toolbar.refresh();
  return succeed(await syncViewOf(ports, checklist));
}

/** Under the lock of a sync: what that has to remember must not get lost. */
function rememberItems({ locks, syncs, rules }: SyncPorts, key: string, text: string) {
  return locks.withLock(`sync:${key}`, async () => {
    const record = await syncs.loadRecord(key);
    if (record === undefined) return;
    const { items } = parseChecklist(text, { placeholder: rules.placeholder });
    const knownItems = [...new Set([...record.knownItems, ...items.map((item) => item.key)])];
    await syncs.saveRecord({ ...record, knownItems, newItems: 0 });
  });
}

/** Refreshes all tracked checklists now, whenever they were refreshed last. */
export async function pollNow(
  _query: Parameters<Protocol['pollNow']>[0],
  ports: Ports,
): Promise<Result<void>> {
  if (await ports.isPaused()) return fail(failure('paused'));
  await pollAll(ports, { hurry: true });
  return succeed(undefined);
}
