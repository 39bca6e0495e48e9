import { sendAgain } from '../../lib/core/alerts/outbox.ts';
import { type Result, succeed } from '../../lib/core/failures.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';

/** The user decides about a message that failed, or may have arrived: it is sent again, or forgotten. */
export async function settleMessage(
  { id, send }: Parameters<Protocol['settleMessage']>[0],
  { outbox, clock, alerts }: Ports,
): Promise<Result<void>> {
  if (send) {
    await outbox.update(id, (message) => sendAgain(message, clock.now()));
    await alerts.deliver();
    return succeed(undefined);
  }
  const message = (await outbox.list()).find((one) => one.id === id);
  // Others are still on their way.
  if (message?.state === 'failed' || message?.state === 'unknown') await outbox.remove(id);
  return succeed(undefined);
}
