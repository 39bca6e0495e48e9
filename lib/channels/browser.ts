import { describeAlerts } from '../core/alerts/describe-alert.ts';
import type { Notice } from '../core/alerts/notices.ts';

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
