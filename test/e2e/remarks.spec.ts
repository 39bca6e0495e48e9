import type { Page, TestInfo } from '@playwright/test';
import { expect, REPO, test, USER } from './fixtures.ts';
import { bodyOf, create, faultsOf, openPanel, openPreview } from './panel.ts';
import { heading, openReconcile } from './reconcile.ts';

declare const chrome: { runtime: { reload(): void } };

test('work that was already closed or merged when the item first linked it is told, and ticked by choice only', async ({
  github,
  maintainer,
}, info) => {
  const fixed = github.addIssue(REPO, { title: 'Crash', author: USER, state: 'closed' });
  const later = github.addIssue(REPO, { title: 'Later', author: USER });
  const body = `- [ ] Verify the crash (#${fixed})\r\n- [ ] Later (closes #${later})`;
  const master = github.addIssue(REPO, { title: 'Test plan', body, author: USER });
  const page = await maintainer.openIssue(master);
  await openPanel(page);
  await page.getByRole('button', { name: 'Track', exact: true }).click();
  github.editIssue(REPO, later, { state: 'closed' }, USER);
  await maintainer.poll();
  const followed = body.replace('[ ] Later', '[x] Later');
  await expect.poll(() => github.issue(REPO, master).body).toBe(followed);
  await page.getByText('1 to review').click();
  await expect(
    page.getByText(
      `#${fixed} was already closed or merged when the item first linked it: left unticked`,
    ),
  ).toBeVisible();
  await inBothThemes(page, info, 'done-before');

  await openReconcile(page);
  await expect(heading(page, /^1 difference$/)).toBeVisible();
  const says = `Not ticked, but #${fixed} was closed as completed before the item named it`;
  await expect(page.getByText(says)).toBeVisible();
  await page.getByRole('radio', { name: 'Tick this box' }).check();
  await page.getByRole('button', { name: 'Apply 1 change' }).click();
  const ticked = followed.replace('[ ] Verify', '[x] Verify');
  await expect.poll(() => github.issue(REPO, master).body).toBe(ticked);
});

test('lines that only miss a blank are named, and corrected by a click', async ({
  github,
  maintainer,
}, info) => {
  const slips = ['- [] Build', '- [ ]Tag', '- [x]Freeze', '-[ ] Tell'].join('\r\n');
  const right = ['- [ ] Build', '- [ ] Tag', '- [x] Freeze', '- [ ] Tell'].join('\r\n');
  const around = (lines: string) => `Plan \r\n\r\n${lines}\r\n- [ ] Announce\r\n\r\nThänks.\t`;
  github.putFile(REPO, '.github/masterlist.yaml', 'tick: {}');
  const body = around(slips);
  const master = github.addIssue(REPO, { title: 'Release plan', body, author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '1 will be created');
  await page.getByText('5 remarks').click();
  await expect(page.getByText('.github/masterlist.yaml').first()).toBeVisible();
  await expect(page.getByText(/^Line 3 needs a space in the brackets/)).toBeVisible();
  expect(await faultsOf(page)).toEqual([]);
  await inBothThemes(page, info, 'remarks');
  await expect(
    page.getByText('You can correct them when no preview or run is open.'),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Correct 4 lines' }).click();
  await expect.poll(() => github.issue(REPO, master).body).toBe(around(right));
  await expect(page.getByText('Lines corrected.')).toBeVisible();
});

test('a page whose extension is updated says so, and keeps no number as if it were live', async ({
  github,
  maintainer,
}, info) => {
  await maintainer.setPreferences({});
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(30), author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '30 will be created');
  await create(page, 30, REPO);
  await expect(page.getByText(/^[3-9] of 30 created/).first()).toBeVisible();
  await maintainer.extensionPage.evaluate(() => chrome.runtime.reload()).catch(() => undefined);
  await expect(page.getByText('Masterlist was updated or turned off.')).toBeVisible();
  await expect(page.getByText(/^Last known: \d+ of 30 created/)).toBeVisible();
  for (const name of ['Pause', 'Stop'])
    await expect(page.getByRole('button', { name, exact: true })).toBeHidden();
  await inBothThemes(page, info, 'cut-off');
});

/** Pictures for a person to look at. */
async function inBothThemes(page: Page, info: TestInfo, name: string): Promise<void> {
  for (const theme of ['light', 'dark']) {
    await page.evaluate(
      (mode) => document.documentElement.setAttribute('data-color-mode', mode),
      theme,
    );
    await page.screenshot({ path: info.outputPath(`${name}-${theme}.png`), fullPage: true });
  }
}
