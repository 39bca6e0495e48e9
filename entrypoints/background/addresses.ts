import { browser } from 'wxt/browser';
import type { Addresses } from '../../lib/channels/ports.ts';
import { hostPermission } from '../../lib/channels/relay.ts';
import type { Db } from '../../lib/store/db.ts';
import { openSecret, type SecretAddress, type SecretKind } from '../../lib/store/secrets.ts';

/** Where messages go, as the options page keeps it. An address that the browser may not reach (any more) counts as removed. */
export function createAddresses(db: Db): Addresses {
  return {
    relay: async () => {
      const secret = await openAllowed(db, 'relay');
      return secret && { url: secret.url, token: secret.token ?? '' };
    },
    slack: async () => (await openAllowed(db, 'slack'))?.url,
  };
}

async function openAllowed(db: Db, kind: SecretKind): Promise<SecretAddress | undefined> {
  const secret = await openSecret(db, kind);
  if (secret === undefined) return undefined;
  // Without the permission the browser might ask first whether it may send, and nobody would know what came of it.
  const isAllowed = await browser.permissions.contains({ origins: [hostPermission(secret.url)] });
  return isAllowed ? secret : undefined;
}
