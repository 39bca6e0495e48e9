import { type Result, succeed } from '../../lib/core/failures.ts';
import type { SyncPreview } from '../../lib/core/sync/sync-preview.ts';
import { accountPorts, pageProblem } from '../../lib/engine/account-ports.ts';
import { previewSync as calculate } from '../../lib/engine/sync-checklist.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';

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
