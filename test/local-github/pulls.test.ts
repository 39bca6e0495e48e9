import type { Octokit } from '@octokit/rest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalGitHub, startLocalGitHub } from './local-github.ts';
import { openApi } from './openapi/openapi.ts';
import { quietOctokit } from './quiet-octokit.ts';

const REPO = 'octo-org/plan';
const OTHER = 'octo-org/other';
const repo = { owner: 'octo-org', repo: 'plan' };

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
  github.addRepo(OTHER);
});

afterEach(async () => {
  github.assertConforming();
  await github.close();
});

/** Puts an issue there and lets a minute pass. */
function addIssue(fullName = REPO): number {
  const number = github.addIssue(fullName, { title: 'Task', author: 'stranger' });
  now += 60_000;
  return number;
}

function addPull(body: string, more: { base?: string; title?: string } = {}): number {
  const number = github.addPull(REPO, { title: 'Change', author: 'maintainer', body, ...more });
  now += 60_000;
  return number;
}

const ISSUE = `
  state stateReason closedAt
  closedByPullRequestsReferences(first: 10, includeClosedPrs: true) {
    totalCount nodes { number merged mergedAt baseRefName repository { nameWithOwner } }
  }
  openOnly: closedByPullRequestsReferences(first: 10) { nodes { number } }
  byHand: closedByPullRequestsReferences(first: 10, includeClosedPrs: true, userLinkedOnly: true) {
    nodes { number }
  }
  timelineItems(itemTypes: [CLOSED_EVENT, REOPENED_EVENT, CROSS_REFERENCED_EVENT], last: 20) {
    nodes {
      __typename
      ... on ClosedEvent {
        createdAt stateReason actor { login }
        closer {
          __typename
          ... on PullRequest { number merged baseRefName }
          ... on Commit {
            oid associatedPullRequests(first: 1) { nodes { number merged mergedAt } }
          }
        }
      }
      ... on ReopenedEvent { createdAt actor { login } }
      ... on CrossReferencedEvent {
        willCloseTarget
        source { ... on PullRequest { number title body merged baseRefName mergedAt } }
      }
    }
  }`;

interface IssueAnswer {
  readonly state: string;
  readonly stateReason: string | null;
  readonly closedAt: string | null;
  readonly closedByPullRequestsReferences: {
    readonly totalCount: number;
    readonly nodes: readonly { readonly number: number; readonly merged: boolean }[];
  };
  readonly openOnly: { readonly nodes: readonly { readonly number: number }[] };
  readonly byHand: { readonly nodes: readonly { readonly number: number }[] };
  readonly timelineItems: { readonly nodes: readonly Readonly<Record<string, unknown>>[] };
}

async function read(number: number, as = maintainer, name = 'plan'): Promise<IssueAnswer> {
  const query = `query ($number: Int!, $name: String!) {
    repository(owner: "octo-org", name: $name) { issue(number: $number) { ${ISSUE} } }
  }`;
  const answer = await as.graphql<{ repository: { issue: IssueAnswer } }>(query, { number, name });
  return answer.repository.issue;
}

const closings = ({ timelineItems }: IssueAnswer) =>
  timelineItems.nodes.filter((node) => node.__typename === 'ClosedEvent');

describe('a merge into the default branch', () => {
  it.each([
    ['Closes #1', true],
    ['this RESOLVED: #1.', true],
    ['fix octo-org/plan#1', true],
    ['Fixes https://github.com/octo-org/plan/issues/1', true],
    ['closes #1, #2', true],
    ['closing #1', false],
    ['see #1', false],
    ['`closes #1`', false],
    ['<!-- closes #1 -->', false],
    ['closes `a` #1', false],
    ['prefixes #1', false],
  ])('of %j closes the issue: %s', async (body, closes) => {
    const issue = addIssue();
    github.mergePull(REPO, addPull(body), 'maintainer');
    expect((await read(issue)).state).toBe(closes ? 'CLOSED' : 'OPEN');
  });

  it('is the closer of the issue, which REST does not tell', async () => {
    const issue = addIssue();
    const pull = addPull(`Closes #${issue}`);
    github.mergePull(REPO, pull, 'maintainer');
    const answer = await read(issue);
    const { data } = await maintainer.issues.listEvents({ ...repo, issue_number: issue });

    expect(answer).toMatchObject({ stateReason: 'COMPLETED', closedAt: '2026-11-20T12:02:00Z' });
    expect(closings(answer)).toEqual([
      {
        __typename: 'ClosedEvent',
        createdAt: '2026-11-20T12:02:00Z',
        stateReason: 'COMPLETED',
        actor: { login: 'maintainer' },
        closer: { __typename: 'PullRequest', number: pull, merged: true, baseRefName: 'main' },
      },
    ]);
    expect(data).toMatchObject([{ event: 'closed', commit_id: null, state_reason: 'completed' }]);
  });

  it('makes the pull request merged, once', async () => {
    const pull = addPull('x');
    const second = addPull('y');
    github.mergePull(REPO, pull, 'maintainer');
    github.mergePull(REPO, second, 'maintainer');
    const { data } = await maintainer.pulls.get({ ...repo, pull_number: pull });
    const other = await maintainer.pulls.get({ ...repo, pull_number: second });

    expect(data).toMatchObject({
      merged: true,
      state: 'closed',
      merged_at: '2026-11-20T12:02:00Z',
      merged_by: { login: 'maintainer' },
      base: { ref: 'main' },
    });
    expect(data.merge_commit_sha).not.toBe(other.data.merge_commit_sha);
    expect(github.issue(REPO, pull).events.map(({ detail }) => detail.kind)).toEqual([
      'merged',
      'closed',
    ]);
    expect(() => github.mergePull(REPO, pull, 'maintainer')).toThrow('is not open');
  });

  it('leaves closed issues and pull requests that it names as they are', async () => {
    const issue = addIssue();
    github.editIssue(REPO, issue, { state: 'closed', stateReason: 'not_planned' }, 'stranger');
    const named = addPull('named');
    github.mergePull(REPO, addPull(`fixes #${issue}, fixes #${named}`), 'maintainer');

    expect(await read(issue)).toMatchObject({ stateReason: 'NOT_PLANNED' });
    expect(closings(await read(issue))).toHaveLength(1);
    expect(github.issue(REPO, named).state).toBe('open');
  });

  it('closes issues of other repositories where the merger may write', async () => {
    const issue = addIssue(OTHER);
    const first = addPull(`closes ${OTHER}#${issue}`);
    github.mergePull(REPO, first, 'maintainer');
    expect((await read(issue, maintainer, 'other')).state).toBe('OPEN');
    github.updateRepo(OTHER, { collaborators: { maintainer: 'push' } });
    const pull = addPull(`closes ${OTHER}#${issue}`);
    github.mergePull(REPO, pull, 'maintainer');
    const answer = await read(issue, maintainer, 'other');

    expect(answer.state).toBe('CLOSED');
    expect(answer.closedByPullRequestsReferences.nodes).toMatchObject([
      { number: first, repository: { nameWithOwner: REPO } },
      { number: pull, repository: { nameWithOwner: REPO } },
    ]);
  });

  it('with the words in its commit names the commit as closer', async () => {
    const issue = addIssue();
    const pull = addPull('squashed', { title: `Fix #${issue}` });
    github.mergePull(REPO, pull, 'maintainer', { commit: true });
    const { data } = await maintainer.issues.listEvents({ ...repo, issue_number: issue });
    const oid = github.issue(REPO, pull).pull?.mergeCommit;

    expect(closings(await read(issue))).toMatchObject([
      { closer: { oid, associatedPullRequests: { nodes: [{ number: pull, merged: true }] } } },
    ]);
    expect(data.at(-1)).toMatchObject({ event: 'closed', commit_id: oid });
  });

  it('can be made when the pull request is put there', async () => {
    const issue = addIssue();
    const body = `closes #${issue}`;
    github.addPull(REPO, { title: 'Done', author: 'stranger', body, merged: true });
    expect((await read(issue)).state).toBe('CLOSED');
  });
});

describe('a merge into another branch', () => {
  it('closes nothing and is no reference, but the mention is in the timeline', async () => {
    const issue = addIssue();
    const pull = addPull(`Closes #${issue}`, { base: 'release' });
    github.mergePull(REPO, pull, 'maintainer');
    const answer = await read(issue);

    expect(answer).toMatchObject({ state: 'OPEN', closedByPullRequestsReferences: { nodes: [] } });
    expect(answer.timelineItems.nodes).toEqual([
      {
        __typename: 'CrossReferencedEvent',
        willCloseTarget: false,
        source: {
          number: pull,
          title: 'Change',
          body: `Closes #${issue}`,
          merged: true,
          baseRefName: 'release',
          mergedAt: '2026-11-20T12:02:00Z',
        },
      },
    ]);
  });

  it('counts once that branch is the default', async () => {
    const issue = addIssue();
    const pull = addPull(`Closes #${issue}`, { base: 'trunk' });
    github.updateRepo(REPO, { defaultBranch: 'trunk' });
    expect((await read(issue)).openOnly.nodes).toEqual([{ number: pull }]);
  });
});

describe('the references of an issue', () => {
  it('leave closed and merged pull requests out unless asked for', async () => {
    const issue = addIssue();
    const pulls = [1, 2, 3].map(() => addPull(`fixes #${issue}`));
    const [open = 0, closed = 0, merged = 0] = pulls;
    github.editIssue(REPO, closed, { state: 'closed' }, 'maintainer');
    github.mergePull(REPO, merged, 'maintainer');
    const answer = await read(issue);

    expect(answer.openOnly.nodes).toEqual([{ number: open }]);
    expect(answer.closedByPullRequestsReferences.nodes.map((node) => node.number)).toEqual(pulls);
    expect(answer.byHand.nodes).toEqual([]);
  });

  it('hold those linked in the sidebar, whose merge closes the issue too', async () => {
    const issue = addIssue();
    const pull = addPull('no words');
    const before = github.issue(REPO, issue).updatedAt;
    github.linkPull(REPO, issue, pull);
    const linked = await read(issue);
    github.mergePull(REPO, pull, 'maintainer');
    const merged = await read(issue);

    expect(github.issue(REPO, issue).events[0]).toMatchObject({ detail: { kind: 'connected' } });
    expect(linked.byHand.nodes).toEqual([{ number: pull }]);
    expect(before).toBeLessThan(github.issue(REPO, issue).updatedAt);
    expect(merged.state).toBe('CLOSED');
    expect(closings(merged)).toMatchObject([{ closer: { number: pull } }]);
  });

  it('follow an edit of the description', async () => {
    const issue = addIssue();
    const pull = addPull('nothing');
    github.editIssue(REPO, pull, { body: `Fixes #${issue}` }, 'maintainer');
    expect((await read(issue)).openOnly.nodes).toEqual([{ number: pull }]);
    const query = `query ($pull: Int!) { repository(owner: "octo-org", name: "plan") {
      pullRequest(number: $pull) {
        title body merged mergedAt closedAt baseRefName headRefName author { login }
        mergeCommit { oid } closingIssuesReferences(first: 5) { nodes { number } }
      }
    } }`;
    expect(await maintainer.graphql(query, { pull })).toEqual({
      repository: {
        pullRequest: {
          title: 'Change',
          body: `Fixes #${issue}`,
          merged: false,
          mergedAt: null,
          closedAt: null,
          baseRefName: 'main',
          headRefName: 'maintainer-patch',
          author: { login: 'maintainer' },
          mergeCommit: null,
          closingIssuesReferences: { nodes: [{ number: issue }] },
        },
      },
    });
  });

  it('and its closer are hidden where the pull request is in a private repository', async () => {
    const issue = addIssue(OTHER);
    github.updateRepo(REPO, { private: true });
    github.updateRepo(OTHER, { collaborators: { maintainer: 'push' } });
    github.mergePull(REPO, addPull(`closes ${OTHER}#${issue}`), 'maintainer');
    const hidden = await read(issue, stranger, 'other');
    expect(hidden.closedByPullRequestsReferences.totalCount).toBe(0);
    expect(closings(hidden)).toMatchObject([{ closer: null }]);
    expect(closings(await read(issue, maintainer, 'other'))).toMatchObject([
      { closer: { merged: true } },
    ]);
  });
});

it('hides pull requests of a private repository from a token without the permission', async () => {
  const issue = addIssue();
  github.mergePull(REPO, addPull(`Closes #${issue}`), 'maintainer');
  github.updateRepo(REPO, { private: true });
  const { token } = github.addUser('maintainer', { scopes: null });
  github.restrictToken(token, { permissions: { pulls: 'none' } });
  const query = `{ repository(owner: "octo-org", name: "plan") { issue(number: ${issue}) {
    state closedByPullRequestsReferences(first: 1, includeClosedPrs: true) { nodes { number } }
    timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) {
      nodes { ... on ClosedEvent { stateReason closer { __typename } } }
    }
  } } }`;
  const answer = await github.fetch('https://api.github.com/graphql', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = await answer.json();

  expect(data.repository.issue).toEqual({
    state: 'CLOSED',
    closedByPullRequestsReferences: { nodes: [null] },
    timelineItems: { nodes: [{ stateReason: 'COMPLETED', closer: null }] },
  });
  expect(errors.map(({ type }: { type: string }) => type)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
});

describe('an issue closed by a commit', () => {
  it('names the commit, and the pull request that brought it if there is one', async () => {
    const [direct, brought] = [addIssue(), addIssue()];
    const pull = addPull('x');
    github.mergePull(REPO, pull, 'maintainer');
    github.closeByCommit(REPO, direct, { by: 'maintainer' });
    github.closeByCommit(REPO, brought, { by: 'maintainer', pull });
    const closersOf = async (number: number) =>
      closings(await read(number)).map(({ closer }) => closer);

    expect(await closersOf(direct)).toMatchObject([{ associatedPullRequests: { nodes: [] } }]);
    expect(await closersOf(brought)).toMatchObject([
      { associatedPullRequests: { nodes: [{ number: pull, merged: true }] } },
    ]);
  });

  it('can be asked for by the node id of its commit', async () => {
    const issue = addIssue();
    const pull = addPull('x', { title: `fixes #${issue}` });
    github.mergePull(REPO, pull, 'maintainer', { commit: true });
    const ids = await maintainer.graphql<{
      repository: { issue: { timelineItems: { nodes: { closer: { id: string } }[] } } };
    }>(
      `query ($n: Int!) { repository(owner: "octo-org", name: "plan") { issue(number: $n) {
        timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) {
          nodes { ... on ClosedEvent { closer { ... on Commit { id } } } }
        }
      } } }`,
      { n: issue },
    );
    const [event] = ids.repository.issue.timelineItems.nodes;
    const commits = await maintainer.graphql(
      `query ($ids: [ID!]!) { nodes(ids: $ids) {
        ... on Commit { associatedPullRequests(first: 10) { nodes { number baseRefName } } }
      } }`,
      { ids: [event?.closer.id] },
    );
    expect(commits).toEqual({
      nodes: [{ associatedPullRequests: { nodes: [{ number: pull, baseRefName: 'main' }] } }],
    });
  });

  it('can be reopened: the last state event tells', async () => {
    const issue = addIssue();
    github.closeByCommit(REPO, issue, { by: 'maintainer' });
    now += 60_000;
    github.editIssue(REPO, issue, { state: 'open' }, 'stranger');
    const { timelineItems, state } = await read(issue);
    expect(state).toBe('OPEN');
    expect(timelineItems.nodes.at(-1)).toEqual({
      __typename: 'ReopenedEvent',
      createdAt: '2026-11-20T12:02:00Z',
      actor: { login: 'stranger' },
    });
  });
});

describe('the list of issues', () => {
  const changedSince = async (since: string) => {
    const query = { ...repo, state: 'all', sort: 'updated', since } as const;
    return (await maintainer.issues.listForRepo(query)).data;
  };

  it('shows what a merge changed, newest first, with the time of the merge', async () => {
    const [named] = [addIssue(), addIssue()];
    const pull = addPull(`closes #${named}`);
    github.mergePull(REPO, pull, 'maintainer');
    const changed = await changedSince('2026-11-20T12:03:00Z');
    expect(changed.map(({ number }) => number)).toEqual([pull, named]);
    expect(changed[0]?.pull_request?.merged_at).toBe('2026-11-20T12:03:00Z');
  });

  it('does not show issues that were merely mentioned or linked', async () => {
    const [mentioned, linked] = [addIssue(), addIssue()];
    const pull = addPull(`see #${mentioned}`);
    github.linkPull(REPO, linked, pull);
    expect((await changedSince('2026-11-20T12:02:00Z')).map(({ number }) => number)).toEqual([
      pull,
    ]);
  });

  it('tells an update late when it lags, with its true time', async () => {
    const issue = addIssue();
    github.configure({ listLagMs: 5_000 });
    github.editIssue(REPO, issue, { state: 'closed' }, 'maintainer');
    expect(await changedSince('2026-11-20T12:01:00Z')).toEqual([]);
    now += 5_000;
    expect(await changedSince('2026-11-20T12:01:00Z')).toMatchObject([
      { number: issue, state: 'closed', updated_at: '2026-11-20T12:01:00Z' },
    ]);
  });

  it('is a 304 without points until its page changes, by the server’s date', async () => {
    const issue = addIssue();
    const list = (etag = '') =>
      maintainer
        .request('GET /repos/{owner}/{repo}/issues', {
          ...repo,
          state: 'all',
          since: '2026-11-20T12:00:00Z',
          headers: { 'if-none-match': etag },
        })
        .catch((error: { status: number }) => ({ ...error, headers: { etag: '', date: '' } }));
    const first = await list();
    now += 60_000;
    const second = await list(first.headers.etag);
    github.addPull(REPO, { title: `see #${issue}`, author: 'stranger' });
    const third = await list(first.headers.etag);

    expect([first.status, second.status, third.status]).toEqual([200, 304, 200]);
    expect(first.headers.date).toBe('Fri, 20 Nov 2026 12:01:00 GMT');
    expect(github.report()).toMatchObject({
      notModified: 1,
      kinds: { restReads: 3, restWrites: 0, graphqlQueries: 0, graphqlMutations: 0 },
      points: { rest: 2, graphql: 0, total: 2 },
    });
  });
});

it('answers pull requests in the shapes of GitHub’s description', async () => {
  const issue = addIssue();
  const linked = addIssue();
  const pull = addPull(`closes #${issue}`);
  const open = addPull('open');
  github.linkPull(REPO, linked, pull);
  github.mergePull(REPO, pull, 'maintainer');
  github.closeByCommit(REPO, addIssue(), { by: 'maintainer' });
  const numbers = [issue, linked, pull, open];
  const tails = [
    '/issues?state=all',
    `/pulls/${pull}`,
    `/pulls/${open}`,
    ...numbers.flatMap((number) =>
      ['', '/timeline', '/events'].map((p) => `/issues/${number}${p}`),
    ),
  ];
  for (const tail of tails) {
    const url = `/repos/${REPO}${tail}`;
    const { status, data } = await maintainer.request(`GET ${url}`);
    const problems = openApi().checkAnswer('GET', url.replace(/\?.*/, ''), status, data);
    expect([tail, problems]).toEqual([tail, []]);
  }
});
