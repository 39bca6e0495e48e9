import type { Page, TestInfo } from '@playwright/test';
import { expect, REPO, test, USER } from './fixtures.ts';
import { faultsOf, openPanel } from './panel.ts';

const STRANGER = 'mallory';
const THEIRS = `${STRANGER}/theirs`;

test("a stranger's merged pull request writes no number, and the panel shows the line that would count it", async ({
  github,
  maintainer,
}, info) => {
  github.addUser(STRANGER);
  github.addRepo(THEIRS);
  const issue = github.addIssue(REPO, { title: 'Crash', author: USER });
  const master = github.addIssue(REPO, {
    title: 'Plan',
    body: `- [ ] Crash (closes #${issue})\r\n- [ ] Later`,
    author: USER,
  });
  const text = `Closes ${REPO}#${issue}`;
  const pull = github.addPull(THEIRS, { title: 'Take over', body: text, author: STRANGER });
  github.mergePull(THEIRS, pull, STRANGER);
  github.editIssue(REPO, issue, { state: 'closed' }, USER);
  const page = await maintainer.openIssue(master);
  await openPanel(page);
  await page.getByRole('button', { name: 'Sync now' }).click();
  await expect(page.getByText(`pull requests of ${THEIRS} do not count here`)).toBeVisible();
  await inBothThemes(page, info, 'pulls-elsewhere');
  await page.getByRole('button', { name: `Count pull requests of ${THEIRS}` }).click();
  await expect(page.getByText(`pull-requests-from: [${THEIRS}]`)).toBeVisible();
  expect(await faultsOf(page)).toEqual([]);
  await inBothThemes(page, info, 'pulls-elsewhere-line');
  await page.getByRole('button', { name: 'Update 1 item' }).click();
  await expect
    .poll(() => github.issue(REPO, master).body)
    .toBe(`- [x] Crash (closes #${issue})\r\n- [ ] Later`);

  // Whoever may change the rules counts it.
  github.putFile(REPO, '.github/masterlist.yml', `pull-requests-from: [${THEIRS}]\n`);
  await page.getByRole('button', { name: 'Sync now' }).click();
  await page.getByRole('button', { name: 'Update 1 item' }).click();
  await expect
    .poll(() => github.issue(REPO, master).body)
    .toBe(`- [x] Crash (closes #${issue}) (${THEIRS}#${pull})\r\n- [ ] Later`);
});

test('what maintainers switched off cannot be generated', async ({ github, maintainer }, info) => {
  const body = '- [ ] One\r\n- [ ] Two';
  const master = github.addIssue(REPO, { title: 'Plan', body, author: USER });
  github.putFile(REPO, '.github/masterlist.yml', 'generate: {allowed: off}\n');
  const page = await maintainer.openIssue(master);
  await openPanel(page);
  await page.getByRole('button', { name: 'Generate issues' }).click();
  await expect(page.getByText(`The maintainers of ${REPO} switched this off.`)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Create / }).first()).toBeDisabled();
  await inBothThemes(page, info, 'switched-off');
  github.updateRepo(REPO, { collaborators: { [USER]: 'triage' } });
  github.putFile(REPO, '.github/masterlist.yml', 'generate: {max: 5}\n');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Generate issues' }).click();
  await expect(page.getByText(`Only people with write access to ${REPO}`)).toBeVisible();
  await inBothThemes(page, info, 'needs-write');
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
