/** Our extension in Firefox. */
import type { Marionette } from './marionette.ts';
import { inBrowser } from './run-script.ts';

/** The extension's id, from wxt.config.ts. */
export const ID = '{7c0a3d52-54f1-4d0b-9a53-6a4f4f5b1d0e}';

/** The host of its pages: Firefox draws one at random for each profile, unless a preference says it. */
const HOST = '11111111-2222-4333-8444-555555555555';

/** What the addresses of its pages and scripts start with. */
export const ORIGIN = `moz-extension://${HOST}`;

/** The preference that gives the extension its host. */
export const HOST_PREFERENCE = {
  'extensions.webextensions.uuids': JSON.stringify({ [ID]: HOST }),
};

// What of Firefox's own context is used. Source: toolkit/components/extensions in its source tree.
declare const WebExtensionPolicy: { getByID(id: string): { readonly extension: Extension } };
interface Extension {
  readonly backgroundState: string;
  terminateBackground(options: { readonly disableResetIdleForTest: boolean }): Promise<void>;
}

/** The address of a page of the extension, e.g. `options.html`. */
export function addressOf(page: string): string {
  return `${ORIGIN}/${page}`;
}

/** Installs the built extension until the browser ends. */
export async function install(marionette: Marionette, folder: string): Promise<void> {
  await marionette.send('Addon:Install', { path: folder, temporary: true });
}

/** Suspends the background page as Firefox does when it is idle, here also in the middle of work. Gives its state. */
export function suspend(marionette: Marionette): Promise<string> {
  return inBrowser(
    marionette,
    async (id) => {
      const { extension } = WebExtensionPolicy.getByID(id);
      await extension.terminateBackground({ disableResetIdleForTest: true });
      return extension.backgroundState;
    },
    ID,
  );
}
