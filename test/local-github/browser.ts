import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test';
import type { LocalGitHub } from './local-github.ts';

declare const chrome: { alarms: { create(name: string, info: { when: number }): Promise<void> } };

/** What to start; the extension is loaded unpacked, as a developer would. */
export interface LaunchOptions {
  readonly github: LocalGitHub;
  /** Folder of a built extension; none when absent. */
  readonly extensionDir?: string;
  /** Loads a copy of it whose shadow roots tests can look into; by default it is loaded as it is. */
  readonly openRoots?: boolean;
  /** Keeps the profile there; otherwise a temporary one goes with the browser. */
  readonly profileDir?: string;
  readonly headless?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** A Chromium for which github.com is the local GitHub and no other host exists. */
export async function launchBrowser(options: LaunchOptions): Promise<BrowserContext> {
  const { github, profileDir, headless = true } = options;
  const built = options.extensionDir;
  if (built !== undefined && !existsSync(join(built, 'manifest.json')))
    throw new Error(`There is no built extension in ${built}. Run "npm run build" first.`);
  const profile = profileDir ?? (await mkdtemp(join(tmpdir(), 'local-github-')));
  const extensionDir = options.openRoots && built ? await withOpenRoots(built, profile) : built;
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    headless,
    viewport: options.viewport ?? { width: 1280, height: 900 },
    args: [
      // Chromium refuses its sandbox to root, which is what containers run as.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(extensionDir === undefined
        ? []
        : [`--disable-extensions-except=${extensionDir}`, `--load-extension=${extensionDir}`]),
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--no-first-run',
      ...github.chromiumArgs,
    ],
  });
  if (profileDir === undefined)
    context.once('close', () => void rm(profile, { recursive: true, force: true, maxRetries: 3 }));
  return context;
}

/**
 * A copy of a built extension, in the browser's profile so that its path and with it its id stay when the browser starts
 * again. Every byte that runs is the same; one more content script opens the shadow roots that the extension's own world
 * makes, for the page of a test to look into.
 */
async function withOpenRoots(built: string, profile: string): Promise<string> {
  const folder = join(profile, 'extension-with-open-roots');
  await cp(built, folder, { recursive: true });
  await writeFile(join(folder, 'open-roots.js'), `(${openRoots})();`);
  const file = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  const matches = ['https://github.com/*'];
  manifest.content_scripts.unshift({ matches, run_at: 'document_start', js: ['open-roots.js'] });
  await writeFile(file, JSON.stringify(manifest));
  return folder;
}

/** Runs in the extension's world of each page, before its scripts. Sent as text: it knows nothing of its file. */
function openRoots(): void {
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) {
    return attach.call(this, { ...init, mode: 'open' });
  };
}

/** Signs somebody in on github.com in this browser alone; null signs out. The API goes by tokens, not by this. */
export async function signInBrowser(context: BrowserContext, login: string | null): Promise<void> {
  const cookie = { name: 'local_user', value: login ?? '', url: 'https://github.com' };
  await context.addCookies([cookie]);
}

/** Path of a Chromium or Chrome: CHROMIUM_PATH, else the usual places. */
export function findChromium(): string {
  const candidates = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ];
  const found = candidates.find((path) => path !== undefined && existsSync(path));
  if (found === undefined)
    throw new Error('No Chromium was found. Install one or set CHROMIUM_PATH to its executable.');
  return found;
}

/** The id under which the extension runs; waits for its service worker. */
export async function extensionIdOf(context: BrowserContext): Promise<string> {
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  return new URL(worker.url()).host;
}

/**
 * Stops the extension's service worker as Chrome does when it is idle or crashes, and waits until it
 * is gone. `extensionPage` is any open page of the extension: evaluating in a stopped worker hangs.
 */
export async function stopWorker(context: BrowserContext, extensionPage: Page): Promise<void> {
  const session = await context.newCDPSession(extensionPage);
  const versions = new Set<string>();
  const stopped = new Set<string>();
  session.on('ServiceWorker.workerVersionUpdated', (update) => {
    for (const { versionId, runningStatus } of update.versions) {
      versions.add(versionId);
      // A message may start it again at once: having been stopped is what counts.
      if (runningStatus === 'stopped') stopped.add(versionId);
    }
  });
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await untilAllStopped(session, () => [...versions].every((version) => stopped.has(version)));
}

async function untilAllStopped(session: CDPSession, areStopped: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!areStopped()) {
    if (Date.now() > deadline) throw new Error('the service worker did not stop within 5 s');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await session.detach();
}

/**
 * Makes an alarm of the extension go off, which also wakes a stopped worker. It takes the place of
 * the alarm of that name; the worker re-creates its own at its start.
 */
export async function fireAlarm(extensionPage: Page, name: string): Promise<void> {
  await extensionPage.evaluate(
    (alarm) => chrome.alarms.create(alarm, { when: Date.now() + 20 }),
    name,
  );
}
