import { afterEach, beforeEach, expect, it } from 'vitest';
import { type LocalGitHub, startLocalGitHub } from '../local-github.ts';

const REPO = 'octo-org/plan';

let github: LocalGitHub;

beforeEach(async () => {
  github = await startLocalGitHub();
  github.addUser('author');
  github.addRepo(REPO);
  github.addIssue(REPO, { title: 'Task', author: 'author' });
  github.addPull(REPO, { title: 'Change', author: 'author', body: 'Closes #1', base: 'main' });
});

afterEach(async () => {
  await github.close();
});

const page = async (path: string) =>
  (await github.fetch(`https://github.com/${REPO}/${path}`)).text();

it('opens a pull request and tells its branches and its merge', async () => {
  const before = await page('pull/2');
  github.mergePull(REPO, 2, 'author');
  const after = await page('issues/2');

  expect(before).toContain('data-status="pullOpened"');
  expect(before).toContain('author-patch');
  expect(after).toContain('data-status="pullMerged"');
  expect(after).toMatch(/merged commit <code>[0-9a-f]{7}<\/code> into/);
});

it('tells on the issue which pull request is linked, closed it, and who reopened it', async () => {
  expect(await page('issues/1')).toContain(
    '<ul data-testid="issue-viewer-linked-pr-container"><li><a href="/octo-org/plan/pull/2">Change</a></li></ul>',
  );
  github.mergePull(REPO, 2, 'author');
  github.editIssue(REPO, 1, { state: 'open' }, 'author');
  const html = await page('issues/1');
  expect(html).toContain(
    'closed this as completed in <a href="https://github.com/octo-org/plan/pull/2">Change #2</a>',
  );
  expect(html).toContain('reopened this');
});

it('tells an open page of a merge that closes its issue', async () => {
  const view = (version: number) =>
    github.fetch(`https://github.com/_local/view?path=/${REPO}/issues/1&version=${version}`);
  const { state } = (await (await view(-1)).json()) as { state: { version: number } };
  expect((await view(state.version)).status).toBe(204);
  github.mergePull(REPO, 2, 'author');
  const { root } = (await (await view(state.version)).json()) as { root: string };
  expect(root).toContain('data-status="issueClosed"');
});
