/** What the extension costs the pages of GitHub: time of the main thread, with and without it, in a real Chromium. */
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, CDPSession, Page } from '@playwright/test';
import { putFact } from '../facts-in-page.ts';
import { extensionIdOf, launchBrowser } from '../local-github/browser.ts';
import { type LocalGitHub, startLocalGitHub } from '../local-github/local-github.ts';
import type { Report } from './run.ts';

declare global {
  var longTasks: number | undefined;
}

const EXTENSION = new URL('../../.output/chrome-mv3', import.meta.url).pathname;
const REPO = 'octo-org/octo-repo';
const USER = 'monalisa';
/** Loads of each page in each browser; the first ones fill caches and are left out. */
const LOADS = 12;
const WARM_UP = 2;
/** After the page's load event: what comes late counts too. */
const SETTLE_MS = 1_200;

/** What one load took. */
interface Cost {
  /** Time that the main thread was busy, in milliseconds of its own clock. */
  readonly busy: number;
  readonly longTasks: number;
}

interface Browser {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly session: CDPSession;
}

/**
 * Medians of loads in turn: without the extension, with it, and with a content script that does nothing, which is what
 * any extension costs. The figures are ratios to the page without.
 */
export async function benchPageCost(report: Report): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'page-cost-'));
  const github = await startLocalGitHub();
  github.addUser(USER);
  github.addRepo(REPO, { collaborators: { [USER]: 'push' } });
  github.signInAs(USER);
  const words = Array.from({ length: 60 }, (_, index) => `Paragraph ${index} of a report.`);
  const plain = addIssue(github, words.join('\r\n\r\n'));
  const items = Array.from({ length: 400 }, (_, index) => `- [ ] Item ${index} of the plan`);
  const plan = addIssue(github, items.join('\r\n'));
  const without = await open(github);
  const withIt = await open(github, EXTENSION);
  const idle = await open(github, await idleExtension(folder));
  const browsers = [without, withIt, idle];
  for (const [name, number, goal] of [
    ['page-cost-no-checklist', plain, '<= 1.3'],
    ['page-cost-400-items', plan, '<= 1.3'],
  ] as const) {
    const costs = await measure(browsers, `https://github.com/${REPO}/issues/${number}`);
    const [bare = NaN, ours = NaN, floor = NaN] = costs.map((loads) =>
      median(loads.map(({ busy }) => busy)),
    );
    const long = costs.map((loads) => median(loads.map(({ longTasks }) => longTasks)));
    console.log(
      `  the page alone ${bare.toFixed(1)} ms; with us +${(ours - bare).toFixed(1)};`,
      `a script that does nothing +${(floor - bare).toFixed(1)}; long tasks ${long.join(', ')}`,
    );
    report(name, ours / bare, 'x', goal);
  }
  for (const { context } of browsers) await context.close();
  await github.close();
  await rm(folder, { recursive: true });
}

function addIssue(github: LocalGitHub, body: string): number {
  return github.addIssue(REPO, { title: 'Release', body, author: USER });
}

/** The built extension with an empty content script. */
async function idleExtension(folder: string): Promise<string> {
  await cp(EXTENSION, folder, { recursive: true });
  const scripts = join(folder, 'content-scripts');
  for (const name of await readdir(scripts)) await writeFile(join(scripts, name), '');
  return folder;
}

async function open(github: LocalGitHub, extensionDir?: string): Promise<Browser> {
  const context = await launchBrowser({ github, ...(extensionDir && { extensionDir }) });
  if (extensionDir !== undefined) await offerAlways(context);
  const page = await context.newPage();
  await page.addInitScript(countLongTasks);
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return { context, page, session };
}

/** The button is on every issue with items, whoever is signed in. */
async function offerAlways(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto(`chrome-extension://${await extensionIdOf(context)}/options.html`);
  await page.evaluate(putFact, { name: 'preferences', value: { button: 'all' } });
  await page.close();
}

async function measure(
  browsers: readonly Browser[],
  address: string,
): Promise<readonly (readonly Cost[])[]> {
  const costs: Cost[][] = browsers.map(() => []);
  for (let load = 0; load < WARM_UP + LOADS; load++) {
    for (const [index, browser] of browsers.entries()) {
      const cost = await loadOnce(browser, address);
      if (load >= WARM_UP) costs[index]?.push(cost);
    }
  }
  return costs;
}

async function loadOnce({ page, session }: Browser, address: string): Promise<Cost> {
  await page.goto(address);
  await sleep(SETTLE_MS);
  const busy = await busyTime(session);
  return { busy, longTasks: (await page.evaluate(() => globalThis.longTasks)) ?? Number.NaN };
}

/** Milliseconds that the main thread has been busy since the navigation. */
async function busyTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000;
}

function countLongTasks(): void {
  globalThis.longTasks = 0;
  new PerformanceObserver((list) => {
    globalThis.longTasks = (globalThis.longTasks ?? 0) + list.getEntries().length;
  }).observe({ type: 'longtask', buffered: true });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
