/**
 * Screenshots of every screen of the panel, in every theme: `node test/demo/gallery.ts [part of a screen's name]`.
 * They go to `.output/gallery/`.
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { THEMES } from '../content/gallery/themes.ts';
import { openGallery } from '../open-gallery.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SITE = `${ROOT}.output/gallery-site`;
const SHOTS = `${ROOT}.output/gallery`;

await makeGallery(process.argv[2] ?? '');

async function makeGallery(only: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  const { browser, page } = await openGallery(`${ROOT}test/content/gallery`, SITE, {
    viewport: { width: 920, height: 900 },
  });
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
