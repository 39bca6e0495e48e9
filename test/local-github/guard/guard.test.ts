import { Octokit } from '@octokit/rest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { patiently } from '../../patiently.ts';
import { type LocalGitHub, startLocalGitHub } from '../local-github.ts';

const REPO = 'octo-org/plan';
const ISSUES = 'https://api.github.com/repos/octo-org/plan/issues';

let github: LocalGitHub;
let now: number;
let token: string;

beforeEach(async () => {
  now = Date.parse('2026-11-20T12:00:00Z');
  github = await startLocalGitHub({ clock: () => now });
  ({ token } = github.addUser('author'));
  github.addRepo(REPO, { collaborators: { author: 'push' } });
});

afterEach(async () => {
  await github.close();
});

function send(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    ...init.headers,
  };
  return github.fetch(`${ISSUES}${path}`, { ...init, headers });
}

function create(title: string, init: RequestInit = {}): Promise<Response> {
  return send('', { method: 'POST', body: JSON.stringify({ title }), ...init });
}

describe('limits', () => {
  it('stop content creation at so many a minute and say when to come back', async () => {
    github.configure({
      retryAfterSeconds: 30,
      secondaryLimits: {
        contentPerMinute: 2,
        contentPerHour: 500,
        points: 900,
        graphqlPoints: 2000,
        concurrent: 100,
      },
    });
    expect((await create('a')).status).toBe(201);
    expect((await create('b')).status).toBe(201);
    const refused = await create('c');
    expect(refused.status).toBe(403);
    expect(refused.headers.get('retry-after')).toBe('30');
    expect((await refused.json()).message).toContain('secondary rate limit');
    expect((await send('')).status).toBe(200);
    expect(github.report().requestsWhileRateLimited).toHaveLength(1);
    now += 30_000;
    expect((await create('c')).status).toBe(201);
    expect(github.report().requestsWhileRateLimited).toHaveLength(1);
    expect(github.issues(REPO)).toHaveLength(3);
  });

  it('count points per minute, five for a write', async () => {
    github.configure({
      secondaryLimits: {
        contentPerMinute: 80,
        contentPerHour: 500,
        points: 7,
        graphqlPoints: 2000,
        concurrent: 100,
      },
    });
    const statuses = [(await create('a')).status];
    for (let count = 0; count < 3; count += 1) statuses.push((await send('/1')).status);
    expect(statuses).toEqual([201, 200, 200, 403]);
  });

  it('use up the primary limit and reset it', async () => {
    github.configure({ primaryLimit: 2, primaryWindowSeconds: 60 });
    await send('');
    expect((await send('/9')).headers.get('x-ratelimit-remaining')).toBe('0');
    const refused = await send('');
    expect(refused.status).toBe(403);
    expect(refused.headers.get('x-ratelimit-reset')).toBe(String(now / 1000 + 60));
    now += 60_000;
    expect((await send('')).status).toBe(200);
  });

  it('give nobody sixty an hour', async () => {
    const { headers } = await github.fetch(ISSUES);
    expect(headers.get('x-ratelimit-limit')).toBe('60');
  });
});

describe('caching', () => {
  it('answers 304 for free while nothing changed, and anew after an edit', async () => {
    github.addIssue(REPO, { title: 'Plan', author: 'author' });
    const first = await send('/1');
    const conditional = { headers: { 'if-none-match': first.headers.get('etag') ?? '' } };
    const second = await send('/1', conditional);

    expect(first.headers.get('cache-control')).toBe('private, max-age=60, s-maxage=60');
    expect(second.status).toBe(304);
    expect(second.headers.get('x-ratelimit-used')).toBe('1');
    github.editIssue(REPO, 1, { body: 'new' }, 'author');
    expect((await send('/1', conditional)).status).toBe(200);
    expect(github.report()).toMatchObject({ notModified: 1, repeatedGetsConditional: 2 });
  });
});

describe('faults', () => {
  it('can lose the reply of a request that was carried out', async () => {
    github.fault({ method: 'POST', path: /\/issues$/, action: { resetAfter: true } });
    await expect(create('a')).rejects.toThrow(TypeError);
    expect(github.issues(REPO)).toHaveLength(1);
    expect(github.requests.at(-1)).toMatchObject({ status: 0, faulted: true });
    expect((await create('b')).status).toBe(201);
  });

  it('can lose a request before it is carried out', async () => {
    github.fault({ method: 'POST', action: { reset: true } });
    await expect(create('a')).rejects.toThrow(TypeError);
    expect(github.issues(REPO)).toHaveLength(0);
  });

  it('can wait for a connection that was used before', async () => {
    github.fault({ method: 'POST', action: { resetReused: true } });
    expect((await create('on a new connection')).status).toBe(201);
    await expect(create('on the same')).rejects.toThrow(TypeError);
    expect(github.issues(REPO)).toHaveLength(2);
  });

  it('hit as often as told, after as many as told', async () => {
    const body = '<html>';
    github.fault({ path: '/issues/', skip: 1, times: 2, action: { status: 502, body } });
    github.addIssue(REPO, { title: 'Plan', author: 'author' });
    const statuses: number[] = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await send('/1')).status);
    expect(statuses).toEqual([200, 502, 502, 200]);
  });

  it('let somebody act between a read and a write', async () => {
    github.addIssue(REPO, { title: 'Plan', author: 'author', body: 'old' });
    const after = () => github.editIssue(REPO, 1, { body: 'theirs' }, 'author');
    github.fault({ method: 'GET', path: /\/issues\/1$/, action: { after } });
    expect((await (await send('/1')).json()).body).toBe('old');
    expect((await (await send('/1')).json()).body).toBe('theirs');
  });

  it('can hang until the client gives up, and break an answer off', async () => {
    github.addIssue(REPO, { title: 'Plan', author: 'author' });
    github.fault([{ action: { hang: true } }, { action: { truncate: true } }]);
    const giveUp = new AbortController();
    const hanging = create('a', { signal: giveUp.signal });
    await patiently(() => expect(github.issues(REPO)).toHaveLength(2));
    giveUp.abort();
    await expect(hanging).rejects.toThrow('abort');
    await expect(send('/1')).rejects.toThrow('terminated');
    expect(github.issues(REPO)).toHaveLength(2);
  });

  it('that look like limits count as limits in the log', async () => {
    const headers = { 'retry-after': '5' };
    github.fault({ action: { status: 403, headers, body: { message: 'secondary rate limit' } } });
    await send('');
    await send('');
    now += 5_000;
    await send('');
    expect(github.report().requestsWhileRateLimited).toHaveLength(1);
  });
});

describe('checking', () => {
  const good: [string, string, string][] = [
    ['POST', '', '{"title":"t","body":"b","labels":["x"]}'],
    ['PATCH', '/1', '{"state":"closed","state_reason":"completed"}'],
    ['GET', '?state=all&per_page=100&since=2026-11-20T12:00:00Z', ''],
  ];
  const bad: [string, string, string, string][] = [
    ['POST', '', '{"body":"no title"}', "must have required property 'title'"],
    ['POST', '', '{"title":"t","asignees":["a"]}', "'asignees'"],
    ['PATCH', '/1', '{"state":"done"}', '(open|closed)'],
    ['GET', '?state=everything', '', 'query.state'],
    ['GET', '?stat=all', '', 'query.stat is not a parameter'],
    ['GET', '?since=yesterday', '', 'query.since'],
    ['GET', '?per_page=500', '', 'documented maximum'],
    ['GET', '/abc', '', 'path.issue_number'],
    ['GET', '/1/isues', '', 'no such path'],
    ['DELETE', '/1', '', 'method DELETE is not defined'],
  ];

  it.each(good)('lets %s %s %s pass', async (method, path, body) => {
    await send(path, { method, ...(body && { body }) });
    expect(() => github.assertConforming()).not.toThrow();
  });

  it.each(bad)('fails %s %s %s', async (method, path, body, complaint) => {
    await send(path, { method, ...(body && { body }) });
    expect(() => github.assertConforming()).toThrow(complaint);
  });

  const graphql = (query: string, variables = {}) =>
    github.fetch('https://api.github.com/graphql', {
      method: 'POST',
      headers: { authorization: `bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
  const inRepo = (fields: string) =>
    `{ repository(owner: "octo-org", name: "plan") { ${fields} } }`;

  it.each([
    [inRepo('issue(number: 1) { titel }'), {}, 'Cannot query field "titel"'],
    [
      'query ($n: Int!) { repository(owner: "a", name: "b") { issue(number: $n) { id } } }',
      { n: 'one' },
      'Int cannot represent',
    ],
    [inRepo('issues { totalCount }'), {}, '`first` or `last`'],
    [inRepo('issues(first: 101) { totalCount }'), {}, '`first` limit of 100'],
    [inRepo('stargazerCount'), {}, 'does not model Repository.stargazerCount'],
    ['{ viewer { login }', {}, 'syntax'],
  ])('fails GraphQL %s', async (query, variables, complaint) => {
    await graphql(query, variables);
    expect(() => github.assertConforming()).toThrow(complaint);
  });

  it('reports what is not there beside what is, with HTTP 200', async () => {
    github.addIssue(REPO, { title: 'Plan', author: 'author' });
    github.addPull(REPO, { title: 'Change', author: 'author', merged: true });
    const answer = await graphql(
      inRepo(
        'a: issue(number: 1) { title } b: issue(number: 2) { title } c: issueOrPullRequest(number: 2) { ... on PullRequest { state } }',
      ),
    );
    const { data, errors } = await answer.json();
    expect(answer.status).toBe(200);
    expect(data).toEqual({
      repository: { a: { title: 'Plan' }, b: null, c: { state: 'MERGED' } },
    });
    expect(errors).toMatchObject([{ type: 'NOT_FOUND', path: ['repository', 'b'] }]);
    github.assertConforming();
  });

  it('fails what the local GitHub does not model rather than guess', async () => {
    github.addIssue(REPO, { title: 'Plan', author: 'author' });
    expect((await send('/1/sub_issues')).status).toBe(501);
    expect(() => github.assertConforming()).toThrow('does not model GET /issues/1/sub_issues');
  });

  it('reaches no other host', async () => {
    await expect(github.fetch('https://example.com/')).rejects.toThrow('not the local GitHub');
  });

  it('sums up creations and concurrency', async () => {
    await create('a');
    now += 1500;
    await create('b');
    const octokit = new Octokit({ auth: token, request: { fetch: github.fetch } });
    await Promise.all(
      [1, 2].map((n) =>
        octokit.rest.issues.get({ owner: 'octo-org', repo: 'plan', issue_number: n }),
      ),
    );
    expect(github.report()).toMatchObject({
      minGapBetweenCreationsMs: 1500,
      maxCreationsPerMinute: 2,
      nonConforming: [],
    });
  });
});
