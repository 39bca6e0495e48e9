import { readFile } from 'node:fs/promises';
import { ageDigests, follow, keepUpToDate, saveWebhook, sendForTeam } from './alert-channels.ts';
import { COLLEAGUE, expect, REPO, test } from './fixtures.ts';
import { WEBHOOK } from './slack.ts';

const RULES = '.github/masterlist.yml';

test('Slack has each alert once; a refused one and one of which nobody knows wait in the options', async ({
  github,
  slack,
  granted,
}) => {
  const page = granted.extensionPage;
  const card = await saveWebhook(granted);
  await expect(page.getByText(/Nothing is sent from this browser until/)).toBeVisible();
  await sendForTeam(granted, true);
  await card.getByRole('button', { name: /^Send a test/ }).click();
  await expect(card.getByText(/Slack accepted it/)).toBeVisible();
  expect(slack.posts).toEqual([
    {
      path: new URL(WEBHOOK).pathname,
      body: {
        text: 'Masterlist can send messages here\nThis is the test that you asked for in the options. Nothing to do.',
        mrkdwn: false,
        parse: 'none',
        link_names: false,
        unfurl_links: false,
        unfurl_media: false,
      },
    },
  ]);
  for (const [status, text, told] of REFUSALS) {
    slack.answer = { status, text };
    await card.getByRole('button', { name: /^Send a test/ }).click();
    await expect(card.getByRole('alert')).toHaveText(told);
  }
  slack.answer = { status: 200, text: 'ok' };

  // Kept like a token: nowhere on the page, nor in what is exported.
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export settings' }).click();
  expect(await readFile(await (await download).path(), 'utf8')).not.toContain('SecretOf');
  expect(await page.content()).not.toContain('SecretOf');

  github.putFile(REPO, RULES, 'nonsense: yes');
  const before = slack.posts.length;
  const { master } = await follow(github, granted, { title: 'Plan <!channel> & more' });
  await expect.poll(() => slack.posts.length).toBe(before + 1);
  expect(slack.posts.at(-1)?.body).toMatchObject({
    text: expect.stringMatching(
      /^Sync failed: octo-org\/octo-repo#\d+\n"Plan &lt;!channel&gt; &amp; more"/,
    ),
  });
  expect(JSON.stringify(slack.posts.at(-1)?.body)).toContain(
    `https://github.com/${REPO}/issues/${master}`,
  );

  slack.answer = 'hang up';
  await follow(github, granted, { title: 'Second plan' });
  await expect.poll(() => slack.posts.length).toBe(before + 2);
  slack.answer = { status: 200, text: 'ok' };
  await granted.stopWorker();
  await granted.poll();
  await expect(async () => {
    // The worker may put its own alarm in the place of ours.
    await granted.fire('deliver');
    await page.reload();
    await expect(page.getByText(/did not confirm the message/)).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await page.waitForTimeout(1_000);
  expect(slack.posts).toHaveLength(before + 2);
  const popup = await granted.context.newPage();
  await popup.goto(new URL('/popup.html', page.url()).href);
  const [options] = await Promise.all([
    granted.context.waitForEvent('page'),
    popup.getByRole('link', { name: /^Send again or dismiss: 1 alert may not/ }).click(),
  ]);
  await expect(options.getByRole('button', { name: /^Send again/ })).toBeInViewport();
  await Promise.all([options.close(), popup.close()]);

  await page.getByRole('button', { name: /^Send again/ }).click();
  await expect.poll(() => slack.posts.length).toBe(before + 3);
  expect(slack.posts.at(-1)).toEqual(slack.posts.at(-2));
  await expect(page.getByText('Alerts that may not have arrived')).toBeHidden();
});

const ANEW = 'Create a new webhook in Slack and save its URL in the options, then send it again.';
const REFUSALS = [
  [
    403,
    'invalid_token',
    `Slack refused the message: this webhook does not exist any more. ${ANEW}`,
  ],
  [410, 'channel_is_archived', `Slack refused the message: its channel is archived. ${ANEW}`],
  [400, 'something_new', `Slack refused the message: something_new. ${ANEW}`],
] as const;

test('a summary goes out once, daily or weekly, and none when nothing happened', async ({
  github,
  slack,
  granted,
}) => {
  const card = await saveWebhook(granted);
  await sendForTeam(granted, true);
  const { master, issue } = await follow(github, granted, { title: 'Release plan' });
  const digest = async (days: number) => {
    await ageDigests(granted, days);
    await granted.fire('digest');
    await granted.extensionPage.waitForTimeout(1_000);
  };
  await expect.poll(async () => (await granted.toolbar()).title).toBe('Masterlist');
  await granted.extensionPage.waitForTimeout(1_000);
  await digest(8);
  expect(slack.posts).toEqual([]);
  github.editIssue(REPO, issue, { state: 'closed' }, COLLEAGUE);
  await granted.poll();
  await expect.poll(() => github.issue(REPO, master).body).toContain('[x]');
  await granted.extensionPage.waitForTimeout(1_000);
  await digest(8);
  await granted.fire('digest');
  await expect.poll(() => slack.posts.length).toBe(1);
  await card.getByLabel('Activity summary').selectOption({ label: 'Every day' });
  await digest(1);
  await granted.fire('digest');
  await expect.poll(() => slack.posts.length).toBe(2);
  await granted.extensionPage.waitForTimeout(1_000);
  const texts = slack.posts.map(({ body }) => (body as { text: string }).text);
  expect(texts).toEqual(
    ['Weekly', 'Daily'].map((name) =>
      [
        `${name} summary: ${REPO}#${master}`,
        '"Release plan": 1 of 1 item done',
        'Since the last summary: 1 item ticked.',
        `https://github.com/${REPO}/issues/${master}`,
      ].join('\n'),
    ),
  );
});

test('of two browsers only the one that sends for the team uses Slack', async ({
  github,
  slack,
  granted,
  grantedColleague,
}) => {
  for (const browser of [granted, grantedColleague]) await saveWebhook(browser);
  await sendForTeam(granted, true);
  github.putFile(REPO, RULES, 'nonsense: yes');
  const title = 'Release plan';
  const { master } = await follow(github, granted, { title });
  await keepUpToDate(grantedColleague.extensionPage, { title, login: COLLEAGUE, master });
  await grantedColleague.poll();
  for (const { toolbar } of [granted, grantedColleague]) {
    await expect.poll(async () => (await toolbar()).badge).toBe('1');
  }
  await grantedColleague.fire('deliver');
  await grantedColleague.extensionPage.waitForTimeout(1_500);
  expect(slack.posts).toHaveLength(1);
});
