/**
 * Screenshots of every screen of the panel, in every theme: `node test/demo/gallery.ts [part of a screen's name]`.
 * They go to `.output/gallery/`.
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { THEMES } from '../content/gallery/themes.ts';
import { findChromium } from '../local-github/browser.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SITE = `${ROOT}.output/gallery-site`;
const SHOTS = `${ROOT}.output/gallery`;

await makeGallery(process.argv[2] ?? '');

async function makeGallery(only: string): Promise<void> {
  await build({
    root: `${ROOT}test/content/gallery`,
    base: './',
    logLevel: 'warn',
    configFile: false,
    build: { outDir: SITE, emptyOutDir: true, modulePreload: false },
  });
  mkdirSync(SHOTS, { recursive: true });
  // Modules do not load from files without the second switch.
  const args = ['--no-sandbox', '--allow-file-access-from-files'];
  const browser = await chromium.launch({ executablePath: findChromium(), args });
  const page = await browser.newPage({ viewport: { width: 920, height: 900 } });
  page.on('pageerror', (error) => console.error(error));
  await page.goto(`file://${SITE}/index.html`);
  const names = await page.evaluate(() => (globalThis as { gallery?: string[] }).gallery ?? []);
  for (const name of names.filter((screen) => screen.includes(only)))
    for (const theme of Object.keys(THEMES)) {
      // Rows out of sight are not painted.
      await page.setViewportSize({ width: 920, height: name.endsWith('+open') ? 3_000 : 600 });
      await page.goto(`file://${SITE}/index.html#${name}/${theme}`);
      await page.waitForTimeout(50);
      await page.screenshot({ path: `${SHOTS}/${name}.${theme}.png`, fullPage: true });
    }
  console.log(`${names.length} screens in ${Object.keys(THEMES).length} themes: ${SHOTS}`);
  await browser.close();
}
