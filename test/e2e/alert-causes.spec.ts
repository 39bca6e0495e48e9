import type { Page } from '@playwright/test';
import { follow, shownNotices } from './alert-channels.ts';
import { COLLEAGUE, expect, type Maintainer, REPO, test, USER } from './fixtures.ts';

declare const chrome: {
  notifications: { onClicked: { dispatch(id: string): void } };
};

const TITLE = 'Prüfung & Übergabe? 100 % "neu"';

test('what somebody changed back is news in the dashboard, and a notification only where it is wanted', async ({
  github,
  granted,
}) => {
  const options = granted.extensionPage;
  await options.getByRole('checkbox', { name: 'Browser notifications' }).check();
  const { master, issue } = await follow(github, granted, { title: TITLE });
  github.editIssue(REPO, issue, { state: 'closed' }, COLLEAGUE);
  await granted.poll();
  await expect.poll(() => github.issue(REPO, master).body).toContain('[x]');
  // GitHub tells whole seconds only.
  await options.waitForTimeout(1_100);
  const unticked = (github.issue(REPO, master).body ?? '').replace('[x]', '[ ]');
  github.editIssue(REPO, master, { body: unticked }, COLLEAGUE);
  await granted.poll();
  const dashboard = await granted.context.newPage();
  await openOverview(dashboard, granted);
  await expect(dashboard.getByText(`1 item was reverted: ${REPO}#${master}`)).toBeVisible();
  await granted.nightly();
  await dashboard.waitForTimeout(2_000);
  expect(github.issue(REPO, master).body).toBe(unticked);
  expect(await shownNotices(granted)).toEqual([]);
  expect(await granted.toolbar()).toEqual({ badge: '', title: 'Masterlist' });
  await dashboard.close();
  await options.getByText('Which alert goes where', { exact: true }).click();
  await options.getByRole('checkbox', { name: 'Reverted: Notification' }).check();
  await expect.poll(() => shownNotices(granted)).toEqual(['overridden']);
  const opened = await click(granted, 'overridden');
  await expect(opened).toHaveURL(new RegExp(`dashboard.html#/sync\\?checklist=.*%23${master}$`));
});

test('each decision that is needed is told once, leads to where it is made, and goes when it is', async ({
  github,
  token,
  granted,
}) => {
  const options = granted.extensionPage;
  await options.getByRole('checkbox', { name: 'Browser notifications' }).check();
  const { master, issue } = await follow(github, granted, { title: TITLE });
  const gone = github.addIssue(REPO, { title: 'Gone', author: USER });
  github.deleteIssue(REPO, gone);
  const body = github.issue(REPO, master).body ?? '';
  const hidden = body.replace(`#${issue}`, `#${gone}`);
  const checked = async (notices: readonly string[]) => {
    // The worker may put its own alarm in the place of ours.
    await expect(async () => {
      await granted.poll();
      await expect.poll(() => shownNotices(granted), { timeout: 4_000 }).toEqual(notices);
    }).toPass();
  };

  github.editIssue(REPO, master, { body: hidden }, USER);
  await checked(['decision items']);
  const popup = await granted.context.newPage();
  await popup.goto(`chrome-extension://${granted.extensionId}/popup.html`);
  const mail = await popup.getByRole('link', { name: /^Write an email/ }).getAttribute('href');
  expect(mail).toMatch(/^mailto:\?subject=[\w.%-]+&body=[\w.%-]+$/);
  const { searchParams } = new URL(mail ?? '');
  expect(searchParams.get('subject')).toBe(`1 item needs attention: ${REPO}#${master}`);
  expect(searchParams.get('body')?.split('\r\n')).toEqual([
    `1 item needs attention: ${REPO}#${master}`,
    `1 item of "${TITLE}" links several issues, or one that GitHub does not show.`,
    `https://github.com/${REPO}/issues/${master}`,
    'Open Reconcile and choose an issue for each item.',
  ]);
  await popup.close();
  const reconcile = await click(granted, 'decision items');
  await expect(reconcile).toHaveURL(new RegExp(`#/reconcile\\?checklist=.*%23${master}$`));
  await expect(reconcile.getByText('1 difference', { exact: true })).toBeVisible();
  // Resolved by hand: neither the decision nor the difference that the page has found is told of any more.
  github.editIssue(REPO, master, { body }, USER);
  await expect(async () => {
    await granted.poll();
    await expect.poll(async () => (await granted.toolbar()).badge, { timeout: 4_000 }).toBe('');
  }).toPass();
  expect(await shownNotices(granted)).toEqual([]);
  // Back within the cooldown: shown in popup and dashboard, not told again.
  github.editIssue(REPO, master, { body: hidden }, USER);
  await granted.poll();
  await openOverview(reconcile, granted);
  await expect(reconcile.getByText(`1 item needs attention: ${REPO}#${master}`)).toBeVisible();
  expect(await shownNotices(granted)).toEqual([]);
  github.editIssue(REPO, master, { body }, USER);

  github.removeCollaborator(REPO, USER);
  github.editIssue(REPO, issue, { state: 'closed' }, COLLEAGUE);
  await checked(['decision rights cannot-edit-master']);
  const issuePage = await click(granted, 'decision rights cannot-edit-master');
  await expect(issuePage).toHaveURL(`https://github.com/${REPO}/issues/${master}`);

  github.revokeToken(token);
  await checked([`decision token-dead github.com/${USER}`]);
  const behind = await granted.context.newPage();
  await behind.bringToFront();
  await click(granted, `decision token-dead github.com/${USER}`, options);
  await expect.poll(() => options.evaluate(() => document.visibilityState)).toBe('visible');
  const soon = new Date(Date.now() + 3.5 * 24 * 60 * 60_000).toISOString();
  await options.getByText('Use another token', { exact: true }).click();
  await granted.signIn(github.addUser(USER, { expiresAt: soon }).token);
  await checked([`decision token-expiring github.com/${USER}`]);
});

function openOverview(page: Page, { extensionId }: Maintainer) {
  return page.goto(`chrome-extension://${extensionId}/dashboard.html#/`);
}

/** Clicks a notification; the page that it opens, or the one that is there and comes to the front. */
async function click(granted: Maintainer, notice: string, there?: Page): Promise<Page> {
  const [worker] = granted.context.serviceWorkers();
  const opened = there ?? granted.context.waitForEvent('page');
  await worker?.evaluate(
    (id) => chrome.notifications.onClicked.dispatch(id),
    `masterlist ${notice}`,
  );
  const page = await opened;
  await page.waitForLoadState();
  await expect.poll(() => shownNotices(granted)).not.toContain(notice);
  return page;
}
