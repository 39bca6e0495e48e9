import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { openWindow, runCommand } from '../../entrypoints/background/pages.ts';
import { CHECKLIST } from '../components/samples.ts';
import { createAlertsWorld } from './alerts-world.ts';

describe('a key', () => {
  const send = vi.fn(async (..._sent: unknown[]): Promise<unknown> => undefined);
  const inject = vi.fn(async (_what: { files: string[] }) => {});

  beforeEach(() => {
    createAlertsWorld();
    send.mockReset();
    send.mockResolvedValue(true);
    Object.assign(fakeBrowser.tabs, { sendMessage: send });
    inject.mockReset();
    Object.assign(fakeBrowser, { scripting: { executeScript: inject } });
  });

  it.each(['generate', 'sync', 'reconcile'])(
    'for %s is told to the page of the active tab',
    async (name) => {
      await runCommand(name, { id: 7 });
      expect(send.mock.calls).toEqual([[7, { shortcut: name }, { frameId: 0 }]]);
    },
  );

  it('finds the active tab where the browser does not name it', async () => {
    const query = vi.spyOn(fakeBrowser.tabs, 'query').mockResolvedValue([{ id: 9 }] as never);
    await runCommand('sync');
    expect(query).toHaveBeenCalledWith({ active: true, lastFocusedWindow: true });
    expect(send).toHaveBeenCalledWith(9, { shortcut: 'sync' }, { frameId: 0 });
  });

  it.each([
    ['an issue of GitHub', 'https://github.com/acme/app/issues/12', 'github.com%2Facme%2Fapp%2312'],
    ['a pull request', 'https://github.com/acme/app/pull/12', undefined],
    ['another site', 'https://relay.example.com/acme/app/issues/12', undefined],
    ['a page whose address the browser keeps', undefined, undefined],
  ])('that the page does not take opens the dashboard: %s', async (_, url, checklist) => {
    const route = checklist === undefined ? 'sync' : `sync?checklist=${checklist}`;
    send.mockRejectedValue(new Error('Could not establish connection'));
    await runCommand('sync', { id: 7, url });
    expect(await opened()).toBe(`chrome-extension://x/dashboard.html#/${route}`);
  });

  it('on an issue whose script is not there yet has it injected, and is told to it', async () => {
    send.mockRejectedValueOnce(new Error('Could not establish connection'));
    const create = vi.spyOn(fakeBrowser.tabs, 'create');
    await runCommand('sync', { id: 7, url: 'https://github.com/acme/app/issues/12' });
    const target = { tabId: 7, frameIds: [0] };
    expect(inject.mock.calls).toEqual([[{ target, files: ['/issue-page.js'] }]]);
    expect(send).toHaveBeenCalledTimes(2);
    expect(create).not.toHaveBeenCalled();
  });

  it('on any other page has nothing injected', async () => {
    send.mockRejectedValue(new Error('Could not establish connection'));
    await runCommand('sync', { id: 7, url: 'https://github.com/acme/app/pull/12' });
    await runCommand('sync', { id: 7 });
    expect(inject).not.toHaveBeenCalled();
  });

  it('that nobody answers opens the dashboard, and so it does without any tab', async () => {
    send.mockResolvedValue(undefined);
    await runCommand('reconcile', { id: 7 });
    expect(await opened()).toBe('chrome-extension://x/dashboard.html#/reconcile');
    vi.spyOn(fakeBrowser.tabs, 'query').mockResolvedValueOnce([] as never);
    await runCommand('generate');
    expect(await opened()).toBe('chrome-extension://x/dashboard.html#/generate');
  });

  it('under a name that is none does nothing', async () => {
    const create = vi.spyOn(fakeBrowser.tabs, 'create');
    await runCommand('constructor', { id: 7 });
    expect(send).not.toHaveBeenCalled();
    expect(create).not.toHaveBeenCalled();
  });

  it('opens the dashboard from everywhere', async () => {
    await runCommand('dashboard', { id: 7 });
    const tabs = await fakeBrowser.tabs.query({});
    expect(tabs.map(({ url }) => url)).toContain('chrome-extension://x/dashboard.html#/');
    expect(send).not.toHaveBeenCalled();
  });
});

describe("Masterlist's own window", () => {
  it.each([
    ['sync', 'sync'],
    ['overview', ''],
  ] as const)('opens where what was shown is decided: %s', async (task, path) => {
    createAlertsWorld();
    await openWindow({ checklist: CHECKLIST, task });
    const checklist = 'github.com%2Focto-org%2Focto-repo%231';
    expect(await opened()).toBe(
      `chrome-extension://x/dashboard.html#/${path}?checklist=${checklist}`,
    );
  });
});

/** The address of the tab that was opened last. */
async function opened(): Promise<string | undefined> {
  return (await fakeBrowser.tabs.query({})).at(-1)?.url;
}
