import { afterAll, beforeAll, beforeEach, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Result } from '../../lib/core/failures.ts';
import { type ChecklistRef, checklistUrl } from '../../lib/core/refs.ts';
import type { Protocol } from '../../lib/messages.ts';
import { connect } from '../../lib/store/db.ts';
import { activateAccount, savePendingToken } from '../../lib/store/tokens.ts';
import { type LocalGitHub, startLocalGitHub } from '../local-github/local-github.ts';
import { stored } from '../stored.ts';

export { patiently } from '../patiently.ts';

type Listener = (message: unknown, sender: unknown, respond: (answer: unknown) => void) => unknown;

/** Waits and paces at which a test does not wait; the code is the same. */
export const FAST = {
  timing: {
    gapMs: 1,
    carefulGapMs: 1,
    lookUpAfterMs: [20, 40, 60, 80],
    claimSettleMs: 5,
    recoverAfterMs: 50,
    limitWaitMs: 20,
    requestTimeoutMs: 60_000,
    sliceMs: 5_000,
    writeGapMs: 0,
    mendSettleMs: 0,
  },
};

/** The whole background as it runs, with a local GitHub and a browser that tests drive. */
export function useBackground() {
  const world = {} as {
    github: LocalGitHub;
    token: string;
    messages: string[];
    listener: Listener;
  };
  beforeAll(async () => {
    world.github = await startLocalGitHub();
    // At this pace Ann would be over GitHub's 80 creations a minute.
    world.github.configure({ secondaryLimits: null });
    world.token = world.github.addUser('ann', { token: 'ghp_CANARY0123456789' }).token;
    world.github.addUser('bob');
  });
  beforeEach(async () => {
    world.messages = [];
    world.github.clearFaults();
    world.github.clearRequests();
    vi.stubGlobal('fetch', world.github.fetch);
    standIn();
    await stored().preferences.setValue(FAST);
    vi.spyOn(fakeBrowser.runtime.onMessage, 'addListener').mockImplementation((listener) => {
      world.listener = listener as unknown as Listener;
    });
    await startWorker();
  });
  afterAll(() => world.github.close());
  return {
    get github() {
      return world.github;
    },
    get token() {
      return world.token;
    },
    /** Everything that went over the wire. */
    get messages() {
      return world.messages;
    },
    /** Stores and accepts Ann's token, as the options page and the check do. */
    signIn: async (token = world.token, login = 'ann') => {
      const db = connect();
      const id = await savePendingToken(db, 'github.com', token);
      await activateAccount(db, id, {
        login,
        kind: 'classic',
        scopes: ['repo'],
        expiresAt: undefined,
        checkedAt: 0,
      });
    },
    /** What every worker of this test heard: an alarm rings. */
    ring: (name: string) =>
      fakeBrowser.alarms.onAlarm.trigger({ name, scheduledTime: 0, persistAcrossSessions: true }),
    /** The network is back. */
    comeOnline: () => self.dispatchEvent(new Event('online')),
    /** Sends whatever it is, as it is. The answer as it came; undefined where nobody answers. */
    deliver: (message: unknown, sender: unknown): Promise<unknown> =>
      new Promise((resolve) => {
        if (world.listener(message, sender, resolve) !== true) resolve(undefined);
      }),
    /** Sends a message as the page of an issue does. */
    ask: <Name extends keyof Protocol>(
      name: Name,
      query: Parameters<Protocol[Name]>[0],
      sender: unknown = senderOf(query),
    ): Promise<ReturnType<Protocol[Name]>> =>
      send(world, name, query, sender) as Promise<ReturnType<Protocol[Name]>>,
  };
}

/** Our own options page. */
export const OWN_PAGE = {
  id: 'test-extension-id',
  url: 'chrome-extension://test-extension-id/options.html',
};

/** A tab that shows an issue, as the browser describes it. */
export function tabOf(checklist: ChecklistRef): unknown {
  const url = checklistUrl(checklist);
  return { id: 'test-extension-id', url, frameId: 0, tab: { id: 1, url } };
}

/** Loads the whole background anew, as after the death of a worker. The old one is not stopped: locks keep them apart. */
export async function startWorker(): Promise<void> {
  vi.resetModules();
  const { default: background } = await import('../../entrypoints/background/index.ts');
  background.main();
}

function senderOf(query: unknown): unknown {
  const { checklist } = query as { checklist?: ChecklistRef };
  return checklist === undefined ? OWN_PAGE : tabOf(checklist);
}

async function send(
  world: { messages: string[]; listener: Listener },
  type: string,
  data: unknown,
  sender: unknown,
): Promise<unknown> {
  // Chrome sends JSON: what does not survive that must not be needed.
  const wire = JSON.stringify({ id: 1, type, data, timestamp: 0 });
  const { res, err } = await new Promise<{ res: unknown; err: unknown }>((resolve) => {
    world.listener(JSON.parse(wire), sender, (answer) => {
      const back = JSON.stringify(answer);
      world.messages.push(wire, back);
      resolve(JSON.parse(back));
    });
  });
  if (err !== undefined) throw new Error(`the handler threw: ${JSON.stringify(err)}`);
  return res;
}

/** What fakeBrowser lacks. */
function standIn(): void {
  fakeBrowser.runtime.id = 'test-extension-id';
  const event = () => ({ addListener: () => {} });
  Object.assign(fakeBrowser.runtime, {
    getURL: (path: string) => `chrome-extension://test-extension-id${path}`,
    onConnect: event(),
    openOptionsPage: vi.fn(async () => {}),
  });
  Object.assign(fakeBrowser.commands, { onCommand: event() });
  Object.assign(fakeBrowser.permissions, { onAdded: event(), contains: vi.fn(async () => true) });
  vi.stubGlobal('self', new EventTarget());
}

/** The value of an answer that must be one. */
export function given<T>(answer: Result<T>): T {
  if (!answer.ok) throw new Error(`${answer.failure.code}: ${answer.failure.message}`);
  return answer.value;
}
