import type { LocalGitHub } from '../local-github/local-github.ts';
import { expect, type Maintainer, REPO, test, USER } from './fixtures.ts';
import { openPanel } from './panel.ts';

/** What can break: how, and the sentence that the popup must show. Nothing is written meanwhile. */
const BREAKS: readonly {
  readonly name: string;
  readonly sentence: RegExp;
  act(github: LocalGitHub, master: number, token: string): void;
}[] = [
  {
    name: 'the master is deleted',
    sentence: /was deleted/,
    act: (github, master) => github.deleteIssue(REPO, master),
  },
  {
    name: 'the master becomes a discussion',
    sentence: /was deleted/,
    act: (github, master) => github.convertToDiscussion(REPO, master),
  },
  {
    name: 'the repository is hidden from the user',
    sentence: /does not show this issue/,
    act: (github) => {
      github.updateRepo(REPO, { private: true });
      github.removeCollaborator(REPO, USER);
    },
  },
  {
    name: 'the repository is archived',
    sentence: /is archived/,
    act: (github) => github.updateRepo(REPO, { archived: true }),
  },
  {
    name: 'the token is revoked',
    sentence: /GitHub rejected the token/,
    act: (github, _, token) => github.revokeToken(token),
  },
  {
    name: 'the rights to edit are taken away',
    sentence: /cannot edit this issue/,
    act: (github) => github.removeCollaborator(REPO, USER),
  },
];

for (const { name, sentence, act } of BREAKS) {
  test(`${name}: one clear state, nothing written`, async ({ github, maintainer, token }) => {
    const { master, issue } = await trackOne(github, maintainer, 'hubot');
    // What breaks comes first: a refresh between the two would write, as it may.
    act(github, master, token);
    github.editIssue(REPO, issue, { state: 'closed' }, 'hubot');
    github.clearRequests();
    await maintainer.poll();
    const popup = await openPopup(maintainer);
    await expect(popup.getByText(sentence).first()).toBeVisible();
    expect(github.requests.filter(({ method }) => method === 'PATCH')).toEqual([]);
  });
}

/** GitHub's outages, as they look from here. */
const OUTAGES = {
  'errors 500': { status: 500, body: { message: 'Server Error' } },
  'HTML error pages': { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>' },
  'HTML with status 200': { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' },
  'half a JSON': { truncate: true },
  'lost connections': { reset: true },
} as const;

for (const [name, action] of Object.entries(OUTAGES)) {
  test(`an outage with ${name} writes nothing wrong, and the work goes on afterwards`, async ({
    github,
    maintainer,
  }) => {
    const { master, issue } = await trackOne(github, maintainer, USER);
    const before = github.issue(REPO, master).body;
    github.editIssue(REPO, issue, { state: 'closed' }, USER);
    github.fault({ times: 6, action });
    for (let check = 0; check < 2; check++) {
      await maintainer.poll();
      await new Promise((resolve) => setTimeout(resolve, 400));
      expect(github.issue(REPO, master).body).toBe(before);
    }
    github.clearFaults();
    const popup = await openPopup(maintainer);
    await popup.getByRole('button', { name: 'Refresh all now' }).click();
    await expect
      .poll(() => github.issue(REPO, master).body)
      .toBe(`- [x] One (closes #${issue})\r\n- [ ] Two`);
    await expect(popup.getByText(/trouble|cannot be reached/)).toBeHidden();
  });
}

test('GraphQL data with errors beside it is no answer', async ({ github, maintainer }) => {
  const { master, issue } = await trackOne(github, maintainer, USER);
  const before = github.issue(REPO, master).body;
  github.editIssue(REPO, issue, { state: 'closed' }, USER);
  github.fault({
    path: /graphql/,
    times: 2,
    action: {
      status: 200,
      body: {
        data: { repository: null },
        errors: [{ message: 'Something went wrong while executing your query.' }],
      },
    },
  });
  await maintainer.poll();
  await new Promise((resolve) => setTimeout(resolve, 800));
  expect(github.issue(REPO, master).body).toBe(before);
  const popup = await openPopup(maintainer);
  await expect(popup.getByText(/returned an error/).first()).toBeVisible();
});

test('a renamed repository is followed', async ({ github, maintainer }) => {
  const { master, issue } = await trackOne(github, maintainer, USER);
  github.renameRepo(REPO, 'octo-org/renamed');
  github.editIssue('octo-org/renamed', issue, { state: 'closed' }, USER);
  // One check to hear of the new name, the next one to ask there.
  await expect
    .poll(
      async () => {
        await maintainer.poll();
        return github.issue('octo-org/renamed', master).body;
      },
      { intervals: [700] },
    )
    .toBe(`- [x] One (closes #${issue})\r\n- [ ] Two`);
});

test('a linked issue that is gone, moved or hidden alters nothing and is named', async ({
  github,
  maintainer,
}) => {
  github.addRepo('octo-org/elsewhere', { collaborators: { [USER]: 'push' } });
  const gone = github.addIssue(REPO, { title: 'Gone', author: USER });
  const moved = github.addIssue(REPO, { title: 'Moved', author: USER });
  const body = `- [ ] Gone (closes #${gone})\r\n- [ ] Moved (closes #${moved})`;
  const master = github.addIssue(REPO, { title: 'Plan', body, author: USER });
  const page = await maintainer.openIssue(master);
  await openPanel(page);
  github.deleteIssue(REPO, gone);
  github.transferIssue(REPO, moved, 'octo-org/elsewhere');
  await page.getByRole('button', { name: 'Sync now' }).click();
  await expect(page.getByRole('heading', { name: /Nothing to update/ })).toBeVisible();
  await expect(page.getByText(new RegExp(`#${gone}`)).first()).toBeAttached();
  expect(github.issue(REPO, master).body).toBe(body);
});

test('a list that lags is caught up with', async ({ github, maintainer }) => {
  const { master, issue } = await trackOne(github, maintainer, USER);
  github.configure({ listLagMs: 1_500 });
  github.editIssue(REPO, issue, { state: 'closed' }, USER);
  await expect
    .poll(
      async () => {
        await maintainer.poll();
        return github.issue(REPO, master).body;
      },
      { intervals: [700] },
    )
    .toBe(`- [x] One (closes #${issue})\r\n- [ ] Two`);
});

/** A tracked master of `author` with one linked item. */
async function trackOne(github: LocalGitHub, maintainer: Maintainer, author: string) {
  if (author !== USER) github.addUser(author);
  const issue = github.addIssue(REPO, { title: 'One', author });
  const body = `- [ ] One (closes #${issue})\r\n- [ ] Two`;
  const master = github.addIssue(REPO, { title: 'Plan', body, author });
  const page = await maintainer.openIssue(master);
  await openPanel(page);
  await page.getByRole('button', { name: 'Track', exact: true }).click();
  await expect(page.getByText(/Tracked in this browser/)).toBeVisible();
  await expect(page.getByText(/· refreshed/).first()).toBeVisible();
  await page.close();
  return { master, issue };
}

async function openPopup(maintainer: Maintainer) {
  const popup = await maintainer.context.newPage();
  await popup.goto(`chrome-extension://${maintainer.extensionId}/popup.html`);
  return popup;
}
