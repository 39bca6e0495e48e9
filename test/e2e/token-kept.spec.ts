import type { Page } from '@playwright/test';
import { expect, type Maintainer, REPO, test, USER } from './fixtures.ts';
import { faultsOf, openPanel } from './panel.ts';

const PASSPHRASE = 'correct horse battery';

test('a token under a passphrase is asked for once per start, and what waited continues', async ({
  github,
  maintainer,
}) => {
  const issue = github.addIssue(REPO, { title: 'One', author: USER });
  const body = `- [ ] One (closes #${issue})\n- [ ] Two\n- [ ] Three\n`;
  const master = github.addIssue(REPO, { title: 'Plan', body, author: USER });
  const page = await maintainer.openIssue(master);
  await openPanel(page);
  await page.getByRole('button', { name: 'Track', exact: true }).click();
  await expect(page.getByText(/· refreshed/).first()).toBeVisible();
  await keep(maintainer, 'Under a passphrase');
  await expect(maintainer.extensionPage.getByText('Kept: Under a passphrase.')).toBeVisible();
  github.editIssue(REPO, issue, { state: 'closed' }, USER);

  github.clearRequests();
  await maintainer.restart();
  await maintainer.poll();
  await expect
    .poll(() => maintainer.toolbar())
    .toEqual({ badge: '!', title: 'Masterlist: Waiting for your passphrase.' });
  const dashboard = await ownPage(maintainer, 'dashboard.html');
  await expect(dashboard.getByText(`until ${USER}'s token is unlocked`)).toBeVisible();
  const popup = await ownPage(maintainer, 'popup.html');
  await expect(popup.getByText('Waiting for your passphrase.')).toBeVisible();
  const settings = maintainer.extensionPage;
  await expect(settings.getByText('Waiting for your passphrase.')).toBeVisible();
  for (const one of [dashboard, popup, settings]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await one.emulateMedia({ colorScheme });
      expect(await faultsOf(one)).toEqual([]);
    }
  }
  const panel = await maintainer.openIssue(master);
  await openPanel(panel);
  await expect(panel.getByText('Waiting for your passphrase.').first()).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Unlock' }).first()).toBeVisible();
  expect(github.requests.filter(({ host }) => host === 'api.github.com')).toEqual([]);

  const field = popup.getByRole('textbox', { name: 'Passphrase' });
  await field.fill('not this one');
  await field.press('Enter');
  await expect(popup.getByText('This is not the passphrase of the token.')).toBeVisible();
  await field.fill(PASSPHRASE);
  await field.press('Enter');
  await expect(popup.getByText('Waiting for your passphrase.')).toBeHidden();
  await expect
    .poll(() => github.issue(REPO, master).body, { timeout: 60_000 })
    .toContain('- [x] One');
  await expect.poll(async () => (await maintainer.toolbar()).badge).toBe('');
});

test('a token for the session is gone with the browser, and pasted again', async ({
  maintainer,
  token,
}) => {
  await keep(maintainer, 'Until the browser closes');
  await expect(maintainer.extensionPage.getByText('Kept: Until the browser closes.')).toBeVisible();
  await maintainer.restart();
  const settings = maintainer.extensionPage;
  await expect(settings.getByText('kept only until the browser closed')).toBeVisible();
  // The next one is kept in the same way unless it is said otherwise.
  const form = settings.locator('form', { has: settings.getByRole('textbox', { name: 'Token' }) });
  await expect(form.getByRole('radio', { name: 'Until the browser closes' })).toBeChecked();
  await maintainer.signIn(token);
  await expect(settings.getByText('kept only until the browser closed')).toBeHidden();
});

/** Changes how the token is kept, in the options. */
async function keep({ extensionPage }: Maintainer, way: string): Promise<void> {
  const card = extensionPage.getByRole('article');
  await card.getByText('Change how it is kept').click();
  await card.getByRole('radio', { name: way }).check();
  const passphrase = card.getByRole('textbox', { name: 'New passphrase' });
  if (way === 'Under a passphrase') await passphrase.fill(PASSPHRASE, { timeout: 60_000 });
  await card.getByRole('button', { name: 'Save how it is kept' }).click();
}

async function ownPage(maintainer: Maintainer, name: string): Promise<Page> {
  const page = await maintainer.context.newPage();
  await page.goto(`chrome-extension://${maintainer.extensionId}/${name}`);
  return page;
}
