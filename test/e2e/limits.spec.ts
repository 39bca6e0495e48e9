/** What people meet while GitHub asks an account to wait. */
import type { Page, TestInfo } from '@playwright/test';
import type { LocalGitHub } from '../local-github/local-github.ts';
import { expect, type Maintainer, REPO, test, USER } from './fixtures.ts';
import { bodyOf, create, openPanel, openPreview, untilDone } from './panel.ts';

const REACHED = /GitHub's rate limit was reached/;
const LEFT = /^\d+ s more$/i;

/** The next request to the API is refused as GitHub refuses those that ask too much; gives nothing more to wait for. */
function limitNext(github: LocalGitHub, seconds: number, method?: 'PATCH' | 'POST', path?: RegExp) {
  github.fault({
    ...(method && { method }),
    path: path ?? /graphql|\/repos\//,
    times: 1,
    action: {
      status: 403,
      headers: { 'retry-after': String(seconds) },
      body: { message: 'You have exceeded a secondary rate limit. Please wait a few minutes.' },
    },
  });
}

/** What was asked of the API; pages are GitHub's own. */
function asked(github: LocalGitHub): readonly string[] {
  return github.requests
    .filter(({ operation }) => operation !== 'page')
    .map(({ method, url }) => `${method} ${url}`);
}

async function picture(page: Page, info: TestInfo, name: string) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: info.outputPath(`${name}-${colorScheme}.png`) });
  }
}

async function openOwn(maintainer: Maintainer, path: string): Promise<Page> {
  const page = await maintainer.context.newPage();
  await page.goto(`chrome-extension://${maintainer.extensionId}/${path}`);
  return page;
}

test('a limit that one click met is everybody’s: no request, its time in every view, and then it is read again', async ({
  github,
  maintainer,
}, info) => {
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(3), author: USER });
  const page = await maintainer.openIssue(master);
  await expect(page.getByRole('button', { name: /^Masterlist: / })).toBeVisible();
  limitNext(github, 60);
  await openPanel(page);
  await expect(page.getByText(REACHED)).toBeVisible();
  await expect(page.getByRole('timer')).toHaveText(LEFT);
  await expect(page.getByText('then this is read again')).toBeVisible();
  await picture(page, info, 'panel');
  github.clearRequests();

  await page.getByRole('button', { name: 'Close the panel' }).click();
  await openPanel(page);
  await expect(page.getByText(REACHED)).toHaveCount(1);
  await page.reload();
  await openPanel(page);
  await expect(page.getByText(REACHED)).toHaveCount(1);
  for (const alarm of ['poll', 'tick', 'token', 'nightly']) await maintainer.fire(alarm);

  const { extensionPage } = maintainer;
  await extensionPage.getByRole('textbox', { name: 'Test it on a repository' }).fill(REPO);
  await extensionPage.getByRole('button', { name: 'Test' }).click();
  await expect(extensionPage.getByText(REACHED)).toHaveCount(1);
  await picture(extensionPage, info, 'options');

  const popup = await openOwn(maintainer, 'popup.html');
  await expect(popup.getByText(REACHED)).toHaveCount(1);
  await expect(popup.getByRole('timer')).toHaveText(LEFT);
  await picture(popup, info, 'popup');

  const address = `dashboard.html#/generate?checklist=${encodeURIComponent(`github.com/${REPO}#${master}`)}`;
  const dashboard = await openOwn(maintainer, address);
  await expect(dashboard.getByText(REACHED)).toHaveCount(1);
  await expect(dashboard.getByRole('timer')).toHaveText(LEFT);
  await expect(dashboard.getByText('This is read again when GitHub accepts')).toBeVisible();
  await picture(dashboard, info, 'dashboard');
  await maintainer.stopWorker();
  await dashboard.reload();
  await expect(dashboard.getByText(REACHED)).toHaveCount(1);
  expect(asked(github)).toEqual([]);

  // Nobody clicks any more.
  await page.bringToFront();
  await expect(page.getByText(REACHED)).toBeHidden({ timeout: 90_000 });
  await expect(page.getByText('3 items', { exact: true })).toBeVisible();
  await dashboard.bringToFront();
  await expect(dashboard.getByRole('heading', { name: '3 will be created' })).toBeVisible();
  await expect(dashboard.getByText(REACHED)).toBeHidden();
  await expect(popup.getByText(REACHED)).toBeHidden();
  expect(github.report().requestsWhileRateLimited).toEqual([]);
});

test('a preview that was held back is made and shown when the limit is over', async ({
  github,
  maintainer,
}, info) => {
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(2), author: USER });
  const page = await maintainer.openIssue(master);
  await openPanel(page);
  await expect(page.getByText('2 items', { exact: true })).toBeVisible();
  limitNext(github, 8);
  await page.getByRole('button', { name: 'Generate issues' }).click();
  await expect(page.getByText('then this is read again')).toBeVisible();
  await picture(page, info, 'preview-held-back');
  await expect(page.getByRole('heading', { name: '2 will be created' })).toBeVisible();
  expect(github.report().requestsWhileRateLimited).toEqual([]);
});

test('what writes is not repeated: it ends as Retry', async ({ github, maintainer }, info) => {
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(2), author: USER });
  const page = await maintainer.openIssue(master);
  await openPanel(page);
  await expect(page.getByText('2 items', { exact: true })).toBeVisible();
  limitNext(github, 6);
  await page.getByRole('button', { name: 'Track', exact: true }).click();
  await expect(page.getByText('then press Retry')).toBeVisible();
  await picture(page, info, 'write-held-back');
  github.clearRequests();
  const retry = page.getByRole('button', { name: 'Retry' });
  await expect(retry).toBeVisible();
  await expect(page.getByText('GitHub accepts requests again.')).toBeVisible();
  await picture(page, info, 'write-retry');
  expect(asked(github)).toEqual([]);
  await retry.click();
  await expect(page.getByRole('button', { name: 'Stop tracking' })).toBeVisible();
});

test('while a run waits for a limit, its line is the only one, and nothing else asks', async ({
  github,
  maintainer,
}, info) => {
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(5), author: USER });
  limitNextCreation(github, 75);
  const page = await maintainer.openIssue(master);
  await openPreview(page, '5 will be created');
  await create(page, 5, REPO);
  const waits = page.getByText(/Waiting until GitHub accepts requests again, (\d+ s more|until )/);
  await expect(waits).toBeVisible();
  github.clearRequests();
  await page.reload();
  await openPanel(page);
  await expect(waits).toBeVisible();
  await expect(page.getByText(REACHED)).toBeHidden();
  await picture(page, info, 'run');
  for (const alarm of ['poll', 'tick']) await maintainer.fire(alarm);
  const popup = await openOwn(maintainer, 'popup.html');
  await expect(popup.getByText(REACHED)).toHaveCount(1);
  await expect(popup.getByText('Waiting until GitHub accepts requests again.')).toBeVisible();
  await picture(popup, info, 'run-popup');
  const dashboard = await openOwn(maintainer, 'dashboard.html#/');
  await expect(dashboard.getByText(REACHED)).toHaveCount(1);
  await picture(dashboard, info, 'run-dashboard');
  expect(asked(github)).toEqual([]);
  await page.bringToFront();
  await untilDone(page, 5, 150_000);
  expect(github.report().requestsWhileRateLimited).toEqual([]);
});

function limitNextCreation(github: LocalGitHub, seconds: number) {
  github.fault({
    method: 'POST',
    path: /\/issues$/,
    skip: 2,
    times: 1,
    action: {
      status: 403,
      headers: { 'retry-after': String(seconds) },
      body: { message: 'You have exceeded a secondary rate limit. Please wait a few minutes.' },
    },
  });
}
