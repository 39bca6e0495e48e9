import { expect, FAST, REPO, test, USER } from './fixtures.ts';
import { faultsOf } from './panel.ts';
import {
  choose,
  difference,
  drift,
  generate,
  heading,
  issueOf,
  lines,
  openReconcile,
  stateOf,
} from './reconcile.ts';

for (const theme of ['light', 'dark'] as const) {
  test(`what Reconcile shows is free of accessibility faults, ${theme}`, async ({
    github,
    maintainer,
  }, testInfo) => {
    const { tab, master } = await generate(github, maintainer, 12);
    drift(github, master);
    await tab.reload();
    await tab.evaluate(
      (mode) => document.documentElement.setAttribute('data-color-mode', mode),
      theme,
    );
    await openReconcile(tab);
    await choose(tab, /Ticked, but/, `Close #${issueOf(github, 'Check step 1')}`);
    await tab.getByText('How items are matched to issues').click();
    await tab.getByText('Earlier runs').click();
    await expect(tab.getByText(/^Generate: 12 issues/)).toBeVisible();
    expect(await faultsOf(tab)).toEqual([]);
    await tab.screenshot({ path: testInfo.outputPath(`differences-${theme}.png`), fullPage: true });
    await difference(tab, /GitHub does not show/)
      .getByRole('radio', { name: 'Link to…' })
      .check();
    await tab.getByRole('textbox', { name: /number|words/i }).fill('nothing of that name');
    await tab.getByRole('button', { name: 'Search' }).click();
    await expect(tab.getByText(/No issue/).first()).toBeVisible();
    expect(await faultsOf(tab)).toEqual([]);
    await tab.getByRole('button', { name: /^Apply \d+ changes/ }).click();
    await expect(heading(tab, /changes made/)).toBeVisible({ timeout: 30_000 });
    expect(await faultsOf(tab)).toEqual([]);
    await tab.setViewportSize({ width: 360, height: 800 });
    await tab.getByRole('button', { name: 'Dismiss' }).click();
    await openReconcile(tab);
    await tab.screenshot({ path: testInfo.outputPath(`narrow-${theme}.png`), fullPage: true });
    const width = await tab.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
  });
}

test('500 differences are shown and resolved in one write', async ({
  github,
  maintainer,
}, info) => {
  const issues = Array.from({ length: 500 }, (_, index) =>
    github.addIssue(REPO, { title: `Item ${index}`, author: USER }),
  );
  const body = (box: string) =>
    issues.map((number, index) => `- [${box}] Item ${index} (closes #${number})`).join('\r\n');
  const master = github.addIssue(REPO, { title: 'Plan', body: body(' '), author: USER });
  for (const issue of issues)
    github.editIssue(REPO, issue, { state: 'closed', stateReason: 'not_planned' }, USER);
  for (const issue of issues.slice(0, 400)) {
    github.editIssue(REPO, issue, { state: 'open' }, USER);
    github.editIssue(REPO, issue, { state: 'closed' }, USER);
  }
  const tab = await maintainer.openIssue(master);
  await openReconcile(tab);
  await expect(heading(tab, /^500 differences, 400 can be resolved safely/)).toBeVisible();
  await tab.screenshot({ path: info.outputPath('500.png') });
  github.clearRequests();
  await tab.getByRole('button', { name: 'Apply 400 changes' }).click();
  await expect(heading(tab, /^400 changes made/)).toBeVisible({ timeout: 60_000 });
  expect(lines(github, master).filter((line) => line.startsWith('- [x]'))).toHaveLength(400);
  expect(github.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
});

test('a change run continues where its worker was killed, and changes nothing twice', async ({
  github,
  maintainer,
}) => {
  const { tab, master } = await generate(github, maintainer, 4);
  await maintainer.setPreferences({ timing: { ...FAST, gapMs: 1_500 } });
  const issues = [1, 2, 3, 4].map((step) => issueOf(github, `Check step ${step}`));
  const ticked = (github.issue(REPO, master).body ?? '').replaceAll('- [ ]', '- [x]');
  github.editIssue(REPO, master, { body: ticked }, USER);
  await openReconcile(tab);
  for (const issue of issues)
    await difference(tab, new RegExp(`#${issue} is open`))
      .getByRole('radio', { name: `Close #${issue}` })
      .check();
  await tab.getByRole('button', { name: 'Apply 4 changes' }).click();
  await expect.poll(() => stateOf(github, issues[0])).toBe('closed completed');
  await maintainer.stopWorker();
  await maintainer.wake();
  await expect(heading(tab, /^4 changes made/)).toBeVisible({ timeout: 30_000 });
  for (const number of issues) {
    const { events } = github.issue(REPO, number);
    expect(events.filter(({ detail }) => detail.kind === 'closed')).toHaveLength(1);
    expect(stateOf(github, number)).toBe('closed completed');
  }
  expect(github.issue(REPO, master).body).toBe(ticked);
});

test('the issue of a lost link is created once, also when the worker dies before', async ({
  github,
  maintainer,
}) => {
  const { tab, master } = await generate(github, maintainer, 3);
  const lost = issueOf(github, 'Check step 2');
  github.deleteIssue(REPO, lost);
  await openReconcile(tab);
  await choose(tab, /GitHub does not show/, 'Create the issue');
  await tab.getByRole('button', { name: 'Apply 1 change' }).click();
  await expect.poll(() => lines(github, master)[1]).not.toContain(`#${lost}`);
  await maintainer.stopWorker();
  await maintainer.wake();
  await expect
    .poll(() => lines(github, master)[1], { timeout: 30_000 })
    .toMatch(/^- \[ \] Check step 2 \(closes #\d+\)$/);
  expect(github.issues(REPO).filter(({ title }) => title === 'Check step 2')).toHaveLength(1);
  // Where the worker died over the comment, GitHub does not say whether it has it: the user is asked about that alone.
  await expect(tab.getByText(/1 issue created/).first()).toBeVisible({ timeout: 30_000 });
});

test('of two issues with an item’s title one is chosen, or none', async ({
  github,
  maintainer,
}) => {
  const body = '- [ ] Parse all the dates\r\n- [ ] Print all the dates';
  github.addUser('hubot');
  const first = github.addIssue(REPO, { title: 'Parse all the dates', author: 'hubot' });
  const second = github.addIssue(REPO, { title: 'Parse all the dates', author: USER });
  const master = github.addIssue(REPO, { title: 'Plan', body, author: USER });
  for (const number of [first, second]) github.addComment(REPO, number, `Part of #${master}`, USER);
  const tab = await maintainer.openIssue(master);
  await openReconcile(tab);
  const row = difference(tab, /Links no issue, but/);
  await expect(row.getByText(/open · by hubot/)).toBeVisible();
  await row.getByRole('radio', { name: new RegExp(`^Link to #${second}`) }).check();
  await tab.getByRole('button', { name: 'Apply 1 change' }).click();
  await expect(heading(tab, /^1 change made/)).toBeVisible();
  expect(lines(github, master)[0]).toBe(`- [ ] Parse all the dates (closes #${second})`);
});
