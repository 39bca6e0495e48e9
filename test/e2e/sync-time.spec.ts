import type { LocalGitHub } from '../local-github/local-github.ts';
import { startLocalGitHub } from '../local-github/local-github.ts';
import { test as base, expect, FAST, type Maintainer, REPO, USER } from './fixtures.ts';
import { openPanel } from './panel.ts';

const DAY_MS = 24 * 60 * 60_000;

/** A GitHub whose clock tests can set: so the clock of this machine is wrong, or time goes by. */
const test = base.extend<{ readonly time: { aheadMs: number } }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the first argument destructured.
  time: async ({}, use) => use({ aheadMs: 0 }),
  github: async ({ time }, use) => {
    const github = await startLocalGitHub({ clock: () => Date.now() + time.aheadMs });
    await use(github);
    github.assertConforming();
    await github.close();
  },
});

for (const [name, aheadMs] of [
  ['a day slow', DAY_MS],
  ['a day fast', -DAY_MS],
] as const) {
  test(`a clock that is ${name} changes nothing of what is written`, async ({
    time,
    github,
    maintainer,
  }) => {
    time.aheadMs = aheadMs;
    const { master, issue } = await trackOne(github, maintainer);
    github.editIssue(REPO, issue, { state: 'closed' }, USER);
    await maintainer.poll();
    await expectText(github, master, `- [x] One (closes #${issue})`);
    // Whole seconds are all that GitHub tells.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    github.editIssue(REPO, issue, { state: 'open' }, USER);
    await maintainer.poll();
    await expectText(github, master, `- [ ] One (closes #${issue})`);
  });
}

test('a master that was closed for seven days is released, and the popup says so', async ({
  time,
  github,
  maintainer,
}) => {
  const { master } = await trackOne(github, maintainer);
  github.editIssue(REPO, master, { state: 'closed' }, USER);
  await maintainer.poll();
  const popup = await maintainer.context.newPage();
  await popup.goto(`chrome-extension://${maintainer.extensionId}/popup.html`);
  const row = popup.getByRole('listitem').filter({ hasText: `${REPO}#${master}` });
  await expect(row).toBeVisible();
  time.aheadMs = 8 * DAY_MS;
  await maintainer.poll();
  await expect(popup.getByText(/closed for seven days/).first()).toBeVisible();
  const page = await maintainer.openIssue(master);
  await openPanel(page);
  await expect(page.getByText('Not tracked in this browser')).toBeVisible();
});

test('what happened while the browser was off is caught up with when it starts', async ({
  github,
  maintainer,
}) => {
  // The last check is longer ago than this when the browser starts again.
  await maintainer.setPreferences({ timing: FAST, pollMinutes: 0.005 });
  const { master, issue } = await trackOne(github, maintainer);
  const starting = maintainer.restart();
  github.editIssue(REPO, issue, { state: 'closed' }, USER);
  await starting;
  await expectText(github, master, `- [x] One (closes #${issue})`);
});

test('GitHub that never answers: nothing is written, and the work goes on afterwards', async ({
  github,
  maintainer,
}) => {
  // Long enough for what answers on a busy machine.
  await maintainer.setPreferences({ timing: { ...FAST, requestTimeoutMs: 5_000 } });
  const { master, issue } = await trackOne(github, maintainer);
  github.editIssue(REPO, issue, { state: 'closed' }, USER);
  github.clearRequests();
  github.fault({ times: 2, action: { hang: 'before' } });
  await maintainer.poll();
  await expect.poll(() => github.requests.length).toBeGreaterThan(0);
  expect(github.issue(REPO, master).body).toBe(`- [ ] One (closes #${issue})`);
  github.clearFaults();
  const popup = await maintainer.context.newPage();
  await popup.goto(`chrome-extension://${maintainer.extensionId}/popup.html`);
  await popup.getByRole('button', { name: 'Refresh all now' }).click();
  await expectText(github, master, `- [x] One (closes #${issue})`);
});

test('a master that was moved to another repository is followed there', async ({
  github,
  maintainer,
}) => {
  const { master, issue } = await trackOne(github, maintainer);
  github.addRepo('octo-org/elsewhere', { collaborators: { [USER]: 'push' } });
  const moved = github.transferIssue(REPO, master, 'octo-org/elsewhere');
  github.editIssue(REPO, issue, { state: 'closed' }, USER);
  const before = github.issue('octo-org/elsewhere', moved).body;
  await maintainer.poll();
  const popup = await maintainer.context.newPage();
  await popup.goto(`chrome-extension://${maintainer.extensionId}/popup.html`);
  const row = popup.getByRole('listitem').filter({ hasText: `octo-org/elsewhere#${moved}` });
  await expect(row.first()).toBeVisible();
  // A bare number means another issue there: it is not taken for the old one.
  expect(github.issue('octo-org/elsewhere', moved).body).toBe(before);
});

test('several pull requests and a commit stand in the order of their merges', async ({
  github,
  maintainer,
}) => {
  const { master, issue } = await trackOne(github, maintainer);
  const merge = (text: string) => {
    const pull = github.addPull(REPO, { title: 'Work', body: text, author: USER });
    github.mergePull(REPO, pull, USER);
    return pull;
  };
  const first = merge(`Closes #${issue}`);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  github.editIssue(REPO, issue, { state: 'open' }, USER);
  const second = merge('Only a commit says what it closes.');
  github.closeByCommit(REPO, issue, { by: USER, pull: second });
  await maintainer.poll();
  await expectText(github, master, `- [x] One (closes #${issue}) (#${first}, #${second})`);
});

async function trackOne(github: LocalGitHub, maintainer: Maintainer) {
  const issue = github.addIssue(REPO, { title: 'One', author: USER });
  const body = `- [ ] One (closes #${issue})`;
  const master = github.addIssue(REPO, { title: 'Plan', body, author: USER });
  const page = await maintainer.openIssue(master);
  await openPanel(page);
  await page.getByRole('button', { name: 'Track', exact: true }).click();
  await expect(page.getByText(/Tracked in this browser/)).toBeVisible();
  await expect(page.getByText(/· refreshed/).first()).toBeVisible();
  await page.close();
  return { master, issue };
}

async function expectText(github: LocalGitHub, master: number, text: string): Promise<void> {
  await expect.poll(() => github.issue(REPO, master).body).toBe(text);
}
