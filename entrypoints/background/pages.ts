import { browser } from 'wxt/browser';
import { browserNotification, noticeIdOf } from '../../lib/channels/browser.ts';
import { formatRoute } from '../../lib/core/alerts/alert-route.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { readShortcut, type Shortcut, type ShortcutMessage } from '../../lib/core/shortcut.ts';
import type { Protocol } from '../../lib/messages.ts';
import type { Ports } from '../../lib/ports.ts';
import { offersButton } from './offers-button.ts';
import { checklistOf } from './page-news.ts';
import type { Background } from './ports.ts';
import { isOwnPage, type Sender } from './sender.ts';

/** Opens what `formatRoute` names: the dashboard in its tab where there is one, the options, or a page of GitHub. */
async function openPage(href: string): Promise<void> {
  if (href.startsWith('https://')) {
    await browser.tabs.create({ url: href, active: true });
  } else if (href.startsWith('options.html')) {
    await browser.runtime.openOptionsPage();
  } else {
    await openDashboard(href);
  }
}

async function openDashboard(href: string): Promise<void> {
  const base = browser.runtime.getURL('/');
  const tab = await findTab(`${base}dashboard.html`);
  const url = `${base}${href}`;
  if (tab === undefined) {
    await browser.tabs.create({ url, active: true });
    return;
  }
  await browser.tabs.update(tab.id, { url, active: true });
  await browser.windows.update(tab.windowId, { focused: true });
}

interface OwnTab {
  readonly id: number;
  readonly windowId: number;
}

/**
 * A tab that shows a page of ours. Without the permission for all tabs Chrome finds own pages by their contexts only
 * (since version 116), Firefox by their address.
 */
async function findTab(address: string): Promise<OwnTab | undefined> {
  const { getContexts } = browser.runtime as Partial<Contexts>;
  if (getContexts !== undefined) {
    const contexts = await getContexts({ contextTypes: ['TAB'] });
    const found = contexts.find(({ documentUrl }) => documentUrl?.split(/[?#]/, 1)[0] === address);
    return found && { id: found.tabId, windowId: found.windowId };
  }
  const [tab] = await browser.tabs.query({ url: address });
  const { id, windowId } = tab ?? {};
  return id === undefined || windowId === undefined ? undefined : { id, windowId };
}

/** Chrome's, which the common types leave out. */
interface Contexts {
  getContexts(filter: { readonly contextTypes: readonly string[] }): Promise<
    readonly {
      readonly documentUrl?: string;
      readonly tabId: number;
      readonly windowId: number;
    }[]
  >;
}

/** Opens our options in a tab of their own. */
export async function openOptions(): Promise<Result<void>> {
  await browser.runtime.openOptionsPage();
  return succeed(undefined);
}

/** Opens the dashboard where a checklist is decided about. */
export async function openWindow({
  checklist,
  task,
}: Parameters<Protocol['openWindow']>[0]): Promise<Result<void>> {
  const path = task === 'overview' ? '/' : (`/${task}` as const);
  await openPage(formatRoute({ page: 'dashboard', path, checklist }));
  return succeed(undefined);
}

/** A notification was clicked: opens the page where its cause is resolved, else the dashboard, and clears the notification. */
export async function openNotice({ alerts }: Ports, id: string): Promise<void> {
  const noticeId = noticeIdOf(id);
  if (noticeId === undefined) return;
  const notices = await alerts.listNotices();
  const notice = notices.find((one) => one.id === noticeId);
  await openPage(notice === undefined ? 'dashboard.html#/' : browserNotification(notice, '').href);
  await browser.notifications.clear(id);
}

/** Injects the script for issues beside the content script that asks, where there is something for it to do. */
export async function loadPage(
  { checklist, items, editing }: Parameters<Protocol['loadPage']>[0],
  background: Background,
  sender: Sender,
): Promise<Result<void>> {
  if (!editing) {
    const offered = await offersButton({ checklist, items }, background);
    if (!offered.ok) return offered;
    if (!offered.value.offered) return succeed(undefined);
  }
  return inject('/issue-page.js', background, sender);
}

/** Injects the panel's script beside the content script that asks for it. */
export async function loadPanel(
  _query: Parameters<Protocol['loadPanel']>[0],
  background: Pick<Background, 'own'>,
  sender: Sender,
): Promise<Result<void>> {
  return inject('/checklist-panel.js', background, sender);
}

async function inject(
  file: PageScript,
  { own }: Pick<Background, 'own'>,
  sender: Sender,
): Promise<Result<void>> {
  const tabId = sender.tab?.id;
  if (tabId === undefined || isOwnPage(sender, own)) return fail(failure('stale-page'));
  await injectInto(tabId, file);
  return succeed(undefined);
}

/** Scripts that are injected into the world of the content script. */
type PageScript = '/issue-page.js' | '/checklist-panel.js';

async function injectInto(tabId: number, file: PageScript): Promise<void> {
  await browser.scripting.executeScript({ target: { tabId, frameIds: [0] }, files: [file] });
}

/** A tab, as far as the browser tells of it: the address only of GitHub's pages. */
interface ShownTab {
  readonly id?: number | undefined;
  readonly url?: string | undefined;
}

/**
 * A key was pressed: the page of the active tab does it, if it shows a checklist. From everywhere else the dashboard opens
 * where it can be done: for the issue that is shown, else to choose one.
 */
export async function runCommand(command: string, tab?: ShownTab): Promise<void> {
  if (command === 'dashboard') return openPage('dashboard.html#/');
  const shortcut = readShortcut(command);
  if (shortcut === undefined) return;
  const shown = tab?.id === undefined ? await activeTab() : tab;
  if (await isDoneByPage(shown, shortcut)) return;
  const checklist = checklistOf(shown?.url);
  await openPage(formatRoute({ page: 'dashboard', path: `/${shortcut}`, checklist }));
}

async function isDoneByPage(tab: ShownTab | undefined, shortcut: Shortcut): Promise<boolean> {
  if (tab?.id === undefined) return false;
  if (await takesShortcut(tab.id, shortcut)) return true;
  if (checklistOf(tab.url) === undefined) return false;
  // The script for issues may not be there: where the button does not belong, the keys still do what they say.
  await injectInto(tab.id, '/issue-page.js').catch(() => undefined);
  return takesShortcut(tab.id, shortcut);
}

async function takesShortcut(tabId: number, shortcut: Shortcut): Promise<boolean> {
  const message: ShortcutMessage = { shortcut };
  try {
    return (await browser.tabs.sendMessage(tabId, message, { frameId: 0 })) === true;
  } catch {
    // No script of ours is there.
    return false;
  }
}

async function activeTab(): Promise<ShownTab | undefined> {
  const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  return tab;
}
