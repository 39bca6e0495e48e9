import type { Page, TestInfo } from '@playwright/test';
import { numberNames } from '../../lib/core/identity/number-names.ts';
import { parseChecklist } from '../../lib/core/text/parse-checklist.ts';
import type { LocalGitHub } from '../local-github/local-github.ts';
import { expect, type Maintainer, REPO, test, USER } from './fixtures.ts';
import { faultsOf, openPanel, openPreview } from './panel.ts';

declare const chrome: {
  tabs: { create(tab: { url: string; active: boolean }): Promise<unknown> };
};

test('a tracked list of hand-written references asks one question, answered by a click for every browser', async ({
  github,
  maintainer,
  colleague,
}, info) => {
  const [crash = 0, slow = 0, leak = 0] = addIssues(github, [
    'Crash at start',
    'Slow search',
    'Leak',
  ]);
  const text = (first: string, second: string) =>
    `## 2.1 \r\n\r\n- [${first}] Backport #${crash}\r\n- [${second}] Measure again #${slow}\r\n* [ ] Write down why #${leak}\r\n\r\nThänks.\t`;
  const master = addMaster(github, text(' ', ' '));
  const page = await track(maintainer, master);
  await expect(page.getByText('3 items end in a number.')).toHaveCount(1);
  await expect(
    page.getByRole('group', { name: `#${slow} in “Measure again #${slow}”` }),
  ).toHaveCount(1);
  expect(await faultsOf(page)).toEqual([]);
  await inBothThemes(page, info, 'question');
  await page.getByRole('button', { name: 'Their issues' }).click();
  const answered = (first: string, second: string) =>
    `${text(first, second)}${comment('own', text(' ', ' '), [crash, slow, leak])}`;
  await expect.poll(() => github.issue(REPO, master).body).toBe(answered(' ', ' '));
  await expect(page.getByText('end in a number')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Stop tracking' })).toBeVisible();

  github.editIssue(REPO, crash, { state: 'closed' }, USER);
  await maintainer.poll();
  await expect.poll(() => github.issue(REPO, master).body).toBe(answered('x', ' '));

  // The second browser reads the answer, and follows it alone.
  await maintainer.context.close();
  const other = await track(colleague, master);
  await expect(other.getByText(/· refreshed/).first()).toBeVisible();
  await expect(other.getByText('in a number')).toBeHidden();
  github.editIssue(REPO, slow, { state: 'closed' }, USER);
  await colleague.poll();
  await expect.poll(() => github.issue(REPO, master).body).toBe(answered('x', 'x'));
});

test('the question is answered one by one in the preview of Generate, and into the text from the popup', async ({
  github,
  maintainer,
}, info) => {
  const [crash = 0, slow] = addIssues(github, ['Crash at start', 'Slow search']);
  const text = `- [ ] Backport #${crash}\r\n- [ ] Measure again #${slow}`;
  const master = addMaster(github, text);
  const page = await maintainer.openIssue(master);
  await openPreview(page, '2 need your decision');
  const choices = page.getByRole('group', { name: `#${crash} in ` });
  await choices.getByRole('radio', { name: 'What it is about' }).check();
  await page.getByRole('button', { name: 'Save 1 answer' }).click();
  const about = `${text}${comment('about', text, [crash])}`;
  await expect.poll(() => github.issue(REPO, master).body).toBe(about);
  // The preview was made again: an item that is only about an issue gets one of its own.
  await expect(
    page.getByRole('heading', { name: '1 will be created, 1 needs your decision' }),
  ).toBeVisible();
  await expect(page.getByText('1 item ends in a number.')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Track', exact: true }).click();
  await expect(page.getByText('1 item ends in a number.')).toBeVisible();

  const popup = await maintainer.context.newPage();
  await popup.goto(`chrome-extension://${maintainer.extensionId}/popup.html`);
  const opened = maintainer.context.waitForEvent('page');
  await popup.getByRole('link', { name: /^Say what the number in 1 item means/ }).click();
  const dashboard = await opened;
  await dashboard.getByRole('checkbox', { name: /^Also write their issues/ }).check();
  await dashboard.getByRole('button', { name: 'Its issue' }).click();
  await expect(dashboard.getByText(`- [ ] Measure again (#${slow})`)).toBeVisible();
  expect(github.issue(REPO, master).body).toBe(about);
  await inBothThemes(dashboard, info, 'question-written');
  await dashboard.getByRole('button', { name: 'Write it into the text' }).click();
  const own = about.replace(`#${slow}`, `(#${slow})`);
  await expect.poll(() => github.issue(REPO, master).body).toBe(own);
  await expect(dashboard.getByText('in a number')).toBeHidden();
});

test('work that was closed before 133 items were written is one question: about something else, or ticked', async ({
  github,
  maintainer,
}, info) => {
  const done = addIssues(github, titled(133, 'Fixed bug'), 'closed');
  const body = done.map((number, index) => `- [ ] Try part ${index + 1} (#${number})`).join('\r\n');
  const quiet = addMaster(github, body, 'QA plan');
  const page = await track(maintainer, quiet);
  const asks = page.getByText(
    '133 items name issues that were closed before the items were written.',
  );
  await expect(asks).toHaveCount(1);
  await inBothThemes(page, info, 'question-old');
  await page.getByRole('button', { name: 'This list is about something else' }).click();
  await expect(asks).toBeHidden();
  await expect
    .poll(() => github.issue(REPO, quiet).body)
    .toBe(`${body}${comment('about', body, done)}`);

  const ticked = addMaster(github, body, 'Release plan');
  const second = await track(maintainer, ticked);
  await second.getByRole('button', { name: 'Tick them' }).click();
  await expect
    .poll(() => github.issue(REPO, ticked).body)
    .toBe(`${body.replaceAll('[ ]', '[x]')}${comment('own', body, done)}`);
  expect(github.issue(REPO, quiet).body).toContain('- [ ] Try part 133 ');
});

test('the popup asks about the checklist of the open tab, and takes the answer', async ({
  github,
  maintainer,
}, info) => {
  const [crash = 0, slow = 0] = addIssues(github, ['Crash at start', 'Slow search']);
  github.editIssue(REPO, crash, { state: 'closed' }, USER);
  const text = `- [ ] Backport #${crash}\r\n- [ ] Measure again #${slow}`;
  const master = addMaster(github, text);
  await track(maintainer, master);
  const popup = await popupBeside(maintainer);
  const question = popup.getByText('2 items end in a number.');
  await expect(question).toHaveCount(1);
  expect(await faultsOf(popup)).toEqual([]);
  await inBothThemes(popup, info, 'question-popup');
  await popup.getByRole('button', { name: 'Their issues' }).click();
  const answered = `${text.replace('[ ]', '[x]')}${comment('own', text, [crash, slow])}`;
  await expect.poll(() => github.issue(REPO, master).body).toBe(answered);
  await expect(question).toBeHidden();
});

test('several issues of an item, other addresses of GitHub and a link behind a word are followed without a question (cases 66, 68, 70)', async ({
  github,
  maintainer,
}) => {
  const numbers = addIssues(github, titled(6, 'Part'));
  const [a, b = 0, c, d, e, f] = numbers;
  const lines = [
    `- [ ] Dates (closes #${a}, closes #${b})`,
    `- [ ] Five https://redirect.github.com/${REPO}/issues/${c}`,
    `- [ ] Six https://www.github.com/${REPO}/issues/${d}`,
    `- [ ] Write the docs ([issue](https://github.com/${REPO}/issues/${e}))`,
    `- [ ] [Relative](../issues/${f})`,
  ];
  const body = lines.join('\r\n');
  const master = addMaster(github, body);
  const page = await track(maintainer, master);
  await expect(page.getByText('in a number')).toBeHidden();
  for (const number of numbers.filter((one) => one !== b))
    github.editIssue(REPO, number, { state: 'closed' }, USER);
  await maintainer.poll();
  const butFirst = body.replaceAll('[ ]', '[x]').replace('[x]', '[ ]');
  await expect.poll(() => github.issue(REPO, master).body).toBe(butFirst);
  github.editIssue(REPO, b, { state: 'closed' }, USER);
  await maintainer.poll();
  await expect.poll(() => github.issue(REPO, master).body).toBe(body.replaceAll('[ ]', '[x]'));
});

/** The popup over the page that is shown: it takes the tab in front for the user's. */
async function popupBeside({ context, extensionPage }: Maintainer): Promise<Page> {
  const opened = context.waitForEvent('page');
  await extensionPage.evaluate(() => chrome.tabs.create({ url: 'popup.html', active: false }));
  return opened;
}

/** What an answer about one number of each of the first items is written as. */
function comment(answer: string, text: string, numbers: readonly number[]): string {
  const [owner = '', name = ''] = REPO.split('/');
  const repo = { host: 'github.com', owner, name };
  const { items } = parseChecklist(text);
  const { nameOf } = numberNames(items, repo);
  const written = items
    .slice(0, numbers.length)
    .map((item, index) => ({ item, number: numbers[index] ?? 0 }))
    .map(({ item, number }) => `${number}@${nameOf(item, { repo, number })}`);
  return `\r\n<!-- masterlist:numbers ${answer}=${written.join(',')} -->`;
}

function titled(count: number, words: string): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${words} ${index + 1}`);
}

function addIssues(
  github: LocalGitHub,
  titles: readonly string[],
  state: 'open' | 'closed' = 'open',
): number[] {
  return titles.map((title) => github.addIssue(REPO, { title, author: USER, state }));
}

function addMaster(github: LocalGitHub, body: string, title = 'Plan'): number {
  return github.addIssue(REPO, { title, body, author: USER });
}

async function track(maintainer: Maintainer, master: number): Promise<Page> {
  const page = await maintainer.openIssue(master);
  await openPanel(page);
  await page.getByRole('button', { name: 'Track', exact: true }).click();
  await expect(page.getByText(/· refreshed/).first()).toBeVisible();
  return page;
}

/** Pictures for a person to look at. */
async function inBothThemes(page: Page, info: TestInfo, name: string): Promise<void> {
  for (const theme of ['light', 'dark']) {
    await page.evaluate(
      (mode) => document.documentElement.setAttribute('data-color-mode', mode),
      theme,
    );
    await page.screenshot({ path: info.outputPath(`${name}-${theme}.png`), fullPage: true });
  }
}
