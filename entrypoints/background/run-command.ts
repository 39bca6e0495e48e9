import { browser } from 'wxt/browser';
import { readShortcut, type ShortcutMessage } from '../../lib/core/shortcut.ts';
import { openPage } from './open-page.ts';

/** A key was pressed: the page of the active tab does it, if it shows a checklist; the dashboard opens from everywhere. */
export async function runCommand(
  command: string,
  tab?: { readonly id?: number | undefined },
): Promise<void> {
  if (command === 'dashboard') return openPage('dashboard.html#/');
  const shortcut = readShortcut(command);
  const id = tab?.id ?? (await activeTab());
  if (shortcut === undefined || id === undefined) return;
  const message: ShortcutMessage = { shortcut };
  // Pages without our script answer nothing.
  await browser.tabs.sendMessage(id, message, { frameId: 0 }).catch(() => undefined);
}

async function activeTab(): Promise<number | undefined> {
  const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  return tab?.id;
}
