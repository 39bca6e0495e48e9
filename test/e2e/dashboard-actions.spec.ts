import { readFile } from 'node:fs/promises';
import { DEFAULT_PREFERENCES } from '../../lib/core/settings/settings.ts';
import { expect, FAST, type Maintainer, REPO, test, USER } from './fixtures.ts';
import { generate, heading, issueOf, lines } from './reconcile.ts';

test('a summary is posted into the issue, replaced, and taken out byte for byte', async ({
  github,
  maintainer,
}) => {
  const { master, tab } = await generate(github, maintainer, 3);
  await tab.close();
  const before = github.issue(REPO, master).body ?? '';
  const page = await openDashboard(maintainer, `/metrics?checklist=${keyOf(master)}`);
  await expect(page.getByText('Time to close, median')).toBeVisible();
  for (const times of [1, 2]) {
    await page.getByRole('button', { name: /^Post a summary/ }).click();
    await page.getByRole('button', { name: /^Write into/ }).click();
    await expect
      .poll(() => (github.issue(REPO, master).body ?? '').split('masterlist:summary').length)
      .toBeGreaterThan(1);
    expect(github.issue(REPO, master).body, `posted ${times}`).toContain(before);
    await page.waitForTimeout(500);
  }
  const posted = github.issue(REPO, master).body ?? '';
  expect(posted.match(/^\| ?Issues|\| ?Open/gim)?.length ?? 0).toBeLessThanOrEqual(2);
  await page.getByRole('button', { name: /^Remove the summary/ }).click();
  await page.getByRole('button', { name: /^Remove it from/ }).click();
  await expect.poll(() => github.issue(REPO, master).body).toBe(before);
});

test('a line of the log shows what it changed, and its run is undone from there', async ({
  github,
  maintainer,
}) => {
  const { master, tab } = await generate(github, maintainer, 2);
  await tab.close();
  const before = github.issue(REPO, master).body;
  const issue = issueOf(github, 'Check step 1');
  github.editIssue(REPO, issue, { state: 'closed' }, USER);
  await maintainer.poll();
  await expect.poll(() => lines(github, master)[0]).toBe(`- [x] Check step 1 (closes #${issue})`);
  const page = await openDashboard(maintainer, '/log');
  await page
    .getByRole('row', { name: /Ticked/ })
    .first()
    .click();
  const detail = page.getByRole('complementary').or(page.getByLabel('Log entry')).first();
  await expect(detail).toBeVisible();
  const run = page.getByRole('region', { name: 'The run' });
  await run.getByRole('button', { name: /^Undo/ }).click();
  await run
    .getByRole('button', { name: /^Untick/ })
    .last()
    .click();
  await expect.poll(() => github.issue(REPO, master).body, { timeout: 20_000 }).toBe(before);
});

test('settings go into a file without secrets, and come back from it', async ({ maintainer }) => {
  // A file may not hold the paces of these tests: they are below what GitHub allows.
  await maintainer.setPreferences({ button: DEFAULT_PREFERENCES.button });
  const page = maintainer.extensionPage;
  await page.getByRole('textbox', { name: 'Labels' }).fill('test-plan');
  await page.getByRole('textbox', { name: 'Labels' }).blur();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export settings' }).click();
  const file = await (await download).path();
  const text = await readFile(file, 'utf8');
  expect(text).toContain('test-plan');
  expect(text).not.toMatch(/gh[pousr]_|github_pat/);
  await page.getByRole('button', { name: 'Reset all settings' }).click();
  await page.getByRole('button', { name: 'Reset them' }).click();
  await expect(page.getByRole('textbox', { name: 'Labels' })).toHaveValue('');
  await page.getByLabel('Import settings').setInputFiles(file);
  await page.getByRole('button', { name: /^Change 1/ }).click();
  await expect(page.getByRole('textbox', { name: 'Labels' })).toHaveValue('test-plan');
  await page.getByLabel('Import settings').setInputFiles({
    name: 'broken.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"masterlist": 1'),
  });
  await expect(page.getByText('The file is not JSON.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Labels' })).toHaveValue('test-plan');
});

test('what cannot be right is refused before it is saved, and the template shows what comes of it', async ({
  maintainer,
}) => {
  const page = maintainer.extensionPage;
  await page.getByText("Email and your team's channels", { exact: true }).click();
  const slack = page.getByRole('article', { name: /Slack/ });
  await slack.getByLabel('Webhook URL').fill('https://example.com/services/A/B/C');
  await slack.getByRole('button', { name: 'Save' }).click();
  await expect(slack.getByText(/not an incoming webhook URL/)).toBeVisible();
  const template = page.getByLabel('Issue text');
  await template.evaluate((field) => field.closest('details')?.setAttribute('open', ''));
  await template.fill('Please check: {item} {nonsense}');
  await expect(page.getByRole('figure').getByText(/Please check: /)).toBeVisible();
  await expect(page.getByText(/\{nonsense\}/).first()).toBeVisible();
});

test('the popup shows a run with its progress, and stops it', async ({ github, maintainer }) => {
  await maintainer.setPreferences({
    timing: { ...FAST, gapMs: 2_000 },
  });
  const body = Array.from({ length: 6 }, (_, index) => `- [ ] Check step ${index + 1}`).join(
    '\r\n',
  );
  const master = github.addIssue(REPO, { title: 'Release plan', body, author: USER });
  const tab = await openDashboard(maintainer, `/generate?checklist=${keyOf(master)}`);
  await tab.getByRole('button', { name: `Create 6 issues in ${REPO}` }).click();
  await expect(heading(tab, /of 6 created/)).toBeVisible();
  const popup = await maintainer.context.newPage();
  await popup.goto(`chrome-extension://${maintainer.extensionId}/popup.html`);
  await expect(popup.getByText(/of 6 created/).first()).toBeVisible();
  await popup.getByRole('button', { name: /^Pause: / }).click();
  await expect(popup.getByRole('button', { name: /^Resume: / })).toBeVisible();
  const made = github.issues(REPO).length;
  await popup.waitForTimeout(3_000);
  expect(github.issues(REPO).length).toBe(made);
});

test('before a token: three steps; a preview needs none', async ({ github, maintainer }) => {
  await maintainer.signOut();
  const page = await maintainer.context.newPage();
  await page.goto(`chrome-extension://${maintainer.extensionId}/popup.html`);
  await expect(page.getByRole('listitem')).toHaveCount(3);
  const body = '- [ ] Check step 1\r\n- [ ] Check step 2';
  const master = github.addIssue(REPO, { title: 'Release plan', body, author: USER });
  const dashboard = await openDashboard(maintainer, `/generate?checklist=${keyOf(master)}`);
  await expect(heading(dashboard, /2 without an issue/)).toBeVisible();
});

async function openDashboard({ context, extensionId }: Maintainer, route: string) {
  const page = await context.newPage();
  await page.goto(`chrome-extension://${extensionId}/dashboard.html#${route}`);
  return page;
}

function keyOf(master: number): string {
  return encodeURIComponent(`github.com/${REPO}#${master}`);
}
