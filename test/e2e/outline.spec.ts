import type { Page, TestInfo } from '@playwright/test';
import { expect, REPO, test, USER } from './fixtures.ts';
import { create, faultsOf, openPreview, untilDone } from './panel.ts';

const SYSTEMS = ['Windows', 'macOS', 'Linux'];

/** 62 items under headings: of each system 10 in two parts, one of them with sub-items and one ticked, and two that nobody groups. */
function releasePlan(): string {
  const parts = SYSTEMS.flatMap((system) => [
    `## ${system}`,
    '',
    'Before the release:',
    '',
    ...steps(`Check ${system} step`, 8),
    `- [x] Announce the ${system} build`,
    '',
    '### Installer',
    '',
    `- [ ] Every installer of ${system}:`,
    ...steps(`Install ${system} variant`, 9).map((line) => `  ${line}`),
    `- [ ] Sign ${system}`,
    '',
  ]);
  return ['- [ ] Read the notes', '- [ ] Name the release', '', ...parts].join('\r\n');
}

function steps(words: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `- [ ] ${words} ${at + 1}`);
}

test('a plan of 62 items is its own outline: groups, ranges, filters and keys select what is created', async ({
  github,
  maintainer,
}, info) => {
  const body = releasePlan();
  const master = github.addIssue(REPO, { title: 'Release', body, author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '56 will be created, 6 skipped');

  // The first screen shows items, in the order of the text.
  const items = page.getByRole('group', { name: 'Items' });
  const title = (text: string) => items.getByLabel(`Title of the issue for: ${text}`);
  await expect(title('Read the notes')).toBeInViewport();
  await expect(title('Check Windows step 1')).toBeInViewport();
  await pictures(page, info, 'outline');
  expect(await faultsOf(page)).toEqual([]);

  // A group: its sections, its parent item, its count.
  const windows = items.getByLabel('All of: Windows');
  await expect(windows).toBeChecked();
  await expect(line(page, 'Windows')).toContainText('18 of 19');
  const installers = items.getByLabel('All of: Every installer of Windows:');
  await installers.click();
  await expect(windows).toBeChecked({ indeterminate: true });
  await expect(line(page, 'Windows')).toContainText('9 of 19');
  await expect(page.getByRole('heading', { name: '47 will be created' })).toBeAttached();

  // A range with the mouse.
  const box = (text: string) => items.getByLabel(`Create an issue for: ${text}`);
  await box('Install Windows variant 2').click();
  await box('Install Windows variant 5').click({ modifiers: ['Shift'] });
  await expect(line(page, 'Windows')).toContainText('13 of 19');

  // A range with the keys: Shift+Space from the last one, Shift+arrow one by one.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+Space');
  await expect(box('Install Windows variant 7')).toBeChecked();
  await expect(box('Install Windows variant 6')).toBeChecked();
  await expect(line(page, 'Windows')).toContainText('15 of 19');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(box('Install Windows variant 8')).toBeChecked();
  await expect(box('Install Windows variant 8')).toBeFocused();
  await expect(page.getByText('↑ ↓ to move')).toBeVisible();
  await pictures(page, info, 'keys');
  await page.keyboard.press('Tab');
  await expect(title('Install Windows variant 8')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.locator('summary', { hasText: 'Options' })).toBeFocused();

  // A filter keeps what it shows until another is pressed.
  await page.getByRole('button', { name: 'Skipped 8' }).click();
  await expect(items.getByText('Announce the macOS build')).toBeVisible();
  await expect(title('Read the notes')).toBeHidden();
  await box('Install Windows variant 1').check();
  await expect(title('Install Windows variant 1')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Skipped 7' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await pictures(page, info, 'skipped');
  await page.getByRole('button', { name: 'All 62' }).click();

  // None, then one section, with a title that is typed in place.
  await page.getByRole('button', { name: 'Select none' }).click();
  await items.getByLabel('All of: macOS').click();
  await items.getByLabel('All of: Before the release').nth(1).click();
  await title('Sign macOS').fill('Sign and notarize');
  await create(page, 10, REPO);
  await untilDone(page, 10);
  const titles = github.issues(REPO).map((issue) => issue.title);
  expect(titles).toContain('Sign and notarize');
  expect(titles.filter((each) => each.startsWith('Install macOS variant'))).toHaveLength(9);
});

test('a plan without room for all links offers its first sections by one click', async ({
  github,
  maintainer,
}, info) => {
  const plan = releasePlan();
  // Room for some 25 links.
  const body = `${plan}\r\n${'Notes. '.repeat((65_536 - 650 - plan.length) / 7)}`;
  const master = github.addIssue(REPO, { title: 'Release', body, author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '56 will be created');
  await expect(page.getByText('With all links the text would have')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Create 56/ })).toBeDisabled();
  await pictures(page, info, 'too-long');
  await page
    .getByRole('button', { name: 'Start with the first items and “Windows”: 20 issues' })
    .click();
  await expect(page.getByText('With all links the text would have')).toBeHidden();
  await create(page, 20, REPO);
  await untilDone(page, 20);
});

test('500 and 2,000 items, long titles and deep nesting stay in place while they are drawn', async ({
  github,
  maintainer,
}, info) => {
  test.setTimeout(600_000);
  // All are drawn in the end, however busy the machine is.
  const drawn = { timeout: 240_000 };
  for (const count of [500, 2_000]) {
    const body = steps('Do', count)
      .map((item, at) => (at % 100 === 0 ? `\r\n# Part ${at / 100 + 1}\r\n\r\n${item}` : item))
      .join('\r\n');
    const master = github.addIssue(REPO, { title: 'Long', body, author: USER });
    const page = await maintainer.openIssue(master);
    await openPreview(page, `${count} will be created`);
    const items = page.getByRole('group', { name: 'Items' });
    const first = items.getByLabel('Create an issue for: Do 1', { exact: true });
    const before = await first.boundingBox();
    await expect(items.getByLabel(`Create an issue for: Do ${count}`)).toBeAttached(drawn);
    expect(await first.boundingBox()).toEqual(before);
    await first.focus();
    await page.keyboard.press('End');
    await expect(items.getByLabel(`Create an issue for: Do ${count}`)).toBeInViewport();
    await pictures(page, info, `items-${count}`);
    await page.close();
  }
  const deep = Array.from(
    { length: 9 },
    (_, depth) => `${'  '.repeat(depth)}- [ ] ${`Level ${depth + 1} with many words `.repeat(9)}`,
  );
  const master = github.addIssue(REPO, { title: 'Deep', body: deep.join('\r\n'), author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '1 will be created, 8 skipped');
  await pictures(page, info, 'deep');
  expect(await faultsOf(page)).toEqual([]);
});

/** The line of a heading or a group of items. */
function line(page: Page, name: string) {
  return page.locator('.heading, .parent').filter({ hasText: name }).first();
}

/** Pictures for a person to look at: light, dark, and as narrow as the panel gets. */
async function pictures(page: Page, info: TestInfo, name: string): Promise<void> {
  const size = page.viewportSize();
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate(
      (mode) => document.documentElement.setAttribute('data-color-mode', mode),
      theme,
    );
    await page.screenshot({ path: info.outputPath(`${name}-${theme}.png`) });
  }
  await page.setViewportSize({ width: 400, height: 800 });
  await page.screenshot({ path: info.outputPath(`${name}-narrow.png`) });
  if (size) await page.setViewportSize(size);
}
