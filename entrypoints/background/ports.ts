import { browser } from 'wxt/browser';
import { notifications } from '../../lib/channels/browser.ts';
import type { OpenAddress, OutboxStore } from '../../lib/channels/ports.ts';
import { type Account, actingUser } from '../../lib/core/account.ts';
import type { JobHeader } from '../../lib/core/engine/job.ts';
import type { GitHub } from '../../lib/core/github.ts';
import type { Preferences, Timing } from '../../lib/core/settings/settings.ts';
import type {
  Clock,
  JobPorts,
  JobStore,
  Locks,
  OpenJobHeaders,
  WakePort,
} from '../../lib/engine/ports.ts';
import type { SyncStore } from '../../lib/engine/sync-ports.ts';
import { createClient } from '../../lib/github/client.ts';
import { createGitHub, refusingGitHub } from '../../lib/github/github.ts';
import { listOpenJobHeaders, loadPreferences, openJobHeader, paused } from '../../lib/settings.ts';
import { connect, type Db } from '../../lib/store/db.ts';
import { createJobStore } from '../../lib/store/jobs.ts';
import { createOutboxStore } from '../../lib/store/outbox.ts';
import { createSyncStore } from '../../lib/store/syncs.ts';
import { openToken } from '../../lib/store/tokens.ts';
import { createOpenAddress } from './addresses.ts';
import { type Alerts, createAlerts } from './alerts.ts';
import { createEditors, type Editors } from './editors.ts';
import { jobAlarms, switchTick } from './job-alarms.ts';
import { createPollAlarms, type PollAlarms } from './poll-alarms.ts';
import { createRevisions, type Revisions } from './revisions.ts';
import type { OwnAddress } from './sender.ts';
import { createToolbar, type Toolbar } from './toolbar.ts';
import { createTrackedList, type TrackedList } from './tracked-list.ts';
import { createUsage, type Usage } from './usage.ts';
import { webLocks } from './web-locks.ts';

/** Everything that the handlers use from outside. */
export interface Background {
  readonly own: OwnAddress;
  readonly db: Db;
  readonly store: JobStore;
  readonly headers: OpenJobHeaders;
  readonly syncs: SyncStore;
  readonly tracked: TrackedList;
  readonly pollAlarms: PollAlarms;
  readonly toolbar: Toolbar;
  readonly alerts: Alerts;
  readonly outbox: OutboxStore;
  readonly openAddress: OpenAddress;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly editors: Editors;
  readonly locks: Locks;
  readonly wake: WakePort;
  /** Switches the tick, which looks after open jobs when an alarm of theirs was lost. */
  readonly tick: (on: boolean) => Promise<void>;
  readonly clock: Clock;
  readonly revisions: Revisions;
  /** For all but GitHub, which is asked through `usage`. */
  readonly fetch: typeof globalThis.fetch;
  readonly usage: Usage;
  readonly preferences: () => Promise<Preferences>;
  /** Whether the user stopped everything: nothing is asked or written by itself, and nobody is told. */
  readonly isPaused: () => Promise<boolean>;
  /**
   * Whether a slice may follow the last one at once. Chrome keeps a worker that uses extension functions; Firefox ends it
   * 30 s after the last event whatever it does, so there each slice begins with an alarm, which is one.
   */
  readonly carriesOn: boolean;
}

/** The background as it runs in the browser; tests replace parts. Touches no browser function before it is called. */
export function createBackground(parts: Partial<Background> = {}): Background {
  const db = parts.db ?? connect();
  const own = parts.own ?? { id: browser.runtime.id, pages: browser.runtime.getURL('/') };
  const clock = parts.clock ?? realClock;
  const fetch: typeof globalThis.fetch =
    parts.fetch ?? ((...request) => globalThis.fetch(...request));
  const usage = createUsage({
    fetch,
    syncs: parts.syncs ?? createSyncStore(db),
    now: () => clock.now(),
  });
  const { syncs } = usage;
  const locks = parts.locks ?? webLocks;
  const tracked = parts.tracked ?? createTrackedList(locks);
  const preferences = parts.preferences ?? loadPreferences;
  const isPaused = () => paused.getValue();
  const outbox = createOutboxStore(db);
  const openAddress = parts.openAddress ?? createOpenAddress(db);
  const telling = { db, tracked, preferences, clock, locks, isPaused, fetch, openAddress };
  const background: Background = {
    own,
    db,
    store: createJobStore(db),
    headers: storedHeaders,
    tracked,
    pollAlarms: createPollAlarms(Math.random),
    toolbar: createToolbar({ db, syncs, tracked, preferences, clock }),
    alerts: createAlerts({ ...telling, store: outbox, notifications }),
    outbox,
    openAddress,
    random: Math.random,
    editors: createEditors({
      own,
      now: clock.now,
      onClosed: (key) => void wakeWaiting(background, key).catch(console.error),
    }),
    locks,
    wake: jobAlarms,
    tick: switchTick,
    clock,
    revisions: createRevisions(clock.now),
    fetch,
    usage,
    preferences,
    isPaused,
    carriesOn: !import.meta.env.FIREFOX,
    ...parts,
    syncs,
  };
  return background;
}

/** Which hosts take streamed bodies: known anew in each worker. */
const streams = new Map<string, boolean>();

/** GitHub on a host: with the token of its account, or without any for public data. */
export async function openGitHub(
  background: Pick<Background, 'db' | 'usage'>,
  host: string,
  timing: Timing,
): Promise<{ readonly github: GitHub; readonly account: Account | undefined }> {
  const stored = await openToken(background.db, { host });
  const client = createClient({
    host,
    token: stored?.token,
    fetch: background.usage.fetch,
    timeoutMs: timing.requestTimeoutMs,
    streams,
  });
  return { github: createGitHub(client), account: stored?.account };
}

/** What one slice of a job needs, with the token of the user who started it. */
export async function jobPorts(background: Background, header: JobHeader): Promise<JobPorts> {
  const { timing } = await background.preferences();
  const { host } = header.checklist.repo;
  const { github, account } = await openGitHub(background, host, timing);
  const user = actingUser(host, account?.login, { kind: 'run', login: header.login });
  return {
    ...background,
    github: user.ok ? github : refusingGitHub(user.failure),
    timing,
    isEditorOpen: background.editors.isOpen,
    onProgress: (job, pace) => background.revisions.show(job, pace, timing),
    onNotice: (job) => background.revisions.bump(job.header.checklist),
  };
}

const realClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

const storedHeaders: OpenJobHeaders = {
  save: (header) => openJobHeader(header.id).setValue(header),
  list: listOpenJobHeaders,
  remove: (jobId) => openJobHeader(jobId).removeValue({ removeMeta: true }),
};

/** The editor was closed: what waited for it need not wait for its alarm. */
async function wakeWaiting(
  { store, syncs, wake, pollAlarms, clock }: Background,
  checklistKey: string,
): Promise<void> {
  const now = clock.now();
  const job = await store.loadOpenJob(checklistKey);
  if (job !== undefined) await wake.wakeAt(job.header.id, now);
  const record = await syncs.loadRecord(checklistKey);
  if (record?.waiting === 'editor') await pollAlarms.soon(now);
}
