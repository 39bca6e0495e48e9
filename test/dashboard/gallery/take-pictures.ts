/**
 * Screenshots of every screen of the dashboard, in every look and width, and what axe and the layout have against them:
 * `node test/dashboard/gallery/take-pictures.ts [part of a screen's name]`. They go to `.output/gallery-dashboard/`.
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { openGallery } from '../../open-gallery.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SITE = `${ROOT}.output/gallery-dashboard-site`;
const SHOTS = `${ROOT}.output/gallery-dashboard`;

const LOOKS = {
  light: { colorScheme: 'light', contrast: 'no-preference', forcedColors: 'none' },
  dark: { colorScheme: 'dark', contrast: 'no-preference', forcedColors: 'none' },
  contrast: { colorScheme: 'light', contrast: 'more', forcedColors: 'none' },
  'dark-contrast': { colorScheme: 'dark', contrast: 'more', forcedColors: 'none' },
  forced: { colorScheme: 'dark', contrast: 'no-preference', forcedColors: 'active' },
} as const;

/** In CSS pixels; the first is the one in which all looks are taken. */
const WIDTHS = [1280, 320, 768, 2560];

await takePictures(process.argv[2] ?? '');

async function takePictures(only: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  const { browser, page } = await openGallery(`${ROOT}test/dashboard/gallery`, SITE, {
    reducedMotion: 'reduce',
  });
  const names = await page.evaluate(
    () => (globalThis as { gallery?: { names: string[] } }).gallery?.names ?? [],
  );
  let complaints = 0;
  for (const name of names.filter((screen) => screen.includes(only)))
    for (const [look, media] of Object.entries(LOOKS))
      for (const width of look === 'light' ? WIDTHS : WIDTHS.slice(0, 1)) {
        await page.emulateMedia(media);
        await page.setViewportSize({ width, height: 800 });
        await show(page, name);
        const path = `${SHOTS}/${name}.${look}.${width}.png`;
        await page.screenshot({ path, fullPage: true });
        const isLooked = width <= 1280 && !name.endsWith('-500');
        for (const line of isLooked ? await complain(page, look === 'forced') : []) {
          complaints += 1;
          console.log(`${name} ${look} ${width}: ${line}`);
        }
      }
  console.log(`${names.length} screens, ${complaints} complaints: ${SHOTS}`);
  await browser.close();
  process.exitCode = complaints > 0 ? 1 : 0;
}

async function show(page: Page, name: string): Promise<void> {
  await page.goto(`file://${SITE}/index.html#`);
  await page.evaluate((hash) => {
    location.hash = hash;
  }, name);
  await page.waitForFunction(
    (wanted) => (globalThis as { gallery?: { ready: string } }).gallery?.ready === wanted,
    name,
  );
}

/** What axe finds wrong, and whether the page scrolls sideways. Forced colors are the browser's: axe cannot judge them. */
async function complain(page: Page, forced: boolean): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const rules = { 'color-contrast': { enabled: !forced } };
  const { violations } = await page.evaluate(
    (options) => (globalThis as unknown as { axe: typeof axe }).axe.run(options),
    { rules },
  );
  const wide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? [`${scrollWidth} px wide`] : [];
  });
  return [
    ...wide,
    ...violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 4)
          .map(({ target }) => target.flat().join(' '))
          .join(' | ')}`,
    ),
  ];
}
