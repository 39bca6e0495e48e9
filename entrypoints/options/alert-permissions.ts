import type { SavedAddress } from '../../components/options/AlertChannel.tsx';
import { NOTIFICATIONS_PERMISSION } from '../../lib/channels/browser.ts';
import { type Consent, consentFor } from '../../lib/channels/consent.ts';
import { hostPermission } from '../../lib/channels/post.ts';
import {
  type SendingChannel,
  TEAM_CHANNELS,
  type TeamChannel,
} from '../../lib/core/alerts/alert-settings.ts';

/** What `browser.permissions` takes: permissions, or hosts as patterns. */
export interface AskedPermissions extends Partial<Consent> {
  readonly permissions?: ['notifications'];
}

/** The browser's permissions. */
export interface PermissionsPort {
  contains(asked: AskedPermissions): Promise<boolean>;
  /** Only in the call stack of a click: browsers refuse it elsewhere. */
  request(asked: AskedPermissions): Promise<boolean>;
  remove(asked: AskedPermissions): Promise<boolean>;
}

type SavedAddresses = Readonly<Partial<Record<TeamChannel, SavedAddress>>>;

/** Whether the user said yes. A browser that throws (no click, a host that the manifest does not foresee) says no. */
export async function ask(permissions: PermissionsPort, asked: AskedPermissions): Promise<boolean> {
  try {
    return await permissions.request(asked);
  } catch {
    return false;
  }
}

/** Gives a permission back; one that cannot be given back stays. */
export async function drop(
  permissions: PermissionsPort,
  asked: AskedPermissions,
): Promise<boolean> {
  try {
    return await permissions.remove(asked);
  } catch {
    return false;
  }
}

/** An address is kept as its host only: on this computer it may be http. */
function addressesOf({ host }: SavedAddress): readonly string[] {
  return ['https', 'http'].map((scheme) => `${scheme}://${host}/`);
}

/** Gives the permission for a host back that no channel uses any more. */
export async function dropHost(
  permissions: PermissionsPort,
  before: SavedAddress | undefined,
  now: SavedAddresses,
): Promise<void> {
  if (before === undefined) return;
  const used = Object.values(now).map(hostnameOf);
  if (used.includes(hostnameOf(before))) return;
  // That data is sent stays agreed: other channels may send it.
  for (const url of addressesOf(before))
    await drop(permissions, { origins: [hostPermission(url)] });
}

function hostnameOf({ host }: SavedAddress): string {
  return new URL(`https://${host}/`).hostname;
}

/** The channels that the browser allows: notifications, and requests to saved hosts. */
export async function listAllowed(
  permissions: PermissionsPort,
  addresses: SavedAddresses,
): Promise<ReadonlySet<SendingChannel>> {
  const asked: readonly (readonly [SendingChannel, readonly AskedPermissions[]])[] = [
    ['browser', [NOTIFICATIONS_PERMISSION]],
    ...TEAM_CHANNELS.map((channel) => {
      const address = addresses[channel];
      return [channel, address ? addressesOf(address).map((url) => consentFor(url)) : []] as const;
    }),
  ];
  const allowed = await Promise.all(
    asked.map(async ([channel, any]) => {
      const answers = await Promise.all(any.map((each) => isHeld(permissions, each)));
      return answers.includes(true) ? [channel] : [];
    }),
  );
  return new Set(allowed.flat());
}

async function isHeld(permissions: PermissionsPort, asked: AskedPermissions): Promise<boolean> {
  try {
    return await permissions.contains(asked);
  } catch {
    return false;
  }
}
