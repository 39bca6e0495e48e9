import { browser } from 'wxt/browser';
import { hostPermission } from '../../lib/channels/post.ts';
import type { OpenAddress } from '../../lib/ports.ts';
import type { Db } from '../../lib/store/db.ts';
import { openSecret } from '../../lib/store/secrets.ts';

/** Opens addresses as the options page keeps them. One that the browser may not reach (any more) counts as removed. */
export function createOpenAddress(db: Db): OpenAddress {
  return async (channel) => {
    const address = await openSecret(db, channel);
    if (address === undefined) return undefined;
    // Without the permission the browser might ask first whether it may send, and nobody would know what came of it.
    const origins = [hostPermission(address.url)];
    return (await browser.permissions.contains({ origins })) ? address : undefined;
  };
}
