import { expect, REPO, test, USER } from './fixtures.ts';
import { openPanel } from './panel.ts';
import {
  choose,
  difference,
  drift,
  focusByTab,
  generate,
  heading,
  issueOf,
  lines,
  OTHER,
  openReconcile,
  snapshot,
  stateOf,
} from './reconcile.ts';

test('ten kinds of differences are resolved by clicks, undone, and stay undone', async ({
  github,
  maintainer,
}) => {
  const page = await generate(github, maintainer, 12);
  const { master, issues, double, pull, moved } = drift(github, page.master);
  const before = snapshot(github);
  await page.tab.reload();
  await openReconcile(page.tab);
  await expect(heading(page.tab, /^10 differences/)).toBeVisible();

  await choose(page.tab, /Ticked, but/, `Close #${issues[1]}`);
  await choose(page.tab, /closed as not planned/, 'Tick this box');
  await choose(page.tab, /is not merged yet/, `Remove #${pull}`);
  await choose(page.tab, /GitHub does not show/, 'Remove the link');
  // The transferred one is safe: it is chosen already.
  await expect(
    difference(page.tab, /was transferred/).getByRole('radio', { name: /^Link to/ }),
  ).toBeChecked();
  // And so is the one whose link was lost but whose marker is there.
  await expect(
    difference(page.tab, /was created for it/).getByRole('radio', { name: /^Link to/ }),
  ).toBeChecked();
  await choose(page.tab, /was retitled to/, 'Rename the item');
  await choose(page.tab, /not in the checklist any more/, `Close #${issues[8]}`);
  await choose(page.tab, /The item was renamed/, `Retitle #${issues[9]}`);
  await choose(page.tab, /created for this item too/, 'Close the double');
  await page.tab.getByRole('button', { name: 'Apply 10 changes' }).click();
  await expect(heading(page.tab, /^10 changes made/)).toBeVisible({ timeout: 30_000 });

  expect(lines(github, master)).toEqual([
    `- [x] Check step 1 (closes #${issues[1]})`,
    `- [x] Check step 2 (closes #${issues[2]})`,
    `- [ ] Check step 3 (closes #${issues[3]})`,
    '- [ ] Check step 4',
    `- [ ] Check step 5 (closes ${OTHER}#${moved})`,
    `- [ ] Check step 6 (closes #${issues[6]})`,
    `- [ ] Seventh step, said better (closes #${issues[7]})`,
    `- [ ] The ninth step (closes #${issues[9]})`,
    `- [ ] Check step 10 (closes #${issues[10]})`,
    `- [ ] Check step 11 (closes #${issues[11]})`,
    `- [ ] Check step 12 (closes #${issues[12]})`,
  ]);
  expect(stateOf(github, issues[1])).toBe('closed completed');
  expect(stateOf(github, issues[8])).toBe('closed not_planned');
  expect(stateOf(github, double)).toBe('closed duplicate');
  expect(github.issue(REPO, issues[9] ?? 0).title).toBe('The ninth step');

  await page.tab.getByRole('button', { name: 'Dismiss' }).click();
  await openReconcile(page.tab);
  await expect(heading(page.tab, /^No differences/)).toBeVisible();

  await page.tab.getByText('Earlier runs').click();
  const run = page.tab
    .getByRole('listitem')
    .filter({ hasText: /^Reconcile/ })
    .first();
  await run.getByRole('button', { name: /^Undo/ }).click();
  await run
    .getByRole('button', { name: /^(Untick|Tick|Reopen|Close|Undo|Put)/ })
    .last()
    .click();
  await expect(heading(page.tab, /^Reverted/)).toBeVisible({ timeout: 30_000 });
  expect(snapshot(github)).toEqual(before);

  await page.tab.getByRole('button', { name: 'Dismiss' }).click();
  await page.tab.getByRole('button', { name: 'Sync now' }).click();
  await expect(heading(page.tab, /Nothing to update|up to date/)).toBeVisible();
  await maintainer.poll();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(snapshot(github)).toEqual(before);
});

test('what is chosen is shown on both sides, and nothing is written before Apply', async ({
  github,
  maintainer,
}) => {
  const page = await generate(github, maintainer, 3);
  const issue = issueOf(github, 'Check step 2');
  github.editIssue(REPO, issue, { state: 'closed', stateReason: 'not_planned' }, USER);
  const before = snapshot(github);
  await openReconcile(page.tab);
  const row = difference(page.tab, /closed as not planned/);
  await expect(row.getByText('Check step 2', { exact: false }).first()).toBeVisible();
  await row.getByRole('radio', { name: 'Tick this box' }).check();
  await expect(row.getByText(`- [x] Check step 2 (closes #${issue})`)).toBeVisible();
  await row.getByRole('radio', { name: `Reopen #${issue}` }).check();
  await expect(row.getByText(`#${issue} closed as not planned`)).toBeVisible();
  expect(snapshot(github)).toEqual(before);
  await page.tab.getByRole('button', { name: 'Apply 1 change' }).click();
  await expect(heading(page.tab, /^1 change made/)).toBeVisible();
  expect(stateOf(github, issue)).toBe('open reopened');
});

test('what is left as it is is not shown again, until somebody wants to see it', async ({
  github,
  maintainer,
}) => {
  const page = await generate(github, maintainer, 2);
  github.editIssue(
    REPO,
    issueOf(github, 'Check step 1'),
    { state: 'closed', stateReason: 'not_planned' },
    USER,
  );
  await openReconcile(page.tab);
  await choose(page.tab, /closed as not planned/, "Leave as is, don't show again");
  await page.tab.getByRole('button', { name: 'Apply 1 change' }).click();
  await expect(page.tab.getByText(/1 is not shown again/)).toBeVisible();
  await openReconcile(page.tab);
  await expect(heading(page.tab, /^No differences/)).toBeVisible();
  await page.tab.getByText('Left as is').click();
  await page.tab.getByRole('button', { name: /^Restore: / }).click();
  await openReconcile(page.tab);
  await expect(heading(page.tab, /^1 difference/)).toBeVisible();
});

test('the nightly alarm resolves what is safe and tells what is left', async ({
  github,
  maintainer,
}) => {
  const page = await generate(github, maintainer, 4);
  await page.tab.close();
  const [first = 0, second = 0, third = 0] = ['Check step 1', 'Check step 2', 'Check step 3'].map(
    (title) => issueOf(github, title),
  );
  const pull = github.addPull(REPO, { title: 'Work', body: `Closes #${first}`, author: USER });
  github.mergePull(REPO, pull, USER);
  github.addRepo(OTHER, { collaborators: { [USER]: 'push' } });
  const moved = github.transferIssue(REPO, second, OTHER);
  github.editIssue(REPO, third, { state: 'closed', stateReason: 'not_planned' }, USER);
  await maintainer.nightly();
  await expect
    .poll(() => lines(github, page.master), { timeout: 20_000 })
    .toEqual([
      `- [x] Check step 1 (closes #${first}) (#${pull})`,
      `- [ ] Check step 2 (closes ${OTHER}#${moved})`,
      `- [ ] Check step 3 (closes #${third})`,
      `- [ ] Check step 4 (closes #${issueOf(github, 'Check step 4')})`,
    ]);
  await expect.poll(async () => (await maintainer.toolbar()).badge).toBe('1');
  const tab = await maintainer.openIssue(page.master);
  await openPanel(tab);
  await expect(tab.getByText(/1 difference at the last search/)).toBeVisible();
  await tab.getByRole('button', { name: 'Show' }).click();
  await choose(tab, /closed as not planned/, 'Tick this box');
  await tab.getByRole('button', { name: 'Apply 1 change' }).click();
  await expect(heading(tab, /^1 change made/)).toBeVisible();
  // The notice goes by itself when it is resolved.
  await expect.poll(async () => (await maintainer.toolbar()).badge).toBe('');
});

test('by keyboard alone: find, choose, apply', async ({ github, maintainer }) => {
  const { tab, master } = await generate(github, maintainer, 2);
  const issue = issueOf(github, 'Check step 1');
  github.editIssue(REPO, issue, { state: 'closed', stateReason: 'not_planned' }, USER);
  await openPanel(tab);
  await focusByTab(tab, 'Reconcile');
  await tab.keyboard.press('Enter');
  await expect(heading(tab, /^1 difference/)).toBeVisible();
  await focusByTab(tab, 'Tick this box');
  await tab.keyboard.press('Space');
  await expect(tab.getByRole('radio', { name: 'Tick this box' })).toBeChecked();
  await focusByTab(tab, 'Apply 1 change');
  await tab.keyboard.press('Enter');
  await expect(heading(tab, /^1 change made/)).toBeVisible();
  expect(lines(github, master)[0]).toBe(`- [x] Check step 1 (closes #${issue})`);
});

test('an item gets another issue by hand, and is plain again', async ({ github, maintainer }) => {
  const { tab, master } = await generate(github, maintainer, 2);
  const [first, second] = [issueOf(github, 'Check step 1'), issueOf(github, 'Check step 2')];
  const other = github.addIssue(REPO, { title: 'Parse dates twice', author: USER });
  await openReconcile(tab);
  await tab.getByText('How items are matched to issues').click();
  const row = tab.getByRole('row', { name: /Check step 1/ });
  await row.getByRole('button', { name: /^Change/ }).click();
  await tab.getByRole('textbox', { name: /number|words/i }).fill('parse dates');
  await tab.getByRole('button', { name: 'Search' }).click();
  await tab.getByRole('radio', { name: /Parse dates twice/ }).check();
  await tab.getByRole('button', { name: `Link to #${other}` }).click();
  await expect(heading(tab, /^1 change made/)).toBeVisible();
  expect(lines(github, master)[0]).toBe(`- [ ] Check step 1 (closes #${other})`);
  expect(stateOf(github, first)).toBe('open');
  await tab.getByRole('button', { name: 'Dismiss' }).click();

  await openReconcile(tab);
  await tab.getByText('How items are matched to issues').click();
  await tab.getByRole('checkbox', { name: /^Unlink: Check step 2/ }).check();
  await tab.getByRole('button', { name: /^Unlink 1 item/ }).click();
  await tab.getByRole('button', { name: /^Close 1 issue/ }).click();
  await expect(heading(tab, /^1 item unlinked/)).toBeVisible();
  expect(lines(github, master)[1]).toBe('- [ ] Check step 2');
  expect(stateOf(github, second)).toBe('closed not_planned');
});

test('no trace is left when somebody wants that, and every other byte is', async ({
  github,
  maintainer,
}) => {
  const { tab, master } = await generate(github, maintainer, 2);
  const issue = issueOf(github, 'Check step 1');
  const text = github.issue(REPO, issue).body ?? '';
  const marker = /\r?\n?<!-- masterlist:v2 [^\n]* -->/;
  expect(text).toMatch(marker);
  const plan = github.issue(REPO, master).body;
  await openReconcile(tab);
  await tab.getByText('Earlier runs').click();
  await tab.getByRole('button', { name: /^Remove Masterlist's traces/ }).click();
  await tab
    .getByRole('button', { name: /^Remove/ })
    .last()
    .click();
  await expect(heading(tab, /traces are removed/)).toBeVisible();
  expect(github.issue(REPO, issue).body).toBe(text.replace(marker, ''));
  expect(github.issue(REPO, master).body).toBe(plan);
  expect(github.comments(REPO, issue)).toEqual([]);
});

test('an issue that somebody touched is listed for a decision', async ({ github, maintainer }) => {
  const { tab, master } = await generate(github, maintainer, 3);
  github.addUser('hubot');
  github.addComment(REPO, issueOf(github, 'Check step 2'), 'I am on it', 'hubot');
  await openPanel(tab);
  await tab.getByText('Earlier runs').click();
  const run = tab
    .getByRole('listitem')
    .filter({ hasText: /^Generate/ })
    .first();
  await run.getByRole('button', { name: /^Undo/ }).click();
  await run.getByRole('button', { name: /^Close 3 issues/ }).click();
  await expect(tab.getByText(/Somebody has (touched|changed|worked)|was touched/)).toBeVisible();
  expect(lines(github, master)[1]).toMatch(/closes #/);
  await tab.getByRole('button', { name: 'Close it anyway' }).click();
  await expect(heading(tab, /3 issues closed, their links removed/)).toBeVisible({
    timeout: 30_000,
  });
  expect(lines(github, master)).toEqual([
    '- [ ] Check step 1',
    '- [ ] Check step 2',
    '- [ ] Check step 3',
  ]);
});

test('another browser undoes a generation by the markers of its issues', async ({
  github,
  maintainer,
  colleague,
}) => {
  const { master } = await generate(github, maintainer, 3);
  const tab = await colleague.openIssue(master);
  await openReconcile(tab);
  await tab.getByText('Earlier runs').click();
  await tab.getByRole('button', { name: /other browsers/ }).click();
  const run = tab
    .getByRole('listitem')
    .filter({ hasText: /^Generate/ })
    .first();
  await run.getByRole('button', { name: /^Undo/ }).click();
  await run.getByRole('button', { name: /^Close 3 issues/ }).click();
  await expect(heading(tab, /3 issues closed, their links removed/)).toBeVisible({
    timeout: 30_000,
  });
  expect(lines(github, master)).toEqual([
    '- [ ] Check step 1',
    '- [ ] Check step 2',
    '- [ ] Check step 3',
  ]);
});
