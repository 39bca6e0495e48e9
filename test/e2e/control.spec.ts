import { expect, FAST, REPO, test, USER } from './fixtures.ts';
import { bodyOf, create, openPanel, openPreview, untilDone } from './panel.ts';

test('a run can be paused, closed with its tab, and resumed', async ({ github, maintainer }) => {
  await maintainer.setPreferences({ timing: { ...FAST, gapMs: 150 } });
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(12), author: USER });
  let page = await maintainer.openIssue(master);
  await openPreview(page, '12 will be created');
  await create(page, 12, REPO);
  await expect.poll(() => github.issues(REPO).length).toBeGreaterThan(3);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('Paused.')).toBeVisible();
  await page.waitForTimeout(500);
  const made = github.issues(REPO).length;
  expect(made).toBeLessThan(12);
  await page.close();

  page = await maintainer.openIssue(master);
  await openPanel(page);
  await expect(page.getByText('Paused.')).toBeVisible();
  await page.waitForTimeout(500);
  expect(github.issues(REPO).length).toBe(made);
  await page.getByRole('button', { name: 'Resume' }).click();
  await untilDone(page, 12);
  expect(github.issues(REPO)).toHaveLength(13);
});

test('a stopped run says what stays, and links it', async ({ github, maintainer }) => {
  await maintainer.setPreferences({ timing: { ...FAST, gapMs: 150 } });
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(20), author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '20 will be created');
  await create(page, 20, REPO);
  await expect.poll(() => github.issues(REPO).length).toBeGreaterThan(4);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('button', { name: 'Stop this run' }).click();
  await expect(
    page.getByRole('heading', { name: /^Stopped: \d+ created issues stay, linked/ }),
  ).toBeVisible();
  const made = github.issues(REPO).filter((issue) => issue.number !== master);
  expect(made.length).toBeLessThan(20);
  const text = github.issue(REPO, master).body ?? '';
  for (const { number } of made) expect(text).toContain(`(closes #${number})`);
  expect(text).not.toContain('masterlist:claim');
});

test('undo closes the issues that nobody touched, restores the text, and lists the others', async ({
  github,
  maintainer,
}) => {
  github.addUser('hubot');
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(4), author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '4 will be created');
  await create(page, 4, REPO);
  await untilDone(page, 4);
  const [first, ...others] = github.issues(REPO).filter((issue) => issue.number !== master);
  github.addComment(REPO, first?.number ?? 0, 'I am on it.', 'hubot');

  await page.getByRole('button', { name: 'Undo this run' }).click();
  await page.getByRole('button', { name: 'Close 4 issues' }).click();
  await expect(
    page.getByRole('heading', { name: '3 issues closed, their links removed.' }),
  ).toBeVisible();
  expect(github.issue(REPO, first?.number ?? 0).state).toBe('open');
  for (const { number } of others) {
    const issue = github.issue(REPO, number);
    expect(issue).toMatchObject({ state: 'closed', stateReason: 'not_planned' });
    expect(issue.body).toContain('masterlist:undone');
  }
  const kept = ` (closes #${first?.number})`;
  expect(github.issue(REPO, master).body?.replace(kept, '')).toBe(bodyOf(4));
  await expect(page.getByText('Item number 1 of the plan').last()).toBeVisible();
});

test('a second click, in a second tab, continues the same run', async ({ github, maintainer }) => {
  await maintainer.setPreferences({ timing: { ...FAST, gapMs: 100 } });
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(6), author: USER });
  const one = await maintainer.openIssue(master);
  const two = await maintainer.openIssue(master);
  await openPreview(one, '6 will be created');
  await openPreview(two, '6 will be created');
  await create(one, 6, REPO);
  await create(two, 6, REPO);
  await untilDone(one, 6);
  await untilDone(two, 6);
  expect(github.issues(REPO)).toHaveLength(7);
});

test('two computers at once: one of them stops and says who was first', async ({
  github,
  maintainer,
  token,
}) => {
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(3), author: USER });
  github.addUser('hubot');
  const claim = `<!-- masterlist:claim by=hubot at=${new Date().toISOString()} run=01JD00000000000000000000AB -->`;
  expect(token).not.toBe('');
  const page = await maintainer.openIssue(master);
  await openPreview(page, '3 will be created');
  // The other computer's claim enters between the preview and our click.
  github.editIssue(REPO, master, { body: `${bodyOf(3)}\r\n\r\n${claim}` }, 'hubot');
  await create(page, 3, REPO);
  await expect(page.getByText(/hubot started creating issues for this checklist/)).toBeVisible();
  expect(github.issues(REPO)).toHaveLength(1);
  expect(github.issue(REPO, master).body).toContain(claim);
});

test('while the editor of the issue is open in a tab, its text is not written', async ({
  github,
  maintainer,
}) => {
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(3), author: USER });
  const editing = await maintainer.openIssue(master);
  const page = await maintainer.openIssue(master);
  await openPreview(page, '3 will be created');
  await editing.bringToFront();
  await editing.getByRole('button', { name: 'Issue body actions' }).click();
  await editing.getByRole('menuitem', { name: 'Edit' }).click();
  await page.bringToFront();
  await create(page, 3, REPO);
  await expect(page.getByText(/Waiting until the text is no longer being edited/)).toBeVisible();
  await page.waitForTimeout(500);
  expect(github.issue(REPO, master).body).toBe(bodyOf(3));
  await editing.getByRole('button', { name: 'Cancel' }).click();
  await untilDone(page, 3);
});

test('a row that GitHub refuses fails alone, says why, and can be tried again', async ({
  github,
  maintainer,
}) => {
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(3), author: USER });
  github.fault({
    method: 'POST',
    path: /\/issues$/,
    skip: 1,
    action: {
      status: 422,
      body: {
        message: 'Validation Failed',
        errors: [{ resource: 'Issue', field: 'title', code: 'custom', message: 'title is spam' }],
      },
    },
  });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '3 will be created');
  await create(page, 3, REPO);
  await expect(page.getByText(/GitHub refused: .*title is spam/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Dismiss' })).toBeVisible();
  expect(github.issues(REPO)).toHaveLength(3);
  await page.getByRole('button', { name: /^Retry/ }).click();
  await untilDone(page, 3);
  expect(github.issues(REPO)).toHaveLength(4);
});

test('items that a person renames or deletes meanwhile come back for review; the rest goes on', async ({
  github,
  maintainer,
}) => {
  await maintainer.setPreferences({ timing: { ...FAST, gapMs: 60, claimSettleMs: 1_500 } });
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(4), author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '4 will be created');
  await create(page, 4, REPO);
  await expect.poll(() => github.issue(REPO, master).body).toContain('masterlist:claim');
  const changed = (github.issue(REPO, master).body ?? '')
    .replace('- [ ] Item number 2 of the plan\r\n', '')
    .replace('Item number 3 of the plan', 'Item number 3, in other words');
  github.editIssue(REPO, master, { body: changed }, USER);
  await expect(page.getByRole('heading', { name: '2 items need attention' })).toBeVisible();
  await expect(page.getByText(/^2 items are no longer in the checklist, or /)).toBeVisible();
  await expect
    .poll(() => github.issues(REPO).map((issue) => issue.title))
    .toEqual(['Plan', 'Item number 1 of the plan', 'Item number 4 of the plan']);
  expect(github.issue(REPO, master).body).toContain('- [ ] Item number 3, in other words\r\n');
});
