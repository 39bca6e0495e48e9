/**
 * `npm run demo [plan.md]`: the main job in a real browser, against a GitHub on this machine. With a display it stays
 * open for a person; without one it does the job by real clicks, takes a picture of each stage, and ends.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { extensionIdOf, launchBrowser } from '../local-github/browser.ts';
import { type LocalGitHub, startLocalGitHub } from '../local-github/local-github.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const PICTURES = `${ROOT}.output/demo`;
const REPO = 'octo-org/octo-repo';
const USER = 'monalisa';

const plan = process.argv[2] ?? `${ROOT}test/fixtures/test-plan.md`;
const hasDisplay =
  process.platform === 'darwin' ||
  process.platform === 'win32' ||
  Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);

build();
const github = await startLocalGitHub();
const { token } = github.addUser(USER);
github.addRepo(REPO, { collaborators: { [USER]: 'push' }, labels: ['test-plan'] });
github.signInAs(USER);
const master = github.addIssue(REPO, {
  title: 'Automated test plan',
  body: await readFile(plan, 'utf8'),
  author: USER,
});
const context = await launchBrowser({
  github,
  extensionDir: `${ROOT}.output/chrome-mv3`,
  headless: !hasDisplay,
  viewport: { width: 1280, height: 860 },
});
await signIn(context);
const page = await context.newPage();
await page.goto(`https://github.com/${REPO}/issues/${master}`);

if (hasDisplay) {
  invite();
  await new Promise<void>((resolve) => context.once('close', () => resolve()));
} else {
  await doTheJob(page, github);
  await context.close();
}
await github.close();

function build(): void {
  console.log('Building the extension…');
  const { status, stderr } = spawnSync('wxt', ['build'], { cwd: ROOT, encoding: 'utf8' });
  if (status === 0) return;
  console.error(stderr);
  process.exit(1);
}

async function signIn(browser: BrowserContext): Promise<void> {
  const options = await browser.newPage();
  await options.goto(`chrome-extension://${await extensionIdOf(browser)}/options.html`);
  await options.getByRole('textbox', { name: 'Token' }).fill(token);
  await options.getByRole('button', { name: 'Check and keep the token' }).click();
  await options.getByText(`Signed in to github.com as ${USER}`).waitFor();
  if (!hasDisplay) await picture(options, '1-signed-in');
  await options.close();
}

function invite(): void {
  console.log(`
A Chromium window shows ${basename(plan)} as an issue, on a GitHub that runs on this machine only.
Try this:
  1. Press "Masterlist: … items" above the text of the issue, then "Generate issues".
  2. Look at the preview, untick a row, change a title; press "Create … issues".
  3. Meanwhile pause, resume, reload the page or close the tab and open it again.
  4. At the end follow a badge to its issue, then press "Undo this run".
Close the window to end the demo.`);
}

async function doTheJob(issue: Page, hub: LocalGitHub): Promise<void> {
  await issue.getByRole('button', { name: /^Masterlist: \d+ items$/ }).waitFor();
  await issue.locator('react-app.loaded').waitFor();
  await picture(issue, '2-issue');
  await issue.getByRole('button', { name: /^Masterlist: / }).click();
  await issue.getByRole('button', { name: 'Generate issues' }).click();
  const confirm = issue.getByRole('button', { name: /^Create \d+ issues in / });
  await confirm.waitFor();
  await picture(issue, '3-preview');
  const started = Date.now();
  await confirm.click();
  await issue
    .getByRole('heading', { name: /^(1\d|2\d) of \d+ created$/ })
    .waitFor({ timeout: 60_000 });
  await picture(issue, '4-progress');
  await issue.getByRole('heading', { name: /^Done: / }).waitFor({ timeout: 300_000 });
  const seconds = Math.round((Date.now() - started) / 1000);
  await picture(issue, '5-done');
  await issue
    .getByRole('link', { name: /^Issue #\d+, open$/ })
    .first()
    .waitFor();
  await issue.getByRole('button', { name: 'Close the panel' }).click();
  await issue
    .getByRole('link', { name: /^Issue #\d+, open$/ })
    .first()
    .scrollIntoViewIfNeeded();
  await issue.mouse.wheel(0, 500);
  await picture(issue, '6-linked');
  await issue
    .getByRole('link', { name: /^Issue #\d+, open$/ })
    .first()
    .click();
  await issue.getByText('Part of', { exact: false }).first().waitFor();
  await picture(issue, '7-created-issue');
  summarize(hub, seconds);
}

function summarize(hub: LocalGitHub, seconds: number): void {
  const created = hub.issues(REPO).filter((issue) => issue.number !== master);
  const text = hub.issue(REPO, master).body ?? '';
  const linked = created.filter(({ number }) => text.includes(`(closes #${number})`));
  const { requests, nonConforming } = hub.report();
  console.log(`
Created ${created.length} issues in ${seconds} s, ${linked.length} of them linked in the checklist.
${requests} requests, ${nonConforming.length} that GitHub would not allow.
Pictures: ${PICTURES.slice(ROOT.length)}/*.png`);
  if (created.length === 0 || linked.length !== created.length || nonConforming.length > 0)
    process.exitCode = 1;
}

async function picture(of: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await of.screenshot({ path: `${PICTURES}/${name}.png` });
  console.log(`  ${name}.png`);
}
