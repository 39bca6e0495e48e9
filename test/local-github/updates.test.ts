import { Octokit } from '@octokit/rest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalGitHub, startLocalGitHub } from './local-github.ts';

const REPO = 'octo-org/plan';
const repo = { owner: 'octo-org', repo: 'plan' };

let github: LocalGitHub;
let now: number;
let octokit: Octokit;

beforeEach(async () => {
  now = Date.parse('2026-11-20T12:00:00Z');
  github = await startLocalGitHub({ clock: () => now });
  const { token } = github.addUser('maintainer');
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  octokit = new Octokit({ auth: token, request: { fetch: github.fetch }, log });
  github.addRepo(REPO, { collaborators: { maintainer: 'push' }, milestones: ['1.0'] });
  github.addIssue(REPO, { title: 'Task', body: 'b', author: 'maintainer' });
  github.addIssue(REPO, { title: 'Other', author: 'maintainer' });
  github.addPull(REPO, { title: 'Change', author: 'maintainer' });
  now += 60_000;
});

afterEach(async () => {
  github.assertConforming();
  await github.close();
});

const updated = async () => {
  const since = '2026-11-20T12:01:00Z';
  const query = { ...repo, state: 'all', sort: 'updated', since } as const;
  return (await octokit.issues.listForRepo(query)).data.map(({ number }) => number);
};

describe('updated_at', () => {
  it.each<[string, () => unknown]>([
    ['a comment', () => github.addComment(REPO, 1, 'hello', 'maintainer')],
    ['an edit of the body', () => github.editIssue(REPO, 1, { body: 'new' }, 'maintainer')],
    ['a new title', () => github.editIssue(REPO, 1, { title: 'New' }, 'maintainer')],
    ['a closing', () => github.editIssue(REPO, 1, { state: 'closed' }, 'maintainer')],
    ['a label', () => github.editIssue(REPO, 1, { labels: ['bug'] }, 'maintainer')],
    ['a milestone', () => octokit.issues.update({ ...repo, issue_number: 1, milestone: 1 })],
    [
      'an assignee',
      () => octokit.issues.update({ ...repo, issue_number: 1, assignees: ['maintainer'] }),
    ],
    ['a lock', () => octokit.issues.lock({ ...repo, issue_number: 1 })],
    ['a closing by commit', () => github.closeByCommit(REPO, 1, { by: 'maintainer' })],
  ])('moves by %s', async (_, act) => {
    await act();
    expect(await updated()).toEqual([1]);
  });

  it('moves by an edited comment, a reopening and a merge', async () => {
    now -= 60_000;
    github.addComment(REPO, 1, 'hello', 'maintainer');
    github.editIssue(REPO, 2, { state: 'closed' }, 'maintainer');
    now += 60_000;
    const [comment] = github.comments(REPO, 1);
    await octokit.issues.updateComment({ ...repo, comment_id: comment?.id ?? 0, body: 'new' });
    github.editIssue(REPO, 2, { state: 'open' }, 'maintainer');
    github.mergePull(REPO, 3, 'maintainer');
    expect(await updated()).toEqual([3, 2, 1]);
  });

  it.each<[string, () => unknown, number[]]>([
    ['a mention', () => github.addComment(REPO, 2, 'see #1', 'maintainer'), [2]],
    [
      'a pull request that names it',
      () => github.editIssue(REPO, 3, { body: 'Fixes #1' }, 'maintainer'),
      [3],
    ],
    ['a link in the sidebar', () => github.linkPull(REPO, 1, 3), []],
    ['the same body again', () => github.editIssue(REPO, 1, { body: 'b' }, 'maintainer'), []],
    [
      'the merge of another branch',
      () => {
        github.addPull(REPO, {
          title: 'x',
          body: 'Fixes #1',
          author: 'maintainer',
          base: 'release',
          merged: true,
        });
      },
      [4],
    ],
  ])('stays by %s', async (_, act, expected) => {
    await act();
    expect(await updated()).toEqual(expected);
  });
});

describe('an issue that is gone', () => {
  const state = async (number: number) => {
    const query = `query ($n: Int!) { repository(owner: "octo-org", name: "plan") {
      issueOrPullRequest(number: $n) { __typename } } }`;
    const graphql = await octokit.graphql(query, { n: number }).then(
      () => 'found',
      (error: { errors: { type: string }[] }) => error.errors[0]?.type,
    );
    const rest = await octokit
      .request('GET /repos/{owner}/{repo}/issues/{issue_number}', {
        ...repo,
        issue_number: number,
        request: { redirect: 'manual' },
      })
      .then(
        ({ status }) => status as number,
        (error: { status: number }) => error.status,
      );
    return [rest, graphql];
  };

  it.each<[string, () => unknown, [number, string]]>([
    ['deleted', () => github.deleteIssue(REPO, 1), [410, 'NOT_FOUND']],
    ['turned into a discussion', () => github.convertToDiscussion(REPO, 1), [410, 'NOT_FOUND']],
    [
      'transferred',
      () => {
        github.addRepo('octo-org/other');
        github.transferIssue(REPO, 1, 'octo-org/other');
      },
      [301, 'NOT_FOUND'],
    ],
    [
      'out of reach',
      () => {
        github.updateRepo(REPO, { private: true });
        github.removeCollaborator(REPO, 'maintainer');
      },
      [404, 'NOT_FOUND'],
    ],
    [
      'in an archived repository',
      () => github.updateRepo(REPO, { archived: true }),
      [200, 'found'],
    ],
  ])('because it was %s answers so', async (_, act, expected) => {
    act();
    expect(await state(1)).toEqual(expected);
  });
});
