import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { EditorPort } from '../../entrypoints/background/editors.ts';
import { type Background, createBackground } from '../../entrypoints/background/ports.ts';
import {
  type ChecklistRef,
  checklistKey,
  issueChecklist,
  issueOfChecklist,
} from '../../lib/core/refs.ts';
import type { Preferences } from '../../lib/core/settings/settings.ts';
import type { PartialSettings } from '../../lib/core/settings/table.ts';
import { runNightly, startNightlyRun } from '../../lib/engine/nightly-run.ts';
import { lastNight, nextNight, scheduleNightlyRun } from '../../lib/engine/nightly-schedule.ts';
import { syncViewOf } from '../../lib/engine/sync-view.ts';
import { completePreferences } from '../../lib/settings.ts';
import { connect } from '../../lib/store/db.ts';
import { listAllEvents } from '../../lib/store/events.ts';
import { loadReconcile } from '../../lib/store/reconciles.ts';
import { activateAccount, savePendingToken } from '../../lib/store/tokens.ts';
import { type LocalGitHub, startLocalGitHub } from '../local-github/local-github.ts';
import { FAST } from './background-world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const OWN = { id: 'x', pages: 'chrome-extension://x/' };
const REPO = { host: 'github.com', owner: 'ann', name: 'demo' };

describe('the nights', () => {
  let github: LocalGitHub;
  let now: number;

  beforeEach(async () => {
    // Ten in the evening by the local clock.
    now = new Date(2026, 10, 20, 22).getTime();
    github = await startLocalGitHub({ clock: () => now });
    const { token } = github.addUser('ann');
    github.addRepo('ann/demo');
    await signIn(token, 'ann');
  });
  afterEach(async () => {
    vi.unstubAllGlobals();
    await github.close();
  });

  async function signIn(token: string, login: string) {
    const db = connect();
    const id = await savePendingToken(db, 'github.com', token);
    const details = { login, kind: 'classic', scopes: [], expiresAt: undefined } as const;
    await activateAccount(db, id, { ...details, checkedAt: 0 });
  }

  function worker(
    parts: Partial<Background> = {},
    settings: PartialSettings<Preferences> = {},
  ): Background {
    return createBackground({
      own: OWN,
      db: connect(),
      fetch: github.fetch,
      clock: { now: () => now, sleep: async () => {} },
      preferences: async () => completePreferences({ ...FAST, ...settings }),
      ...parts,
    });
  }

  /** A tracked checklist with an issue per item: one is completed, the next closed as not planned. */
  async function plan(background: Background): Promise<ChecklistRef> {
    const [done, refused] = ['One', 'Two'].map((title) =>
      github.addIssue('ann/demo', { title, author: 'ann' }),
    );
    const body = `- [ ] One (closes #${done})\n- [ ] Two (closes #${refused})\n`;
    const number = github.addIssue('ann/demo', { title: 'Plan', body, author: 'ann' });
    const close = { state: 'closed', stateReason: 'completed' } as const;
    github.editIssue('ann/demo', done ?? 0, close, 'ann');
    github.editIssue('ann/demo', refused ?? 0, { ...close, stateReason: 'not_planned' }, 'ann');
    const checklist = issueChecklist({ repo: REPO, number });
    await background.tracked.put({
      checklist,
      title: 'Plan',
      login: 'ann',
      since: now,
    });
    return checklist;
  }

  const text = (checklist: ChecklistRef) =>
    github.issue('ann/demo', issueOfChecklist(checklist).number).body ?? '';
  const record = ({ db }: Background, checklist: ChecklistRef) =>
    loadReconcile(db, checklistKey(checklist));
  const badge = () => fakeBrowser.action.getBadgeText({});

  /** The next night at five past. */
  function sleepUntilNight() {
    now = nextNight(now, 3) + 5 * MINUTE;
  }

  it('do what is safe, and count what is left, on the toolbar too', async () => {
    const background = worker();
    const checklist = await plan(background);
    await runNightly(background);
    expect(await record(background, checklist)).toBeUndefined();
    sleepUntilNight();
    await runNightly(background);
    expect(text(checklist)).toMatch(/^- \[x\] One .*\n- \[ \] Two /);
    expect(await record(background, checklist)).toMatchObject({
      checkedAt: now,
      nightlyAt: now,
      left: 1,
      kinds: { 'unticked-closed': 1 },
      failure: undefined,
    });
    const view = await syncViewOf(background, checklist);
    expect(view).toMatchObject({ reconcile: { at: now, left: 1 }, needsYou: 1 });
    expect(await badge()).toBe('1');
    const events = await listAllEvents(background.db);
    expect(events.filter(({ kind }) => kind === 'write-master')).toMatchObject([
      { cause: { by: 'night', what: 'sync' }, login: 'ann' },
    ]);
    github.assertConforming();
  });

  it('of many checklists are spread over minutes, those that fail after all others', async () => {
    const soon: number[] = [];
    const made = worker();
    const alarms = { ...made.alarms, pollSoon: async (at: number) => void soon.push(at) };
    const background = worker({ alarms });
    const value = Array.from({ length: 500 }, (_, index) => {
      const checklist = issueChecklist({ repo: REPO, number: 1_000 + index });
      return { checklist, title: 'Plan', login: 'ann', since: now };
    });
    await background.stored.tracked.setValue(value);
    sleepUntilNight();
    const tried: number[] = [];
    for (let wake = 0; wake < 25; wake++) {
      await runNightly(background);
      tried.push(Object.keys(await background.nightTries.getValue()).length);
      expect(soon).toEqual([now + MINUTE]);
      now = soon.pop() ?? now;
    }
    expect(tried).toEqual(Array.from({ length: 25 }, (_, wake) => 20 * (wake + 1)));
  });

  it('are done once each, and again the next one', async () => {
    const background = worker();
    await plan(background);
    sleepUntilNight();
    await Promise.all([runNightly(background), runNightly(background)]);
    github.clearRequests();
    await runNightly(background);
    now += 2 * HOUR;
    await runNightly(background);
    expect(github.requests).toEqual([]);
    sleepUntilNight();
    await runNightly(background);
    expect(github.requests.length).toBeGreaterThan(0);
  });

  it('are made up for when the browser starts in the morning', async () => {
    const checklist = await plan(worker());
    sleepUntilNight();
    now += 6 * HOUR;
    await startNightlyRun(worker());
    expect(text(checklist)).toContain('- [x] One');
  });

  it('are none where nobody wants them', async () => {
    const background = worker({}, { nightly: { on: false } });
    await plan(background);
    sleepUntilNight();
    github.clearRequests();
    await startNightlyRun(background);
    expect(github.requests).toEqual([]);
  });

  it('go on with the rest when the worker died between two checklists', async () => {
    const first = worker();
    const [one, two, three] = [await plan(first), await plan(first), await plan(first)];
    sleepUntilNight();
    let looks = 0;
    const dying = worker({
      toolbar: {
        refresh: async () => {
          looks += 1;
          if (looks === 2) throw new Error('the worker died');
        },
      },
    });
    await expect(runNightly(dying)).rejects.toThrow('died');
    expect([one, two, three].map((each) => text(each).includes('[x] One'))).toEqual([
      true,
      true,
      false,
    ]);
    github.clearRequests();
    await startNightlyRun(worker());
    expect(text(three)).toContain('[x] One');
    const read = github.requests.filter(({ body }) => JSON.stringify(body)?.includes('history'));
    expect(read.length).toBeLessThan(4);
  });

  it('go on by an alarm where a browser ends the background whatever it does', async () => {
    const background = worker({ carriesOn: false }, { timing: { ...FAST.timing, sliceMs: 0 } });
    const checklist = await plan(background);
    sleepUntilNight();
    await runNightly(background);
    expect(text(checklist)).toContain('- [ ] One');
    expect(await fakeBrowser.alarms.get('poll-soon')).toMatchObject({ scheduledTime: now });
  });

  it('are tried three times, and again after the next start of the browser', async () => {
    const background = worker();
    const checklist = await plan(background);
    sleepUntilNight();
    await runNightly(background);
    sleepUntilNight();
    github.fault({ times: 99, action: { status: 500 } });
    const tries = async () => {
      github.clearRequests();
      await runNightly(background);
      return github.requests.length > 0;
    };
    expect([await tries(), await tries(), await tries(), await tries()]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(await record(background, checklist)).toMatchObject({
      left: 1,
      failure: { code: 'server-error' },
    });
    github.clearFaults();
    expect(await tries()).toBe(false);
    await fakeBrowser.storage.session.clear();
    expect(await tries()).toBe(true);
    expect(await record(background, checklist)).toMatchObject({ failure: undefined });
  });

  it('wait for the network as long as it takes', async () => {
    const background = worker();
    const checklist = await plan(background);
    sleepUntilNight();
    github.fault({ times: 99, action: { reset: true } });
    for (let alarms = 0; alarms < 5; alarms += 1) await runNightly(background);
    github.clearFaults();
    const { locks } = navigator;
    vi.stubGlobal('navigator', { locks, onLine: false });
    github.clearRequests();
    await runNightly(background);
    expect(github.requests).toEqual([]);
    vi.stubGlobal('navigator', { locks, onLine: true });
    await runNightly(background);
    expect(text(checklist)).toContain('- [x] One');
  });

  it('wait for an open editor without asking anybody', async () => {
    const background = worker();
    const checklist = await plan(background);
    sleepUntilNight();
    const editor = port(checklist);
    background.editors.hold(editor);
    github.clearRequests();
    for (let alarms = 0; alarms < 5; alarms += 1) await runNightly(background);
    expect(github.requests).toEqual([]);
    editor.drop();
    await runNightly(background);
    expect(text(checklist)).toContain('- [x] One');
  });

  it('never write under another account', async () => {
    const background = worker();
    const checklist = await plan(background);
    await signIn(github.addUser('olga').token, 'olga');
    sleepUntilNight();
    await runNightly(background);
    expect(text(checklist)).toContain('- [ ] One');
  });

  it('ring at the set hour as long as something is kept up to date', async () => {
    let hour = 3;
    const background = worker({
      preferences: async () => completePreferences({ ...FAST, nightly: { on: true, hour } }),
    });
    await scheduleNightlyRun(background);
    expect(await fakeBrowser.alarms.get('nightly')).toBeUndefined();
    const checklist = await plan(background);
    await scheduleNightlyRun(background);
    const at = async () => (await fakeBrowser.alarms.get('nightly'))?.scheduledTime;
    expect(await at()).toBe(new Date(2026, 10, 21, 3).getTime());
    hour = 23;
    await scheduleNightlyRun(background);
    expect(await at()).toBe(new Date(2026, 10, 20, 23).getTime());
    await background.tracked.remove(checklist);
    await scheduleNightlyRun(background);
    expect(await at()).toBeUndefined();
  });
});

describe('the time of a night', () => {
  const zone = process.env.TZ;
  beforeEach(() => {
    process.env.TZ = 'Europe/Berlin';
  });
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  const at = (time: string) => new Date(time).getTime();

  it('is the last, and the next, strike of the hour by the local clock', () => {
    expect(lastNight(at('2026-11-20T03:00'), 3)).toBe(at('2026-11-20T03:00'));
    expect(lastNight(at('2026-11-20T02:59'), 3)).toBe(at('2026-11-19T03:00'));
    expect(nextNight(at('2026-11-20T03:00'), 3)).toBe(at('2026-11-21T03:00'));
    expect(nextNight(at('2026-11-20T02:59'), 3)).toBe(at('2026-11-20T03:00'));
    expect(nextNight(at('2026-12-31T12:00'), 0)).toBe(at('2027-01-01T00:00'));
  });

  it('stays at its hour when the clock is put forward and back', () => {
    expect(nextNight(at('2026-03-28T12:00'), 3) - at('2026-03-28T03:00')).toBe(23 * HOUR);
    expect(nextNight(at('2026-10-24T12:00'), 3) - at('2026-10-24T03:00')).toBe(25 * HOUR);
    // Two o'clock does not strike on that day.
    expect(nextNight(at('2026-03-28T12:00'), 2)).toBe(at('2026-03-29T03:00'));
  });
});

function port(checklist: ChecklistRef): EditorPort & { drop(): void } {
  const listeners: (() => void)[] = [];
  const url = `https://github.com/ann/demo/issues/${issueOfChecklist(checklist).number}`;
  return {
    name: `editor:${checklistKey(checklist)}`,
    sender: { id: 'x', frameId: 0, tab: { url } },
    onDisconnect: { addListener: (listener) => listeners.push(listener) },
    disconnect: () => {},
    drop: () => {
      for (const listener of listeners) listener();
    },
  };
}
