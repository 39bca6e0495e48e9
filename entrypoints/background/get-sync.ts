import { type Result, succeed } from '../../lib/core/failures.ts';
import type { SyncView } from '../../lib/core/sync/tracked.ts';
import { syncViewOf } from '../../lib/engine/sync-view.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';

/** How the checklist is kept up to date, from what this browser remembers. */
export async function getSync(
  { checklist }: Parameters<Protocol['getSync']>[0],
  ports: Ports,
): Promise<Result<SyncView>> {
  return succeed(await syncViewOf(ports, checklist));
}
