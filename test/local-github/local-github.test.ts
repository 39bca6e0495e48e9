import type { Octokit } from '@octokit/rest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalGitHub, startLocalGitHub } from './local-github.ts';
import { openApi } from './openapi/openapi.ts';
import { quietOctokit } from './quiet-octokit.ts';

const REPO = 'octo-org/plan';
const repo = { owner: 'octo-org', repo: 'plan' };

let github: LocalGitHub;
let now: number;
let maintainer: Octokit;
let author: Octokit;
let stranger: Octokit;

/** The status and body with which GitHub refuses a call. */
async function refusalOf(call: Promise<unknown>) {
  const error = await call.then(
    () => new Error('it was not refused'),
    (thrown: unknown) => thrown,
  );
  const { status, response } = error as {
    status: number;
    response: { headers: Record<string, string>; data: { message: string; errors?: unknown } };
  };
  return { status, message: response.data.message, ...response };
}

beforeEach(async () => {
  now = Date.parse('2026-11-20T12:00:00.500Z');
  github = await startLocalGitHub({ clock: () => now });
  const token = (login: string) => github.addUser(login).token;
  maintainer = quietOctokit(github, token('maintainer'));
  author = quietOctokit(github, token('author'));
  stranger = quietOctokit(github, token('stranger'));
  github.addRepo(REPO, {
    collaborators: { maintainer: 'push' },
    labels: ['bug'],
    milestones: ['2.0'],
  });
});

afterEach(async () => {
  await github.close();
});

describe('issues', () => {
  it('come back byte for byte, with ids, links and times as GitHub writes them', async () => {
    const body = '- [ ] one\r\n- [ ] two\t \n\n<!-- kept -->\r\n';
    const created = await author.issues.create({ ...repo, title: 'Plan', body });
    const { data } = await stranger.issues.get({ ...repo, issue_number: created.data.number });

    expect(created.status).toBe(201);
    expect(data).toMatchObject({
      body,
      url: 'https://api.github.com/repos/octo-org/plan/issues/1',
      html_url: 'https://github.com/octo-org/plan/issues/1',
      created_at: '2026-11-20T12:00:00Z',
      author_association: 'NONE',
      user: { login: 'author' },
    });
    github.assertConforming();
  });

  it('lose labels, milestone and assignees silently without triage', async () => {
    const issue = { ...repo, title: 'x', labels: ['bug'], milestone: 1, assignees: ['author'] };
    const dropped = await author.issues.create(issue);
    const kept = await maintainer.issues.create({ ...issue, labels: ['bug', 'brand new'] });

    expect(dropped.data).toMatchObject({ labels: [], milestone: null, assignees: [] });
    expect(kept.data.labels).toHaveLength(2);
    expect(kept.data).toMatchObject({
      author_association: 'MEMBER',
      milestone: { title: '2.0', open_issues: 1 },
      assignees: [{ login: 'author' }],
    });
  });

  it('may be edited by their author and by maintainers, not by others', async () => {
    github.addIssue(REPO, { title: 'Plan', author: 'author' });
    const edit = { ...repo, issue_number: 1, body: 'new' };

    expect((await author.issues.update(edit)).data.body).toBe('new');
    expect((await maintainer.issues.update({ ...edit, state: 'closed' })).data).toMatchObject({
      state: 'closed',
      state_reason: 'completed',
      closed_by: { login: 'maintainer' },
    });
    expect(await refusalOf(stranger.issues.update(edit))).toMatchObject({
      status: 403,
      message: 'Must have admin rights to Repository.',
    });
    expect((await refusalOf(quietOctokit(github).issues.update(edit))).status).toBe(401);
  });

  it('are refused when title or body is missing or too long', async () => {
    const long = 'x'.repeat(65_537);
    const body = await refusalOf(author.issues.create({ ...repo, title: 't', body: long }));
    const title = await refusalOf(author.issues.create({ ...repo, title: 'x'.repeat(257) }));
    const comment = { ...repo, issue_number: 1, body: long };
    github.addIssue(REPO, { title: 'Plan', author: 'author' });

    expect(body.data.errors).toEqual([
      {
        resource: 'Issue',
        code: 'custom',
        field: 'body',
        message: 'body is too long (maximum is 65536 characters)',
      },
    ]);
    expect(title.status).toBe(422);
    expect((await refusalOf(author.issues.createComment(comment))).status).toBe(422);
    expect(github.issues(REPO)).toHaveLength(1);
    const fits = await author.issues.create({ ...repo, title: 't', body: 'x'.repeat(65_536) });
    expect(fits.status).toBe(201);
  });

  it('answer 410 when deleted, 301 when moved, 404 when they never were', async () => {
    github.addRepo('octo-org/other');
    for (const title of ['a', 'b']) github.addIssue(REPO, { title, author: 'author' });
    github.deleteIssue(REPO, 1);
    const number = github.transferIssue(REPO, 2, 'octo-org/other');
    const get = (issue: number) => author.issues.get({ ...repo, issue_number: issue });
    const moved = await author.request('GET /repos/octo-org/plan/issues/2', {
      request: { redirect: 'manual' },
    });

    expect((await refusalOf(get(1))).status).toBe(410);
    expect((await refusalOf(get(9))).status).toBe(404);
    expect((await get(2)).data.html_url).toBe(`https://github.com/octo-org/other/issues/${number}`);
    expect(moved.status).toBe(301);
    const next = await author.issues.create({ ...repo, title: 'c' });
    expect(next.data.number).toBe(3);
  });

  it('list by creator, time, state and label, with links that name the repository by id', async () => {
    for (const title of ['a', 'b', 'c']) {
      github.addIssue(REPO, { title, author: 'author', labels: title === 'c' ? ['bug'] : [] });
      now += 10_000;
    }
    github.addIssue(REPO, { title: 'd', author: 'stranger', state: 'closed' });
    github.addPull(REPO, { title: 'a pull request', author: 'author', merged: true });
    const list = async (more: object) =>
      (await author.issues.listForRepo({ ...repo, ...more })).data.map((issue) => issue.title);

    expect(await list({})).toEqual(['c', 'b', 'a']);
    expect(await list({ state: 'all', creator: 'stranger' })).toEqual(['d']);
    expect(await list({ since: '2026-11-20T12:00:10Z' })).toEqual(['c', 'b']);
    expect(await list({ since: '2026-11-20T14:00:20+02:00' })).toEqual(['c']);
    expect(await list({ labels: 'bug' })).toEqual(['c']);
    expect(await list({ sort: 'created', direction: 'asc', per_page: 2 })).toEqual(['a', 'b']);
    const all = await author.paginate(author.issues.listForRepo, {
      ...repo,
      state: 'all',
      per_page: 2,
    });
    expect(all).toHaveLength(5);
    expect(all.filter((issue) => issue.pull_request?.merged_at)).toHaveLength(1);
    expect(github.requests.at(-1)?.url).toMatch(/^\/repositories\/\d+\/issues\?/);
    github.assertConforming();
  });

  it('show late in lists but promptly by number', async () => {
    github.configure({ listLagMs: 5_000 });
    const { data } = await author.issues.create({ ...repo, title: 'new' });
    const listed = async () => (await author.issues.listForRepo(repo)).data.length;

    expect(await listed()).toBe(0);
    expect((await author.issues.get({ ...repo, issue_number: data.number })).status).toBe(200);
    now += 5_000;
    expect(await listed()).toBe(1);
  });
});

describe('timelines and history', () => {
  it('tell who mentioned an issue, once, and not from code, comments or hidden repositories', async () => {
    github.addRepo('octo-org/secret', { private: true, collaborators: { maintainer: 'push' } });
    github.addIssue(REPO, { title: 'master', author: 'author' });
    await author.issues.create({ ...repo, title: 'plain', body: 'Part of #1 and again #1' });
    await author.issues.create({ ...repo, title: 'code', body: '`#1` <!-- #1 -->\n```\n#1\n```' });
    const url = 'https://github.com/octo-org/plan/issues/1';
    await author.issues.create({ ...repo, title: 'url', body: `see ${url}` });
    const hidden = { title: 'hidden', author: 'maintainer', body: 'octo-org/plan#1' };
    github.addIssue('octo-org/secret', hidden);
    const sources = async (who: Octokit) => {
      const { data } = await who.issues.listEventsForTimeline({ ...repo, issue_number: 1 });
      return data.map(
        (event) => (event as { source?: { issue?: { title: string } } }).source?.issue?.title,
      );
    };

    expect(await sources(author)).toEqual(['plain', 'url']);
    expect(await sources(maintainer)).toEqual(['plain', 'url', 'hidden']);
  });

  it('keep every body, newest first, with the creation once there was an edit', async () => {
    github.addIssue(REPO, { title: 'master', author: 'author', body: 'first\r\n' });
    const query = `query ($number: Int!) {
      repository(owner: "octo-org", name: "plan") {
        issue(number: $number) {
          includesCreatedEdit
          lastEditedAt
          userContentEdits(first: 2) { totalCount nodes { editedAt diff editor { login } } }
        }
      }
    }`;
    const before = await author.graphql<Record<string, unknown>>(query, { number: 1 });
    now += 60_000;
    github.editIssue(REPO, 1, { body: 'second' }, 'maintainer');
    now += 60_000;
    await author.issues.update({ ...repo, issue_number: 1, body: 'third' });
    await author.issues.update({ ...repo, issue_number: 1, body: 'third' });
    const after = await author.graphql<Record<string, unknown>>(query, { number: 1 });

    expect(before).toEqual({
      repository: {
        issue: {
          includesCreatedEdit: false,
          lastEditedAt: null,
          userContentEdits: { totalCount: 0, nodes: [] },
        },
      },
    });
    expect(after).toEqual({
      repository: {
        issue: {
          includesCreatedEdit: true,
          lastEditedAt: '2026-11-20T12:02:00Z',
          userContentEdits: {
            totalCount: 3,
            nodes: [
              { editedAt: '2026-11-20T12:02:00Z', diff: 'third', editor: { login: 'author' } },
              { editedAt: '2026-11-20T12:01:00Z', diff: 'second', editor: { login: 'maintainer' } },
            ],
          },
        },
      },
    });
    github.assertConforming();
  });
});

describe('repositories', () => {
  it('that are private do not exist for others', async () => {
    github.updateRepo(REPO, { private: true });
    expect((await refusalOf(stranger.issues.listForRepo(repo))).status).toBe(404);
    expect((await refusalOf(quietOctokit(github).repos.get(repo))).status).toBe(404);
    expect((await maintainer.repos.get(repo)).data.permissions).toMatchObject({
      push: true,
      admin: false,
    });
  });

  it('that are archived or have no issues refuse as GitHub does', async () => {
    github.addIssue(REPO, { title: 'Plan', author: 'author' });
    github.updateRepo(REPO, { archived: true });
    const write = () => refusalOf(maintainer.issues.create({ ...repo, title: 't' }));
    expect(await write()).toMatchObject({
      status: 403,
      message: 'Repository was archived so is read-only.',
    });
    github.updateRepo(REPO, { archived: false, hasIssues: false });
    expect((await write()).status).toBe(410);
  });

  it('that were renamed answer reads by redirect, writes by 307', async () => {
    github.addIssue(REPO, { title: 'Plan', author: 'author' });
    github.renameRepo(REPO, 'octo-org/renamed');
    const { data } = await author.issues.get({ ...repo, issue_number: 1 });
    const write = await author.request('PATCH /repos/octo-org/plan/issues/1', {
      title: 'x',
      request: { redirect: 'manual' },
    });

    expect(data.repository_url).toBe('https://api.github.com/repos/octo-org/renamed');
    expect(github.requests.map((entry) => entry.status)).toEqual([301, 200, 307]);
    expect(write.headers.location).toMatch(/\/repositories\/\d+\/issues\/1$/);
    expect(github.issue('octo-org/renamed', 1).title).toBe('Plan');
  });

  it('whose conversation is locked take comments only from those with push', async () => {
    github.addIssue(REPO, { title: 'Plan', author: 'author', locked: true });
    const comment = { ...repo, issue_number: 1, body: 'hello' };
    expect((await refusalOf(author.issues.createComment(comment))).status).toBe(403);
    expect((await maintainer.issues.createComment(comment)).status).toBe(201);
    const edit = { ...repo, issue_number: 1, body: 'b' };
    expect((await refusalOf(author.issues.update(edit))).status).toBe(403);
    expect((await maintainer.issues.update(edit)).status).toBe(200);
  });

  it('say that a label exists already', async () => {
    const label = { ...repo, name: 'test-plan', color: 'ff0000', description: 'Made of a plan' };
    const created = await maintainer.issues.createLabel(label);
    const again = await refusalOf(maintainer.issues.createLabel(label));
    expect(created.data).toMatchObject({ name: 'test-plan', color: 'ff0000' });
    expect(again.data.errors).toEqual([
      { resource: 'Label', code: 'already_exists', field: 'name' },
    ]);
    expect((await refusalOf(author.issues.createLabel(label))).status).toBe(403);
  });
});

describe('tokens', () => {
  const create = (token: string) =>
    quietOctokit(github, token).issues.create({ ...repo, title: 't' });

  it('that are wrong, revoked or expired are bad credentials', async () => {
    const revoked = github.addUser('author').token;
    const expired = github.addUser('author', { expiresAt: '2026-11-20T12:00:00Z' }).token;
    github.revokeToken(revoked);
    for (const token of ['ghp_wrong', revoked, expired])
      expect(await refusalOf(create(token))).toMatchObject({
        status: 401,
        message: 'Bad credentials',
      });
  });

  it('tell scopes and expiry in headers, fine-grained ones no scopes', async () => {
    const classic = github.addUser('author', { scopes: ['repo', 'workflow'] }).token;
    const fine = github.addUser('author', { scopes: null, expiresAt: '2026-12-31T00:00:00Z' });
    const headers = async (token: string) =>
      (await quietOctokit(github, token).users.getAuthenticated()).headers;

    expect((await headers(classic))['x-oauth-scopes']).toBe('repo, workflow');
    expect(await headers(fine.token)).not.toHaveProperty('x-oauth-scopes');
    expect((await headers(fine.token))['github-authentication-token-expiration']).toBe(
      '2026-12-31 00:00:00 UTC',
    );
  });

  it('without the right to write, or not for this repository, are refused with what is needed', async () => {
    const readOnly = github.addUser('maintainer', { scopes: null }).token;
    const elsewhere = github.addUser('maintainer', { scopes: null }).token;
    const sso = github.addUser('maintainer', { scopes: null }).token;
    github.restrictToken(readOnly, { permissions: { issues: 'read' } });
    github.restrictToken(elsewhere, { repos: ['maintainer/own'] });
    github.restrictToken(sso, { sso: 'https://github.com/orgs/octo-org/sso' });

    for (const token of [readOnly, elsewhere]) {
      const refused = await refusalOf(create(token));
      expect(refused.message).toBe('Resource not accessible by personal access token');
      expect(refused.headers['x-accepted-github-permissions']).toBe('issues=write');
    }
    expect((await refusalOf(create(sso))).headers['x-github-sso']).toBe(
      'required; url=https://github.com/orgs/octo-org/sso',
    );
    expect(github.issues(REPO)).toHaveLength(0);
  });
});

it('answers in the shapes of GitHub’s description', async () => {
  github.addIssue(REPO, { title: 'master', author: 'author', body: 'x', milestone: '2.0' });
  github.addPull(REPO, { title: 'pull', author: 'author', body: 'Part of #1' });
  github.addComment(REPO, 1, 'hello', 'stranger');
  await maintainer.issues.update({ ...repo, issue_number: 1, labels: ['bug'], title: 'renamed' });
  await maintainer.issues.update({
    ...repo,
    issue_number: 1,
    state: 'closed',
    assignees: ['author'],
  });
  await maintainer.issues.lock({ ...repo, issue_number: 1 });
  const path = '/repos/octo-org/plan';
  const paths = [
    '',
    '/issues?state=all',
    '/issues/1',
    '/issues/2',
    '/issues/1/comments',
    '/issues/1/timeline',
    '/issues/1/events',
    '/labels',
    '/milestones',
  ];
  for (const url of ['/user', '/rate_limit', ...paths.map((tail) => path + tail)]) {
    const { status, data } = await maintainer.request(`GET ${url}`);
    expect([url, openApi().checkAnswer('GET', url.replace(/\?.*/, ''), status, data)]).toEqual([
      url,
      [],
    ]);
  }
  github.assertConforming();
});
