import { expect, REPO, test, USER } from './fixtures.ts';
import { bodyOf, create, linkedBodyOf, openPanel, openPreview, untilDone } from './panel.ts';

test('a maintainer turns a checklist into linked issues; running it again finds nothing to do', async ({
  github,
  maintainer,
}) => {
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(3), author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '3 will be created');
  await create(page, 3, REPO);
  await untilDone(page, 3);

  const created = github.issues(REPO).filter((issue) => issue.number !== master);
  expect(created.map((issue) => issue.title)).toEqual([
    'Item number 1 of the plan',
    'Item number 2 of the plan',
    'Item number 3 of the plan',
  ]);
  expect(github.issue(REPO, master).body).toBe(linkedBodyOf(created.map((issue) => issue.number)));
  for (const issue of created) expect(issue.body).toContain(`Part of #${master}`);
  await expect(page.getByRole('link', { name: /^Issue #\d+, open$/ })).toHaveCount(3);

  github.clearRequests();
  await page.reload();
  await openPreview(page, 'Nothing to do, 3 skipped');
  expect(github.requests.filter((request) => request.mutation)).toEqual([]);
});

test('"Create the first one only" creates one issue and leaves the rest for later', async ({
  github,
  maintainer,
}) => {
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(3), author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '3 will be created');
  await page.getByRole('button', { name: 'Create the first one only' }).click();
  await untilDone(page, 1);
  expect(github.issues(REPO)).toHaveLength(2);
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByRole('button', { name: 'Generate issues' }).click();
  await expect(page.getByRole('heading', { name: '2 will be created, 1 skipped' })).toBeVisible();
});

test('titles keep what was typed, and a name that may be a team is one click away', async ({
  github,
  maintainer,
}) => {
  const body = [
    '## To migrate',
    '- [ ] @acme/core (@gina)',
    '- [ ] @octo-org/cli',
    '- [ ] @gina',
    '',
    '## Later',
    '- [ ] Replace <old name> with <new name> everywhere',
  ];
  const master = github.addIssue(REPO, { title: 'Plan', body: body.join('\r\n'), author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '2 will be created, 1 skipped, 1 needs your decision');
  await page.getByLabel('Create an issue for: @octo-org/cli').check();
  await create(page, 3, REPO);
  await untilDone(page, 3);
  const created = github.issues(REPO).filter((issue) => issue.number !== master);
  expect(created.map((issue) => issue.title)).toEqual([
    'To migrate: @acme/core',
    'To migrate: @octo-org/cli',
    'Replace <old name> with <new name> everywhere',
  ]);
  expect(created[0]?.body).toContain(`Section: To migrate\n\nPart of #${master}`);
});

test('rows can be unticked and titles edited before anything is created', async ({
  github,
  maintainer,
}) => {
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(3), author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '3 will be created');
  await page.getByLabel('Create an issue for: Item number 2 of the plan').uncheck();
  await page.getByLabel('Title of the issue for: Item number 3 of the plan').fill('Third, renamed');
  await create(page, 2, REPO);
  await untilDone(page, 2);
  const titles = github.issues(REPO).map((issue) => issue.title);
  expect(titles).toEqual(['Plan', 'Item number 1 of the plan', 'Third, renamed']);
});

test('labels and milestone are set, and made where they are missing', async ({
  github,
  maintainer,
}) => {
  github.addRepo('octo-org/planned', {
    collaborators: { [USER]: 'push' },
    milestones: ['2.0'],
  });
  const master = github.addIssue('octo-org/planned', {
    title: 'Plan',
    body: bodyOf(2),
    author: USER,
    milestone: '2.0',
  });
  const page = await maintainer.openIssue(master, 'octo-org/planned');
  await openPreview(page, '2 will be created');
  await page.locator('summary', { hasText: 'Options' }).click();
  await page.getByRole('button', { name: 'Add test-plan' }).click();
  await page.getByRole('button', { name: 'Update the preview' }).click();
  const confirm = page.getByRole('button', { name: 'Create 2 issues in octo-org/planned' });
  await expect(confirm).toBeEnabled();
  await confirm.click();
  await untilDone(page, 2);
  const created = github.issues('octo-org/planned').filter(({ number }) => number !== master);
  expect(created.map(({ labels }) => labels)).toEqual([['test-plan'], ['test-plan']]);
  expect(created.every(({ milestone }) => milestone === 1)).toBe(true);
});

test('the test plan: 57 created, none taken for linked, no title with a placeholder', async ({
  github,
  maintainer,
}) => {
  const body = await testPlan();
  const master = github.addIssue(REPO, { title: 'Automated test plan', body, author: USER });
  const page = await maintainer.openIssue(master);
  await expect(page.getByRole('button', { name: 'Masterlist: 57 items' })).toBeVisible();
  await openPreview(page, '57 will be created');
  await create(page, 57, REPO);
  await untilDone(page, 57, 60_000);
  const created = github.issues(REPO).filter((issue) => issue.number !== master);
  expect(created).toHaveLength(57);
  expect(created.filter((issue) => issue.title.includes('PR_NUMBER'))).toEqual([]);
  expect(new Set(created.map((issue) => issue.title)).size).toBe(57);
  const text = github.issue(REPO, master).body ?? '';
  for (const { number } of created) expect(text).toContain(`(closes #${number}) (#PR_NUMBER)`);
  expect(text.replace(/ \(closes #\d+\)(?= \(#PR_NUMBER\))/g, '')).toBe(body);
});

test('without a token a public issue can be previewed, and the panel leads to the options', async ({
  github,
  maintainer,
}) => {
  await maintainer.signOut();
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(3), author: USER });
  const page = await maintainer.openIssue(master);
  await openPanel(page);
  await expect(page.getByText('Not signed in.')).toBeVisible();
  await page.getByRole('button', { name: 'Generate issues' }).click();
  await expect(page.getByRole('heading', { name: '3 without an issue' })).toBeVisible();
  await expect(page.getByRole('button', { name: `Create 3 issues in ${REPO}` })).toBeDisabled();
  // An options tab that is open already would only be brought to the front.
  await maintainer.extensionPage.close();
  const opened = maintainer.context.waitForEvent('page');
  // The preview says it in place of the panel.
  await expect(page.getByText('Not signed in.')).toBeHidden();
  await page.getByRole('button', { name: 'Open the options' }).click();
  expect((await opened).url()).toContain('options.html');
});

async function testPlan(): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  return readFile(new URL('../fixtures/test-plan.md', import.meta.url), 'utf8');
}

test('an item whose text takes no link is linked in the hidden block, and is not created again', async ({
  github,
  maintainer,
}) => {
  const body = '- [ ] Press <kbd>Ctrl\r\n- [ ] Write docs\r\n';
  const master = github.addIssue(REPO, { title: 'Plan', body, author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '2 will be created');
  await expect(page.getByText('Linked in the hidden block', { exact: false })).toBeVisible();
  await create(page, 2, REPO);
  await untilDone(page, 2);
  const text = github.issue(REPO, master).body;
  expect(text).toContain('- [ ] Press <kbd>Ctrl\r\n- [ ] Write docs (closes #');
  expect(text).toMatch(/<!-- masterlist:map [\w.-]+=\d+ -->/);
  const made = github.issues(REPO).length;
  await page.reload();
  await openPreview(page, 'Nothing to do, 2 skipped');
  expect(github.issues(REPO)).toHaveLength(made);
});
