import { browser } from 'wxt/browser';

/** Opens what `formatRoute` names: the dashboard in its tab where there is one, the options, or a page of GitHub. */
export async function openPage(href: string): Promise<void> {
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
