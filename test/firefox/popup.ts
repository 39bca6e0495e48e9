/** The toolbar's popup: neither a tab nor a page to Marionette, so it is reached in Firefox's own context. */
import { ID } from './extension.ts';
import type { Marionette } from './marionette.ts';
import { inBrowser } from './run-script.ts';

// What of Firefox's own context is used. Source: browser/components/extensions and toolkit/components/extensions in its
// source tree.
declare const Services: {
  readonly wm: {
    getMostRecentWindow(type: string): BrowserWindow;
    getEnumerator(type: string): Iterable<BrowserWindow>;
  };
};
declare const ChromeUtils: { importESModule(url: string): { ExtensionParent: ExtensionParent } };
declare const WebExtensionPolicy: { getByID(id: string): { readonly extension: unknown } };
interface ExtensionParent {
  readonly apiManager: { readonly global: { browserActionFor(extension: unknown): Action } };
}
interface Action {
  openPopup(window: BrowserWindow, withoutGesture: boolean): void;
}
interface BrowserWindow extends Window {
  readonly gBrowser: { readonly tabs: readonly Tab[] };
}
interface Tab {
  readonly linkedBrowser: { readonly currentURI: { readonly spec: string } };
}
interface Panel extends Element {
  readonly state: string;
}
interface PopupBrowser extends Element {
  readonly webProgress?: { readonly isLoadingDocument: boolean };
  readonly messageManager: {
    addMessageListener(name: string, listener: (message: { readonly data: boolean }) => void): void;
    loadFrameScript(url: string, alsoLater: boolean): void;
  };
}
/** What a script beside the popup finds: the popup's window. */
declare const content: Window & {
  synthesizeMouseEvent(type: string, x: number, y: number, event: object, options: object): void;
};

declare function sendAsyncMessage(name: string, data: boolean): void;

/** Whether the popup is open, and where the tabs and windows are. */
export interface Windows {
  readonly isPopupOpen: boolean;
  readonly windows: number;
  /** Addresses of the tabs of the window in front. */
  readonly tabs: readonly string[];
}

/** Opens the popup as a click on the toolbar's button does. */
export function openPopup(marionette: Marionette): Promise<void> {
  return inBrowser(
    marionette,
    (id) => {
      const { ExtensionParent } = ChromeUtils.importESModule(
        'resource://gre/modules/ExtensionParent.sys.mjs',
      );
      const { extension } = WebExtensionPolicy.getByID(id);
      const action = ExtensionParent.apiManager.global.browserActionFor(extension);
      action.openPopup(Services.wm.getMostRecentWindow('navigator:browser'), true);
    },
    ID,
  );
}

/** Clicks the popup's link of this text with the mouse. False while it is not there or not yet in its place. */
export function clickInPopup(marionette: Marionette, text: string): Promise<boolean> {
  const call = `(${clickLink})(${JSON.stringify(text)})`;
  return inBrowser(
    marionette,
    (script) =>
      new Promise((resolve) => {
        const { document } = Services.wm.getMostRecentWindow('navigator:browser');
        const popup = document.querySelector<PopupBrowser>('.webextension-popup-browser');
        const panel = popup?.closest<Panel>('panel');
        // A script that comes while the page loads is lost, and its answer with it.
        if (panel?.state !== 'open' || popup?.webProgress?.isLoadingDocument) resolve(false);
        else {
          popup?.messageManager.addMessageListener('clicked', ({ data }) => resolve(data));
          popup?.messageManager.loadFrameScript(script, false);
        }
      }),
    `data:application/javascript,${encodeURIComponent(call)}`,
  );
}

/** Whether the popup is open now, and which tabs and windows are. */
export function windows(marionette: Marionette): Promise<Windows> {
  return inBrowser(marionette, () => {
    const front = Services.wm.getMostRecentWindow('navigator:browser');
    return {
      isPopupOpen: front.document.querySelector('.webextension-popup-browser') !== null,
      windows: [...Services.wm.getEnumerator('navigator:browser')].length,
      tabs: front.gBrowser.tabs.map(({ linkedBrowser }) => linkedBrowser.currentURI.spec),
    };
  });
}

/** Runs beside the popup. It answers before it clicks: a popup that closes takes its answers with it. */
function clickLink(text: string): void {
  const { document } = content;
  const link = [...document.querySelectorAll('a')].find((one) => one.textContent === text);
  const box = link?.getBoundingClientRect() ?? { x: 0, y: 0, width: 0, height: 0 };
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const isInPlace = link?.contains(document.elementFromPoint(x, y)) ?? false;
  sendAsyncMessage('clicked', isInPlace);
  if (!isInPlace) return;
  for (const type of ['mousemove', 'mousedown', 'mouseup'])
    content.synthesizeMouseEvent(type, x, y, { button: 0, clickCount: 1 }, {});
}
