import { describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { openShortcuts } from '../../entrypoints/options/open-shortcuts.ts';

describe("the way to the browser's shortcuts", () => {
  it("is Chrome's page where there is no call for it", async () => {
    const create = vi.spyOn(browser.tabs, 'create').mockResolvedValue({} as never);
    Object.assign(browser, { commands: {} });
    await openShortcuts();
    expect(create).toHaveBeenCalledWith({ url: 'chrome://extensions/shortcuts' });
  });

  it("is Firefox's call where there is one", async () => {
    const create = vi.spyOn(browser.tabs, 'create').mockResolvedValue({} as never);
    const openShortcutSettings = vi.fn(async () => {});
    Object.assign(browser, { commands: { openShortcutSettings } });
    await openShortcuts();
    expect(openShortcutSettings).toHaveBeenCalledOnce();
    expect(create).not.toHaveBeenCalled();
  });
});
