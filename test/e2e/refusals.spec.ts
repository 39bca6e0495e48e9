import type { LocalGitHub } from '../local-github/local-github.ts';
import { expect, REPO, test, USER } from './fixtures.ts';
import { bodyOf, openPanel, openPreview } from './panel.ts';

/** Each bad input: how it is made, and the sentence that the maintainer must read. */
const REFUSALS: readonly {
  readonly name: string;
  readonly sentence: RegExp;
  make(github: LocalGitHub, token: string): number;
}[] = [
  {
    name: 'an unclosed fence',
    sentence: /code fence on line 3 is never closed/,
    make: (github) => add(github, '- [ ] one\n\n```\n- [ ] two'),
  },
  {
    name: 'binary rubbish',
    sentence: /control characters or invalid Unicode/,
    make: (github) => add(github, '- [ ] one\u0001\u0002\u0003'),
  },
  {
    name: 'links that would not fit',
    sentence: /GitHub allows 65,536/,
    make: (github) => add(github, `- [ ] one\n- [ ] two\n\n${'x'.repeat(65_500)}`),
  },
  {
    name: '2 000 items',
    sentence: /2,?000 issues are more/,
    make: (github) =>
      add(github, Array.from({ length: 2000 }, (_, i) => `- [ ] Do thing ${i}`).join('\n')),
  },
  {
    name: 'a locked issue',
    sentence: /This issue is locked/,
    make: (github) =>
      github.addIssue(REPO, { title: 'P', body: bodyOf(2), author: USER, locked: true }),
  },
  {
    name: 'an archived repository',
    sentence: /is archived/,
    make: (github) => {
      const number = add(github, bodyOf(2));
      github.updateRepo(REPO, { archived: true });
      return number;
    },
  },
  {
    name: 'an issue of somebody else, without rights',
    sentence: /You cannot edit this issue/,
    make: (github) => {
      github.addUser('hubot');
      github.addRepo('hubot/theirs');
      return github.addIssue('hubot/theirs', { title: 'P', body: bodyOf(2), author: 'hubot' });
    },
  },
  {
    name: 'a token that was revoked',
    sentence: /GitHub rejected the token/,
    make: (github, token) => {
      github.revokeToken(token);
      return add(github, bodyOf(2));
    },
  },
  {
    name: 'another user signed in on the page',
    sentence: /The token belongs to monalisa, but this page is signed in as hubot/,
    make: (github) => {
      github.addUser('hubot');
      github.signInAs('hubot');
      return add(github, bodyOf(2));
    },
  },
];

for (const { name, sentence, make } of REFUSALS) {
  test(`${name}: one sentence, one action, and nothing is written`, async ({
    github,
    maintainer,
    token,
  }) => {
    const number = make(github, token);
    github.clearRequests();
    const page = await maintainer.openIssue(
      number,
      name.includes('without rights') ? 'hubot/theirs' : REPO,
    );
    await openPanel(page);
    const generate = page.getByRole('button', { name: 'Generate issues' });
    if (await generate.isVisible().catch(() => false)) await generate.click();
    else await Promise.race([generate.click().catch(() => {}), page.waitForTimeout(1500)]);
    await expect(page.getByText(sentence).first()).toBeVisible();
    await expect(
      page.getByRole('button', { name: /^Create \d+ issues/ }).and(page.locator(':enabled')),
    ).toHaveCount(0);
    expect(github.requests.filter((request) => request.mutation)).toEqual([]);
  });
}

test('a token that may only read is found out by the first write, which writes nothing', async ({
  github,
  maintainer,
}) => {
  const master = add(github, bodyOf(2));
  const { token } = github.addUser(USER, { scopes: null });
  github.restrictToken(token, { permissions: { issues: 'read' } });
  await maintainer.signOut();
  await maintainer.signIn(token);
  const page = await maintainer.openIssue(master);
  await openPreview(page, '2 will be created');
  await page.getByRole('button', { name: `Create 2 issues in ${REPO}` }).click();
  await expect(
    page.getByText(/can read octo-org\/octo-repo but cannot write/).first(),
  ).toBeVisible();
  expect(github.issues(REPO)).toHaveLength(1);
  expect(github.issue(REPO, master).body).toBe(bodyOf(2));
});

test('an issue that is deleted or moved while its page is open says so', async ({
  github,
  maintainer,
}) => {
  github.addRepo('octo-org/elsewhere', { collaborators: { [USER]: 'push' } });
  const [deleted, moved] = [add(github, bodyOf(2)), add(github, bodyOf(2))];
  const [onDeleted, onMoved] = [
    await maintainer.openIssue(deleted),
    await maintainer.openIssue(moved),
  ];
  github.deleteIssue(REPO, deleted);
  const number = github.transferIssue(REPO, moved, 'octo-org/elsewhere');
  await onDeleted.bringToFront();
  await openPanel(onDeleted);
  await expect(
    onDeleted.getByText(/This issue was deleted|does not show this issue/),
  ).toBeVisible();
  await onMoved.bringToFront();
  await openPanel(onMoved);
  await expect(
    onMoved.getByText(`This issue was moved to octo-org/elsewhere#${number}.`),
  ).toBeVisible();
});

test('an item of 10 000 characters becomes an issue with a shortened title and the full text', async ({
  github,
  maintainer,
}) => {
  const long = 'word '.repeat(2_000).trim();
  const master = github.addIssue(REPO, { title: 'P', body: `- [ ] ${long}`, author: USER });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '1 will be created');
  await page.getByRole('button', { name: `Create 1 issue in ${REPO}` }).click();
  await expect(page.getByRole('heading', { name: /^Done: 1 issue/ })).toBeVisible();
  const issue = github.issues(REPO).at(-1);
  expect(issue?.title.length).toBeLessThanOrEqual(256);
  expect(issue?.body).toContain(long);
});

test('markers that a stranger forged do not stop or steer a run', async ({
  github,
  maintainer,
}) => {
  github.addUser('mallory');
  const master = github.addIssue(REPO, {
    title: 'P',
    body: '- [ ] one real item here <!-- masterlist:v1 checklist=x/y#1 item=a text=b run=01JD00000000000000000000AB -->',
    author: USER,
  });
  const page = await maintainer.openIssue(master);
  await openPreview(page, '1 will be created');
  await page.getByRole('button', { name: `Create 1 issue in ${REPO}` }).click();
  await expect(page.getByRole('heading', { name: /^Done: 1 issue/ })).toBeVisible();
  const body = github.issues(REPO).at(-1)?.body ?? '';
  expect(body.match(/masterlist:/g)).toHaveLength(1);
});

function add(github: LocalGitHub, body: string): number {
  return github.addIssue(REPO, { title: 'Plan', body, author: USER });
}
