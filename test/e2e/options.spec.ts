import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { expect, REPO, test, USER } from './fixtures.ts';
import { bodyOf, openPreview } from './panel.ts';

declare const chrome: { storage: { local: { get(): Promise<object> } } };

test('a wrong token is refused with a sentence; blanks around a right one are trimmed', async ({
  github,
  maintainer,
}) => {
  const page = maintainer.extensionPage;
  await maintainer.signOut();
  await page.getByRole('textbox', { name: 'Token' }).fill('not-a-token');
  await page.getByRole('button', { name: 'Verify and save the token' }).click();
  await expect(page.getByText(/rejected the token/)).toBeVisible();
  const { token } = github.addUser('hubot');
  await page.getByRole('textbox', { name: 'Token' }).fill(`  ${token}\n`);
  await page.getByRole('button', { name: 'Verify and save the token' }).click();
  await expect(page.getByText('Signed in to github.com as hubot')).toBeVisible();
});

test('the token is nowhere but in the header of requests to the API', async ({
  github,
  maintainer,
  token,
}) => {
  const master = github.addIssue(REPO, { title: 'P', body: bodyOf(2), author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '2 will be created');
  const stored = await maintainer.extensionPage.evaluate(async () => {
    const local = JSON.stringify(await chrome.storage.local.get());
    const databases = await indexedDB.databases();
    const dumps = await Promise.all(databases.map(({ name }) => dump(name ?? '')));
    return local + dumps.join();

    async function dump(name: string): Promise<string> {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const stores = [...db.objectStoreNames];
      const all = await Promise.all(stores.map((store) => read(db, store)));
      db.close();
      return JSON.stringify(all);
    }
    function read(db: IDBDatabase, store: string): Promise<unknown> {
      return new Promise((resolve, reject) => {
        const request = db.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    }
  });
  expect(stored.length).toBeGreaterThan(500);
  expect(stored).not.toContain(token);
  expect(await page.content()).not.toContain(token);
  for (const { url, body } of github.requests) expect(`${url}${body ?? ''}`).not.toContain(token);
});

test('options and panel have no accessibility violations, in light and dark', async ({
  github,
  maintainer,
}) => {
  const master = github.addIssue(REPO, { title: 'P', body: bodyOf(3), author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '3 will be created');
  for (const colorScheme of ['light', 'dark'] as const) {
    await maintainer.extensionPage.emulateMedia({ colorScheme });
    expect(await violations(maintainer.extensionPage)).toEqual([]);
    await page.evaluate(
      (mode) => document.documentElement.setAttribute('data-color-mode', mode),
      colorScheme,
    );
    expect((await violations(page)).filter((line) => line.includes('masterlist'))).toEqual([]);
  }
});

test('only the local GitHub is ever asked', async ({ github, maintainer }) => {
  const master = github.addIssue(REPO, { title: 'P', body: bodyOf(1), author: USER });
  await openPreview(await maintainer.openIssue(master), '1 will be created');
  expect(new Set(github.requests.map(({ host }) => host))).toEqual(
    new Set(['github.com', 'api.github.com']),
  );
});

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const result = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(),
  );
  return result.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.flat()).join(' ')}`,
  );
}
