/** `npm run pictures`: renews the pictures of every page, light and dark, in `docs/pictures`, against a GitHub on this machine. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import type { BrowserContext } from '@playwright/test';
import { extensionIdOf, fireAlarm, launchBrowser } from '../local-github/browser.ts';
import { type LocalGitHub, startLocalGitHub } from '../local-github/local-github.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const PICTURES = `${ROOT}docs/pictures`;
const USER = 'monalisa';
const DAY_MS = 24 * 60 * 60_000;

/** A repository with its plan, and so many items of which so many are done. */
const PLANS = [
  { repo: 'octo-org/tide-station', title: 'Release 2.0', items: 24, done: 15 },
  { repo: 'octo-org/portal', title: 'Test plan of the portal', items: 12, done: 4 },
  { repo: 'octo-org/gateway', title: 'Move to the new radio', items: 9, done: 9 },
];

/** Reconcile comes first: what it finds is what needs the user on the others. */
const PAGES: Readonly<Record<string, string>> = {
  reconcile: 'dashboard.html#/reconcile?checklist={plan}',
  overview: 'dashboard.html#/',
  generate: 'dashboard.html#/generate',
  sync: 'dashboard.html#/sync',
  matches: 'dashboard.html#/matches?checklist={plan}',
  log: 'dashboard.html#/log',
  metrics: 'dashboard.html#/metrics',
  options: 'options.html',
};

if (spawnSync('wxt', ['build'], { cwd: ROOT, stdio: 'inherit' }).status !== 0) process.exit(1);
mkdirSync(PICTURES, { recursive: true });
// The plans began some weeks ago.
let now = Date.now() - 40 * DAY_MS;
const github = await startLocalGitHub({ clock: () => now });
const { token } = github.addUser(USER);
const plans = PLANS.map((plan) => addPlan(github, plan));
now = Date.now();
github.signInAs(USER);
const extensionDir = `${ROOT}.output/chrome-mv3`;
const context = await launchBrowser({ github, extensionDir, openRoots: true });
const base = `chrome-extension://${await extensionIdOf(context)}/`;
await track(context);
await takeAll(context);
await context.close();
await github.close();

/** Issues that were made and closed over the weeks, and a checklist that has drifted from some of them. */
function addPlan(hub: LocalGitHub, { repo, title, items, done }: (typeof PLANS)[number]) {
  hub.addRepo(repo, { collaborators: { [USER]: 'push' } });
  const issues = Array.from({ length: items }, (_, index) => {
    now += (DAY_MS / items) * 4;
    return hub.addIssue(repo, { title: `Check step ${index + 1} of the plan`, author: USER });
  });
  const pulls = issues.slice(0, done).map((issue, index) => {
    now += (DAY_MS * 30) / done;
    const body = `Closes #${issue}`;
    const pull = hub.addPull(repo, { title: `Do step ${index + 1}`, body, author: USER });
    hub.mergePull(repo, pull, USER);
    return pull;
  });
  const lines = issues.map((issue, index) => {
    const text = `Check step ${index + 1} of the plan (closes #${issue})`;
    const pull = pulls[index];
    return pull === undefined || index % 5 === 4 ? `- [ ] ${text}` : `- [x] ${text} (#${pull})`;
  });
  const last = issues.at(-1) ?? 0;
  const body = lines
    .join('\r\n')
    .replace(`- [ ] Check step ${items} `, `- [x] Check step ${items} `);
  const number = hub.addIssue(repo, { title, body, author: USER });
  if (done < items)
    hub.editIssue(repo, last - 1, { state: 'closed', stateReason: 'not_planned' }, USER);
  now -= 34 * DAY_MS;
  return { repo, number };
}

async function track(browser: BrowserContext): Promise<void> {
  const own = await browser.newPage();
  await own.goto(`${base}options.html`);
  await own.getByRole('textbox', { name: 'Token' }).fill(token);
  await own.getByRole('button', { name: 'Verify and save the token' }).click();
  await own.getByText(`Signed in to github.com as ${USER}`).waitFor();
  for (const { repo, number } of plans) {
    const page = await browser.newPage();
    await page.goto(`https://github.com/${repo}/issues/${number}`);
    await page.getByRole('button', { name: /^Masterlist: / }).click();
    await page.getByRole('button', { name: 'Track', exact: true }).click();
    await page.getByText(/Tracked in this browser/).waitFor();
    await page.close();
  }
  await fireAlarm(own, 'poll');
  await own.waitForTimeout(4_000);
  await own.close();
}

async function takeAll(browser: BrowserContext): Promise<void> {
  const [plan] = plans;
  const key = encodeURIComponent(`github.com/${plan?.repo}#${plan?.number}`);
  for (const theme of ['light', 'dark'] as const) {
    const page = await browser.newPage();
    await page.emulateMedia({ colorScheme: theme });
    for (const [name, address] of Object.entries(PAGES)) {
      await page.goto('about:blank');
      await page.goto(base + address.replace('{plan}', key));
      await page.waitForTimeout(2_500);
      if (name === 'reconcile') await page.getByRole('radio', { name: /^Close #/ }).check();
      await page.screenshot({ path: `${PICTURES}/${name}-${theme}.png` });
      console.log(`  ${name}-${theme}.png`);
    }
    await page.setViewportSize({ width: 420, height: 600 });
    await page.goto(`${base}popup.html`);
    await page.waitForTimeout(1_000);
    await page.screenshot({ path: `${PICTURES}/popup-${theme}.png` });
    await page.close();
  }
}
