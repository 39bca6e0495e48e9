import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { EditorPort } from '../../entrypoints/background/editors.ts';
import { type Background, createBackground } from '../../entrypoints/background/ports.ts';
import { checklistKey, issueChecklist } from '../../lib/core/refs.ts';
import { pollAll, pollByAlarm, schedulePolls } from '../../lib/engine/poll-tracked.ts';
import { completePreferences } from '../../lib/settings.ts';
import { connect } from '../../lib/store/db.ts';
import { listAllEvents } from '../../lib/store/events.ts';
import { activateAccount, savePendingToken } from '../../lib/store/tokens.ts';
import { type LocalGitHub, startLocalGitHub } from '../local-github/local-github.ts';
import { patiently } from '../patiently.ts';
import { stored } from '../stored.ts';
import { FAST } from './background-world.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const OWN = { id: 'x', pages: 'chrome-extension://x/' };
const CHECKLIST = issueChecklist({
  repo: { host: 'github.com', owner: 'ann', name: 'demo' },
  number: 2,
});
const KEY = checklistKey(CHECKLIST);
const BODY = '- [ ] One (closes #1)\n';
const HURRY = { hurry: true };

describe('a poll', () => {
  let github: LocalGitHub;
  let now: number;

  beforeEach(async () => {
    now = Date.UTC(2026, 10, 20);
    github = await startLocalGitHub({ clock: () => now });
    const { token } = github.addUser('ann');
    github.addRepo('ann/demo');
    github.addIssue('ann/demo', { title: 'One', author: 'ann' });
    github.addIssue('ann/demo', { title: 'Plan', body: BODY, author: 'ann' });
    const db = connect();
    const id = await savePendingToken(db, 'github.com', token);
    const details = { login: 'ann', kind: 'classic', scopes: [], expiresAt: undefined } as const;
    await activateAccount(db, id, { ...details, checkedAt: 0 });
  });
  afterEach(async () => {
    vi.unstubAllGlobals();
    await github.close();
  });

  async function start(change: Partial<typeof FAST.timing> = {}, parts: Partial<Background> = {}) {
    const timing = { ...FAST.timing, ...change };
    const background = createBackground({
      own: OWN,
      db: connect(),
      fetch: github.fetch,
      clock: { now: () => now, sleep: async () => {} },
      preferences: async () => completePreferences({ timing }),
      ...parts,
    });
    const tracked = {
      checklist: CHECKLIST,
      title: 'Plan',
      login: 'ann',
      since: now,
    };
    await background.tracked.put(tracked);
    await schedulePolls(background);
    await pollAll(background, HURRY);
    return background;
  }

  function body() {
    return github.issue('ann/demo', 2).body;
  }

  function close() {
    github.editIssue('ann/demo', 1, { state: 'closed', stateReason: 'completed' }, 'ann');
  }

  it('waits two minutes between writes, and an alarm brings it back', async () => {
    const background = await start({ writeGapMs: 2 * MINUTE });
    now += MINUTE;
    close();
    await pollAll(background, HURRY);
    expect(body()).toBe('- [x] One (closes #1)\n');
    const wroteAt = now;
    now += MINUTE / 2;
    github.editIssue('ann/demo', 1, { state: 'open' }, 'ann');
    await pollAll(background, HURRY);
    expect(body()).toBe('- [x] One (closes #1)\n');
    expect(await fakeBrowser.alarms.get('poll-soon')).toMatchObject({
      scheduledTime: wroteAt + 2 * MINUTE,
    });
    now = wroteAt + 2 * MINUTE;
    await pollAll(background, { hurry: false });
    expect(body()).toBe(BODY);
  });

  it('waits for an open editor, and is woken when it closes', async () => {
    const background = await start();
    now += MINUTE;
    const editor = port();
    background.editors.hold(editor);
    close();
    await pollAll(background, HURRY);
    expect(body()).toBe(BODY);
    expect(await background.syncs.loadRecord(KEY)).toMatchObject({ waiting: 'editor' });
    expect(await fakeBrowser.alarms.get('poll-soon')).toBeUndefined();
    editor.drop();
    await patiently(async () =>
      expect(await fakeBrowser.alarms.get('poll-soon')).toMatchObject({ scheduledTime: now }),
    );
    await pollAll(background, { hurry: false });
    expect(body()).toBe('- [x] One (closes #1)\n');
  });

  it('lets a checklist go that has been closed for seven days, and says so in the log', async () => {
    const background = await start();
    now += MINUTE;
    github.editIssue('ann/demo', 2, { state: 'closed' }, 'ann');
    await pollAll(background, HURRY);
    now += 7 * DAY - MINUTE;
    await pollAll(background, HURRY);
    expect(await background.tracked.list()).toHaveLength(1);
    now += 2 * MINUTE;
    await pollAll(background, HURRY);
    expect(await background.tracked.list()).toEqual([]);
    expect(await background.syncs.loadRecord(KEY)).toBeUndefined();
    expect(await fakeBrowser.alarms.get('poll')).toBeUndefined();
    const events = await listAllEvents(background.db);
    expect(events.at(-1)).toMatchObject({ name: 'released', checklistKey: KEY, login: 'ann' });
    expect(await stored().released.getValue()).toMatchObject([{ tracked: { title: 'Plan' } }]);
  });

  it('lets a checklist go that was deleted, and keeps for some days that it was', async () => {
    const background = await start();
    now += MINUTE;
    close();
    github.deleteIssue('ann/demo', 2);
    await pollAll(background, HURRY);
    expect(await background.tracked.list()).toEqual([]);
    expect(await stored().released.getValue()).toMatchObject([
      { tracked: { title: 'Plan' }, at: now, gone: { code: 'gone' } },
    ]);
  });

  it('follows a checklist into a renamed repository', async () => {
    const background = await start();
    now += MINUTE;
    github.renameRepo('ann/demo', 'ann/renamed');
    await pollAll(background, HURRY);
    const [tracked] = await background.tracked.list();
    expect(tracked?.checklist.repo.name).toBe('renamed');
    expect(await fakeBrowser.alarms.get('poll-soon')).toMatchObject({ scheduledTime: now });
    github.editIssue('ann/renamed', 1, { state: 'closed', stateReason: 'completed' }, 'ann');
    now += MINUTE;
    await pollAll(background, HURRY);
    expect(github.issue('ann/renamed', 2).body).toBe('- [x] One (closes #1)\n');
  });

  it('goes on by an alarm where a browser ends the background whatever it does', async () => {
    const background = await start({}, { carriesOn: false });
    now += MINUTE;
    close();
    const timing = { ...FAST.timing, sliceMs: 0 };
    const preferences = async () => completePreferences({ timing });
    await pollAll({ ...background, preferences }, { hurry: false });
    expect(body()).toBe(BODY);
    expect(await fakeBrowser.alarms.get('poll-soon')).toMatchObject({ scheduledTime: now });
    await pollAll(background, { hurry: false });
    expect(body()).toBe('- [x] One (closes #1)\n');
  });

  it('does not wait for the end of its back-off when an alarm finds the network back', async () => {
    const background = await start();
    const { locks } = navigator;
    const setOnLine = (onLine: boolean) => vi.stubGlobal('navigator', { locks, onLine });
    close();
    setOnLine(false);
    github.fault({ times: 99, action: { reset: true } });
    for (let alarms = 0; alarms < 4; alarms += 1) {
      now += 2 * MINUTE;
      await pollByAlarm(background);
    }
    expect(await background.syncs.loadRecord(KEY)).toMatchObject({ failure: { code: 'offline' } });
    github.clearFaults();
    now += 2 * MINUTE;
    // The network seems to be there no more than before: the back-off holds.
    await pollByAlarm(background);
    expect(body()).toBe(BODY);
    setOnLine(true);
    await pollByAlarm(background);
    expect(body()).toBe('- [x] One (closes #1)\n');
  });

  it('asks nobody when nothing is kept up to date', async () => {
    const background = await start();
    await background.tracked.remove(CHECKLIST);
    github.clearRequests();
    await pollAll(background, HURRY);
    expect(github.requests).toEqual([]);
  });

  it('loses no checklist when many are added at once', async () => {
    const background = await start();
    const numbers = Array.from({ length: 30 }, (_, index) => index + 10);
    await Promise.all(
      numbers.map((number) =>
        background.tracked.add({
          checklist: issueChecklist({ ...CHECKLIST, number }),
          title: '',
          login: 'ann',
          since: 0,
        }),
      ),
    );
    expect(await background.tracked.list()).toHaveLength(31);
  });
});

function port(): EditorPort & { drop(): void } {
  const listeners: (() => void)[] = [];
  return {
    name: `editor:${KEY}`,
    sender: { id: 'x', frameId: 0, tab: { url: 'https://github.com/ann/demo/issues/2' } },
    onDisconnect: { addListener: (listener) => listeners.push(listener) },
    disconnect: () => {},
    drop: () => {
      for (const listener of listeners) listener();
    },
  };
}
