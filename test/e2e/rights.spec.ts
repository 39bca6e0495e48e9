import type { Page, TestInfo } from '@playwright/test';
import type { LocalGitHub } from '../local-github/local-github.ts';
import { COLLEAGUE, expect, FAST, type Maintainer, REPO, test, USER } from './fixtures.ts';
import { bodyOf, create, faultsOf, linkedBodyOf, openPreview, untilDone } from './panel.ts';

/** What takes the right away, and gives it back. */
interface Right {
  readonly name: string;
  readonly sentence: RegExp;
  take(github: LocalGitHub, master: number): void;
  give(github: LocalGitHub, master: number): void;
}

const RIGHTS: readonly Right[] = [
  {
    name: 'the role',
    sentence: /You cannot edit this issue, so links cannot be written/,
    take: (github) => github.removeCollaborator(REPO, USER),
    give: (github) => github.updateRepo(REPO, { collaborators: { [USER]: 'push' } }),
  },
  {
    name: 'an unlocked issue',
    sentence: /This issue is locked/,
    take: (github, master) => {
      github.editIssue(REPO, master, { locked: true }, COLLEAGUE);
      github.updateRepo(REPO, { collaborators: { [USER]: 'triage' } });
    },
    give: (github, master) => {
      github.editIssue(REPO, master, { locked: false }, COLLEAGUE);
      github.updateRepo(REPO, { collaborators: { [USER]: 'push' } });
    },
  },
  {
    name: 'a repository that takes changes',
    sentence: /is archived, so nothing can be written/,
    take: (github) => github.updateRepo(REPO, { archived: true }),
    give: (github) => github.updateRepo(REPO, { archived: false }),
  },
];

for (const { name, sentence, take, give } of RIGHTS) {
  test(`${name}, taken away in the middle of a run, stops it until it is back`, async ({
    github,
    maintainer,
  }, info) => {
    const { page, master } = await startRun(github, maintainer);
    take(github, master);
    await expect(page.getByText(sentence)).toBeVisible();
    await expect(page.getByText(/Waiting until the links can be written again/)).toBeVisible();
    const waiting = made(github);
    expect(waiting).toBeLessThan(12);
    await picture(page, info, 'waiting');
    expect(await faultsOf(page)).toEqual([]);
    await page.waitForTimeout(1_500);
    expect(made(github)).toBe(waiting);
    give(github, master);
    await untilDone(page, 12);
    expectLinked(github, master);
  });
}

test('a right that is given back is used at once on “Retry”', async ({ github, maintainer }) => {
  const { page, master } = await startRun(github, maintainer, [150, 300, 600, 600_000]);
  github.updateRepo(REPO, { archived: true });
  await expect(
    page.getByText(/Waiting until the links can be written again; next try/),
  ).toBeVisible();
  github.updateRepo(REPO, { archived: false });
  await page.getByRole('button', { name: 'Retry' }).click();
  await untilDone(page, 12);
  expectLinked(github, master);
});

test('a checklist that is moved stops the run, which says what to do before it is started again', async ({
  github,
  maintainer,
}, info) => {
  github.addRepo('octo-org/elsewhere', { collaborators: { [USER]: 'push' } });
  const { page, master } = await startRun(github, maintainer);
  const number = github.transferIssue(REPO, master, 'octo-org/elsewhere');
  await expect(
    page.getByText(`This issue was moved to octo-org/elsewhere#${number}.`),
  ).toBeVisible();
  await expect(page.getByText(/Stop this run and undo it/)).toBeVisible();
  await picture(page, info, 'moved');
  expect(made(github)).toBeLessThan(12);
});

test('a checklist that becomes a discussion ends the run', async ({ github, maintainer }, info) => {
  const { page, master } = await startRun(github, maintainer);
  github.convertToDiscussion(REPO, master);
  await expect(page.getByText(/deleted or turned into a discussion/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Undo this run' })).toBeVisible();
  await picture(page, info, 'discussion');
  expect(made(github)).toBeLessThan(12);
});

test('an item that is renamed after its issue was created is linked by a click, and never created again', async ({
  github,
  maintainer,
}, info) => {
  const { page, master } = await startRun(github, maintainer);
  const renamed = (github.issue(REPO, master).body ?? '').replace(
    'Item number 1 of the plan',
    'The first item, in other words',
  );
  github.editIssue(REPO, master, { body: renamed }, USER);
  const link = page.getByRole('button', { name: /^Link #\d+: / });
  await expect(link).toBeVisible();
  await expect(
    page.getByText(/The item says “The first item, in other words” since #/),
  ).toBeVisible();
  await picture(page, info, 'renamed');
  const first = github.issues(REPO).find(({ title }) => title === 'Item number 1 of the plan');
  await link.click();
  await untilDone(page, 12);
  expect(github.issue(REPO, master).body).toContain(
    `The first item, in other words (closes #${first?.number})`,
  );
  expect(made(github)).toBe(12);
});

test('a renamed item that was not answered for is asked about in the next preview', async ({
  github,
  maintainer,
}, info) => {
  const { page, master } = await startRun(github, maintainer);
  const renamed = (github.issue(REPO, master).body ?? '').replace(
    'Item number 1 of the plan',
    'The first item, in other words',
  );
  github.editIssue(REPO, master, { body: renamed }, USER);
  await expect(page.getByRole('button', { name: /^Link #\d+: / })).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByRole('button', { name: 'Generate issues' }).click();
  await expect(
    page.getByText(/was created here before the text was changed: link it\?/),
  ).toBeVisible();
  await picture(page, info, 'renamed-preview');
  expect(made(github)).toBe(12);
});

/** A run of 12 items, of which some are created. */
async function startRun(
  github: LocalGitHub,
  maintainer: Maintainer,
  lookUpAfterMs: readonly number[] = FAST.lookUpAfterMs,
): Promise<{ readonly page: Page; readonly master: number }> {
  await maintainer.setPreferences({
    timing: { ...FAST, gapMs: 500, rightsAgainMs: 2_000, lookUpAfterMs },
  });
  github.addUser(COLLEAGUE);
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(12), author: COLLEAGUE });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '12 will be created');
  await create(page, 12, REPO);
  await expect.poll(() => made(github), { intervals: [20] }).toBeGreaterThan(3);
  return { page, master };
}

function made(github: LocalGitHub): number {
  return github.issues(REPO).filter(({ title }) => title !== 'Plan').length;
}

function expectLinked(github: LocalGitHub, master: number): void {
  const issues = github.issues(REPO).filter(({ number }) => number !== master);
  const orderOf = (title: string) => Number(title.match(/\d+/)?.[0]);
  const inOrder = issues.toSorted((a, b) => orderOf(a.title) - orderOf(b.title));
  expect(inOrder).toHaveLength(12);
  expect(github.issue(REPO, master).body).toBe(linkedBodyOf(inOrder.map(({ number }) => number)));
}

async function picture(page: Page, info: TestInfo, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: info.outputPath(`${name}-${colorScheme}.png`) });
  }
}
