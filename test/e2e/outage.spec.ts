import type { Page, TestInfo } from '@playwright/test';
import type { LocalGitHub } from '../local-github/local-github.ts';
import { expect, FAST, REPO, test, USER } from './fixtures.ts';
import { bodyOf, create, faultsOf, linkedBodyOf, openPreview, untilDone } from './panel.ts';

test('a GitHub that answers nothing gets a handful of requests, and the run continues by itself', async ({
  github,
  maintainer,
}, info) => {
  await maintainer.setPreferences({
    timing: { ...FAST, lookUpAfterMs: [300, 2_000, 4_000, 6_000] },
  });
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(12), author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '12 will be created');
  await create(page, 12, REPO);
  await expect.poll(() => made(github)).toBeGreaterThan(3);
  github.fault({
    path: API,
    times: 1_000,
    action: { status: 502, body: { message: 'Bad Gateway' } },
  });
  const before = sent(github);
  await expect(page.getByText(/GitHub is not answering/)).toBeVisible();
  await picture(page, info, 'not-answering');
  await page.waitForTimeout(3_500);
  // The creation, the read after it, and a try after 2 s; one more where the first request was a read.
  expect(sent(github) - before).toBeLessThanOrEqual(4);
  github.clearFaults();
  // One creation, or its comment, may be lost: it is looked up, and asked about.
  await expect.poll(() => made(github)).toBeGreaterThanOrEqual(11);
  const again = page.getByRole('button', { name: /^(Create it again|Retry): / });
  const done = page.getByRole('heading', { name: /^Done: 12 issues/ });
  await expect(again.or(done)).toBeVisible();
  if (await again.isVisible()) await again.click();
  await untilDone(page, 12);
  expectLinked(github, master, 12);
});

test('issues that stay unknown are one question; “Create all” asks for one list and creates what it lacks', async ({
  github,
  maintainer,
}, info) => {
  await maintainer.setPreferences({ timing: { ...FAST, lookUpAfterMs: [100, 200, 300, 400] } });
  github.configure({ listLagMs: 3_600_000 });
  const failed = { status: 502, body: { message: 'Bad Gateway' } };
  const creations = { method: 'POST', path: /\/issues$/ } as const;
  // Three are never made, one is made all the same; no list shows it for an hour.
  github.fault([
    { ...creations, skip: 1, times: 3, action: failed },
    { ...creations, skip: 1, times: 1, action: { ...failed, workDone: true } },
  ]);
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(6), author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '6 will be created');
  await create(page, 6, REPO);
  await expect(page.getByText('GitHub did not show 4 issues for ten minutes.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Dismiss' })).toBeVisible();
  await picture(page, info, 'question');
  expect(await faultsOf(page)).toEqual([]);
  await page.getByText('4 items', { exact: true }).click();
  await expect(page.getByRole('button', { name: /^Create it again/ })).toHaveCount(4);
  await picture(page, info, 'question-open');

  await page.getByRole('button', { name: 'Look again', exact: true }).click();
  await expect.poll(() => lists(github)).toBeGreaterThan(0);
  await expect(page.getByRole('button', { name: 'Create all 4' })).toBeEnabled();
  expect(made(github)).toBe(3);

  github.configure({ listLagMs: 0 });
  github.clearRequests();
  await page.getByRole('button', { name: 'Create all 4' }).click();
  await untilDone(page, 6);
  expect(lists(github)).toBe(1);
  expect(github.requests.filter(({ operation }) => operation === 'issues/create')).toHaveLength(3);
  expectLinked(github, master, 6);
});

test('an outage is tried at once when the run is stopped', async ({ github, maintainer }) => {
  await maintainer.setPreferences({ timing: { ...FAST, lookUpAfterMs: [300, 60_000] } });
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(12), author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '12 will be created');
  await create(page, 12, REPO);
  await expect.poll(() => made(github)).toBeGreaterThan(3);
  github.fault({
    path: API,
    times: 1_000,
    action: { status: 502, body: { message: 'Bad Gateway' } },
  });
  await expect(page.getByText(/GitHub is not answering; next try/)).toBeVisible();
  github.clearFaults();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('button', { name: 'Stop this run' }).click();
  await expect(page.getByRole('heading', { name: /^Stopped/ })).toBeVisible({ timeout: 15_000 });
  await expect.poll(() => github.issue(REPO, master).body).not.toContain('masterlist:claim');
});

const API = /^\/(repos|graphql|user)\b/;

function made(github: LocalGitHub): number {
  return github.issues(REPO).length - 1;
}

function sent(github: LocalGitHub): number {
  return github.requests.filter(({ operation }) => operation !== 'page').length;
}

function lists(github: LocalGitHub): number {
  return github.requests.filter(({ operation }) => operation === 'issues/list-for-repo').length;
}

function expectLinked(github: LocalGitHub, master: number, count: number): void {
  const issues = github.issues(REPO).filter(({ number }) => number !== master);
  const orderOf = (title: string) => Number(title.match(/\d+/)?.[0]);
  const inOrder = issues.toSorted((a, b) => orderOf(a.title) - orderOf(b.title));
  expect(inOrder).toHaveLength(count);
  expect(github.issue(REPO, master).body).toBe(linkedBodyOf(inOrder.map(({ number }) => number)));
}

async function picture(page: Page, info: TestInfo, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: info.outputPath(`${name}-${colorScheme}.png`) });
  }
}
