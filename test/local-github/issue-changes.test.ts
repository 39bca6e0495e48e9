import type { Octokit } from '@octokit/rest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalGitHub, startLocalGitHub } from './local-github.ts';
import { openApi } from './openapi/openapi.ts';
import { quietOctokit } from './quiet-octokit.ts';

const REPO = 'octo-org/plan';
const repo = { owner: 'octo-org', repo: 'plan' };
const one = { ...repo, issue_number: 1 };

let github: LocalGitHub;
let now: number;
let maintainer: Octokit;
let stranger: Octokit;

beforeEach(async () => {
  now = Date.parse('2026-11-20T12:00:00Z');
  github = await startLocalGitHub({ clock: () => now });
  maintainer = quietOctokit(github, github.addUser('maintainer').token);
  stranger = quietOctokit(github, github.addUser('stranger').token);
  github.addRepo(REPO, { collaborators: { maintainer: 'push' } });
  github.addIssue(REPO, { title: 'Login works', author: 'maintainer' });
  now += 60_000;
});

afterEach(() => github.close());

function status(answer: Promise<{ readonly status: number }>): Promise<number> {
  return answer.then(
    (done) => done.status,
    (error: { readonly status: number }) => error.status,
  );
}

describe('a comment', () => {
  const remove = (by: Octokit) => {
    const [comment] = github.comments(REPO, 1);
    return status(by.issues.deleteComment({ ...repo, comment_id: comment?.id ?? 1 }));
  };

  it('is deleted by its author or by somebody who may write, once, and moves the time', async () => {
    github.addComment(REPO, 1, 'by the stranger', 'stranger');
    expect(await remove(stranger)).toBe(204);
    expect(await remove(stranger)).toBe(404);
    github.addComment(REPO, 1, 'again', 'stranger');
    now += 60_000;
    expect(await remove(maintainer)).toBe(204);
    expect(github.issue(REPO, 1)).toMatchObject({ comments: [], updatedAt: now });
    github.assertConforming();
  });

  it('of others is refused, and one that a person deletes is gone', async () => {
    github.addComment(REPO, 1, 'by the maintainer', 'maintainer');
    expect(await remove(stranger)).toBe(403);
    const [comment] = github.comments(REPO, 1);
    github.deleteComment(REPO, 1, comment?.id ?? 0);
    expect(github.comments(REPO, 1)).toEqual([]);
    github.assertConforming();
  });
});

describe('a change of title and state', () => {
  it('shows in the timeline who did it, with its reason', async () => {
    await maintainer.issues.update({ ...one, title: 'Login' });
    await maintainer.issues.update({ ...one, state: 'closed', state_reason: 'duplicate' });
    const closed = await maintainer.issues.get(one);
    github.editIssue(REPO, 1, { state: 'open' }, 'stranger');
    github.editIssue(REPO, 1, { title: 'Login works' }, 'stranger');
    const { data } = await maintainer.issues.listEventsForTimeline(one);

    expect(closed.data).toMatchObject({ state: 'closed', state_reason: 'duplicate' });
    expect(data).toMatchObject([
      { event: 'renamed', actor: { login: 'maintainer' }, rename: { to: 'Login' } },
      { event: 'closed', actor: { login: 'maintainer' }, state_reason: 'duplicate' },
      { event: 'reopened', actor: { login: 'stranger' } },
      { event: 'renamed', actor: { login: 'stranger' }, rename: { from: 'Login' } },
    ]);
    const path = '/repos/octo-org/plan/issues/1/timeline';
    expect(openApi().checkAnswer('GET', path, 200, data)).toEqual([]);
    github.assertConforming();
  });

  it('is refused by the description when the reason is none of GitHub\u2019s', async () => {
    const reason = 'fixed' as 'completed';
    await maintainer.issues.update({ ...one, state: 'closed', state_reason: reason });
    expect(() => github.assertConforming()).toThrow('state_reason');
  });
});

describe('a revert', () => {
  it('by the button is a merged pull request that refers to the reverted one', async () => {
    const pull = github.addPull(REPO, {
      title: 'Faster',
      author: 'stranger',
      base: 'v1',
      merged: true,
    });
    const revert = github.revertPull(REPO, pull, 'maintainer');
    const { data } = await maintainer.issues.listEventsForTimeline({ ...repo, issue_number: pull });

    expect(github.issue(REPO, revert)).toMatchObject({
      title: 'Revert "Faster"',
      body: `Reverts ${REPO}#${pull}`,
      pull: { base: 'v1', merged: true, mergedBy: 'maintainer' },
    });
    expect(data.at(-1)).toMatchObject({
      event: 'cross-referenced',
      actor: { login: 'maintainer' },
      source: { issue: { number: revert } },
    });
    const open = github.addPull(REPO, { title: 'Open', author: 'stranger' });
    expect(() => github.revertPull(REPO, open, 'maintainer')).toThrow('is not merged');
    github.assertConforming();
  });
});

describe('a search', () => {
  const search = async (query: string, by = maintainer) => {
    const answer = await by.graphql<{
      search: { issueCount: number; nodes: { __typename: string; number?: number }[] };
    }>(
      `query Search($wanted: String!) {
        search(type: ISSUE, first: 10, query: $wanted) {
          issueCount nodes { __typename ... on Issue { number } ... on PullRequest { number } }
        }
      }`,
      { wanted: query },
    );
    expect(answer.search.issueCount).toBe(answer.search.nodes.length);
    return answer.search.nodes.map(({ number }) => number);
  };

  it('finds whole words in titles, newest first', async () => {
    github.addIssue(REPO, { title: 'login Works twice', body: 'logout', author: 'stranger' });
    now += 60_000;
    const pull = github.addPull(REPO, { title: 'Login', author: 'stranger' });
    expect(await search(`repo:${REPO} is:issue in:title login works`)).toEqual([2, 1]);
    expect(await search(`repo:${REPO} in:title LOGIN`)).toEqual([pull, 2, 1]);
    expect(await search(`repo:${REPO} is:issue in:title log`)).toEqual([]);
    expect(await search(`repo:${REPO} is:issue in:title logout`)).toEqual([]);
    github.editIssue(REPO, 1, { state: 'closed' }, 'stranger');
    expect(await search(`repo:${REPO} is:issue is:closed in:title login`)).toEqual([1]);
    github.assertConforming();
  });

  it('shows nothing of a repository that is hidden, and lags behind as lists do', async () => {
    github.updateRepo(REPO, { private: true });
    expect(await search(`repo:${REPO} is:issue in:title login`, stranger)).toEqual([]);
    expect(await search('repo:octo-org/none is:issue in:title login')).toEqual([]);
    github.configure({ listLagMs: 120_000 });
    expect(await search(`repo:${REPO} is:issue in:title login`)).toEqual([]);
    github.assertConforming();
  });

  it.each(['author:x', '"quoted"', '-without', 'OR', 'is:locked'])(
    'fails the test that asks for what is not modelled: %s',
    async (word) => {
      await expect(search(`repo:${REPO} in:title ${word}`)).rejects.toThrow('does not model');
      expect(() => github.assertConforming()).toThrow('does not model');
    },
  );
});
