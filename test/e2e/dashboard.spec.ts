import type { Page } from '@playwright/test';
import { expect, type Maintainer, REPO, test, USER } from './fixtures.ts';
import { faultsOf } from './panel.ts';
import { choose, generate, heading, issueOf, lines } from './reconcile.ts';

const ROUTES = ['/', '/generate', '/sync', '/reconcile', '/matches', '/log', '/metrics'];

for (const theme of ['light', 'dark'] as const) {
  test(`every page of the dashboard is free of accessibility faults and never scrolls sideways, ${theme}`, async ({
    github,
    maintainer,
  }, testInfo) => {
    const { master, tab } = await generate(github, maintainer, 3);
    await tab.close();
    github.editIssue(
      REPO,
      issueOf(github, 'Check step 1'),
      { state: 'closed', stateReason: 'not_planned' },
      USER,
    );
    await maintainer.nightly();
    await expect.poll(async () => (await maintainer.toolbar()).badge).toBe('1');
    const page = await maintainer.context.newPage();
    await page.emulateMedia({ colorScheme: theme });
    for (const route of ROUTES) {
      for (const one of [route, `${route}?checklist=${keyOf(master)}`]) {
        await openDashboard(page, maintainer, one);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await page.waitForTimeout(500);
        expect(await faultsOf(page), one).toEqual([]);
        await page.screenshot({
          path: testInfo.outputPath(`${one.replaceAll(/\W+/g, '-')}-${theme}.png`),
          fullPage: true,
        });
        expect(await isScrollingSideways(page), one).toBe(false);
      }
    }
    await page.setViewportSize({ width: 320, height: 600 });
    for (const route of ROUTES) {
      await openDashboard(page, maintainer, route);
      await page.waitForTimeout(300);
      expect(await isScrollingSideways(page), `${route} at 320 px`).toBe(false);
    }
    for (const own of ['popup.html', 'options.html']) {
      await page.goto(`chrome-extension://${maintainer.extensionId}/${own}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.waitForTimeout(300);
      expect(await faultsOf(page), own).toEqual([]);
      expect(await isScrollingSideways(page), `${own} at 320 px`).toBe(false);
    }
  });
}

test('what needs the user leads from the popup to the place where it is resolved', async ({
  github,
  maintainer,
}) => {
  const { master, tab } = await generate(github, maintainer, 2);
  await tab.close();
  const issue = issueOf(github, 'Check step 1');
  github.editIssue(REPO, issue, { state: 'closed', stateReason: 'not_planned' }, USER);
  await maintainer.nightly();
  await expect.poll(async () => (await maintainer.toolbar()).badge).toBe('1');
  const popup = await maintainer.context.newPage();
  await popup.goto(`chrome-extension://${maintainer.extensionId}/popup.html`);
  const opened = maintainer.context.waitForEvent('page');
  await popup.getByRole('link', { name: /^Review 1 difference/ }).click();
  const dashboard = await opened;
  await choose(dashboard, /closed as not planned/, 'Tick this box');
  await dashboard.getByRole('button', { name: 'Apply 1 change' }).click();
  await expect(heading(dashboard, /^1 change made/)).toBeVisible();
  expect(lines(github, master)[0]).toBe(`- [x] Check step 1 (closes #${issue})`);
  await expect.poll(async () => (await maintainer.toolbar()).badge).toBe('');
  await expect(popup.getByText('What needs attention')).toBeHidden();
});

test('paused, nothing is asked or written until it goes on', async ({ github, maintainer }) => {
  const { master, tab } = await generate(github, maintainer, 2);
  await tab.close();
  const page = await maintainer.context.newPage();
  await openDashboard(page, maintainer, '/');
  await page.getByRole('button', { name: 'Pause everything' }).click();
  await expect(page.getByRole('button', { name: 'Resume everything' })).toBeVisible();
  const issue = issueOf(github, 'Check step 1');
  github.editIssue(REPO, issue, { state: 'closed' }, USER);
  github.clearRequests();
  await maintainer.poll();
  await maintainer.nightly();
  await page.waitForTimeout(1_500);
  expect(github.requests.filter(({ host }) => host === 'api.github.com')).toEqual([]);
  await page.getByRole('button', { name: 'Resume everything' }).click();
  await expect
    .poll(() => lines(github, master)[0], { timeout: 20_000 })
    .toBe(`- [x] Check step 1 (closes #${issue})`);
});

test('a checklist is synced from the dashboard, and its log line undone', async ({
  github,
  maintainer,
}) => {
  const { master, tab } = await generate(github, maintainer, 2);
  await tab.close();
  const issue = issueOf(github, 'Check step 1');
  github.editIssue(REPO, issue, { state: 'closed' }, USER);
  const page = await maintainer.context.newPage();
  await openDashboard(page, maintainer, '/');
  await page
    .getByRole('button', { name: /^Sync now/ })
    .first()
    .click();
  await expect.poll(() => lines(github, master)[0]).toBe(`- [x] Check step 1 (closes #${issue})`);
  await openDashboard(page, maintainer, '/log');
  await expect(page.getByText(/Check step 1/).first()).toBeVisible();
});

function openDashboard(page: Page, { extensionId }: Maintainer, route: string) {
  return page.goto(`chrome-extension://${extensionId}/dashboard.html#${route}`);
}

function keyOf(master: number): string {
  return encodeURIComponent(`github.com/${REPO}#${master}`);
}

function isScrollingSideways(page: Page): Promise<boolean> {
  return page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
}
