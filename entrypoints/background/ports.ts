import { browser } from 'wxt/browser';
import { type Failure, failure } from '../../lib/core/failure.ts';
import type { JobHeader } from '../../lib/core/job/job.ts';
import type { Preferences, Timing } from '../../lib/core/preferences.ts';
import { type Client, createClient } from '../../lib/github/client.ts';
import { createGitHubPort } from '../../lib/github/github-port.ts';
import type {
  Clock,
  GitHubPort,
  JobPorts,
  JobStore,
  Locks,
  OpenJobHeaders,
  WakePort,
} from '../../lib/jobs/ports.ts';
import { listOpenJobHeaders, loadPreferences, openJobHeader } from '../../lib/settings.ts';
import { connect, type Db } from '../../lib/store/db.ts';
import { createJobStore } from '../../lib/store/jobs.ts';
import { type Account, openToken } from '../../lib/store/tokens.ts';
import { createEditors, type Editors } from './editors.ts';
import { createRevisions, type Revisions } from './revisions.ts';
import type { OwnAddress } from './sender.ts';
import { webLocks } from './web-locks.ts';

/** Everything that the handlers use from outside. */
export interface Background {
  readonly own: OwnAddress;
  readonly db: Db;
  readonly store: JobStore;
  readonly headers: OpenJobHeaders;
  readonly editors: Editors;
  readonly locks: Locks;
  readonly wake: WakePort;
  /** Switches the tick, which looks after open jobs when an alarm of theirs was lost. */
  readonly tick: (on: boolean) => Promise<void>;
  readonly clock: Clock;
  readonly revisions: Revisions;
  readonly fetch: typeof globalThis.fetch;
  readonly preferences: () => Promise<Preferences>;
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
  const wake = parts.wake ?? alarms;
  const store = parts.store ?? createJobStore(db);
  return {
    own,
    db,
    store,
    headers: storedHeaders,
    editors: createEditors({
      own,
      now: clock.now,
      onClosed: (key) => void wakeWaiting(store, wake, key, clock),
    }),
    locks: webLocks,
    wake,
    tick: switchTick,
    clock,
    revisions: createRevisions(clock.now),
    fetch: (...request) => globalThis.fetch(...request),
    preferences: loadPreferences,
    carriesOn: !import.meta.env.FIREFOX,
    ...parts,
  };
}

/** Which hosts take streamed bodies: known anew in each worker. */
const streams = new Map<string, boolean>();

/** A client for a host: with the token of its account, or without any for public data. */
export async function openClient(
  background: Pick<Background, 'db' | 'fetch'>,
  host: string,
  timing: Timing,
): Promise<{ readonly client: Client; readonly account: Account | undefined }> {
  const stored = await openToken(background.db, { host });
  const client = createClient({
    host,
    token: stored?.token,
    fetch: background.fetch,
    timeoutMs: timing.requestTimeoutMs,
    streams,
  });
  return { client, account: stored?.account };
}

/** What one slice of a job needs, with the token of the user who started it. */
export async function jobPorts(background: Background, header: JobHeader): Promise<JobPorts> {
  const { timing } = await background.preferences();
  const { client, account } = await openClient(background, header.checklist.repo.host, timing);
  const problem = wrongAccount(header, account);
  return {
    ...background,
    github: problem === undefined ? createGitHubPort(client) : refusingPort(problem),
    timing,
    isEditorOpen: background.editors.isOpen,
    onProgress: (job, pace) => background.revisions.show(job, pace, timing),
    onNotice: (job) => background.revisions.bump(job.header.checklist),
  };
}

/** A job goes on under the user who started it, or not at all: its issues are looked up by their creator. */
function wrongAccount(header: JobHeader, account: Account | undefined): Failure | undefined {
  const { host } = header.checklist.repo;
  if (account?.login === undefined) return failure('signed-out', { host });
  if (account.login.toLowerCase() === header.login.toLowerCase()) return undefined;
  return failure('run-of-other', { login: header.login, tokenUser: account.login });
}

/** A GitHub that refuses everything, so that the job waits for the user. */
function refusingPort(problem: Failure): GitHubPort {
  const refuse = () => Promise.resolve({ ok: false, failure: problem } as const);
  return {
    readMaster: refuse,
    updateMaster: refuse,
    createIssue: refuse,
    listIssues: refuse,
    createComment: refuse,
    listComments: refuse,
    createLabel: refuse,
    ensureMilestone: refuse,
    readHistories: refuse,
    updateIssue: refuse,
  };
}

const realClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Prefix of the alarms that bring a job back. */
export const JOB_ALARM = 'job:';

const alarms: WakePort = {
  wakeAt: async (jobId, at) => {
    await browser.alarms.create(JOB_ALARM + jobId, { when: at });
  },
  clear: async (jobId) => {
    await browser.alarms.clear(JOB_ALARM + jobId);
  },
};

/** Name of the alarm that looks after open jobs. */
export const TICK_ALARM = 'tick';

/** The shortest that browsers allow to installed extensions. */
const TICK_MINUTES = 0.5;

async function switchTick(on: boolean): Promise<void> {
  if (!on) await browser.alarms.clear(TICK_ALARM);
  else if ((await browser.alarms.get(TICK_ALARM)) === undefined) {
    await browser.alarms.create(TICK_ALARM, { periodInMinutes: TICK_MINUTES });
  }
}

const storedHeaders: OpenJobHeaders = {
  save: (header) => openJobHeader(header.id).setValue(header),
  list: listOpenJobHeaders,
  remove: (jobId) => openJobHeader(jobId).removeValue({ removeMeta: true }),
};

/** The editor was closed: a job that waited for it need not wait for its alarm. */
async function wakeWaiting(
  store: JobStore,
  wake: WakePort,
  checklistKey: string,
  clock: Clock,
): Promise<void> {
  const job = await store.loadOpenJob(checklistKey);
  if (job !== undefined) await wake.wakeAt(job.header.id, clock.now());
}
