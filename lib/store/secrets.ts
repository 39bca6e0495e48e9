import { type Db, type SecretKind, type SecretRecord, STRICT } from './db.ts';
import { seal, unseal } from './seal.ts';

export type { SecretKind } from './db.ts';

/** Where messages go: of a relay its address and token, of Slack the address of the webhook, which is a secret itself. */
export interface SecretAddress {
  readonly url: string;
  readonly token?: string;
}

/** Keeps an address, sealed, in place of the one before. Its URL must be one that `parseRelayUrl` or `parseSlackUrl` gave. */
export async function saveSecret(db: Db, kind: SecretKind, value: SecretAddress): Promise<void> {
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
export function removeSecret(db: Db, kind: SecretKind): Promise<void> {
  return db.use((open) => open.delete('secrets', kind));
}

/** Which host an address leads to, and when it was saved (milliseconds since 1970): never the address itself. Undefined when there is none. */
export async function hasSecret(
  db: Db,
  kind: SecretKind,
): Promise<{ readonly host: string; readonly savedAt: number } | undefined> {
  const record = await db.use((open) => open.get('secrets', kind));
  return record && { host: record.host, savedAt: record.savedAt };
}

/** The address itself: for the background only. Undefined when there is none, or it cannot be read any more. */
export async function openSecret(db: Db, kind: SecretKind): Promise<SecretAddress | undefined> {
  const record = await db.use((open) => open.get('secrets', kind));
  const secret = record && (await unseal(db, record, labelOf(record)));
  return secret === undefined ? undefined : JSON.parse(secret);
}

/** Binds a sealed address to its kind and host. */
function labelOf({ kind, host }: Pick<SecretRecord, 'kind' | 'host'>): string {
  return `${kind}@${host}`;
}
