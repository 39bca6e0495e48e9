import { type Result, succeed } from '../../lib/core/failures.ts';
import type { SyncPreview } from '../../lib/core/sync/sync-preview.ts';
import { previewSync as calculate } from '../../lib/engine/sync-checklist.ts';
import type { Protocol } from '../../lib/messages.ts';
import { saveSyncPreview } from '../../lib/store/sync-previews.ts';
import { newUlid } from './new-ulid.ts';
import type { Background } from './ports.ts';
import { pageProblem, syncPorts } from './sync-ports.ts';

/** Calculates from a fresh read what a sync would write, and keeps that until it is confirmed. Writes nothing at GitHub. */
export async function previewSync(
  { checklist, pageUser }: Parameters<Protocol['previewSync']>[0],
  background: Background,
): Promise<Result<SyncPreview>> {
  const ports = await syncPorts(background, checklist.repo.host);
  if (!ports.ok) return ports;
  const { identity } = (await background.preferences()).generation;
  const calculated = await calculate(ports.value, { checklist, identity });
  if (!calculated.ok) return calculated;
  const { plan, rulesFrom } = calculated.value;
  const { login } = ports.value;
  const other = await pageProblem(background, checklist.repo.host, login, pageUser);
  const blocker = other ?? calculated.value.blocker;
  const now = background.clock.now();
  const preview = { id: newUlid(now), plan, blocker, rulesFrom };
  await saveSyncPreview(background.db, checklist, { ...preview, login }, now);
  return succeed(preview);
}
