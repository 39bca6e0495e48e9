import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { fillDatabase } from '../bench/dashboard-database.ts';
import { getFact, putFact } from '../facts-in-page.ts';
import { outages } from '../local-github/local-github.ts';
import { expect, type Maintainer, REPO, test, USER } from './fixtures.ts';
import { faultsOf } from './panel.ts';
import { generate, issueOf, lines } from './reconcile.ts';

declare global {
  /** How far the page has jumped by itself, as browsers measure it: 0 is not at all. */
  var jumped: string[] | undefined;
  /** What has had the focus since it was set, and what of that could not be seen. */
  var focused: { readonly seen: Set<Element>; readonly unseen: string[] } | undefined;
}

const LIGHT = { colorScheme: 'light', contrast: 'no-preference', forcedColors: 'none' } as const;
const STRONG = {
  light: { ...LIGHT, contrast: 'more' },
  dark: { ...LIGHT, colorScheme: 'dark', contrast: 'more' },
  forced: { ...LIGHT, colorScheme: 'dark', forcedColors: 'active' },
} as const;

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 600 };
const WIDEST = { width: 2560, height: 1440 };

/** More of 14 pixels than that, and the eye does not find the next line. */
const LINE_PX = 720;

const OWN = ['popup.html', 'options.html'];
const TASKS = ['/generate', '/sync', '/reconcile', '/matches'];
const OTHERS = ['/', '/log', '/metrics'];

/** A title of 300 characters in which no line can break. */
const LONG = 'Release'.repeat(43).slice(0, 300);

test('no page of the dashboard has faults in strong contrast, or jumps while it is read: empty, with a plan, in trouble', async ({
  github,
  maintainer,
}) => {
  const page = await openPage(maintainer);
  for (const address of [
    'popup.html',
    ...[...OTHERS, '/sync'].map((route) => dashboardAt(route)),
  ]) {
    await visit(page, maintainer, address);
    expect(await faultsOf(page), `${address}, empty`).toEqual([]);
  }

  const { master, tab } = await generate(github, maintainer, 3);
  await tab.close();
  const issue = issueOf(github, 'Check step 1');
  github.editIssue(REPO, issue, { state: 'closed', stateReason: 'not_planned' }, USER);
  await maintainer.nightly();
  await expect.poll(async () => (await maintainer.toolbar()).badge).toBe('1');
  const all = [
    ...OWN,
    ...[...OTHERS, '/sync'].map((route) => dashboardAt(route)),
    ...TASKS.map((task) => dashboardAt(task, master)),
  ];
  for (const address of all) {
    await visit(page, maintainer, address);
    expect(await faintText(page), address).toEqual([]);
  }
  await page.setViewportSize(NARROW);
  for (const address of all) await visit(page, maintainer, address);

  github.fault({ times: 1_000, action: outages.serverError });
  await visit(page, maintainer, dashboardAt('/reconcile', master));
  await expect(page.getByRole('alert')).toContainText('Try again in a minute');
  expect(await faultsOf(page), 'in trouble').toEqual([]);
  expect(await faintText(page), 'in trouble').toEqual([]);
});

test('50 checklists, 500 items and titles without end fit into every window, and on paper', async ({
  github,
  maintainer,
}) => {
  const master = await fillDashboard(github, maintainer);
  const page = await openPage(maintainer);
  const reconcile = dashboardAt('/reconcile', master);
  const all = [
    'popup.html',
    dashboardAt('/'),
    dashboardAt('/sync'),
    dashboardAt('/generate', master),
    reconcile,
  ];
  for (const window of [NARROW, WIDEST]) {
    await page.setViewportSize(window);
    for (const address of all) {
      await visit(page, maintainer, address);
      expect(await widestLine(page), `${address}: a line of text`).toBeLessThan(LINE_PX);
    }
  }
  expect(await faultsOf(page), '500 items').toEqual([]);
  expect(await faintText(page), '500 items').toEqual([]);

  await page.setViewportSize(WIDE);
  await visit(page, maintainer, dashboardAt('/metrics'));
  await expect(page.locator('canvas').first()).toBeVisible();
  await page.setViewportSize(PAPER);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button')).toHaveCount(0);
  await expect(page.getByRole('combobox')).toHaveCount(0);
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await expect(page.getByRole('region', { name: /^Numbers: / }).first()).toBeVisible();
  expect(await cutOff(page)).toEqual([]);
});

test('no page of the dashboard jumps where what is stored comes late, paused or not', async ({
  github,
  maintainer,
}) => {
  const { tab } = await generate(github, maintainer, 3);
  await tab.close();
  for (const paused of [false, true]) {
    await maintainer.extensionPage.evaluate(putFact, { name: 'paused', value: paused });
    const page = await openPage(maintainer);
    await page.addInitScript(slowDown, 700);
    for (const route of ['/', '/sync', '/log', '/metrics'])
      await visit(page, maintainer, dashboardAt(route));
    await page.close();
  }
});

test('every control is reached by Tab and seen there, nothing moves, and results are announced', async ({
  github,
  maintainer,
}) => {
  const { master, tab } = await generate(github, maintainer, 3);
  await tab.close();
  const page = await openPage(maintainer);
  await page.emulateMedia({ ...LIGHT, reducedMotion: 'reduce' });
  for (const address of [
    'popup.html',
    ...['/', '/sync', '/log', '/metrics'].map((route) => dashboardAt(route)),
    ...TASKS.map((task) => dashboardAt(task, master)),
  ]) {
    await visit(page, maintainer, address);
    await tabThrough(page, address);
  }

  // A page that is gone to has its heading read, and Tab goes on from there.
  await page.getByRole('link', { name: 'Log', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Log' })).toBeFocused();
  await page.getByRole('row').nth(1).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const line = page.getByRole('region', { name: 'Log entry' });
  await expect(line.getByRole('heading', { level: 2 })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(line).toBeHidden();
  await expect(page.getByRole('row').nth(2)).toBeFocused();

  github.editIssue(REPO, issueOf(github, 'Check step 1'), { state: 'closed' }, USER);
  await visit(page, maintainer, 'popup.html');
  github.fault({ times: 1_000, action: { delayMs: 200 } });
  const sync = page.getByRole('button', { name: 'Sync now: Release plan' });
  await sync.press('Enter');
  await expect(page.getByText('Asking GitHub…')).toBeVisible();
  expect(await movements(page)).toEqual([]);
  await expect(page.getByRole('status').filter({ hasText: '1 item updated.' })).toBeVisible();
  await expect(sync).toBeFocused();
  expect(lines(github, master)[0]).toMatch(/^- \[x\]/);

  for (const [route, button, done] of [
    ['/sync', 'Sync 1 checklist now', '1 checklist synced, 0 items updated.'],
    ['/reconcile', 'Reconcile 1 checklist', 'No differences in 1 checklist.'],
  ] as const) {
    await visit(page, maintainer, dashboardAt(route));
    const start = page.getByRole('button', { name: button });
    await start.press('Enter');
    await expect(page.getByText('0 of 1').first()).toBeVisible();
    expect(await movements(page)).toEqual([]);
    await expect(page.getByRole('status').filter({ hasText: done })).toBeVisible();
    await expect(start).toBeFocused();
  }

  github.clearFaults();
  await visit(page, maintainer, dashboardAt('/'));
  const stop = page.getByRole('button', { name: /^Stop tracking: / });
  await stop.press('Enter');
  await expect(page.getByRole('button', { name: 'Keep tracking' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(stop).toBeFocused();
  await stop.press('Enter');
  await page.getByRole('button', { name: 'Stop tracking', exact: true }).press('Enter');
  await expect(stop).toBeHidden();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});

/** The width of A4 between its margins, in CSS pixels. */
const PAPER = { width: 718, height: 1_000 };

function dashboardAt(route: string, master?: number): string {
  const key = encodeURIComponent(`github.com/${REPO}#${master}`);
  return `dashboard.html#${route}${master === undefined ? '' : `?checklist=${key}`}`;
}

/** A page that notes what jumps in it. */
async function openPage({ context }: Maintainer): Promise<Page> {
  const page = await context.newPage();
  await page.emulateMedia(LIGHT);
  await page.addInitScript(() => {
    const jumped: string[] = [];
    globalThis.jumped = jumped;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        readonly value: number;
        readonly sources: readonly { readonly node: Element | null }[];
      })[]) {
        const what = entry.sources.map(({ node }) => node?.className || node?.nodeName);
        jumped.push(`${entry.value.toFixed(4)} ${what.join(', ')}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return page;
}

/** Opens a page anew and waits until everything that it reads is there. Then it has not jumped, and scrolls down only. */
async function visit(page: Page, { extensionId }: Maintainer, address: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`chrome-extension://${extensionId}/${address}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  const reading = page.getByText(/^(Reading|Calculating|Finding|Asking).*…$/);
  await expect(reading.filter({ visible: true })).toHaveCount(0);
  await settle(page);
  expect(await page.evaluate(() => globalThis.jumped), `${address} jumps`).toEqual([]);
  const { scrollWidth, clientWidth } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scrollWidth, clientWidth };
  });
  expect(scrollWidth, `${address} scrolls sideways`).toBe(clientWidth);
}

/** In a page: opening the database takes so long. */
function slowDown(databaseMs: number): void {
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const { addEventListener } = EventTarget.prototype;
  IDBOpenDBRequest.prototype.addEventListener = function late(
    this: IDBOpenDBRequest,
    type: string,
    listener: EventListenerOrEventListenerObject,
  ) {
    const later: EventListener = (event) => {
      void wait(databaseMs).then(() => (listener as EventListener).call(this, event));
    };
    addEventListener.call(this, type, type === 'success' ? later : listener);
  };
}

/** Two frames: what was drawn is measured. */
function settle(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
      }),
  );
}

/** Text that is too faint in strong contrast, light and dark, or in forced colors. */
async function faintText(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const faint: string[] = [];
  for (const [name, media] of Object.entries(STRONG)) {
    await page.emulateMedia(media);
    const nodes = await page.evaluate(async () => {
      const { axe: judge } = globalThis as unknown as { axe: typeof axe };
      const { violations } = await judge.run({ runOnly: ['color-contrast'] });
      return violations.flatMap(({ nodes }) => nodes.map(({ html }) => html));
    });
    faint.push(...nodes.map((html) => `${name}: ${html}`));
  }
  await page.emulateMedia(LIGHT);
  return faint;
}

/** Width of the widest line of running text, in CSS pixels. */
function widestLine(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.max(
      0,
      ...[...document.querySelectorAll('main p')].flatMap((text) => {
        const range = document.createRange();
        range.selectNodeContents(text);
        return [...range.getClientRects()].map(({ width }) => width);
      }),
    ),
  );
}

/** What of the page does not fit on the paper, or is scrolled out of sight. */
function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { clientWidth } = document.documentElement;
    return [...document.querySelectorAll('main *')]
      .filter((element) => element.checkVisibility())
      .filter(
        (element) =>
          element.getBoundingClientRect().right > clientWidth ||
          (getComputedStyle(element).overflowY !== 'visible' &&
            element.scrollHeight > element.clientHeight + 1),
      )
      .map((element) => element.className || element.nodeName);
  });
}

/** What is animated now. */
function movements(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => document.getAnimations().map(({ id }) => `animation ${id}`));
}

/** Presses Tab once around the page: everything that can be used had the focus, and showed it. */
async function tabThrough(page: Page, address: string): Promise<void> {
  const count = await page.evaluate(() => {
    const seen = new Set<Element>();
    const unseen: string[] = [];
    globalThis.focused = { seen, unseen };
    document.addEventListener('focusin', ({ target }) => {
      if (!(target instanceof Element)) return;
      seen.add(target);
      const { outlineStyle, outlineWidth } = getComputedStyle(target);
      if (outlineStyle === 'none' || outlineWidth === '0px') unseen.push(target.outerHTML);
    });
    return document.querySelectorAll('a, button, input, select, textarea, summary, [tabindex="0"]')
      .length;
  });
  for (let presses = 0; presses <= count; presses += 1) await page.keyboard.press('Tab');
  const { missed, unseen } = await page.evaluate(() => {
    const { seen, unseen } = globalThis.focused ?? { seen: new Set<Element>(), unseen: [] };
    const groups = new Set([...seen].map((element) => element.getAttribute('name')));
    const missed = [
      ...document.querySelectorAll('a, button, input, select, textarea, summary, [tabindex="0"]'),
    ].filter(
      (element) =>
        !seen.has(element) &&
        !element.matches(':disabled') &&
        element.checkVisibility({ contentVisibilityAuto: true }) &&
        !(element.matches('[type="radio"]') && groups.has(element.getAttribute('name'))),
    );
    return { missed: missed.map(({ outerHTML }) => outerHTML), unseen };
  });
  expect(missed, `${address}: Tab does not come to`).toEqual([]);
  expect(unseen, `${address}: the focus is not seen on`).toEqual([]);
}

/** Fills the dashboard with 50 checklists, some with titles without end, and a log; and puts a checklist of 500 items there. */
async function fillDashboard(
  github: Parameters<typeof generate>[0],
  maintainer: Maintainer,
): Promise<number> {
  const { extensionPage } = maintainer;
  await fillDatabase(extensionPage, 2_000);
  const tracked = (await extensionPage.evaluate(getFact, 'tracked')) as object[];
  const value = tracked.map((one, index) => (index % 9 === 1 ? { ...one, title: LONG } : one));
  await extensionPage.evaluate(putFact, { name: 'tracked', value });
  // They belong to somebody else, which needs the user.
  await maintainer.poll();
  await expect.poll(async () => (await maintainer.toolbar()).badge).not.toBe('');
  const items = Array.from({ length: 500 }, (_, index) => {
    const title = index % 50 === 3 ? LONG : `Check step ${index + 1}`;
    if (index >= 100) return `- [ ] ${title}`;
    const state = index % 4 === 0 ? 'closed' : 'open';
    const number = github.addIssue(REPO, { title, author: USER, state });
    return `- [${index % 3 === 0 ? 'x' : ' '}] ${title} (closes #${number})`;
  });
  return github.addIssue(REPO, { title: LONG, body: items.join('\r\n'), author: USER });
}
