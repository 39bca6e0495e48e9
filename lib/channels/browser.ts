import { browser } from 'wxt/browser';
import type { AlertMessage } from '../core/alerts/alert-message.ts';
import { describeAlerts } from '../core/alerts/describe-alert.ts';
import type { Notice } from '../core/alerts/notices.ts';
import type { Notifications } from '../ports.ts';

/** The permission that it needs, for the browser to ask. */
export const NOTIFICATIONS_PERMISSION: { readonly permissions: ['notifications'] } = {
  permissions: ['notifications'],
};

/** Whether it is there: without the permission the browser has no such functions. */
export function canNotify(): boolean {
  return browser.notifications !== undefined;
}

/** The browser's notifications, where they are allowed; else nothing is shown. */
export const notifications: Notifications = {
  isAllowed: canNotify,
  show: async (notice) => {
    if (!canNotify()) return;
    const { id, options } = browserNotification(notice, iconUrl());
    await browser.notifications.create(id, options);
  },
  update: async (notice) => {
    const { id, options } = browserNotification(notice, iconUrl());
    // Firefox cannot change a notification, and to show it again would not be silent.
    const { update } = canNotify() ? (browser.notifications as Updating) : {};
    if (update === undefined || !(id in (await browser.notifications.getAll()))) return;
    await update(id, options);
  },
  clear: async (id) => {
    if (canNotify()) await browser.notifications.clear(notificationId(id));
  },
};

/** Chrome's, which the common types leave out. */
interface Updating {
  readonly update?: (id: string, options: object) => Promise<boolean>;
}

/** Shows a test; only where it `canNotify`. */
export async function showTestNotification({ subject, text }: AlertMessage): Promise<void> {
  const options = { type: 'basic', iconUrl: iconUrl(), title: subject, message: text } as const;
  await browser.notifications.create(notificationId('test'), options);
}

function iconUrl(): string {
  return browser.runtime.getURL('/icon/128.png');
}

/** What `browser.notifications.create` takes, in Chrome and Firefox alike (Firefox refuses buttons). */
export interface NotificationOptions {
  readonly type: 'basic';
  readonly iconUrl: string;
  readonly title: string;
  readonly message: string;
}

/** A notification of the browser for a notice. */
export interface BrowserNotification {
  readonly id: string;
  readonly options: NotificationOptions;
  /** What a click opens: an address relative to the extension, or one of GitHub. */
  readonly href: string;
}

const PREFIX = 'masterlist ';

/** The notification that shows a notice; a later one of the same notice replaces it. */
export function browserNotification(notice: Notice, iconUrl: string): BrowserNotification {
  const { title, sentence, action } = describeAlerts(notice.alerts);
  return {
    id: notificationId(notice.id),
    options: { type: 'basic', iconUrl, title, message: sentence },
    href: action.href,
  };
}

/** The id of a notice's notification. */
export function notificationId(noticeId: string): string {
  return `${PREFIX}${noticeId}`;
}

/** The notice of a notification that was clicked; undefined when it is none of ours. */
export function noticeIdOf(id: string): string | undefined {
  return id.startsWith(PREFIX) ? id.slice(PREFIX.length) : undefined;
}
