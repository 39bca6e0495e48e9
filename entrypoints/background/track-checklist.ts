import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { checklistKey, formatRepo } from '../../lib/core/refs.ts';
import type { SyncView } from '../../lib/core/sync/tracked.ts';
import { accountPortsForPage } from '../../lib/engine/account-ports.ts';
import { schedulePolls, startPolling } from '../../lib/engine/poll-tracked.ts';
import { syncViewOf } from '../../lib/engine/sync-view.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';

type Query = Parameters<Protocol['trackChecklist']>[0];

/** Starts to keep a checklist up to date under the account of its host, or stops it. Started again, it is bound to the account of now. */
export async function trackChecklist(query: Query, ports: Ports): Promise<Result<SyncView>> {
  const changed = query.tracked === true ? await start(query, ports) : await stop(query, ports);
  if (!changed.ok) return changed;
  ports.onChange(query.checklist);
  await schedulePolls(ports);
  await ports.toolbar.refresh();
  void ports.alerts.look();
  return succeed(await syncViewOf(ports, query.checklist));
}

async function start({ checklist, pageUser }: Query, ports: Ports): Promise<Result<void>> {
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

async function stop({ checklist }: Query, ports: Ports): Promise<Result<void>> {
  await ports.tracked.remove(checklist);
  await ports.syncs.removeRecord(checklistKey(checklist));
  await ports.reconciles.remove(checklistKey(checklist));
  return succeed(undefined);
}
