import { browser } from 'wxt/browser';

/** Opens the browser's own page for keyboard shortcuts: Firefox has a call for it (since 137), Chrome an address. */
export function openShortcuts(): Promise<unknown> {
  const { commands, tabs } = browser;
  if ('openShortcutSettings' in commands && typeof commands.openShortcutSettings === 'function') {
    return commands.openShortcutSettings();
  }
  return tabs.create({ url: 'chrome://extensions/shortcuts' });
}
