import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { checklistKey, formatRepo } from '../../lib/core/refs.ts';
import type { SyncView } from '../../lib/core/sync/tracked.ts';
import type { Protocol } from '../../lib/messages.ts';
import { saveChecklist } from '../../lib/store/checklists.ts';
import { removeReconcile } from '../../lib/store/reconciles.ts';
import { schedulePolls, startPolling } from './poll.ts';
import type { Background } from './ports.ts';
import { syncPortsForPage } from './sync-ports.ts';
import { syncViewOf } from './sync-view.ts';

type Query = Parameters<Protocol['trackChecklist']>[0];

/** Starts to keep a checklist up to date under the account of its host, or stops it. Started again, it is bound to the account of now. */
export async function trackChecklist(
  query: Query,
  background: Background,
): Promise<Result<SyncView>> {
  const changed =
    query.tracked === true ? await start(query, background) : await stop(query, background);
  if (!changed.ok) return changed;
  background.revisions.bump(query.checklist);
  await schedulePolls(background);
  await background.toolbar.refresh();
  void background.alerts.look();
  return succeed(await syncViewOf(background, query.checklist));
}

async function start(
  { checklist, pageUser }: Query,
  background: Background,
): Promise<Result<void>> {
  const ports = await syncPortsForPage(background, checklist.repo.host, pageUser);
  if (!ports.ok) return ports;
  const { login, github } = ports.value;
  const master = await github.readSyncMaster(checklist);
  if (!master.ok) return master;
  if (!master.value.viewerCanUpdate) {
    return fail(failure('cannot-edit-master', { repo: formatRepo(checklist.repo) }));
  }
  const since = background.clock.now();
  const { title } = master.value;
  await background.tracked.put({ checklist, title, login, since });
  await saveChecklist(background.db, checklist, title, since);
  startPolling(background, { hurry: true });
  return succeed(undefined);
}

async function stop({ checklist }: Query, background: Background): Promise<Result<void>> {
  await background.tracked.remove(checklist);
  await background.syncs.removeRecord(checklistKey(checklist));
  await removeReconcile(background.db, checklistKey(checklist));
  return succeed(undefined);
}
