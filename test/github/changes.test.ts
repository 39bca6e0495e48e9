import { describe, expect, it } from 'vitest';
import type { RepoRef } from '../../lib/core/refs.ts';
import type { RepoChanges } from '../../lib/core/sync/tracked.ts';
import { listChanges } from '../../lib/github/changes.ts';
import { createClient } from '../../lib/github/client.ts';
import { now } from '../clock.ts';
import type { FaultAction } from '../local-github/local-github.ts';
import { clientFor, failureOf, unwrap, useLocalGitHub } from './world.ts';

const LONG_AGO = '2020-01-01T00:00:00Z';

describe('the list of changes', () => {
  const world = useLocalGitHub();
  let slow = 0;

  it('brings issues and pull requests, newest first, with their states', async () => {
    const name = make('kinds');
    const closed = world.github.addIssue(name, { title: 'A', body: 'x\r\n', author: 'ann' });
    const pull = world.github.addPull(name, { title: 'P', body: null, author: 'ann' });
    world.github.mergePull(name, pull, 'ann');
    const dropped = world.github.addIssue(name, { title: 'B', author: 'ann' });
    world.github.editIssue(name, closed, { state: 'closed', stateReason: 'duplicate' }, 'ann');
    world.github.editIssue(name, dropped, { state: 'closed', stateReason: 'not_planned' }, 'ann');
    const open = world.github.addIssue(name, { title: 'C', author: 'ann' });
    const answer = changed(unwrap(await listChanges(world.client, repo('kinds'), since(LONG_AGO))));
    const issues = [...answer.issues].sort((a, b) => a.number - b.number);
    expect(issues).toMatchObject([
      {
        number: closed,
        kind: 'issue',
        state: 'closed',
        stateReason: 'duplicate',
        body: 'x\r\n',
      },
      { number: pull, kind: 'pull-request', state: 'closed', title: 'P', body: '' },
      { number: dropped, kind: 'issue', state: 'closed', stateReason: 'not_planned' },
      { number: open, kind: 'issue', state: 'open', stateReason: undefined },
    ]);
    expect(issues.map(({ mergedAt }) => mergedAt !== undefined)).toEqual([
      false,
      true,
      false,
      false,
    ]);
    expect(answer.repo).toEqual(repo('kinds'));
    const times = answer.issues.map(({ updatedAt }) => Date.parse(updatedAt));
    expect(times).toEqual([...times].sort((a, b) => b - a));
    const [request] = world.github.requests;
    expect(Object.fromEntries(new URL(`https://x${request?.url}`).searchParams)).toEqual({
      state: 'all',
      since: LONG_AGO,
      sort: 'updated',
      direction: 'desc',
      per_page: '100',
    });
    expect(world.github.requests).toHaveLength(1);
  });

  it('costs one unchanged answer while nothing changes, and comes whole when something does', async () => {
    const name = make('idle');
    const number = world.github.addIssue(name, { title: 'A', author: 'ann' });
    const first = changed(unwrap(await listChanges(world.client, repo('idle'), since(LONG_AGO))));
    expect(first.etag).toMatch(/^W\/"/);
    world.github.clearRequests();
    const query = { since: LONG_AGO, etag: first.etag };
    const again = unwrap(await listChanges(world.client, repo('idle'), query));
    expect(again.kind).toBe('unchanged');
    expect(Date.parse(again.serverAt)).toBeGreaterThanOrEqual(Date.parse(first.serverAt));
    expect(world.github.requests.map(({ status }) => status)).toEqual([304]);
    world.github.editIssue(name, number, { title: 'A2' }, 'ann');
    const after = changed(unwrap(await listChanges(world.client, repo('idle'), query)));
    expect(after.issues.map(({ title }) => title)).toEqual(['A2']);
    expect(after.etag).not.toBe(first.etag);
  });

  it('sends the ETag past every cache of the browser', async () => {
    const { client, sent } = answering(() => new Response(null, { status: 304, headers: DATED }));
    const query = { since: LONG_AGO, etag: 'W/"abc"' };
    expect(unwrap(await listChanges(client, repo('x'), query))).toEqual({
      kind: 'unchanged',
      serverAt: '2020-05-01T10:00:00Z',
    });
    const [{ init }] = sent as [(typeof sent)[0]];
    expect(new Headers(init.headers).get('if-none-match')).toBe('W/"abc"');
    expect(init).toMatchObject({ cache: 'no-store', redirect: 'follow', credentials: 'omit' });
  });

  it('has all pages, the ETag of the first alone, and one request for each', async () => {
    const name = make('pages');
    for (let index = 0; index < 201; index += 1) {
      world.github.addIssue(name, { title: `${index}`, author: 'ann' });
    }
    const answer = changed(unwrap(await listChanges(world.client, repo('pages'), since(LONG_AGO))));
    expect(new Set(answer.issues.map(({ number }) => number)).size).toBe(201);
    expect(answer.issues).toHaveLength(201);
    expect(world.github.requests).toHaveLength(3);
    world.github.clearRequests();
    const query = { since: LONG_AGO, etag: answer.etag };
    expect(unwrap(await listChanges(world.client, repo('pages'), query)).kind).toBe('unchanged');
    expect(world.github.requests).toHaveLength(1);
    // The condition is the first page's: no other page is asked with it.
    const newest = Math.max(...answer.issues.map(({ number }) => number));
    world.github.editIssue(name, newest, { title: 'new' }, 'ann');
    world.github.clearRequests();
    unwrap(await listChanges(world.client, repo('pages'), query));
    expect(world.github.requests.map(({ headers }) => headers['if-none-match'])).toEqual([
      answer.etag,
      undefined,
      undefined,
    ]);
  });

  it('is whole or not at all: a page that fails fails all', async () => {
    const name = make('halves');
    for (let index = 0; index < 101; index += 1) {
      world.github.addIssue(name, { title: `${index}`, author: 'ann' });
    }
    world.github.fault({ path: /page=2/, action: { status: 502, body: {} } });
    const answer = await listChanges(world.client, repo('halves'), since(LONG_AGO));
    expect(failureOf(answer).code).toBe('server-error');
  });

  it('counts an issue once that moved to another page meanwhile, as it is newest', async () => {
    const { client } = answering(({ url }) =>
      url.includes('page=2')
        ? json([listed(2, 'old', '2020-01-02T00:00:00Z'), listed(3, 'three', LONG_AGO)])
        : json([listed(2, 'new', '2020-01-03T00:00:00Z')], {
            ...DATED,
            link: '<https://api.github.com/repositories/1/issues?page=2>; rel="next"',
          }),
    );
    const answer = changed(unwrap(await listChanges(client, repo('x'), since(LONG_AGO))));
    expect(answer.issues.map(({ number, title }) => [number, title])).toEqual([
      [2, 'new'],
      [3, 'three'],
    ]);
  });

  it('follows no page link to another host, nor in circles', async () => {
    const elsewhere = answering(() =>
      json([], { ...DATED, link: '<https://evil.test/repositories/1/issues>; rel="next"' }),
    );
    expect((await listChanges(elsewhere.client, repo('x'), since(LONG_AGO))).ok).toBe(false);
    expect(elsewhere.sent.map(({ url }) => new URL(url).host)).toEqual(['api.github.com']);
    const circle = answering(() =>
      json([], { ...DATED, link: '<https://api.github.com/repositories/1/issues>; rel="next"' }),
    );
    const answer = await listChanges(circle.client, repo('x'), since(LONG_AGO));
    expect(failureOf(answer).code).toBe('server-error');
    expect(circle.sent).toHaveLength(2);
  });

  it('tells the time by GitHub, not by this machine', async () => {
    const listing = [
      listed(1, 'a', '2020-05-01T09:00:00Z'),
      listed(2, 'b', '2020-05-01T08:00:00Z'),
    ];
    const dated = answering(() => json(listing, DATED));
    const undated = answering(() => json(listing));
    const silent = answering(() => json([]));
    const timeOf = async ({ client }: ReturnType<typeof answering>) =>
      unwrap(await listChanges(client, repo('x'), since(LONG_AGO))).serverAt;
    expect(await timeOf(dated)).toBe('2020-05-01T10:00:00Z');
    expect(await timeOf(undated)).toBe('2020-05-01T09:00:00Z');
    const answer = await listChanges(silent.client, repo('x'), since(LONG_AGO));
    expect(failureOf(answer).code).toBe('server-error');
  });

  it('without a time is GitHub\u2019s clock alone', async () => {
    const name = make('start');
    world.github.addIssue(name, { title: 'A', author: 'ann' });
    world.github.addIssue(name, { title: 'B', author: 'ann' });
    const query = { since: undefined, etag: undefined };
    const before = now();
    const answer = unwrap(await listChanges(world.client, repo('start'), query));
    expect(answer).toMatchObject({ kind: 'changed', etag: undefined, issues: [] });
    const at = Date.parse(answer.serverAt);
    // GitHub tells whole seconds.
    expect(at).toBeGreaterThan(before - 1_000);
    expect(at).toBeLessThanOrEqual(now());
    expect(world.github.requests.map(({ url }) => url)).toEqual([
      '/repos/ann/start/issues?state=all&sort=updated&direction=desc&per_page=1',
    ]);
  });

  it('of a renamed repository comes from its new place and names it', async () => {
    const name = make('before');
    world.github.addIssue(name, { title: 'A', author: 'ann' });
    world.github.renameRepo(name, 'ann/after');
    const answer = unwrap(await listChanges(world.client, repo('before'), since(LONG_AGO)));
    expect(changed(answer).repo).toEqual(repo('after'));
    expect(changed(answer).issues).toHaveLength(1);
  });

  it('of a renamed repository without changes asks for its name', async () => {
    const { client, sent } = answering(({ url }) => {
      if (url.endsWith('/repos/ann/x')) return json({ full_name: 'ann/y' }, DATED);
      const response = json([], DATED);
      const there = 'https://api.github.com/repositories/1/issues?state=all';
      Object.defineProperty(response, 'url', { value: there });
      return response;
    });
    const answer = changed(unwrap(await listChanges(client, repo('x'), since(LONG_AGO))));
    expect(answer.repo).toEqual(repo('y'));
    expect(sent).toHaveLength(2);
  });

  it.each<[string, FaultAction, string]>([
    ['lost connection', { reset: true }, 'offline'],
    ['500', { status: 500, body: { message: 'Server Error' } }, 'server-error'],
    ['HTML with 502', { status: 502, body: '<html>Unicorn' }, 'server-error'],
    ['HTML with 200', { status: 200, body: '<html>Unicorn' }, 'server-error'],
    ['half JSON with 200', { status: 200, body: '[{"number": 1, "tit' }, 'server-error'],
    ['broken off', { truncate: true }, 'offline'],
    ['hanging', { hang: true }, 'server-error'],
    ['hanging before the work', { hang: 'before' }, 'server-error'],
    ['JSON of somebody else', { status: 200, body: { hello: 'captive portal' } }, 'server-error'],
    ['a list of something else', { status: 200, body: [{ number: 1 }] }, 'server-error'],
    ['304 that nobody asked for', { status: 304, body: '' }, 'server-error'],
    ['token revoked', { status: 401, body: { message: 'Bad credentials' } }, 'bad-token'],
    ['issues turned off', { status: 410, body: { message: 'Issues are disabled' } }, DISABLED],
  ])('is not believed when the answer goes wrong: %s', async (what, action, code) => {
    const short = `wrong-${what.replaceAll(' ', '-')}`;
    world.github.addIssue(make(short), { title: 'A', author: 'ann' });
    const client = clientFor(world.github, world.token, action.hang ? 300 : 5_000);
    world.github.fault({ path: '/issues', times: 2, action });
    const answer = await listChanges(client, repo(short), since(LONG_AGO));
    expect(failureOf(answer).code).toBe(code);
  });

  it.each([
    ['403', 403, 'You have exceeded a secondary rate limit.'],
    ['429', 429, 'Too many requests'],
  ])('waits as long as GitHub says: %s', async (what, status, message) => {
    make(`limit-${what}`);
    const fault = { status, headers: { 'retry-after': '90' }, body: { message } };
    world.github.fault({ path: '/issues', action: fault });
    const client = clientFor(world.github, world.github.addUser(`eager-${++slow}`).token);
    const before = now();
    const problem = failureOf(await listChanges(client, repo(`limit-${what}`), since(LONG_AGO)));
    expect(problem.code).toBe('rate-limited');
    expect((problem.retryAt ?? 0) - before).toBeGreaterThanOrEqual(90_000);
  });

  it('of a repository out of reach is not found', async () => {
    const name = make('secret');
    world.github.updateRepo(name, { private: true });
    const stranger = clientFor(world.github, world.github.addUser('eve').token);
    const answer = await listChanges(stranger, repo('secret'), since(LONG_AGO));
    expect(failureOf(answer).code).toBe('not-found');
  });

  function make(name: string): string {
    world.github.addRepo(`ann/${name}`);
    return `ann/${name}`;
  }
});

const DISABLED = 'issues-disabled';

const DATED = { date: 'Fri, 01 May 2020 10:00:00 GMT' };

function repo(name: string): RepoRef {
  return { host: 'github.com', owner: 'ann', name };
}

function since(time: string) {
  return { since: time, etag: undefined };
}

function changed(answer: RepoChanges) {
  if (answer.kind !== 'changed') throw new Error('expected changes');
  return answer;
}

function listed(number: number, title: string, updated_at: string) {
  const html_url = `https://github.com/ann/x/issues/${number}`;
  return { number, title, body: null, state: 'open', updated_at, html_url };
}

function answering(answer: (sent: { readonly url: string }) => Response) {
  const sent: { readonly url: string; readonly init: RequestInit }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init = {}) => {
    sent.push({ url: String(input), init });
    return answer({ url: String(input) });
  };
  const client = createClient({ host: 'github.com', token: 'ghp_CANARY', fetch, timeoutMs: 1_000 });
  return { client, sent };
}

function json(data: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(data), {
    headers: { 'content-type': 'application/json', ...headers },
  });
}
