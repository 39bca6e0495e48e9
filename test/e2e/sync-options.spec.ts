import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { parseRules } from '../../lib/core/settings/rules-file.ts';
import { COLLEAGUE, expect, REPO, test, USER } from './fixtures.ts';
import { openPanel } from './panel.ts';

test('rules set in the options hold where no file is, and are exported as that file', async ({
  github,
  maintainer,
}) => {
  const { extensionPage } = maintainer;
  await extensionPage.getByText('Advanced', { exact: true }).click();
  await extensionPage.getByLabel(/not planned/i).selectOption('tick');
  const issue = github.addIssue(REPO, { title: 'One', author: USER });
  const body = `- [ ] One (closes #${issue})`;
  const master = github.addIssue(REPO, { title: 'Plan', body, author: USER });
  const page = await maintainer.openIssue(master);
  await keepUpToDate(page);
  await expect(page.getByText("Rules: from this browser's settings")).toBeVisible();
  github.editIssue(REPO, issue, { state: 'closed', stateReason: 'not_planned' }, USER);
  await maintainer.poll();
  await expect.poll(() => github.issue(REPO, master).body).toBe(`- [x] One (closes #${issue})`);

  const downloading = extensionPage.waitForEvent('download');
  await extensionPage.getByRole('button', { name: /Download these rules/ }).click();
  const file = await readFile(await (await downloading).path(), 'utf8');
  const { rules, mistakes } = parseRules(file, 'github.com');
  expect(mistakes).toEqual([]);
  expect(rules).toMatchObject({ notPlanned: 'tick', duplicate: 'leave' });
  // Put into the repository it is what counts.
  github.putFile(REPO, '.github/masterlist.yml', file);
  await page.getByRole('button', { name: 'Sync now' }).click();
  await expect(page.getByText('Rules: from .github/masterlist.yml').first()).toBeVisible();
});

test('a checklist stays bound to the account that it was tracked with', async ({
  github,
  maintainer,
}) => {
  const issue = github.addIssue(REPO, { title: 'One', author: USER });
  const body = `- [ ] One (closes #${issue})`;
  const master = github.addIssue(REPO, { title: 'Plan', body, author: USER });
  const page = await maintainer.openIssue(master);
  await keepUpToDate(page);
  await page.close();
  await maintainer.signOut();
  const { token } = github.addUser(COLLEAGUE);
  await maintainer.extensionPage.getByRole('textbox', { name: 'Token' }).fill(token);
  await maintainer.extensionPage.getByRole('button', { name: 'Verify and save the token' }).click();
  await expect(
    maintainer.extensionPage.getByText(`Signed in to github.com as ${COLLEAGUE}`),
  ).toBeVisible();
  github.editIssue(REPO, issue, { state: 'closed' }, USER);
  await maintainer.poll();
  const popup = await maintainer.context.newPage();
  await popup.goto(`chrome-extension://${maintainer.extensionId}/popup.html`);
  const sentence = `tracked as ${USER}, but the token now belongs to ${COLLEAGUE}`;
  await expect(popup.getByText(sentence).first()).toBeVisible();
  expect(github.issue(REPO, master).body).toBe(body);
});

test('an earlier text is downloaded byte for byte', async ({ github, maintainer }) => {
  const issue = github.addIssue(REPO, { title: 'One', author: USER });
  const body = `\ufeff# Plän  \r\n- [ ] One (closes #${issue})\t\n\nEnd`;
  const master = github.addIssue(REPO, { title: 'Plan', body, author: USER });
  github.editIssue(REPO, issue, { state: 'closed' }, USER);
  const page = await maintainer.openIssue(master);
  await openPanel(page);
  await page.getByRole('button', { name: 'Sync now' }).click();
  await page.getByRole('button', { name: 'Update 1 item' }).click();
  await expect.poll(() => github.issue(REPO, master).body).toContain('[x]');
  await page.getByText('Earlier texts').click();
  await page.getByRole('button', { name: 'Show difference' }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const bytes = await readFile(await (await downloading).path());
  expect(bytes.equals(Buffer.from(body, 'utf8'))).toBe(true);
});

async function keepUpToDate(page: Page): Promise<void> {
  await openPanel(page);
  await page.getByRole('button', { name: 'Track', exact: true }).click();
  await expect(page.getByText(/Tracked in this browser/)).toBeVisible();
  await expect(page.getByText(/· refreshed/).first()).toBeVisible();
}
