/**
 * `npm run demo [plan.md]`: the main job in a real browser, against a GitHub on this machine: a checklist becomes issues,
 * two pull requests merge, the checklist follows, and what drifted apart is resolved. With a display it stays open for a person; without one it does the
 * job by real clicks, takes a picture of each stage, and ends.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { extensionIdOf, fireAlarm, launchBrowser } from '../local-github/browser.ts';
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
  // Played through without a person.
  openRoots: !hasDisplay,
  headless: !hasDisplay,
  viewport: { width: 1280, height: 860 },
});
const options = await signIn(context);
const page = await context.newPage();
await page.goto(`https://github.com/${REPO}/issues/${master}`);

if (hasDisplay) {
  invite();
  const closed = new Promise<void>((resolve) => context.once('close', () => resolve()));
  void mergeOnceLinked(github);
  await closed;
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

async function signIn(browser: BrowserContext): Promise<Page> {
  const own = await browser.newPage();
  await own.goto(`chrome-extension://${await extensionIdOf(browser)}/options.html`);
  await own.getByRole('textbox', { name: 'Token' }).fill(token);
  await own.getByRole('button', { name: 'Verify and save the token' }).click();
  await own.getByText(`Signed in to github.com as ${USER}`).waitFor();
  if (!hasDisplay) await picture(own, '1-signed-in');
  return own;
}

function invite(): void {
  console.log(`
A Chromium window shows ${basename(plan)} as an issue, on a GitHub that runs on this machine only.
Try this:
  1. Press "Masterlist: … items" above the text of the issue, then "Generate issues".
  2. Look at the preview, untick a row, change a title; press "Create … issues".
  3. Meanwhile pause, resume, reload the page or close the tab and open it again.
  4. At the end follow a badge to its issue. Two pull requests merge then: within two minutes, or at once by
     "Sync now", their items are ticked and carry the pull requests' numbers.
  5. Tick a box whose issue is open, retitle an issue; press "Reconcile", choose, and apply.
  6. Undo any of it under "Earlier runs".
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
  await issue.goBack();
  const pulls = mergeTwo(hub);
  await fireAlarm(options, 'poll');
  await issue
    .getByRole('link', { name: `Issue #${pulls[1]?.issue}, completed` })
    .waitFor({ timeout: 60_000 });
  await issue
    .getByRole('link', { name: `Issue #${pulls[0]?.issue}, completed` })
    .scrollIntoViewIfNeeded();
  await picture(issue, '8-followed');
  const resolved = await showDifferences(issue, hub);
  summarize(hub, seconds, pulls, resolved);
}

/** People let checklist and issues drift apart; Reconcile shows how, and resolves what was chosen. */
async function showDifferences(issue: Page, hub: LocalGitHub): Promise<boolean> {
  const [third, fourth, fifth] = hub
    .issues(REPO)
    .filter((one) => one.number !== master)
    .slice(2, 5);
  if (third === undefined || fourth === undefined || fifth === undefined) return false;
  const text = hub.issue(REPO, master).body ?? '';
  const line = text.split(/\r?\n/).find((one) => one.includes(`#${third.number})`)) ?? '';
  const body = text.replace(line, line.replace('[ ]', '[x]'));
  hub.editIssue(REPO, master, { body }, USER);
  hub.editIssue(REPO, fourth.number, { state: 'closed', stateReason: 'not_planned' }, USER);
  hub.editIssue(REPO, fifth.number, { title: 'Survives a loss of power at any moment' }, USER);
  await issue.reload();
  await issue.getByRole('button', { name: /^Masterlist: / }).click();
  await issue.getByRole('button', { name: 'Reconcile' }).click();
  await issue.getByRole('heading', { name: /^3 differences/ }).waitFor();
  await issue.getByRole('radio', { name: `Close #${third.number}` }).check();
  await issue.getByRole('radio', { name: 'Rename the item' }).check();
  await issue.getByRole('heading', { name: /^3 differences/ }).scrollIntoViewIfNeeded();
  await picture(issue, '9-differences');
  await issue.getByRole('button', { name: 'Apply 2 changes' }).click();
  await issue.getByRole('heading', { name: '2 changes made.' }).waitFor({ timeout: 60_000 });
  await picture(issue, '10-resolved');
  return hub.issue(REPO, third.number).state === 'closed';
}

/** An issue, and the merged pull request that closed it. */
interface Merged {
  readonly issue: number;
  readonly pull: number;
}

/** Somebody merges two pull requests that close the first two of the created issues. */
function mergeTwo(hub: LocalGitHub): readonly Merged[] {
  const created = hub.issues(REPO).filter((one) => one.number !== master);
  return created.slice(0, 2).map(({ number, title }) => {
    const pull = hub.addPull(REPO, { title, body: `Closes #${number}`, author: USER });
    hub.mergePull(REPO, pull, USER);
    return { issue: number, pull };
  });
}

/** For a person who tries it: once the run has linked something and ended, two pull requests merge. */
async function mergeOnceLinked(hub: LocalGitHub): Promise<void> {
  const isOver = () => {
    const text = hub.issue(REPO, master).body ?? '';
    return text.includes('(closes #') && !text.includes('masterlist:claim');
  };
  while (!isOver()) await new Promise((resolve) => setTimeout(resolve, 1_000));
  for (const { issue, pull } of mergeTwo(hub))
    console.log(`Pull request #${pull} was merged and closed issue #${issue}.`);
}

function summarize(
  hub: LocalGitHub,
  seconds: number,
  pulls: readonly Merged[],
  resolved: boolean,
): void {
  const created = hub.issues(REPO).filter((issue) => issue.number !== master);
  const text = hub.issue(REPO, master).body ?? '';
  const linked = created.filter(({ number }) => text.includes(`(closes #${number})`));
  const followed = pulls.filter(({ issue, pull }) =>
    new RegExp(`\\[x\\].*\\(closes #${issue}\\) \\(#${pull}\\)`).test(text),
  );
  const { requests, nonConforming } = hub.report();
  console.log(`
Created ${created.length} issues in ${seconds} s, ${linked.length} of them linked in the checklist.
${pulls.length} pull requests merged, ${followed.length} items ticked with their numbers.
3 differences found, ${resolved ? '2' : 'none'} of them resolved.
${requests} requests, ${nonConforming.length} that GitHub would not allow.
Pictures: ${PICTURES.slice(ROOT.length)}/*.png`);
  const isRight = resolved && created.length > 0 && linked.length === created.length;
  if (!isRight || followed.length !== 2 || nonConforming.length > 0) process.exitCode = 1;
}

async function picture(of: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await of.screenshot({ path: `${PICTURES}/${name}.png` });
  console.log(`  ${name}.png`);
}
