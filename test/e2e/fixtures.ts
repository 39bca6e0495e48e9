/** The built extension in a real Chromium, before a GitHub on this machine. Each test has its own of both. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import {
  DEFAULT_PREFERENCES,
  type Preferences,
  type Timing,
} from '../../lib/core/settings/settings.ts';
import { getFact, putFact } from '../facts-in-page.ts';
import {
  extensionIdOf,
  fireAlarm,
  launchBrowser,
  signInBrowser,
  stopWorker,
} from '../local-github/browser.ts';
import { type LocalGitHub, startLocalGitHub } from '../local-github/local-github.ts';
import { type Slack, startSlack } from './slack.ts';

declare const chrome: {
  action: { getBadgeText(of: object): Promise<string>; getTitle(of: object): Promise<string> };
};

const EXTENSION = new URL('../../.output/chrome-mv3', import.meta.url).pathname;

const DAY_MS = 24 * 60 * 60_000;

/** Repository and user of most tests. */
export const REPO = 'octo-org/octo-repo';
export const USER = 'monalisa';
/** Another maintainer of that repository. */
export const COLLEAGUE = 'defunkt';

/** Paces at which a test need not wait; the production build reads them from its settings. */
export const FAST: Timing = {
  gapMs: 20,
  carefulGapMs: 60,
  lookUpAfterMs: [150, 300, 600, 900],
  claimSettleMs: 100,
  claimSilentMs: 600_000,
  takeOverOwnMs: 1_800_000,
  takeOverOtherMs: 7_200_000,
  rightsAgainMs: 60_000,
  recoverAfterMs: 500,
  limitWaitMs: 300,
  requestTimeoutMs: 20_000,
  sliceMs: 15_000,
  writeGapMs: 200,
  mendSettleMs: 100,
};

/** A browser with the extension, and what tests do to it. */
export interface Maintainer {
  readonly context: BrowserContext;
  /** An extension page, for what only the extension may do. */
  readonly extensionPage: Page;
  readonly extensionId: string;
  openIssue(number: number, repo?: string): Promise<Page>;
  setPreferences(change: Partial<Preferences>): Promise<void>;
  /** Pastes a token in the options page as a person would. */
  signIn(token: string): Promise<void>;
  signOut(): Promise<void>;
  /** Stops the service worker as Chrome does when it is idle or crashes. */
  stopWorker(): Promise<void>;
  /** Wakes the worker as its regular alarm does. */
  wake(): Promise<void>;
  /** Makes the alarm of the regular check go off. */
  poll(): Promise<void>;
  /** As if the checklists had been tracked since yesterday: a night was missed. */
  trackedSinceYesterday(): Promise<void>;
  /** Makes the nightly alarm go off, as if the checklists had been tracked since yesterday. */
  nightly(): Promise<void>;
  /** Makes an alarm of this name go off. */
  fire(alarm: string): Promise<void>;
  /** What the toolbar button says: the text on it, and its title. */
  toolbar(): Promise<{ readonly badge: string; readonly title: string }>;
  /** Quits the browser and starts it again on the same profile; on request its IndexedDB comes back empty, as after some crashes. */
  restart(options?: { readonly losingDatabase: boolean }): Promise<void>;
}

export interface Stage {
  readonly github: LocalGitHub;
  /** Signed in as USER, with fast paces. */
  readonly maintainer: Maintainer;
  /** The token of USER. */
  readonly token: string;
  /** A second browser on the same GitHub, signed in as COLLEAGUE. */
  readonly colleague: Maintainer;
  /** Like `maintainer`, in a browser where everything that the extension may ask for was granted: prompts do not answer without a screen. */
  readonly granted: Maintainer;
  /** A second browser of that kind, signed in as COLLEAGUE. */
  readonly grantedColleague: Maintainer;
  /** hooks.slack.com for browsers that start after it: name it before them. */
  readonly slack: Slack;
}

export const test = base.extend<Stage>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the first argument destructured.
  github: async ({}, use) => {
    const github = await startLocalGitHub();
    await use(github);
    github.assertConforming();
    await github.close();
  },
  token: async ({ github }, use) => {
    const { token } = github.addUser(USER);
    github.addRepo(REPO, { collaborators: { [USER]: 'push', [COLLEAGUE]: 'push' } });
    github.signInAs(USER);
    await use(token);
  },
  maintainer: async ({ github, token }, use) => {
    const profile = await mkdtemp(join(tmpdir(), 'masterlist-'));
    const maintainer = await startMaintainer(github, profile);
    await maintainer.setPreferences({ timing: FAST });
    await maintainer.signIn(token);
    await use(maintainer);
    await maintainer.context.close();
    await rm(profile, { recursive: true, force: true });
  },
  colleague: async ({ github, token }, use) => {
    expect(token).not.toBe('');
    const { token: other } = github.addUser(COLLEAGUE);
    const profile = await mkdtemp(join(tmpdir(), 'masterlist-'));
    const colleague = await startMaintainer(github, profile, COLLEAGUE);
    await colleague.setPreferences({ timing: FAST });
    await colleague.signIn(other);
    await use(colleague);
    await colleague.context.close();
    await rm(profile, { recursive: true, force: true });
  },
  granted: async ({ github, token }, use) => {
    await useGranted(github, USER, token, use);
  },
  grantedColleague: async ({ github, token }, use) => {
    expect(token).not.toBe('');
    await useGranted(github, COLLEAGUE, github.addUser(COLLEAGUE).token, use);
  },
  slack: async ({ github }, use) => {
    const slack = await startSlack();
    github.mapHost('hooks.slack.com', slack.port);
    await use(slack);
    await slack.close();
  },
});

export { expect };

async function useGranted(
  github: LocalGitHub,
  user: string,
  token: string,
  use: (granted: Maintainer) => Promise<void>,
): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'masterlist-'));
  const extension = await mkdtemp(join(tmpdir(), 'masterlist-granted-'));
  await cp(EXTENSION, extension, { recursive: true });
  await grantAll(join(extension, 'manifest.json'));
  const granted = await startMaintainer(github, profile, user, extension);
  await granted.setPreferences({ timing: FAST });
  await granted.signIn(token);
  await use(granted);
  await granted.context.close();
  await rm(profile, { recursive: true, force: true });
  await rm(extension, { recursive: true, force: true });
}

/** What may be asked for becomes what is there from the start. */
async function grantAll(file: string): Promise<void> {
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  manifest.permissions.push(...(manifest.optional_permissions ?? []));
  manifest.host_permissions.push('http://127.0.0.1/*', 'https://hooks.slack.com/*');
  manifest.optional_permissions = undefined;
  await writeFile(file, JSON.stringify(manifest));
}

async function startMaintainer(
  github: LocalGitHub,
  profileDir: string,
  user: string = USER,
  extensionDir: string = EXTENSION,
): Promise<Maintainer> {
  const launch = async () => {
    const started = await launchBrowser({ github, extensionDir, profileDir, openRoots: true });
    // Who is signed in on the pages of this browser; on others it is whom the test says.
    if (user !== USER) await signInBrowser(started, user);
    return started;
  };
  let context = await launch();
  let extensionId = await extensionIdOf(context);
  let extensionPage = await openExtensionPage(context, extensionId);
  const trackedSinceYesterday = async () => {
    const tracked = (await extensionPage.evaluate(getFact, 'tracked')) as { since: number }[];
    const value = tracked.map((each) => ({ ...each, since: each.since - DAY_MS }));
    await extensionPage.evaluate(putFact, { name: 'tracked', value });
  };
  let preferences: Preferences | undefined;
  return {
    get context() {
      return context;
    },
    get extensionPage() {
      return extensionPage;
    },
    get extensionId() {
      return extensionId;
    },
    async openIssue(number, repo = REPO) {
      const page = await context.newPage();
      await page.goto(`https://github.com/${repo}/issues/${number}`);
      return page;
    },
    async setPreferences(change) {
      preferences = { ...DEFAULT_PREFERENCES, button: 'all', ...change };
      await extensionPage.evaluate(putFact, { name: 'preferences', value: preferences });
    },
    async signIn(token) {
      await extensionPage.getByRole('textbox', { name: 'Token' }).fill(token);
      await extensionPage.getByRole('button', { name: 'Verify and save the token' }).click();
      await expect(extensionPage.getByText(`Signed in to github.com as ${user}`)).toBeVisible();
    },
    async signOut() {
      await extensionPage.getByRole('button', { name: 'Remove the token' }).click();
      await extensionPage.getByRole('button', { name: 'Remove it' }).click();
      await expect(extensionPage.getByText(`Signed in to github.com as ${user}`)).toBeHidden();
    },
    stopWorker: () => stopWorker(context, extensionPage),
    wake: () => fireAlarm(extensionPage, 'tick'),
    poll: () => fireAlarm(extensionPage, 'poll'),
    fire: (alarm) => fireAlarm(extensionPage, alarm),
    trackedSinceYesterday,
    async nightly() {
      await trackedSinceYesterday();
      await fireAlarm(extensionPage, 'nightly');
    },
    toolbar: () =>
      extensionPage.evaluate(async () => ({
        badge: await chrome.action.getBadgeText({}),
        title: await chrome.action.getTitle({}),
      })),
    async restart({ losingDatabase } = { losingDatabase: false }) {
      await context.close();
      if (losingDatabase) {
        await rm(join(profileDir, 'Default', 'IndexedDB'), { recursive: true });
      }
      context = await launch();
      extensionId = await extensionIdOf(context);
      extensionPage = await openExtensionPage(context, extensionId);
      // The paces of the tests are no part of what was lost.
      if (losingDatabase && preferences !== undefined) {
        await extensionPage.evaluate(putFact, { name: 'preferences', value: preferences });
      }
    },
  };
}

async function openExtensionPage(context: BrowserContext, id: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`chrome-extension://${id}/options.html`);
  return page;
}
