import { type MailServer, startMailServer } from '../relay/mail-server.ts';
import { type RunningRelay, startRelay } from '../relay/start-relay.ts';
import { expect, type Maintainer, REPO, test, USER } from './fixtures.ts';
import { generate, issueOf } from './reconcile.ts';

declare const chrome: {
  notifications: { getAll(): Promise<object> };
};

const TOKEN = 'a-token-of-at-least-32-characters-1';

let smtp: MailServer;
let relay: RunningRelay;

test.beforeEach(async () => {
  smtp = await startMailServer();
  relay = await startRelay(
    {
      token: TOKEN,
      from: 'masterlist@example.com',
      to: ['team@example.com'],
      smtp: { host: '127.0.0.1', port: smtp.port, tls: 'none' },
      listen: { host: '127.0.0.1', port: 0 },
      mailsPerHour: 60,
    },
    () => {},
  );
});

test.afterEach(async () => {
  await relay.close();
  await smtp.close();
});

test('an alert arrives by email once, also when the worker is killed before it is sent', async ({
  github,
  granted,
}) => {
  await saveRelay(granted);
  const { tab } = await generate(github, granted, 2);
  await tab.close();
  github.editIssue(
    REPO,
    issueOf(github, 'Check step 1'),
    { state: 'closed', stateReason: 'not_planned' },
    USER,
  );
  // The mail server is away: the message stays in the outbox.
  const { port } = smtp;
  await smtp.close();
  await granted.nightly();
  await expect.poll(async () => (await granted.toolbar()).badge).toBe('1');
  await granted.stopWorker();
  smtp = await startMailServer(port);
  // The relay said when to come again: in a minute.
  await expect
    .poll(
      async () => {
        await granted.fire('deliver');
        return smtp.mails.length;
      },
      { timeout: 100_000, intervals: [5_000] },
    )
    .toBe(1);
  await granted.stopWorker();
  await granted.fire('deliver');
  await granted.poll();
  await granted.extensionPage.waitForTimeout(2_000);
  expect(smtp.mails).toHaveLength(1);
  const [mail] = smtp.mails;
  expect(mail?.to).toEqual(['team@example.com']);
  expect(mail?.raw).toContain('Release plan');
});

test('a test message goes through the relay, and a wrong token is told', async ({ granted }) => {
  await saveRelay(granted);
  const page = granted.extensionPage;
  await page
    .getByRole('button', { name: /^Send a test/ })
    .first()
    .click();
  await expect.poll(() => smtp.mails.length, { timeout: 20_000 }).toBe(1);
  const card = page.getByRole('article', { name: 'Email through your relay' });
  await card.getByText('Use another URL', { exact: true }).click();
  await card
    .getByRole('textbox', { name: 'Relay URL' })
    .fill(`http://127.0.0.1:${relay.port}/v1/messages`);
  await card.getByLabel('Relay token').fill(TOKEN.replace('1', '2'));
  await card.getByRole('button', { name: 'Save' }).click();
  await expect(card.getByText(/^Saved/)).toBeVisible();
  await card.getByRole('button', { name: /^Send a test/ }).click();
  await expect(card.getByRole('alert')).toContainText('The relay refused the message');
  expect(smtp.mails).toHaveLength(1);
});

test('a notification stands for what needs the user, and goes when it is resolved', async ({
  github,
  granted,
}) => {
  const page = granted.extensionPage;
  await page
    .getByRole('checkbox', { name: /[Nn]otifications/ })
    .first()
    .check();
  const { tab } = await generate(github, granted, 2);
  await tab.close();
  const issue = issueOf(github, 'Check step 1');
  github.editIssue(REPO, issue, { state: 'closed', stateReason: 'not_planned' }, USER);
  await granted.nightly();
  await expect.poll(() => countNotices(granted), { timeout: 20_000 }).toBe(1);
  github.editIssue(REPO, issue, { state: 'open' }, USER);
  await granted.nightly();
  await expect.poll(() => countNotices(granted), { timeout: 20_000 }).toBe(0);
});

async function saveRelay({ extensionPage: page }: Maintainer): Promise<void> {
  await page.reload();
  await page.getByText("Email and your team's channels", { exact: true }).click();
  await page.getByRole('checkbox', { name: 'This browser sends alerts for the team' }).check();
  const card = page.getByRole('article', { name: 'Email through your relay' });
  await card
    .getByRole('textbox', { name: 'Relay URL' })
    .fill(`http://127.0.0.1:${relay.port}/v1/messages`);
  await card.getByLabel('Relay token').fill(TOKEN);
  await card.getByRole('button', { name: 'Save' }).click();
  await expect(card.getByRole('button', { name: /^Send a test/ })).toBeVisible();
}

function countNotices({ extensionPage }: Maintainer): Promise<number> {
  return extensionPage.evaluate(
    async () => Object.keys(await chrome.notifications.getAll()).length,
  );
}
