import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { runCommand } from '../../entrypoints/background/run-command.ts';
import { createDesk } from './desk-world.ts';

describe('a key', () => {
  const send = vi.fn(async (..._sent: unknown[]): Promise<unknown> => undefined);

  beforeEach(() => {
    createDesk();
    send.mockReset();
    Object.assign(fakeBrowser.tabs, { sendMessage: send });
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

  it('does nothing on pages without our script, nor under a name that is none', async () => {
    send.mockRejectedValue(new Error('Could not establish connection'));
    await expect(runCommand('sync', { id: 7 })).resolves.toBeUndefined();
    await runCommand('constructor', { id: 7 });
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('opens the dashboard from everywhere', async () => {
    await runCommand('dashboard', { id: 7 });
    const tabs = await fakeBrowser.tabs.query({});
    expect(tabs.map(({ url }) => url)).toContain('chrome-extension://x/dashboard.html#/');
    expect(send).not.toHaveBeenCalled();
  });
});
