import { describe, expect, it } from 'vitest';
import { createGitHubPort } from '../../lib/github/github-port.ts';
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
    const port = createGitHubPort(world.client);
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

  it('tell which labels and milestone GitHub dropped without a word', async () => {
    const repo = freshRepo({ labels: ['test-plan'], milestones: ['v1'] });
    const milestone = unwrap(await createGitHubPort(world.client).ensureMilestone(repo, 'v1'));
    const port = createGitHubPort(clientFor(world.github, world.github.addUser('reader').token));
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
    unwrap(await createGitHubPort(world.client).createIssue(repo, draft));
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
      await createGitHubPort(world.client).listIssues(repo, {
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
    const port = createGitHubPort(world.client);
    unwrap(await port.createComment(issueOf(number, repo), 'Part of #1'));
    expect(unwrap(await port.listComments(issueOf(number, repo)))).toEqual([
      { author: 'ann', body: 'Part of #1' },
    ]);
  });

  it('are closed as not planned with a new body', async () => {
    const repo = freshRepo();
    const number = world.github.addIssue(`ann/${repo.name}`, { title: 'T', author: 'ann' });
    const port = createGitHubPort(world.client);
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
      await createGitHubPort(world.client).readHistories(
        [quiet, touched, deleted].map((number) => issueOf(number, repo)),
      ),
    );
    expect(histories.map(({ title }) => title)).toEqual(['quiet', 'touched']);
    expect(histories[0]).toMatchObject({ body: 'a', state: 'open', comments: [], editors: [] });
    expect(histories[1]?.comments).toEqual([{ author: 'bob', body: 'hm', isBot: false }]);
    expect(histories[1]?.editors).toContain('bob');
    expect(histories[1]?.events).toContainEqual(
      expect.objectContaining({ type: 'labeled', actor: 'bob' }),
    );
  });

  it('get labels and milestones that are made once', async () => {
    const repo = freshRepo();
    const port = createGitHubPort(world.client);
    unwrap(await port.createLabel(repo, 'test-plan'));
    unwrap(await port.createLabel(repo, 'test-plan'));
    const first = unwrap(await port.ensureMilestone(repo, 'v2'));
    expect(unwrap(await port.ensureMilestone(repo, 'v2'))).toBe(first);
  });

  it('cannot be created where issues are switched off or the repository is archived', async () => {
    const draft = { title: 'T', body: '', labels: [], milestone: undefined, assignees: [] };
    const port = createGitHubPort(world.client);
    const off = failureOf(await port.createIssue(freshRepo({ hasIssues: false }), draft));
    expect(off.code).toBe('issues-disabled');
    const archived = failureOf(await port.createIssue(freshRepo({ archived: true }), draft));
    expect(archived.code).toBe('archived');
  });
});
