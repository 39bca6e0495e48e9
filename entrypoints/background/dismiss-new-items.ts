import { type Result, succeed } from '../../lib/core/failures.ts';
import { checklistKey } from '../../lib/core/refs.ts';
import type { SyncView } from '../../lib/core/sync/tracked.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import { accountPorts } from '../../lib/engine/account-ports.ts';
import { textOnGitHub } from '../../lib/engine/checklist-text.ts';
import { syncViewOf } from '../../lib/engine/sync-view.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports, SyncPorts } from '../../lib/ports.ts';

type Query = Parameters<Protocol['dismissNewItems']>[0];

/** The user has seen the items that are new: only later ones are new again. */
export async function dismissNewItems(
  { checklist }: Query,
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
