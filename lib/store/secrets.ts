import type { ChannelAddress, TeamChannel } from '../core/alerts/alert-settings.ts';
import { type Db, type SecretRecord, STRICT } from './db.ts';
import { seal, unseal } from './seal.ts';

/** Keeps an address, sealed, in place of the one before. It must be one that its channel's `parse` gave. */
export async function saveSecret(db: Db, kind: TeamChannel, value: ChannelAddress): Promise<void> {
  const { host } = new URL(value.url);
  const secret = await seal(db, JSON.stringify(value), labelOf({ kind, host }));
  const record: SecretRecord = { kind, host, savedAt: Date.now(), ...secret };
  await db.use(async (open) => {
    const change = open.transaction('secrets', 'readwrite', STRICT);
    await change.store.put(record);
    await change.done;
  });
}

/** Forgets an address. */
export function removeSecret(db: Db, kind: TeamChannel): Promise<void> {
  return db.use((open) => open.delete('secrets', kind));
}

/** Which host an address leads to, and when it was saved (milliseconds since 1970): never the address itself. Undefined when there is none. */
export async function hasSecret(
  db: Db,
  kind: TeamChannel,
): Promise<{ readonly host: string; readonly savedAt: number } | undefined> {
  const record = await db.use((open) => open.get('secrets', kind));
  return record && { host: record.host, savedAt: record.savedAt };
}

/** The address itself: for the background only. Undefined when there is none, or it cannot be read any more. */
export async function openSecret(db: Db, kind: TeamChannel): Promise<ChannelAddress | undefined> {
  const record = await db.use((open) => open.get('secrets', kind));
  const secret = record && (await unseal(db, record, labelOf(record)));
  return secret === undefined ? undefined : JSON.parse(secret);
}

/** Binds a sealed address to its kind and host. */
function labelOf({ kind, host }: Pick<SecretRecord, 'kind' | 'host'>): string {
  return `${kind}@${host}`;
}
