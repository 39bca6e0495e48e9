import { type Browser, type BrowserContextOptions, chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { findChromium } from './local-github/browser.ts';

/** Builds the gallery in `folder` into `site`, and opens its page (`index.html`) in a Chromium. */
export async function openGallery(
  folder: string,
  site: string,
  options: BrowserContextOptions,
): Promise<{ readonly browser: Browser; readonly page: Page }> {
  await build({
    root: folder,
    base: './',
    logLevel: 'warn',
    configFile: false,
    build: { outDir: site, emptyOutDir: true, modulePreload: false },
  });
  // Modules do not load from files without the second switch.
  const args = ['--no-sandbox', '--allow-file-access-from-files'];
  const browser = await chromium.launch({ executablePath: findChromium(), args });
  const page = await browser.newPage(options);
  page.on('pageerror', (error) => console.error(error));
  await page.goto(`file://${site}/index.html`);
  return { browser, page };
}
