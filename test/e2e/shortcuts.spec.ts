import type { Page } from '@playwright/test';
import { expect, type Maintainer, REPO, test, USER } from './fixtures.ts';
import { heading } from './reconcile.ts';

declare const chrome: {
  commands: {
    getAll(): Promise<readonly { readonly name: string; readonly shortcut: string }[]>;
    onCommand: { dispatch(command: string, tab: object): void };
  };
  tabs: { query(of: object): Promise<readonly object[]> };
};

test('each key does on an issue what it says, and opens the dashboard from other pages', async ({
  github,
  maintainer,
}) => {
  const options = maintainer.extensionPage;
  expect(await commands(options)).toEqual({
    dashboard: 'Alt+Shift+D',
    generate: 'Alt+Shift+G',
    reconcile: 'Alt+Shift+E',
    sync: 'Alt+Shift+Y',
  });
  const keys = options.getByRole('region', { name: 'Keyboard shortcuts' });
  for (const key of ['D', 'G', 'E', 'Y']) {
    await expect(keys.getByText(`Alt+Shift+${key}`)).toBeVisible();
  }
  const issue = github.addIssue(REPO, { title: 'Step', author: USER });
  const body = `- [ ] Step (closes #${issue})\r\n- [ ] Another step`;
  const master = github.addIssue(REPO, { title: 'Release plan', body, author: USER });
  const page = await maintainer.openIssue(master);
  await expect(page.getByRole('button', { name: /^Masterlist: / })).toBeVisible();
  await press(maintainer, page, 'generate');
  await expect(heading(page, /1 will be created/)).toBeVisible();
  await press(maintainer, page, 'sync');
  await expect(heading(page, /Nothing to update/)).toBeVisible();
  await press(maintainer, page, 'reconcile');
  await expect(heading(page, /difference/)).toBeVisible();
  expect(github.issue(REPO, master).body).toBe(body);

  const empty = await maintainer.openIssue(issue);
  const opened = maintainer.context.waitForEvent('page');
  await press(maintainer, empty, 'generate');
  const dashboard = await opened;
  await expect(dashboard).toHaveURL(
    new RegExp(`dashboard.html#/generate\\?checklist=.*%23${issue}$`),
  );
  await expect(dashboard.getByText(/has no task list/)).toBeVisible();
  for (const [command, path] of [
    ['sync', '/sync'],
    ['reconcile', '/reconcile'],
    ['generate', '/generate'],
    ['dashboard', '/'],
  ] as const) {
    await press(maintainer, options, command);
    await expect(dashboard).toHaveURL(new RegExp(`dashboard.html#${path}$`));
    await expect.poll(() => dashboard.evaluate(() => document.visibilityState)).toBe('visible');
  }
});

async function commands(page: Page): Promise<Readonly<Record<string, string>>> {
  const all = await page.evaluate(() => chrome.commands.getAll());
  const own = all.filter(({ name }) => !name.startsWith('_'));
  return Object.fromEntries(own.map(({ name, shortcut }) => [name, shortcut]));
}

/** Tells the worker of a key as the browser does: automation cannot press keys of the browser itself. */
async function press({ context }: Maintainer, page: Page, command: string): Promise<void> {
  await page.bringToFront();
  const [worker] = context.serviceWorkers();
  await worker?.evaluate(async (name) => {
    const [tab = {}] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    chrome.commands.onCommand.dispatch(name, tab);
  }, command);
}
