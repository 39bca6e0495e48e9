import type { LocalGitHub } from '../local-github/local-github.ts';
import { expect, FAST, REPO, test, USER } from './fixtures.ts';
import { bodyOf, create, linkedBodyOf, openPanel, openPreview, untilDone } from './panel.ts';

test('a worker killed after every write of a job creates nothing twice and loses nothing', async ({
  github,
  maintainer,
}) => {
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(10), author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '10 will be created');

  // Every write is done by GitHub, but its answer never comes: the worker is killed waiting for it.
  github.fault([
    { method: 'POST', path: /\/issues$/, times: 10, action: { hang: true } },
    { method: 'POST', path: /\/comments$/, times: 10, action: { hang: true } },
    { method: 'PATCH', times: 2, action: { hang: true } },
  ]);
  await create(page, 10, REPO);
  let kills = 0;
  while (kills < 22) {
    const written = () => github.requests.filter(({ mutation }) => mutation).length;
    await expect.poll(written, { intervals: [10], timeout: 40_000 }).toBeGreaterThan(kills);
    kills = written();
    await maintainer.stopWorker();
    await maintainer.wake();
  }
  await untilDone(page, 10, 60_000);
  expectOneIssuePerItem(github, master, 10);
});

test('a reply that is lost on create, with a list that lags, does not double the issue', async ({
  github,
  maintainer,
}) => {
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(4), author: USER });
  github.configure({ listLagMs: 400 });
  github.fault({
    method: 'POST',
    path: /\/issues$/,
    skip: 1,
    times: 2,
    action: { resetAfter: true },
  });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '4 will be created');
  await create(page, 4, REPO);
  await untilDone(page, 4);
  expectOneIssuePerItem(github, master, 4);
});

test('a used connection that dies before the answer does not make the browser send an issue twice', async ({
  github,
  maintainer,
}) => {
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(4), author: USER });
  github.fault({ method: 'POST', path: /\/issues$/, times: 2, action: { resetReused: true } });
  // A connection that died may be noticed by the timeout of a request only.
  const page = await maintainer.openIssue(master);
  await openPreview(page, '4 will be created');
  await create(page, 4, REPO);
  await untilDone(page, 4, 80_000);
  expectOneIssuePerItem(github, master, 4);
});

test('a request that never arrives is asked about, and created once when the user says so', async ({
  github,
  maintainer,
}) => {
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(2), author: USER });
  github.fault({ method: 'POST', path: /\/issues$/, times: 1, action: { reset: true } });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '2 will be created');
  await create(page, 2, REPO);
  const again = page.getByRole('button', { name: 'Create it again' });
  await expect(again).toBeVisible();
  expect(github.issues(REPO)).toHaveLength(2);
  await again.click();
  await expect.poll(() => github.issues(REPO).length).toBe(3);
  await untilDone(page, 2);
  expectOneIssuePerItem(github, master, 2);
});

test('a secondary limit in the middle is waited out', async ({ github, maintainer }) => {
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(6), author: USER });
  github.fault({
    method: 'POST',
    path: /\/issues$/,
    skip: 2,
    times: 1,
    action: {
      status: 403,
      headers: { 'retry-after': '2' },
      body: {
        message:
          'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      },
    },
  });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '6 will be created');
  await create(page, 6, REPO);
  await expect(page.getByText(/Waiting until GitHub accepts requests again/)).toBeVisible();
  await untilDone(page, 6);
  expect(github.report().requestsWhileRateLimited).toEqual([]);
  expectOneIssuePerItem(github, master, 6);
});

test('a browser that is quit in the middle carries on after its restart', async ({
  github,
  maintainer,
}) => {
  await maintainer.setPreferences({ timing: { ...FAST, gapMs: 150 } });
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(8), author: USER });
  let page = await maintainer.openIssue(master);
  await openPreview(page, '8 will be created');
  await create(page, 8, REPO);
  await expect.poll(() => github.issues(REPO).length).toBeGreaterThan(3);
  await maintainer.restart();
  page = await maintainer.openIssue(master);
  await openPanel(page);
  await untilDone(page, 8);
  expectOneIssuePerItem(github, master, 8);
});

test('a journal that is lost with the browser is recovered from the markers', async ({
  github,
  maintainer,
  token,
}) => {
  await maintainer.setPreferences({ timing: { ...FAST, gapMs: 150, recoverAfterMs: 3_000 } });
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(8), author: USER });
  let page = await maintainer.openIssue(master);
  await openPreview(page, '8 will be created');
  await create(page, 8, REPO);
  await expect.poll(() => github.issues(REPO).length).toBeGreaterThan(3);
  await maintainer.restart({ losingDatabase: true });
  const made = github.issues(REPO).length - 1;
  expect(made).toBeLessThan(8);
  await maintainer.signIn(token);

  page = await maintainer.openIssue(master);
  await openPanel(page);
  await expect(page.getByText(/The record of this run was lost/)).toBeVisible();
  const preview = page.getByRole('button', { name: 'Generate issues' });
  await expect(preview).toBeEnabled();
  await preview.click();
  const head = `${8 - made} will be created, ${made} will be linked`;
  await expect(page.getByRole('heading', { name: head })).toBeVisible();
  await page.getByRole('button', { name: /^Create \d+ issues? in/ }).click();
  await expect(page.getByRole('button', { name: 'Dismiss' })).toBeVisible();
  await expect.poll(() => github.issue(REPO, master).body).not.toContain('masterlist:claim');
  expectOneIssuePerItem(github, master, 8);
});

test('what a person edits between our read and our write stays', async ({ github, maintainer }) => {
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(3), author: USER });
  github.addUser('hubot');
  let edited = 0;
  // After each read of the master, before the write that follows it, a person adds a line.
  github.fault({
    graphql: /userContentEdits/,
    times: 3,
    action: {
      after: () => {
        edited += 1;
        const body = `${github.issue(REPO, master).body}\r\nA word from hubot ${edited}.`;
        github.editIssue(REPO, master, { body }, 'hubot');
      },
    },
  });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '3 will be created');
  await create(page, 3, REPO);
  await untilDone(page, 3);
  const text = github.issue(REPO, master).body ?? '';
  expect(edited).toBeGreaterThan(0);
  for (let word = 1; word <= edited; word++) expect(text).toContain(`A word from hubot ${word}.`);
  for (const { number } of created(github, master)) expect(text).toContain(`(closes #${number})`);
});

test('a run in which two package lines are swapped links the right issue to the right line', async ({
  github,
  maintainer,
}) => {
  const lines = ['- [ ] Publish @acme/core', '- [ ] Publish @acme/cli'];
  const body = ['## Publish', '', ...lines].join('\r\n');
  const master = github.addIssue(REPO, { title: 'Plan', body, author: USER });
  // After the first issue was created, and before the links are written, a person swaps the lines.
  github.fault({
    method: 'POST',
    path: /\/issues$/,
    times: 1,
    action: {
      after: () => {
        const { body: text = '' } = github.issue(REPO, master);
        const swapped = (text ?? '').replace(
          /(- \[ \] Publish @acme\/core)(\r\n)(- \[ \] Publish @acme\/cli)/,
          '$3$2$1',
        );
        expect(swapped).not.toBe(text);
        github.editIssue(REPO, master, { body: swapped }, USER);
      },
    },
  });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '2 will be created');
  await create(page, 2, REPO);
  await untilDone(page, 2);
  const numberOf = (name: string) =>
    created(github, master).find(({ title }) => title.includes(name))?.number;
  expect(github.issue(REPO, master).body).toBe(
    `## Publish\r\n\r\n- [ ] Publish @acme/cli (closes #${numberOf('cli')})\r\n- [ ] Publish @acme/core (closes #${numberOf('core')})`,
  );
});

test('at true pace: one issue a second', async ({ github, maintainer }) => {
  await maintainer.setPreferences({});
  const master = github.addIssue(REPO, { title: 'Plan', body: bodyOf(5), author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '5 will be created');
  await create(page, 5, REPO);
  await untilDone(page, 5, 40_000);
  // Kept from sending to sending; on the way to the server a busy machine takes some from one and gives it to the next.
  const sent = github.requests.filter(({ operation }) => operation === 'issues/create');
  expect((sent.at(-1)?.at ?? 0) - (sent[0]?.at ?? 0)).toBeGreaterThan(4 * 700);
  expectOneIssuePerItem(github, master, 5);
});

function created(github: LocalGitHub, master: number) {
  return github.issues(REPO).filter((issue) => issue.number !== master);
}

function expectOneIssuePerItem(github: LocalGitHub, master: number, count: number): void {
  const byTitle = [...created(github, master)].sort(
    (a, b) => Number(a.title.match(/\d+/)?.[0]) - Number(b.title.match(/\d+/)?.[0]),
  );
  expect(byTitle.map((issue) => issue.title)).toEqual(
    Array.from({ length: count }, (_, index) => `Item number ${index + 1} of the plan`),
  );
  expect(github.issue(REPO, master).body).toBe(linkedBodyOf(byTitle.map((issue) => issue.number)));
}
