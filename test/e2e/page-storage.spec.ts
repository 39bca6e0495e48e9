/** What a script in the world of our content script can do: the browser process cannot tell it from ours. */
import type { CDPSession, Page } from '@playwright/test';
import { expect, FAST, type Maintainer, REPO, test, USER } from './fixtures.ts';
import { bodyOf, create, openPreview, untilDone } from './panel.ts';

const REFUSED = 'refused: Access to storage is not allowed from this context.';

test('scripts in a page of GitHub neither read nor write what is stored, after a restart too', async ({
  github,
  maintainer,
}) => {
  const master = github.addIssue(REPO, { title: 'Secret plan', body: bodyOf(2), author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '2 will be created');
  await create(page, 2, REPO);
  await untilDone(page, 2);
  const before = await storedLocally(maintainer);
  await tryAll(page, maintainer);
  expect(await storedLocally(maintainer)).toBe(before);
  expect(before).not.toContain('Secret plan');

  await maintainer.restart();
  await tryAll(await maintainer.openIssue(master), maintainer);
});

test('a change of the settings reaches a page that is open', async ({ github, maintainer }) => {
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(2), author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '2 will be created');
  await create(page, 2, REPO);
  await untilDone(page, 2);
  const badges = page.locator('masterlist-item-badge');
  await expect(badges).toHaveCount(2);
  await maintainer.stopWorker();
  await maintainer.setPreferences({ timing: FAST, badges: false });
  await expect(badges).toHaveCount(0);
  await maintainer.setPreferences({ timing: FAST, badges: true });
  await expect(badges).toHaveCount(2);
});

async function tryAll(page: Page, maintainer: Maintainer): Promise<void> {
  await expect(page.getByRole('button', { name: /^Masterlist/ })).toBeVisible();
  const world = await ownWorld(page);
  const forged = JSON.stringify({ preferences: { allowOtherUser: true }, tracked: [], forged: 1 });
  for (const area of ['local', 'session']) {
    expect(await world(`chrome.storage.${area}.get()`)).toBe(REFUSED);
    expect(await world(`chrome.storage.${area}.set(${forged})`)).toBe(REFUSED);
    expect(await world(`chrome.storage.${area}.clear()`)).toBe(REFUSED);
  }
  await world(
    'void chrome.storage.local.onChanged.addListener(() => { globalThis.heard = true; })',
  );
  // Our own page hears of it; so would the other, had it been told.
  await maintainer.extensionPage.evaluate(async () => {
    const told = new Promise<void>((done) =>
      chrome.storage.local.onChanged.addListener(() => done()),
    );
    await chrome.storage.local.set({ probe: 1 });
    await told;
    await chrome.storage.local.remove('probe');
  });
  expect(await world('globalThis.heard ?? "nothing"')).toBe('"nothing"');
  // The page's own, not the extension's.
  expect(await world('indexedDB.databases()')).not.toContain('masterlist');
}

/** Evaluates in the world of our content script; answers what came of it as JSON. */
async function ownWorld(page: Page): Promise<(code: string) => Promise<string>> {
  const session = await page.context().newCDPSession(page);
  const id = await contextId(session);
  return async (code) => {
    const expression = `Promise.resolve().then(() => ${code}).then(
      (value) => JSON.stringify(value ?? null),
      (error) => 'refused: ' + error.message,
    )`;
    const { result } = await session.send('Runtime.evaluate', {
      expression,
      contextId: id,
      awaitPromise: true,
      returnByValue: true,
    });
    return String(result.value);
  };
}

async function contextId(session: CDPSession): Promise<number> {
  const found = new Promise<number>((resolve) => {
    session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === 'Masterlist') resolve(context.id);
    });
  });
  await session.send('Runtime.enable');
  return found;
}

declare const chrome: {
  storage: {
    local: {
      get(): Promise<object>;
      set(items: object): Promise<void>;
      remove(name: string): Promise<void>;
      onChanged: { addListener(listener: () => void): void };
    };
  };
};

async function storedLocally({ extensionPage }: Maintainer): Promise<string> {
  return JSON.stringify(await extensionPage.evaluate(() => chrome.storage.local.get()));
}
