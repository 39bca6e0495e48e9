import { getFact, putFact } from '../facts-in-page.ts';
import type { LocalGitHub } from '../local-github/local-github.ts';
import { COLLEAGUE, expect, type Maintainer, REPO, USER } from './fixtures.ts';
import { WEBHOOK } from './slack.ts';

declare const chrome: {
  notifications: { getAll(): Promise<object> };
};

const DAY_MS = 24 * 60 * 60_000;

/** A checklist of a colleague whose only item links an open issue, kept up to date from now on; the first check has come through when this returns. */
export async function follow(
  github: LocalGitHub,
  { extensionPage, poll }: Maintainer,
  { title, login = USER }: { readonly title: string; readonly login?: string },
): Promise<{ readonly master: number; readonly issue: number }> {
  const issue = github.addIssue(REPO, { title: `Step of ${title}`, author: USER });
  const body = `- [ ] Step (closes #${issue})`;
  const master = github.addIssue(REPO, { title, body, author: COLLEAGUE });
  await keepUpToDate(extensionPage, { title, login, master });
  await poll();
  return { master, issue };
}

/** Keeps an issue up to date in a browser, as a click in the panel would. */
export async function keepUpToDate(
  page: Maintainer['extensionPage'],
  { title, login, master }: { readonly title: string; readonly login: string; master: number },
): Promise<void> {
  const [owner = '', name = ''] = REPO.split('/');
  const checklist = { repo: { host: 'github.com', owner, name }, number: master };
  const tracked = ((await page.evaluate(getFact, 'tracked')) ?? []) as object[];
  const value = [...tracked, { checklist, title, login, since: Date.now() }];
  await page.evaluate(putFact, { name: 'tracked', value });
}

/** Saves the webhook in the options; its card. */
export async function saveWebhook({ extensionPage: page }: Maintainer) {
  await page.reload();
  await page.getByText("Email and your team's channels", { exact: true }).click();
  const card = page.getByRole('article', { name: 'Slack' });
  await card.getByLabel('Webhook URL').fill(WEBHOOK);
  await card.getByRole('button', { name: 'Save' }).click();
  await expect(card.getByText('Goes to hooks.slack.com')).toBeVisible();
  return card;
}

/** Whether this browser sends for the team, as the box in the options says from now on. */
export async function sendForTeam({ extensionPage }: Maintainer, sends: boolean): Promise<void> {
  const box = extensionPage.getByRole('checkbox', { name: /sends alerts for the team/ });
  await box.setChecked(sends);
}

/** Lets days pass for the summaries only: the last one went out so long ago. */
export function ageDigests({ extensionPage }: Maintainer, days: number): Promise<void> {
  return extensionPage.evaluate(async (ageMs) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('masterlist');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const told = db.transaction('told', 'readwrite').objectStore('told');
    await new Promise<void>((resolve, reject) => {
      const read = told.get('memory');
      read.onsuccess = () => {
        const { digests, ...memory } = read.result;
        const aged = Object.entries<number>(digests).map(([key, at]) => [key, at - ageMs]);
        told.put({ ...memory, digests: Object.fromEntries(aged) }, 'memory').onsuccess = () =>
          resolve();
      };
      read.onerror = () => reject(read.error);
    });
    db.close();
  }, days * DAY_MS);
}

/** The notices that stand as notifications of the browser, by their ids. */
export function shownNotices({ extensionPage }: Maintainer): Promise<readonly string[]> {
  return extensionPage.evaluate(async () =>
    Object.keys(await chrome.notifications.getAll()).map((id) => id.replace('masterlist ', '')),
  );
}
