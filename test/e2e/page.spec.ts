import { expect, FAST, REPO, test, USER } from './fixtures.ts';
import { bodyOf, create, openPanel, openPreview, untilDone } from './panel.ts';

test('our button stands once: before and after hydration, re-render, edit and soft navigation', async ({
  github,
  maintainer,
}) => {
  github.configure({ hydrateDelayMs: 400 });
  const first = github.addIssue(REPO, { title: 'Plan', body: bodyOf(3), author: USER });
  const second = github.addIssue(REPO, {
    title: 'Other plan',
    body: `${bodyOf(2)}\r\n\r\nSee #${first}.`,
    author: USER,
  });
  const button = (name: string) => page.getByRole('button', { name });
  const page = await maintainer.openIssue(first);
  await expect(button('Masterlist: 3 items')).toHaveCount(1);
  await expect(page.locator('react-app.loaded')).toHaveCount(1);
  await expect(button('Masterlist: 3 items')).toHaveCount(1);

  github.editIssue(REPO, first, { body: bodyOf(4) }, USER);
  await expect(button('Masterlist: 4 items')).toHaveCount(1);

  github.editIssue(REPO, first, { body: `${bodyOf(4)}\r\n\r\nSee #${second}.` }, USER);
  await page
    .getByRole('link', { name: `#${second}` })
    .first()
    .click();
  await expect(button('Masterlist: 2 items')).toHaveCount(1);
  await expect(button('Masterlist: 4 items')).toHaveCount(0);
  await page.goBack();
  await expect(button('Masterlist: 4 items')).toHaveCount(1);
  await expect(button('Masterlist: 2 items')).toHaveCount(0);
  expect(
    await page.evaluate(() => (window as { __githubErrors?: unknown[] }).__githubErrors),
  ).toEqual([]);
});

test('our button belongs to plans, not to every report with an "I agree" box', async ({
  github,
  maintainer,
}) => {
  await maintainer.setPreferences({ timing: FAST, button: 'plans' });
  const form = 'body:\n  - type: checkboxes\n    options:\n';
  const labels = ['I agree', 'I looked', 'I tried it'];
  const options = labels.map((label) => `      - label: ${label}\n`).join('');
  github.putFile(REPO, '.github/ISSUE_TEMPLATE/bug.yml', form + options);
  const boxes = labels.map((label) => `- [ ] ${label}`).join('\r\n');
  const report = github.addIssue(REPO, { title: 'It breaks', body: boxes, author: USER });
  const plan = github.addIssue(REPO, { title: 'Plan', body: bodyOf(3), author: USER });
  const page = await maintainer.openIssue(plan);
  await expect(page.getByRole('button', { name: 'Masterlist: 3 items' })).toHaveCount(1);
  const asked = github.requests.length;
  const other = await maintainer.openIssue(report);
  await expect.poll(() => github.requests.length).toBeGreaterThan(asked);
  await other.waitForTimeout(1_000);
  await expect(other.getByRole('button', { name: /^Masterlist: / })).toHaveCount(0);
  await maintainer.setPreferences({ timing: FAST, button: 'all' });
  await other.reload();
  await expect(other.getByRole('button', { name: 'Masterlist: 3 items' })).toHaveCount(1);
});

test('a click after a soft navigation never acts on the issue that was there before', async ({
  github,
  maintainer,
}) => {
  const first = github.addIssue(REPO, { title: 'Plan', body: bodyOf(3), author: USER });
  const second = github.addIssue(REPO, { title: 'Other', body: bodyOf(2), author: USER });
  github.editIssue(REPO, first, { body: `${bodyOf(3)}\r\n\r\nSee #${second}.` }, USER);
  const page = await maintainer.openIssue(first);
  await openPreview(page, '3 will be created');
  const confirm = page.getByRole('button', { name: `Create 3 issues in ${REPO}` });
  const box = await confirm.boundingBox();
  // URL first, DOM later: the click falls on the old preview while the address is the new one's.
  await page.evaluate((url) => history.pushState({}, '', url), `/${REPO}/issues/${second}`);
  await page.mouse.click((box?.x ?? 0) + 10, (box?.y ?? 0) + 10);
  await page.waitForTimeout(500);
  expect(github.issues(REPO)).toHaveLength(2);
  expect(github.issue(REPO, second).body).toBe(bodyOf(2));
});

test('clicks that a script made are ignored', async ({ github, maintainer }) => {
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(3), author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '3 will be created');
  await page.getByRole('button', { name: /^Create 3 issues/ }).evaluate((button) => {
    (button as HTMLElement).click();
    button.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
  });
  await page.waitForTimeout(500);
  expect(github.issues(REPO)).toHaveLength(1);
});

test('nothing of ours stands on other pages, and nothing is asked', async ({
  github,
  maintainer,
}) => {
  const plain = github.addIssue(REPO, { title: 'No list', body: 'Just words.', author: USER });
  github.addComment(REPO, plain, '- [ ] a task in a comment', USER);
  const pull = github.addPull(REPO, { title: 'Change', body: '- [ ] a task', author: USER });
  github.clearRequests();
  for (const path of [`issues/${plain}`, `pull/${pull}`, 'issues']) {
    const page = await maintainer.context.newPage();
    await page.goto(`https://github.com/${REPO}/${path}`);
    await page.waitForTimeout(400);
    await expect(page.getByRole('button', { name: /^Masterlist/ })).toHaveCount(0);
    await page.close();
  }
  expect(github.requests.filter(({ host }) => host.startsWith('api.'))).toEqual([]);
});

test('each page loads only the code that it needs, also after a soft navigation', async ({
  github,
  maintainer,
}) => {
  const plan = github.addIssue(REPO, { title: 'Plan', body: bodyOf(3), author: USER });
  const body = `Just words, see #${plan}.`;
  const plain = github.addIssue(REPO, { title: 'No list', body, author: USER });
  const page = await maintainer.context.newPage();
  const session = await maintainer.context.newCDPSession(page);
  const loaded = new Set<string>();
  session.on('Debugger.scriptParsed', ({ url }) => {
    // One script is the tests' own.
    const { protocol, pathname } = new URL(url || 'about:blank');
    if (protocol === 'chrome-extension:' && pathname !== '/open-roots.js') loaded.add(pathname);
  });
  await session.send('Debugger.enable');
  await page.goto(`https://github.com/${REPO}/issues/${plain}`);
  await expect.poll(() => [...loaded]).toEqual(['/content-scripts/github.js']);
  await page.waitForTimeout(500);
  expect([...loaded]).toEqual(['/content-scripts/github.js']);
  await page
    .getByRole('link', { name: `#${plan}` })
    .first()
    .click();
  await expect(page.getByRole('button', { name: 'Masterlist: 3 items' })).toHaveCount(1);
  expect([...loaded]).toEqual(['/content-scripts/github.js', '/issue-page.js']);
  await openPanel(page);
  expect([...loaded]).toContain('/checklist-panel.js');
});

test('the whole job by keyboard alone', async ({ github, maintainer }) => {
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(2), author: USER });
  const page = await maintainer.openIssue(master);
  await page.getByRole('button', { name: 'Masterlist: 2 items' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Generate issues' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '2 will be created' })).toBeVisible();
  const confirm = page.getByRole('button', { name: `Create 2 issues in ${REPO}` });
  for (let tabs = 0; tabs < 40; tabs++) {
    if (await confirm.evaluate((button) => button.matches(':focus'))) break;
    await page.keyboard.press('Tab');
  }
  await expect(confirm).toBeEnabled();
  await page.keyboard.press('Enter');
  await untilDone(page, 2);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /^Masterlist: / })).toBeFocused();
});

test('what the page shows follows the run without a reload', async ({ github, maintainer }) => {
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(3), author: USER });
  const watching = await maintainer.openIssue(master);
  await openPanel(watching);
  const page = await maintainer.openIssue(master);
  await openPreview(page, '3 will be created');
  await create(page, 3, REPO);
  await untilDone(page, 3);
  await watching.bringToFront();
  await untilDone(watching, 3);
  await expect(watching.getByRole('link', { name: /^Issue #\d+, open$/ })).toHaveCount(3);
});
