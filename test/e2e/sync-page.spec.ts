import type { Page } from '@playwright/test';
import { expect, REPO, test, USER } from './fixtures.ts';
import { faultsOf, openPanel } from './panel.ts';

test('Sync by keyboard alone', async ({ github, maintainer }) => {
  const issue = github.addIssue(REPO, { title: 'One', author: USER });
  const body = `- [ ] One (closes #${issue})\r\n- [ ] Two`;
  const master = github.addIssue(REPO, { title: 'Plan', body, author: USER });
  github.editIssue(REPO, issue, { state: 'closed' }, USER);
  const page = await maintainer.openIssue(master);
  await page.getByRole('button', { name: 'Masterlist: 2 items' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Masterlist' })).toBeFocused();
  await tabTo(page, 'Sync now');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '1 item will be updated' })).toBeVisible();
  await tabTo(page, 'Update 1 item');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => github.issue(REPO, master).body)
    .toBe(`- [x] One (closes #${issue})\r\n- [ ] Two`);
  await expect(page.getByText('1 item updated').first()).toBeVisible();
  await tabTo(page, 'Track');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/Tracked in this browser/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /^Masterlist: / })).toBeFocused();
});

for (const theme of ['light', 'dark'] as const) {
  test(`what Sync shows is free of accessibility faults, ${theme}`, async ({
    github,
    maintainer,
  }) => {
    const issues = Array.from({ length: 4 }, (_, index) =>
      github.addIssue(REPO, { title: `Item ${index}`, author: USER }),
    );
    const lines = issues.map((number, index) => `- [ ] Item ${index} (closes #${number})`);
    const body = [...lines, '- [x] Ticked (closes #9999)', '- [ ] New'].join('\r\n');
    const master = github.addIssue(REPO, { title: 'Plan', body, author: USER });
    github.putFile(REPO, '.github/masterlist.yml', 'pull-requests: true\n');
    const page = await maintainer.openIssue(master);
    await page.evaluate(
      (mode) => document.documentElement.setAttribute('data-color-mode', mode),
      theme,
    );
    await openPanel(page);
    await page.getByRole('button', { name: 'Track', exact: true }).click();
    await expect(page.getByText('1 to review')).toBeVisible();
    await page.getByText('1 to review').click();
    await page.getByText('Earlier texts').click();
    expect(await faultsOf(page)).toEqual([]);
    github.editIssue(REPO, issues[0] ?? 0, { state: 'closed' }, USER);
    github.editIssue(REPO, issues[1] ?? 0, { state: 'closed', stateReason: 'not_planned' }, USER);
    await page.getByRole('button', { name: 'Sync now' }).click();
    await expect(page.getByRole('button', { name: 'Update 1 item' })).toBeVisible();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Update 1 item' }).click();
    await expect(page.getByText('1 item updated').first()).toBeVisible();
    expect(await faultsOf(page)).toEqual([]);
    const popup = await maintainer.context.newPage();
    await popup.emulateMedia({ colorScheme: theme });
    await popup.goto(`chrome-extension://${maintainer.extensionId}/popup.html`);
    await expect(popup.getByRole('button', { name: 'Refresh all now' })).toBeVisible();
    expect(await faultsOf(popup)).toEqual([]);
  });
}

test('500 items are previewed and updated in one go', async ({ github, maintainer }) => {
  const issues = Array.from({ length: 500 }, (_, index) =>
    github.addIssue(REPO, { title: `Item ${index}`, author: USER }),
  );
  const lines = (box: string) =>
    issues.map((number, index) => `- [${box}] Item ${index} (closes #${number})`).join('\r\n');
  const master = github.addIssue(REPO, { title: 'Plan', body: lines(' '), author: USER });
  for (const issue of issues) github.editIssue(REPO, issue, { state: 'closed' }, USER);
  const page = await maintainer.openIssue(master);
  await openPanel(page);
  await page.getByRole('button', { name: 'Sync now' }).click();
  await page.getByRole('button', { name: 'Update 500 items' }).click();
  await expect(page.getByText('500 items updated').first()).toBeVisible({ timeout: 60_000 });
  expect(github.issue(REPO, master).body).toBe(lines('x'));
});

test('a preview that waits is not confirmed for another issue after a soft navigation', async ({
  github,
  maintainer,
}) => {
  const issue = github.addIssue(REPO, { title: 'One', author: USER });
  const body = `- [ ] One (closes #${issue})`;
  const first = github.addIssue(REPO, { title: 'Plan', body, author: USER });
  const second = github.addIssue(REPO, { title: 'Other', body, author: USER });
  github.editIssue(REPO, issue, { state: 'closed' }, USER);
  const page = await maintainer.openIssue(first);
  await openPanel(page);
  await page.getByRole('button', { name: 'Sync now' }).click();
  const confirm = page.getByRole('button', { name: 'Update 1 item' });
  const box = await confirm.boundingBox();
  await page.evaluate((url) => history.pushState({}, '', url), `/${REPO}/issues/${second}`);
  await page.mouse.click((box?.x ?? 0) + 10, (box?.y ?? 0) + 10);
  await page.waitForTimeout(600);
  expect(github.issue(REPO, first).body).toBe(body);
  expect(github.issue(REPO, second).body).toBe(body);
});

/** Presses Tab until a button has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name });
  await expect(button).toBeEnabled();
  for (let tabs = 0; tabs < 60; tabs++) {
    if (await button.evaluate((one) => one.matches(':focus'))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never comes to ${name}`);
}
