import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { pollAll } from '../../lib/engine/poll-tracked.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';

/** Refreshes all tracked checklists now, whenever they were refreshed last. */
export async function pollNow(
  _query: Parameters<Protocol['pollNow']>[0],
  ports: Ports,
): Promise<Result<void>> {
  if (await ports.isPaused()) return fail(failure('paused'));
  await pollAll(ports, { hurry: true });
  return succeed(undefined);
}
