import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import type { Protocol } from '../../lib/messages.ts';
import { pollAll } from './poll.ts';
import type { Background } from './ports.ts';

/** Checks all tracked checklists now, whenever they were checked last. */
export async function pollNow(
  _query: Parameters<Protocol['pollNow']>[0],
  background: Background,
): Promise<Result<void>> {
  if (await background.isPaused()) return fail(failure('paused'));
  await pollAll(background, { hurry: true });
  return succeed(undefined);
}
