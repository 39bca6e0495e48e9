import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';
import { pollAll } from './poll.ts';

/** Checks all tracked checklists now, whenever they were checked last. */
export async function pollNow(
  _query: Parameters<Protocol['pollNow']>[0],
  ports: Ports,
): Promise<Result<void>> {
  if (await ports.isPaused()) return fail(failure('paused'));
  await pollAll(ports, { hurry: true });
  return succeed(undefined);
}
