import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalGitHub, startLocalGitHub } from '../local-github.ts';
import { withTask } from './task-lines.ts';

const REPO = 'octo-org/plan';
const PAGE = 'https://github.com/octo-org/plan/issues/1';

let github: LocalGitHub;

beforeEach(async () => {
  github = await startLocalGitHub();
  github.addUser('author');
  github.addUser('stranger');
  github.addRepo(REPO);
  github.addIssue(REPO, {
    title: 'Plan <b>',
    author: 'author',
    body: '- [ ] one #2\r\n- [x] two\r\n\r\n<script>alert(1)</script>\r\n',
  });
  github.addIssue(REPO, { title: 'Linked', author: 'stranger' });
});

afterEach(async () => {
  await github.close();
});

const read = (url: string, init: RequestInit = {}) => github.fetch(url, init);
const act = (action: object, cookie = '') =>
  read('https://github.com/_local/act', {
    method: 'POST',
    headers: { cookie },
    body: JSON.stringify({ repo: REPO, number: 1, ...action }),
  });

describe('the issue page', () => {
  it('is server HTML with the marks that GitHub’s page has', async () => {
    github.signInAs('author');
    const html = await (await read(PAGE)).text();
    for (const mark of [
      'data-testid="issue-header"',
      'data-component="PH_Actions"',
      'data-testid="issue-metadata-fixed"',
      'data-testid="issue-metadata-sticky"',
      'data-testid="issue-viewer-container"',
      'data-testid="issue-body-viewer"',
      'data-testid="issue-viewer-metadata-pane"',
      '<li class="task-list-item"><input type="checkbox" id="" disabled class="task-list-item-checkbox" aria-label="Completed task" checked> two</li>',
      '<meta name="user-login" content="author">',
      '<meta name="octolytics-dimension-repository_nwo" content="octo-org/plan">',
      'data-color-mode="light"',
      'IssueBodyHeader-module__viewerDidAuthor',
      'Plan &lt;b&gt;',
      'Linked <span class="issue-shorthand">#2</span>',
    ])
      expect(html).toContain(mark);
    expect(html).toMatch(/href="https:\/\/github\.com\/octo-org\/plan\/issues\/1#issue-\d+"/);
    expect(html).not.toContain('<script>alert');
  });

  it('is guarded by GitHub’s policy, which allows one script path more', async () => {
    const { headers } = await read(PAGE);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain('script-src github.githubassets.com github.com/_local/;');
    expect(policy).toContain("style-src 'unsafe-inline' github.githubassets.com");
  });

  it('leads to where an issue, repository or pull request is now', async () => {
    const pull = github.addPull(REPO, { title: 'Change', author: 'author' });
    github.renameRepo(REPO, 'octo-org/renamed');
    const where = async (path: string) => (await read(`https://github.com/octo-org/${path}`)).url;
    const base = 'https://github.com/octo-org/renamed';
    expect(await where('plan/issues/1')).toBe(`${base}/issues/1`);
    expect(await where(`renamed/issues/${pull}`)).toBe(`${base}/pull/${pull}`);
    expect(await where('renamed/pull/1')).toBe(`${base}/issues/1`);
  });

  it('does not exist for those who may not read the repository', async () => {
    github.updateRepo(REPO, { private: true });
    expect((await read(PAGE)).status).toBe(404);
    github.signInAs('author');
    expect((await read(PAGE)).status).toBe(404);
  });
});

describe('a person on the page', () => {
  it('ticks one character and leaves a trace in the history', async () => {
    github.signInAs('author');
    expect((await act({ do: 'tick', index: 0, checked: true })).status).toBe(200);
    const { body, edits, lastEditor } = github.issue(REPO, 1);
    expect(body).toBe('- [x] one #2\r\n- [x] two\r\n\r\n<script>alert(1)</script>\r\n');
    expect(edits).toHaveLength(2);
    expect(lastEditor).toBe('author');
  });

  it('may do only what they may do', async () => {
    const edit = { do: 'edit', body: 'mine' };
    expect((await act(edit)).status).toBe(403);
    expect((await act(edit, 'local_user=stranger')).status).toBe(403);
    expect((await act(edit, 'local_user=author')).status).toBe(200);
    expect((await act({ do: 'comment', body: 'hi' }, 'local_user=stranger')).status).toBe(200);
    expect(github.comments(REPO, 1)).toHaveLength(1);
  });

  it('is told of changes since a version', async () => {
    const view = (version: number) =>
      read(`https://github.com/_local/view?path=/octo-org/plan/issues/1&version=${version}`);
    const { state } = (await (await view(-1)).json()) as { state: { version: number } };
    expect((await view(state.version)).status).toBe(204);
    github.editIssue(REPO, 1, { body: 'new' }, 'author');
    expect((await view(state.version)).status).toBe(200);
  });
});

describe('withTask', () => {
  it.each([
    ['- [ ] a\n- [ ] b', 1, true, '- [ ] a\n- [x] b'],
    ['- [X] a', 0, false, '- [ ] a'],
    ['1. [ ] a\r\n   - [ ] b\r\n', 1, true, '1. [ ] a\r\n   - [x] b\r\n'],
    ['```\n- [ ] code\n```\n> - [ ] quoted', 0, true, '```\n- [ ] code\n```\n> - [x] quoted'],
  ])('changes %j at %i', (body, index, checked, expected) => {
    expect(withTask(body, index, checked)).toBe(expected);
  });

  it('finds no task beyond the last', () => {
    expect(withTask('- [ ] a', 1, true)).toBeNull();
  });
});
