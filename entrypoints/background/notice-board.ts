import { browser } from 'wxt/browser';
import { browserNotification, notificationId } from '../../lib/channels/browser.ts';
import type { NoticeBoard } from '../../lib/channels/ports.ts';
import type { Notice } from '../../lib/core/alerts/notices.ts';

/** The permission is asked for when the channel is switched on: without it the browser has no such functions. */
export function canNotify(): boolean {
  return browser.notifications !== undefined;
}

/** The browser's notifications, where they are allowed; else nothing is shown. */
export const noticeBoard: NoticeBoard = {
  raise: async (notice) => {
    if (!canNotify()) return;
    const { id, options } = shown(notice);
    await browser.notifications.create(id, options);
  },
  refresh: async (notice) => {
    const { id, options } = shown(notice);
    // Firefox cannot change a notification, and to raise it again would not be silent.
    const { update } = canNotify() ? (browser.notifications as Updating) : {};
    if (update === undefined || !(id in (await browser.notifications.getAll()))) return;
    await update(id, options);
  },
  withdraw: async (id) => {
    if (canNotify()) await browser.notifications.clear(notificationId(id));
  },
};

/** Chrome's, which the common types leave out. */
interface Updating {
  readonly update?: (id: string, options: object) => Promise<boolean>;
}

function shown(notice: Notice) {
  return browserNotification(notice, browser.runtime.getURL('/icon/128.png'));
}
