/** Walks through the pages in a real Chromium: `npx node test/local-github/page/smoke.ts`. */
import assert from 'node:assert/strict';
import type { Page } from '@playwright/test';
import { launchBrowser, signInBrowser } from '../browser.ts';
import { type LocalGitHub, startLocalGitHub } from '../local-github.ts';

const REPO = 'octo-org/octo-repo';
const PAGE = `https://github.com/${REPO}/issues/1`;
const BOXES = '[data-testid="issue-body-viewer"] input[type=checkbox]';
const BODY = `Plan of @monalisa

## Frontend

* [ ] Dark mode audit #2
* [X] Keyboard navigation
* plain bullet

1. [ ] Parent
   - [x] Child

> - [ ] Quoted
`.replaceAll('\n', '\r\n');

const github = startData(await startLocalGitHub());
const context = await launchBrowser({ github });
try {
  const page = await context.newPage();
  await hydrates(page);
  await ticks(page);
  await followsTheServer(page);
  await noticesMovedNodes(page);
  await edits(page);
  await navigatesSoftly(page);
  await takesTheReadersRights(page);
  await showsAMerge(page);
  await sealsTheBrowser(page);
  github.assertConforming();
  console.log('The pages work.');
} finally {
  await context.close();
  await github.close();
}

function startData(started: LocalGitHub): LocalGitHub {
  started.addUser('monalisa');
  started.addUser('hubot');
  started.addRepo(REPO, { collaborators: { monalisa: 'push' }, labels: ['epic'] });
  started.addIssue(REPO, { title: 'Release 2.0', author: 'monalisa', body: BODY });
  started.addIssue(REPO, { title: 'Dark mode audit', author: 'hubot', body: 'Part of #1' });
  started.addComment(REPO, 1, '- [ ] task of a comment', 'hubot');
  started.signInAs('monalisa');
  started.configure({ hydrateDelayMs: 400 });
  return started;
}

/** A merge closes an issue that is open in another tab; both people see it as themselves. */
async function showsAMerge(page: Page): Promise<void> {
  const pull = github.addPull(REPO, { title: 'Audit', author: 'hubot', body: 'Closes #2' });
  await page.goto(`https://github.com/${REPO}/issues/2`);
  const state = page.locator('[data-testid="issue-metadata-fixed"] [data-testid="header-state"]');
  assert.equal(await state.textContent(), 'Open');
  github.mergePull(REPO, pull, 'hubot');
  await state.filter({ hasText: 'Closed' }).waitFor();
  await page.getByText('closed this as completed in Audit').waitFor();
  await signInBrowser(page.context(), 'hubot');
  await page.goto(`https://github.com/${REPO}/issues/${pull}`);
  assert.equal(page.url(), `https://github.com/${REPO}/pull/${pull}`);
  assert.match((await page.locator('#partial-discussion-header').textContent()) ?? '', /Merged/);
  const login = page.locator('meta[name="user-login"]');
  assert.equal(await login.getAttribute('content'), 'hubot');
}

async function states(page: Page): Promise<boolean[]> {
  return page
    .locator(BOXES)
    .evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).checked));
}

async function errors(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { __githubErrors: string[] }).__githubErrors);
}

async function hydrates(page: Page): Promise<void> {
  await page.goto(PAGE);
  assert.equal(await page.locator('li.task-list-item').count(), 6);
  await page.waitForSelector('react-app.loaded');
  assert.equal(await page.locator(`#issue-body-viewer li.task-list-item`).count(), 0);
  assert.equal(await page.locator('#issue-body-viewer .contains-task-list > li').count(), 3);
  assert.deepEqual(await states(page), [false, true, false, true, false]);
  assert.equal(await page.locator('[class*="TaskListItem-module__task-list-html"]').count(), 5);
  assert.ok(await page.locator(BOXES).first().isEnabled());
}

async function ticks(page: Page): Promise<void> {
  await page.locator(BOXES).nth(4).click();
  await until(() => github.issue(REPO, 1).body === BODY.replace('[ ] Quoted', '[x] Quoted'));
  await until(async () => (await states(page)).at(-1) === true);
  assert.equal(github.issue(REPO, 1).lastEditor, 'monalisa');
}

async function followsTheServer(page: Page): Promise<void> {
  const inject = () => {
    document.querySelector('[data-component="PH_Actions"]')?.append(document.createElement('x-a'));
    document.querySelector('[class*="task-list-html"]')?.append(document.createElement('x-b'));
  };
  await page.evaluate(inject);
  github.editIssue(REPO, 1, { body: '- [x] one\n- [ ] two', title: 'Release 2.1' }, 'hubot');
  await page.waitForFunction(() => document.title.startsWith('Release 2.1'));
  assert.deepEqual(await states(page), [true, false]);
  // React drew header and body anew; what an extension had put there is gone.
  assert.equal(await page.locator('x-a, x-b').count(), 0);
  assert.deepEqual(await errors(page), []);
}

async function noticesMovedNodes(page: Page): Promise<void> {
  await page.evaluate(() => {
    const row = document.querySelector('[class*="TaskListItems-module"]');
    const wrapper = document.createElement('div');
    row?.replaceWith(wrapper);
    if (row) wrapper.append(row);
  });
  github.editIssue(REPO, 1, { body: '- [x] one\n- [ ] three' }, 'hubot');
  await until(async () => (await errors(page)).length === 1);
  assert.match((await errors(page))[0] ?? '', /^NotFoundError/);
}

async function edits(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Issue body actions' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  assert.equal(await page.locator('[data-testid="issue-body-viewer"]').count(), 0);
  await page.getByLabel('Markdown value').fill('- [ ] typed\n- [ ] by hand');
  await page.getByRole('button', { name: 'Save' }).click();
  await until(() => github.issue(REPO, 1).body === '- [ ] typed\r\n- [ ] by hand');
  await until(async () => (await page.locator(BOXES).count()) === 2);
}

async function navigatesSoftly(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    for (const name of ['start', 'payload', 'react-done', 'end'])
      document.addEventListener(`soft-nav:${name}`, () => {
        const title = document.querySelector('[data-testid="issue-title"]')?.textContent;
        seen.push(`${name} ${location.pathname.split('/').at(-1)} ${title}`);
      });
  });
  await page
    .locator('[data-testid="issue-timeline-container"] a', { hasText: 'Dark mode' })
    .click();
  await page.waitForFunction(() => (window as unknown as { seen: string[] }).seen.length === 4);
  assert.deepEqual(await page.evaluate(() => (window as unknown as { seen: string[] }).seen), [
    'start 1 Release 2.1',
    'payload 2 Release 2.1',
    'react-done 2 Dark mode audit',
    'end 2 Dark mode audit',
  ]);
  await page.goBack();
  await page.waitForFunction(() => document.title.startsWith('Release 2.1'));
}

async function takesTheReadersRights(page: Page): Promise<void> {
  github.signInAs('hubot');
  await page.goto(PAGE);
  await page.waitForSelector('react-app.loaded');
  assert.ok(await page.locator(BOXES).first().isDisabled());
  assert.equal(await page.locator('[class*="TaskListItem-module__disabled"]').count(), 2);
}

async function sealsTheBrowser(page: Page): Promise<void> {
  await assert.rejects(page.goto('https://example.com/'), /ERR_NAME_NOT_RESOLVED/);
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`it did not come true: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
