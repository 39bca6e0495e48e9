import { sameLogin } from '../../lib/core/account.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import type { ChecklistRef } from '../../lib/core/refs.ts';
import type { SyncPlan } from '../../lib/core/sync/sync-plan.ts';
import type { SyncOutcome } from '../../lib/core/sync/sync-preview.ts';
import type { SyncView } from '../../lib/core/sync/tracked.ts';
import { accountPortsForPage } from '../../lib/engine/account-ports.ts';
import { syncChecklist as syncNow } from '../../lib/engine/sync-checklist.ts';
import { syncViewOf } from '../../lib/engine/sync-view.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';

type Query = Parameters<Protocol['syncChecklist']>[0];

/** Writes a previewed sync, or without a preview all that a fresh calculation says. */
export async function syncChecklist(
  { checklist, pageUser, preview }: Query,
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
  void ports.alerts.look();
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
