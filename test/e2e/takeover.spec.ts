import type { Page, TestInfo } from '@playwright/test';
import type { LocalGitHub } from '../local-github/local-github.ts';
import { COLLEAGUE, expect, FAST, REPO, test, USER } from './fixtures.ts';
import { bodyOf, create, openPanel, openPreview, untilDone } from './panel.ts';

const THEIR_RUN = '01JD00000000000000000000AB';

test('after Dismiss on a run whose record was lost, Generate starts', async ({
  github,
  maintainer,
  token,
}) => {
  await maintainer.setPreferences({ timing: { ...FAST, gapMs: 150, recoverAfterMs: 3_000 } });
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(8), author: USER });
  let page = await maintainer.openIssue(master);
  await openPreview(page, '8 will be created');
  await create(page, 8, REPO);
  await expect.poll(() => github.issues(REPO).length).toBeGreaterThan(3);
  await maintainer.restart({ losingDatabase: true });
  const made = github.issues(REPO).length - 1;
  expect(made).toBeLessThan(8);
  expect(github.issue(REPO, master).body).toContain('masterlist:claim');
  await maintainer.signIn(token);

  page = await maintainer.openIssue(master);
  await openPanel(page);
  await expect(page.getByText(/The record of this run was lost/)).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByRole('button', { name: 'Generate issues' }).click();
  const head = `${8 - made} will be created, ${made} will be linked`;
  await expect(page.getByRole('heading', { name: head })).toBeVisible();
  await page.getByRole('button', { name: /^Create \d+ issues? in/ }).click();
  await expect.poll(() => github.issue(REPO, master).body).not.toContain('masterlist:claim');
  expectEachOnce(github, master, 8);
});

test("a colleague's run is waited for, and taken over by click once nothing has followed it", async ({
  github,
  maintainer,
  token,
}, info) => {
  expect(token).not.toBe('');
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(3), author: USER });
  github.addUser(COLLEAGUE);
  const at = new Date().toISOString();
  const claim = `<!-- masterlist:claim by=${COLLEAGUE} at=${at} run=${THEIR_RUN} -->`;
  github.editIssue(REPO, master, { body: `${bodyOf(3)}\r\n${claim}` }, COLLEAGUE);
  const page = await maintainer.openIssue(master);
  await openPreview(page, '3 without an issue');
  await expect(page.getByText(/you can take it over in about 2 h/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Create 3 issues/ })).toBeDisabled();
  await picture(page, info, 'waits');
  await page.getByRole('button', { name: 'Cancel' }).click();

  // Two hours pass.
  await maintainer.setPreferences({ timing: { ...FAST, takeOverOtherMs: 500 } });
  await page.getByRole('button', { name: 'Generate issues' }).click();
  await expect(page.getByText(`First ask ${COLLEAGUE}; then take over`)).toBeVisible();
  await picture(page, info, 'silent');
  await page.getByRole('button', { name: 'Take over' }).click();
  await expect(page.getByText(`the run that ${COLLEAGUE} started`)).toBeVisible();
  await picture(page, info, 'takes-over');
  await create(page, 3, REPO);
  await untilDone(page, 3);
  expectEachOnce(github, master, 3);
  expect(github.issue(REPO, master).body).not.toContain('masterlist:claim');
});

test('a run that was taken over while it was paused creates nothing more, and says by whom', async ({
  github,
  maintainer,
  colleague,
}, info) => {
  // Both wait as long: whether a claim was silent for long enough is judged by every machine alike.
  const waits = { ...FAST, takeOverOtherMs: 500 };
  await maintainer.setPreferences({ timing: { ...waits, gapMs: 1_000, claimSilentMs: 500 } });
  await colleague.setPreferences({ timing: waits });
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(8), author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '8 will be created');
  await create(page, 8, REPO);
  await expect.poll(() => github.issues(REPO).length).toBeGreaterThan(2);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('Paused.')).toBeVisible();
  const made = github.issues(REPO).length - 1;
  expect(made).toBeLessThan(8);

  const theirs = await colleague.openIssue(master);
  await openPanel(theirs);
  await theirs.getByRole('button', { name: 'Generate issues' }).click();
  await theirs.getByRole('button', { name: 'Take over' }).click();
  await expect(theirs.getByText(`the run that ${USER} started`)).toBeVisible();
  await theirs.getByRole('button', { name: /^Create \d+ issues? in/ }).click();
  await expect.poll(() => github.issues(REPO).length).toBe(9);

  await page.bringToFront();
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByText(/took this run over in another browser/)).toBeVisible();
  await expect(page.getByText(/needs? attention/)).toBeHidden();
  await picture(page, info, 'taken-over');
  await expect.poll(() => github.issue(REPO, master).body).not.toContain('masterlist:claim');
  expectEachOnce(github, master, 8);
});

async function picture(page: Page, info: TestInfo, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: info.outputPath(`${name}-${colorScheme}.png`), fullPage: true });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

function expectEachOnce(github: LocalGitHub, master: number, count: number): void {
  const made = github.issues(REPO).filter(({ number }) => number !== master);
  expect(new Set(made.map(({ title }) => title)).size).toBe(count);
  expect(made).toHaveLength(count);
}
