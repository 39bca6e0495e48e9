import { browser } from 'wxt/browser';
import { browserNotification, noticeIdOf } from '../../lib/channels/browser.ts';
import type { Ports } from '../../lib/ports.ts';
import { openPage } from './open-page.ts';

/** A notification was clicked: opens the page where its cause is resolved, else the dashboard, and clears the notification. */
export async function openNotice({ alerts }: Ports, id: string): Promise<void> {
  const noticeId = noticeIdOf(id);
  if (noticeId === undefined) return;
  const notices = await alerts.listNotices();
  const notice = notices.find((one) => one.id === noticeId);
  await openPage(notice === undefined ? 'dashboard.html#/' : browserNotification(notice, '').href);
  await browser.notifications.clear(id);
}
