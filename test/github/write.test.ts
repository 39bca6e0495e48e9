import { describe, expect, it } from 'vitest';
import { createGitHub } from '../../lib/github/github.ts';
import { clientFor, failureOf, issueOf, unwrap, useLocalGitHub } from './world.ts';

describe('issues', () => {
  const world = useLocalGitHub();
  let made = 0;

  function freshRepo(options: Parameters<typeof world.github.addRepo>[1] = {}) {
    made += 1;
    const name = `r${made}`;
    world.github.addRepo(`ann/${name}`, options);
    return { host: 'github.com', owner: 'ann', name };
  }

  it('are created with label and milestone, and the answer says nothing was dropped', async () => {
    const repo = freshRepo({ labels: ['test-plan'], milestones: ['v1'] });
    const port = createGitHub(world.client);
    const milestone = unwrap(await port.ensureMilestone(repo, 'v1'));
    const created = unwrap(
      await port.createIssue(repo, {
        title: '12n',
        body: 'a\r\nb\n',
        labels: ['test-plan'],
        milestone,
        assignees: ['ann'],
      }),
    );
    expect(created.dropped).toEqual([]);
    expect(created.url).toBe(`https://github.com/ann/${repo.name}/issues/${created.number}`);
    expect(world.github.issue(`ann/${repo.name}`, created.number)).toMatchObject({
      title: '12n',
      body: 'a\r\nb\n',
      labels: ['test-plan'],
    });
  });

  it('have the address of their repository, whatever address is answered', async () => {
    const repo = freshRepo();
    const body = { number: 7, html_url: 'https://evil.test/ann/demo/issues/7', labels: [] };
    const action = { status: 201, headers: {}, body };
    world.github.fault({ method: 'POST', path: /\/issues$/, action });
    const draft = { title: 'T', body: '', labels: [], milestone: undefined, assignees: [] };
    const created = unwrap(await createGitHub(world.client).createIssue(repo, draft));
    expect(created.url).toBe(`https://github.com/ann/${repo.name}/issues/7`);
  });

  it('tell which labels and milestone GitHub dropped without a word', async () => {
    const repo = freshRepo({ labels: ['test-plan'], milestones: ['v1'] });
    const milestone = unwrap(await createGitHub(world.client).ensureMilestone(repo, 'v1'));
    const port = createGitHub(clientFor(world.github, world.github.addUser('reader').token));
    const created = unwrap(
      await port.createIssue(repo, {
        title: 'T',
        body: '',
        labels: ['test-plan'],
        milestone,
        assignees: [],
      }),
    );
    expect(created.dropped).toEqual(['test-plan', 'milestone']);
  });

  it('in a renamed repository are created at its new place, once', async () => {
    const repo = freshRepo();
    world.github.renameRepo(`ann/${repo.name}`, `ann/${repo.name}-new`);
    const draft = { title: 'T', body: '', labels: [], milestone: undefined, assignees: [] };
    unwrap(await createGitHub(world.client).createIssue(repo, draft));
    expect(world.github.issues(`ann/${repo.name}-new`)).toHaveLength(1);
  });

  it('are listed newest first, only those of one creator, without pull requests', async () => {
    const repo = freshRepo();
    const name = `ann/${repo.name}`;
    world.github.addIssue(name, { title: 'mine', body: 'b', author: 'ann' });
    world.github.addIssue(name, { title: 'theirs', author: 'bob' });
    world.github.addPull(name, { title: 'pull', author: 'ann' });
    world.github.addIssue(name, { title: 'mine too', author: 'ann', state: 'closed' });
    const listed = unwrap(
      await createGitHub(world.client).listIssues(repo, {
        creator: 'ann',
        since: '2020-01-01T00:00:00Z',
      }),
    );
    expect(listed.map(({ title }) => title)).toEqual(['mine too', 'mine']);
    expect(listed[1]).toMatchObject({
      body: 'b',
      author: 'ann',
      authorAssociation: 'OWNER',
      kind: 'issue',
    });
  });

  it('are commented, and the comments are listed', async () => {
    const repo = freshRepo();
    const number = world.github.addIssue(`ann/${repo.name}`, { title: 'T', author: 'ann' });
    const port = createGitHub(world.client);
    unwrap(await port.createComment(issueOf(number, repo), 'Part of #1'));
    const [comment] = world.github.comments(`ann/${repo.name}`, number);
    expect(unwrap(await port.listComments(issueOf(number, repo)))).toEqual([
      { id: comment?.id, author: 'ann', body: 'Part of #1' },
    ]);
  });

  it('lose a comment by its id, once; one that is gone counts as deleted', async () => {
    const repo = freshRepo();
    const name = `ann/${repo.name}`;
    const number = world.github.addIssue(name, { title: 'T', author: 'ann' });
    const issue = issueOf(number, repo);
    for (const body of ['ours', 'theirs']) world.github.addComment(name, number, body, 'ann');
    const port = createGitHub(world.client);
    const [ours] = unwrap(await port.listComments(issue));
    world.github.renameRepo(name, `${name}-moved`);
    unwrap(await port.deleteComment(issue, ours?.id ?? 0));
    unwrap(await port.deleteComment(issue, ours?.id ?? 0));
    const left = world.github.comments(`${name}-moved`, number);
    expect(left.map(({ body }) => body)).toEqual(['theirs']);
  });

  it('keep comments that the token may not delete', async () => {
    const repo = freshRepo();
    const number = world.github.addIssue(`ann/${repo.name}`, { title: 'T', author: 'ann' });
    world.github.addComment(`ann/${repo.name}`, number, 'hm', 'ann');
    const [comment] = world.github.comments(`ann/${repo.name}`, number);
    const port = createGitHub(clientFor(world.github, world.github.addUser('guest').token));
    const answer = await port.deleteComment(issueOf(number, repo), comment?.id ?? 0);
    expect(failureOf(answer).code).toBe('role-missing');
    const { token } = world.github.addUser('narrow', { scopes: ['gist'] });
    const narrow = createGitHub(clientFor(world.github, token));
    const missing = await narrow.deleteComment(issueOf(number, repo), comment?.id ?? 0);
    expect(failureOf(missing).code).toBe('read-only-token');
    expect(world.github.comments(`ann/${repo.name}`, number)).toHaveLength(1);
  });

  it('are read as they are now', async () => {
    const repo = freshRepo();
    const name = `ann/${repo.name}`;
    const number = world.github.addIssue(name, { title: 'T', body: 'a\r\n', author: 'ann' });
    const port = createGitHub(world.client);
    const open = { ref: issueOf(number, repo), title: 'T', body: 'a\r\n', state: 'open' };
    expect(unwrap(await port.readIssue(issueOf(number, repo)))).toEqual({
      ...open,
      stateReason: undefined,
      locked: false,
    });
    world.github.editIssue(name, number, { state: 'closed', stateReason: 'duplicate' }, 'ann');
    world.github.editIssue(name, number, { locked: true, title: 'T2' }, 'ann');
    expect(unwrap(await port.readIssue(issueOf(number, repo)))).toMatchObject({
      title: 'T2',
      state: 'closed',
      stateReason: 'duplicate',
      locked: true,
    });
    world.github.editIssue(name, number, { state: 'open' }, 'ann');
    const reopened = unwrap(await port.readIssue(issueOf(number, repo)));
    expect(reopened).toMatchObject({ state: 'open', stateReason: undefined });
  });

  it('are read where they were moved to; pull requests and deleted ones are refused', async () => {
    const [repo, target] = [freshRepo(), freshRepo()];
    const name = `ann/${repo.name}`;
    const add = () => world.github.addIssue(name, { title: 'T', author: 'ann' });
    const [moved, deleted] = [add(), add()];
    const pull = world.github.addPull(name, { title: 'P', author: 'ann' });
    world.github.addIssue(`ann/${target.name}`, { title: 'there already', author: 'ann' });
    const there = world.github.transferIssue(name, moved, `ann/${target.name}`);
    world.github.deleteIssue(name, deleted);
    const port = createGitHub(world.client);
    const found = unwrap(await port.readIssue(issueOf(moved, repo)));
    expect(found.ref).toEqual(issueOf(there, target));
    const codes = [pull, deleted, 99].map(
      async (number) => failureOf(await port.readIssue(issueOf(number, repo))).code,
    );
    expect(await Promise.all(codes)).toEqual(['is-pull-request', 'gone', 'not-found']);
  });

  it('get a new title, are closed as duplicates and reopened', async () => {
    const repo = freshRepo();
    const name = `ann/${repo.name}`;
    const number = world.github.addIssue(name, { title: 'T', body: 'b', author: 'ann' });
    const port = createGitHub(world.client);
    const issue = issueOf(number, repo);
    unwrap(await port.updateIssue(issue, { title: 'New' }));
    unwrap(await port.updateIssue(issue, { state: 'closed', stateReason: 'duplicate' }));
    const closed = world.github.issue(name, number);
    unwrap(await port.updateIssue(issue, { state: 'open', stateReason: 'reopened' }));
    expect(closed).toMatchObject({ title: 'New', body: 'b', stateReason: 'duplicate' });
    const [history] = unwrap(await port.readHistories([issue]));
    expect(history).toMatchObject({ state: 'open', edits: [] });
    expect(history?.events.map(({ type, actor }) => [type, actor])).toEqual([
      ['renamed', 'ann'],
      ['closed', 'ann'],
      ['reopened', 'ann'],
    ]);
  });

  it('are closed as not planned with a new body', async () => {
    const repo = freshRepo();
    const number = world.github.addIssue(`ann/${repo.name}`, { title: 'T', author: 'ann' });
    const port = createGitHub(world.client);
    unwrap(
      await port.updateIssue(issueOf(number, repo), {
        body: 'undone',
        state: 'closed',
        stateReason: 'not_planned',
      }),
    );
    expect(world.github.issue(`ann/${repo.name}`, number)).toMatchObject({
      body: 'undone',
      state: 'closed',
      stateReason: 'not_planned',
    });
  });

  it('have a history that shows who touched them', async () => {
    const repo = freshRepo({ labels: ['x'] });
    const name = `ann/${repo.name}`;
    const quiet = world.github.addIssue(name, { title: 'quiet', body: 'a', author: 'ann' });
    const touched = world.github.addIssue(name, { title: 'touched', body: 'b', author: 'ann' });
    const deleted = world.github.addIssue(name, { title: 'deleted', author: 'ann' });
    world.github.addComment(name, touched, 'hm', 'bob');
    world.github.editIssue(name, touched, { body: 'c', labels: ['x'] }, 'bob');
    world.github.deleteIssue(name, deleted);
    const histories = unwrap(
      await createGitHub(world.client).readHistories(
        [quiet, touched, deleted].map((number) => issueOf(number, repo)),
      ),
    );
    expect(histories.map(({ title }) => title)).toEqual(['quiet', 'touched']);
    expect(histories[0]).toMatchObject({ body: 'a', state: 'open', comments: [], edits: [] });
    expect(histories[1]?.comments).toEqual([
      {
        author: 'bob',
        body: 'hm',
        isBot: false,
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+Z$/),
      },
    ]);
    expect(histories[1]?.edits.map(({ editor }) => editor)).toContain('bob');
    expect(histories[1]?.events).toContainEqual(
      expect.objectContaining({ type: 'labeled', actor: 'bob' }),
    );
  });

  it('get labels and milestones that are made once', async () => {
    const repo = freshRepo();
    const port = createGitHub(world.client);
    unwrap(await port.createLabel(repo, 'test-plan'));
    unwrap(await port.createLabel(repo, 'test-plan'));
    const first = unwrap(await port.ensureMilestone(repo, 'v2'));
    expect(unwrap(await port.ensureMilestone(repo, 'v2'))).toBe(first);
  });

  it('cannot be created where issues are turned off or the repository is archived', async () => {
    const draft = { title: 'T', body: '', labels: [], milestone: undefined, assignees: [] };
    const port = createGitHub(world.client);
    const off = failureOf(await port.createIssue(freshRepo({ hasIssues: false }), draft));
    expect(off.code).toBe('issues-disabled');
    const archived = failureOf(await port.createIssue(freshRepo({ archived: true }), draft));
    expect(archived.code).toBe('archived');
  });
});
