import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { settleMessage, testChannel } from '../../entrypoints/background/alert-messages.ts';
import { openNotice } from '../../entrypoints/background/pages.ts';
import { setPaused } from '../../entrypoints/background/set-paused.ts';
import { notificationId } from '../../lib/channels/browser.ts';
import { failure } from '../../lib/core/failures.ts';
import { checklistKey } from '../../lib/core/refs.ts';
import type { TrackedChecklist } from '../../lib/core/sync/tracked.ts';
import { saveSecret } from '../../lib/store/secrets.ts';
import { activateAccount, savePendingToken } from '../../lib/store/tokens.ts';
import { patiently } from '../patiently.ts';
import { ALL_CHANNELS, type AlertsWorld, createAlertsWorld } from './alerts-world.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const RELAY = { url: 'https://relay.example.org/v1/messages', token: 't'.repeat(32) };
const SLACK = { url: 'https://hooks.slack.com/services/T0/B0/X' };
const DIFFERENCES = notificationId('differences');
const INVALID = { failure: failure('rules-invalid', { mistake: 'line 3' }), failures: 1 };

describe('a notification', () => {
  let world: AlertsWorld;
  const titles = () => Object.values(world.notifications()).map(({ title }) => title);

  beforeEach(async () => {
    world = createAlertsWorld();
    await world.set({ on: { browser: true } });
  });

  it('is raised once, also by the next worker, and changes its words as others join', async () => {
    const create = vi.spyOn(fakeBrowser.notifications, 'create');
    const [one, two] = [await world.track(1), await world.track(2)];
    await world.differ(one, 2);
    await world.look();
    await world.look();
    await world.restart().alerts.refresh();
    expect(create).toHaveBeenCalledTimes(1);
    expect(titles()).toEqual(['2 differences need attention: ann/demo#1']);
    await world.differ(two, 3);
    await world.look();
    expect(create).toHaveBeenCalledTimes(2);
    expect(titles()).toEqual(['5 differences need attention in 2 checklists']);
    expect(world.notifications()[DIFFERENCES]).toMatchObject({ type: 'basic' });
  });

  it('goes by itself when its cause is resolved', async () => {
    const one = await world.track(1);
    await world.differ(one, 2);
    await world.check(one, INVALID);
    await world.look();
    expect(titles()).toHaveLength(2);
    await world.differ(one, 0);
    await world.look();
    expect(titles()).toEqual(['Sync failed: ann/demo#1']);
  });

  it('is not raised where the channel is off, nor for a kind that the user does not want there', async () => {
    await world.differ(await world.track(1), 2);
    await world.set({ on: { browser: false } });
    await world.look();
    await world.set({ on: { browser: true }, channels: { differences: [] } });
    await world.look();
    expect(titles()).toEqual([]);
    await world.set({ on: { browser: true } });
    await world.look();
    expect(titles()).toHaveLength(1);
  });

  it('is raised as soon as the browser allows it, not lost', async () => {
    await world.differ(await world.track(1), 2);
    const { notifications } = fakeBrowser;
    Object.assign(fakeBrowser, { notifications: undefined });
    await world.look();
    Object.assign(fakeBrowser, { notifications });
    expect(titles()).toEqual([]);
    await world.look();
    expect(titles()).toHaveLength(1);
  });

  it('tells nothing while everything is paused, and what is new afterwards', async () => {
    await setPaused({ paused: true }, world.background);
    await world.differ(await world.track(1), 2);
    await world.look();
    expect(titles()).toEqual([]);
    await setPaused({ paused: false }, world.background);
    await patiently(() => expect(titles()).toContain('2 differences need attention: ann/demo#1'));
  });

  it('does not stop a poll when the browser refuses it', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    vi.spyOn(fakeBrowser.notifications, 'create').mockRejectedValue(new Error('no'));
    await world.differ(await world.track(1), 2);
    await expect(world.look()).resolves.toBeUndefined();
  });
});

describe('a click on a notification', () => {
  let world: AlertsWorld;
  const urls = async () => (await fakeBrowser.tabs.query({})).flatMap(({ url }) => url ?? []);

  beforeEach(async () => {
    world = createAlertsWorld();
    await world.set({ on: { browser: true } });
  });

  it('opens the dashboard where the cause is resolved, and takes it away', async () => {
    const one = await world.track(1);
    await world.differ(one, 2);
    await world.look();
    await openNotice(world.background, DIFFERENCES);
    const checklist = encodeURIComponent(checklistKey(one.checklist));
    expect(await urls()).toEqual([
      `chrome-extension://x/dashboard.html#/reconcile?checklist=${checklist}`,
    ]);
    expect(world.notifications()).toEqual({});
  });

  it('uses the tab of the dashboard where there is one', async () => {
    const page = 'chrome-extension://x/dashboard.html';
    const contexts = [
      { documentUrl: 'chrome-extension://x/options.html', tabId: 1, windowId: 1 },
      { documentUrl: `${page}#/metrics`, tabId: 7, windowId: 3 },
    ];
    Object.assign(fakeBrowser.runtime, { getContexts: async () => contexts });
    const update = vi.spyOn(fakeBrowser.tabs, 'update').mockResolvedValue(undefined as never);
    const focus = vi.spyOn(fakeBrowser.windows, 'update').mockResolvedValue({} as never);
    await world.check(await world.track(1), INVALID);
    await world.look();
    await openNotice(world.background, notificationId('sync-failed rules-invalid'));
    const url = expect.stringContaining(`${page}#/sync?checklist=`);
    expect(update).toHaveBeenCalledWith(7, { url, active: true });
    expect(focus).toHaveBeenCalledWith(3, { focused: true });
  });

  it('finds that tab by its address where the browser knows no contexts', async () => {
    const page = 'chrome-extension://x/dashboard.html';
    const found = [{ id: 7, windowId: 3 }];
    const query = vi.spyOn(fakeBrowser.tabs, 'query').mockResolvedValue(found as never);
    const update = vi.spyOn(fakeBrowser.tabs, 'update').mockResolvedValue(undefined as never);
    vi.spyOn(fakeBrowser.windows, 'update').mockResolvedValue({} as never);
    await openNotice(world.background, DIFFERENCES);
    expect(query).toHaveBeenCalledWith({ url: page });
    expect(update).toHaveBeenCalledWith(7, { url: `${page}#/`, active: true });
  });

  it('opens the options for a token, and GitHub for rights', async () => {
    const one = await world.track(1);
    await world.check(one, { failure: failure('bad-token'), failures: 1 });
    await world.look();
    const [token = ''] = Object.keys(world.notifications());
    await openNotice(world.background, token);
    expect(fakeBrowser.runtime.openOptionsPage).toHaveBeenCalledTimes(1);
    await world.check(one, { failure: failure('archived', { repo: 'ann/demo' }), failures: 1 });
    await world.look();
    const [rights = ''] = Object.keys(world.notifications());
    await openNotice(world.background, rights);
    expect(await urls()).toEqual(['https://github.com/ann/demo/issues/1']);
  });

  it('opens the dashboard when nothing is the matter any more, and leaves those of others', async () => {
    await openNotice(world.background, DIFFERENCES);
    await openNotice(world.background, 'of somebody else');
    expect(await urls()).toEqual(['chrome-extension://x/dashboard.html#/']);
  });
});

describe('messages to the team', () => {
  let world: AlertsWorld;
  let sent: { url: string; body: string }[];
  let answer: () => Response;

  beforeEach(async () => {
    sent = [];
    answer = () => Response.json({ status: 'sent', repeated: false });
    world = createAlertsWorld({
      fetch: async (input, init) => {
        // What Slack is asked before a message: nothing comes of it.
        if (String(input) === new URL('/', SLACK.url).href) return new Response('');
        sent.push({ url: String(input), body: await new Response(init?.body ?? null).text() });
        return String(input) === SLACK.url ? new Response('ok') : answer();
      },
    });
    await saveSecret(world.background.db, 'relay', RELAY);
    await saveSecret(world.background.db, 'slack', SLACK);
    await world.set({ ...ALL_CHANNELS, digests: { slack: 'off' } });
  });
  afterEach(() => vi.restoreAllMocks());

  const urls = () => sent.map(({ url }) => url).sort();

  it('are sent once by each channel, grouped', async () => {
    for (const number of [1, 2]) await world.differ(await world.track(number), 1);
    await world.look();
    await world.look();
    await world.restart().alerts.refresh();
    expect(urls()).toEqual([SLACK.url, RELAY.url]);
    const mail = sent.find(({ url }) => url === RELAY.url);
    expect(JSON.parse(mail?.body ?? '')).toMatchObject({
      kind: 'alert',
      subject: '2 differences need attention in 2 checklists',
    });
  });

  it('are sent by browsers only that send for the team, and that have an address', async () => {
    await world.set({ ...ALL_CHANNELS, sendsForTeam: false });
    await world.differ(await world.track(1), 1);
    await world.look();
    expect(sent).toEqual([]);
  });

  it('wait for an alarm when nobody answers, and go out when it rings', async () => {
    answer = () => new Response('', { status: 503, headers: { 'retry-after': '120' } });
    await world.differ(await world.track(1), 1);
    await world.look();
    expect(urls()).toEqual([SLACK.url, RELAY.url]);
    const alarm = await fakeBrowser.alarms.get('deliver');
    expect(alarm?.scheduledTime).toBe(world.now + 120_000);
    answer = () => Response.json({ status: 'sent', repeated: false });
    world.now += 120_000;
    await world.restart().alerts.deliver();
    expect(urls()).toEqual([SLACK.url, RELAY.url, RELAY.url]);
    expect(await fakeBrowser.alarms.get('deliver')).toBeUndefined();
  });

  it('go nowhere when the browser may not reach the address any more', async () => {
    vi.mocked(fakeBrowser.permissions.contains).mockResolvedValue(false as never);
    await world.differ(await world.track(1), 1);
    await world.look();
    expect(sent).toEqual([]);
    const messages = await world.background.outbox.list();
    expect(messages.map(({ state }) => state)).toEqual(['failed', 'failed']);
  });

  it('that failed are sent again or forgotten, as the user says', async () => {
    answer = () => Response.json({ message: 'Wrong token' }, { status: 401 });
    await world.set({ ...ALL_CHANNELS, on: { browser: false, relay: true, slack: false } });
    await world.differ(await world.track(1), 1);
    await world.look();
    const { outbox } = world.background;
    const [message] = await outbox.list();
    expect(message).toMatchObject({ state: 'failed', failure: { code: 'message-refused' } });
    answer = () => Response.json({ status: 'sent', repeated: false });
    const id = message?.id ?? '';
    await settleMessage({ id, send: true }, world.background);
    expect(await outbox.list()).toMatchObject([{ id, state: 'sent' }]);
    await settleMessage({ id, send: false }, world.background);
    expect(await outbox.list()).toHaveLength(1);
    await outbox.update(id, (sending) => ({ ...sending, state: 'unknown' }));
    await settleMessage({ id, send: false }, world.background);
    expect(await outbox.list()).toEqual([]);
  });

  it('tell in the morning what happened, where digests are wanted', async () => {
    await world.set({ ...ALL_CHANNELS, digests: { relay: 'off', slack: 'daily' } });
    const one = await world.track(1);
    await world.look();
    const morning = new Date(2026, 10, 21, 8).getTime();
    expect((await fakeBrowser.alarms.get('digest'))?.scheduledTime).toBe(morning);
    const line = { job: '', run: 'R', checklistKey: checklistKey(one.checklist), login: 'ann' };
    const rows = [{ item: 'a', text: 'One', what: 'tick' }] as const;
    const event = {
      ...line,
      at: world.now + 1,
      kind: 'write-master',
      cause: { by: 'background', what: 'sync' },
      rows,
    } as const;
    await world.background.syncs.saveRecord(
      { ...(await record(world, one)), counts: { items: 4, followed: 4, done: 1 } },
      [event],
    );
    world.now = morning;
    await world.look();
    await world.look();
    expect(sent.map(({ body }) => JSON.parse(body).text)).toEqual([
      expect.stringMatching(
        /^Daily summary: ann\/demo#1\n"Plan 1": 1 of 4 items done\n.*1 item ticked/,
      ),
    ]);
    expect((await fakeBrowser.alarms.get('digest'))?.scheduledTime).toBe(morning + DAY);
  });
});

describe('a token', () => {
  it('that expires within seven days is told of, and no more once it was replaced', async () => {
    const world = createAlertsWorld();
    await world.set({ on: { browser: true } });
    const { db } = world.background;
    const replace = async (days: number) => {
      const id = await savePendingToken(db, 'github.com', 'ghp_CANARY');
      const expiresAt = new Date(world.now + days * DAY).toISOString();
      const details = { login: 'ann', kind: 'classic', scopes: [], checkedAt: 0 } as const;
      await activateAccount(db, id, { ...details, expiresAt });
    };
    await replace(5.5);
    await world.look();
    const shown = Object.values(world.notifications());
    expect(shown.map(({ title }) => title)).toEqual(['The token expires in 5 days: ann']);
    await replace(90);
    await world.look();
    expect(world.notifications()).toEqual({});
  });
});

describe('a test of a channel', () => {
  it('says at once what came of it, and leaves nothing in the outbox', async () => {
    let answer = Response.json({ status: 'sent', repeated: false });
    const world = createAlertsWorld({ fetch: async () => answer });
    const test = (channel: 'browser' | 'relay' | 'slack') =>
      testChannel({ channel }, world.background);
    expect(await test('relay')).toMatchObject({ failure: { code: 'message-refused' } });
    await saveSecret(world.background.db, 'relay', RELAY);
    await saveSecret(world.background.db, 'slack', SLACK);
    expect(await test('relay')).toEqual({ ok: true });
    answer = new Response('', { status: 500 });
    expect(await test('relay')).toMatchObject({ failure: { code: 'message-unconfirmed' } });
    answer = new Response('no_service', { status: 404 });
    expect(await test('slack')).toMatchObject({
      failure: { code: 'message-refused', message: expect.stringContaining('does not exist') },
    });
    expect(await world.background.outbox.list()).toEqual([]);
    expect(await test('browser')).toEqual({ ok: true });
    expect(Object.values(world.notifications())).toHaveLength(1);
  });
});

async function record(world: AlertsWorld, { checklist }: TrackedChecklist) {
  await world.check({ checklist, title: '', login: 'ann', since: 0 }, {});
  const found = await world.background.syncs.loadRecord(checklistKey(checklist));
  if (found === undefined) throw new Error('no record');
  return found;
}
