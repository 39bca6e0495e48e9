import { browser } from 'wxt/browser';
import { storage } from 'wxt/utils/storage';
import { notifications } from '../../lib/channels/browser.ts';
import { consentFor } from '../../lib/channels/consent.ts';
import { accountKey } from '../../lib/core/account.ts';
import { lockFailure } from '../../lib/core/failures.ts';
import { createAlerts } from '../../lib/engine/alerts.ts';
import { newUlid } from '../../lib/engine/new-ulid.ts';
import { createTrackedList } from '../../lib/engine/tracked-list.ts';
import { createUsage } from '../../lib/engine/usage.ts';
import { createClient } from '../../lib/github/client.ts';
import { createGates, type Gates } from '../../lib/github/gate.ts';
import { createGitHub, refusingGitHub } from '../../lib/github/github.ts';
import type {
  Clock,
  NightTries,
  OpenAddress,
  OpenJobHeaders,
  Ports,
  Usage,
} from '../../lib/ports.ts';
import {
  completeAlertSettings,
  createSettings,
  limitsChangedAt,
  openTokens,
  type StoredSettings,
} from '../../lib/settings.ts';
import { connect, type Db } from '../../lib/store/db.ts';
import { openSecret } from '../../lib/store/secrets.ts';
import { createStores } from '../../lib/store/stores.ts';
import { createAlarms, wake } from './alarms.ts';
import { createEditors, type Editors } from './editors.ts';
import { tellOfChange } from './page-news.ts';
import { createRevisions } from './revisions.ts';
import type { OwnAddress } from './sender.ts';
import { createToolbar } from './toolbar.ts';
import { webLocks } from './web-locks.ts';

/** The ports as this extension has them, and what only its handlers use. */
export interface Background extends Ports {
  readonly own: OwnAddress;
  readonly db: Db;
  readonly editors: Editors;
  readonly usage: Usage;
  readonly stored: StoredSettings;
  /** Every client is made with the gate of its account. */
  readonly gates: Gates;
}

/** The background as it runs in the browser; tests replace parts. Touches no browser function before it is called. */
export function createBackground(parts: Partial<Background> = {}): Background {
  const db = parts.db ?? connect(undefined, openTokens);
  const own = parts.own ?? { id: browser.runtime.id, pages: browser.runtime.getURL('/') };
  const clock = parts.clock ?? realClock;
  const fetch: typeof globalThis.fetch =
    parts.fetch ?? ((...request) => globalThis.fetch(...request));
  const stores = { ...createStores(db), ...parts };
  const usage = createUsage({ fetch, syncs: stores.syncs, now: clock.now });
  const locks = parts.locks ?? webLocks;
  const stored = parts.stored ?? createSettings(db);
  const items = { locks, tracked: stored.tracked, released: stored.released };
  const revisions = createRevisions(clock.now, tellOfChange);
  const editors = createEditors({
    own,
    now: clock.now,
    onClosed: (key) => void wakeWaiting(background, key).catch(console.error),
  });
  const gates = createGates({
    paces: stores.paces,
    now: clock.now,
    // Views that are open show it at once.
    onClose: () => void limitsChangedAt.setValue(clock.now()).catch(console.error),
  });
  const environment = {
    ...stores,
    gates,
    own,
    db,
    stored,
    headers: storedHeaders(stored),
    tracked: createTrackedList(items),
    left: stored.left,
    nightTries,
    pruned: stored.pruned,
    wasOffline,
    preferences: stored.loadPreferences,
    alertSettings: async () => completeAlertSettings(await stored.alerts.getValue()),
    isPaused: () => stored.paused.getValue(),
    wake,
    alarms: createAlarms(Math.random, clock.now),
    notifications,
    openAddress: createOpenAddress(db),
    openGitHub: (host: string) => openGitHub(background, host),
    refusingGitHub,
    random: Math.random,
    newId: () => newUlid(clock.now()),
    isOnline: () => navigator.onLine !== false,
    editors,
    isEditorOpen: editors.isOpen,
    isEditorOpenLong: editors.isOpenLong,
    onChange: revisions.bump,
    onProgress: revisions.show,
    locks,
    clock,
    fetch,
    usage,
    carriesOn: !import.meta.env.FIREFOX,
    ...parts,
    syncs: usage.syncs,
  };
  const background: Background = {
    ...environment,
    toolbar: parts.toolbar ?? createToolbar(environment),
    alerts: parts.alerts ?? createAlerts(environment),
  };
  return background;
}

/** Which hosts take streamed bodies: known anew in each worker. */
const streams = new Map<string, boolean>();

async function openGitHub(
  { accounts, usage, preferences, gates }: Background,
  host: string,
): ReturnType<Ports['openGitHub']> {
  const { timing } = await preferences();
  const stored = await accounts.open({ host });
  const locked = stored === undefined ? await lockedAccount(accounts, host) : undefined;
  if (locked?.lock !== undefined) {
    return { github: refusingGitHub(lockFailure(locked.lock)), account: locked };
  }
  const client = createClient({
    host,
    token: stored?.token,
    fetch: usage.fetch,
    timeoutMs: timing.requestTimeoutMs,
    streams,
    gate: gates(accountKey(host, stored?.account), timing.limitWaitMs),
  });
  return { github: createGitHub(client), account: stored?.account };
}

async function lockedAccount(accounts: Background['accounts'], host: string) {
  const all = await accounts.list();
  return all.find((one) => one.host === host && one.state === 'active' && one.lock !== undefined);
}

const realClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

const storedHeaders = ({ openJob, listOpenJobs }: StoredSettings): OpenJobHeaders => ({
  save: (header) => openJob(header.id).setValue(header),
  list: listOpenJobs,
  remove: (jobId) => openJob(jobId).removeValue(),
});

/** A browser that starts anew tries again. */
const nightTries = storage.defineItem<Readonly<Record<string, NightTries>>>('session:nights', {
  fallback: {},
});

const wasOffline = storage.defineItem<boolean>('session:offline', { fallback: false });

/** The editor was closed: what waited for it need not wait for its alarm. */
async function wakeWaiting(
  { store, syncs, wake, alarms, clock }: Background,
  checklistKey: string,
): Promise<void> {
  const now = clock.now();
  const job = await store.loadOpenJob(checklistKey);
  if (job !== undefined) await wake.wakeAt(job.header.id, now);
  const record = await syncs.loadRecord(checklistKey);
  if (record?.waiting === 'editor') await alarms.pollSoon(now);
}

/** Opens addresses as the options page keeps them. One that the browser may not reach (any more) counts as removed. */
function createOpenAddress(db: Db): OpenAddress {
  return async (channel) => {
    const address = await openSecret(db, channel);
    if (address === undefined) return undefined;
    // Without the permission the browser might ask first whether it may send, and nobody would know what came of it.
    return (await browser.permissions.contains(consentFor(address.url))) ? address : undefined;
  };
}
