import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type FaultAction,
  type LocalGitHub,
  outages,
  primaryLimit,
  secondaryLimit,
  startLocalGitHub,
} from '../local-github.ts';

const REPO = 'octo-org/plan';

let github: LocalGitHub;
let token: string;

beforeEach(async () => {
  github = await startLocalGitHub({ clock: () => Date.parse('2026-11-20T12:00:00Z') });
  ({ token } = github.addUser('author'));
  github.addRepo(REPO);
  github.addIssue(REPO, { title: 'Plan', author: 'author', body: 'old' });
});

afterEach(async () => {
  await github.close();
});

function send(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return github.fetch(`https://api.github.com${path}`, { ...init, headers });
}

const issue = `/repos/${REPO}/issues/1`;
const query = '{ repository(owner: "octo-org", name: "plan") { issue(number: 1) { title } } }';
const kinds: Readonly<Record<string, () => Promise<Response>>> = {
  GET: () => send(issue),
  PATCH: () => send(issue, { method: 'PATCH', body: JSON.stringify({ body: 'new' }) }),
  GraphQL: () => send('/graphql', { method: 'POST', body: JSON.stringify({ query }) }),
};

describe.each(Object.entries(kinds))('an outage of a %s', (kind, request) => {
  const wasWritten = () => github.issue(REPO, 1).body === 'new';

  it.each<[string, FaultAction, number, RegExp]>([
    ['500 with JSON', outages.serverError, 500, /^\{"message":"Server Error"\}$/],
    ['502 with a page', outages.badGatewayPage, 502, /^<!DOCTYPE html>/],
    ['200 with a page', outages.htmlInsteadOfJson, 200, /^<!DOCTYPE html>/],
    ['403 of a secondary limit', secondaryLimit(30), 403, /secondary rate limit/],
    ['429 of a secondary limit', secondaryLimit(30, 429), 429, /secondary rate limit/],
    ['403 of the primary limit', primaryLimit(1_800_000_000), 403, /API rate limit exceeded/],
  ])('can be %s, and nothing was done', async (_, action, status, text) => {
    github.fault({ action });
    const response = await request();
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(text);
    if (/secondary/.test(text.source)) expect(response.headers.get('retry-after')).toBe('30');
    expect(wasWritten()).toBe(false);
  });

  it('can be half a JSON after the work, which HTTP finds complete', async () => {
    github.fault({ action: outages.halfJson });
    const response = await request();
    expect(response.status).toBe(200);
    await expect(response.json()).rejects.toThrow(SyntaxError);
    expect(wasWritten()).toBe(kind === 'PATCH');
  });

  it('can be a connection that breaks off or never answers', async () => {
    github.fault([{ action: outages.brokenOff }, { action: outages.hanging }]);
    await expect(request().then((response) => response.text())).rejects.toThrow();
    const answered = request().then(
      () => 'answered',
      () => 'failed',
    );
    const waited = new Promise((resolve) => setTimeout(() => resolve('waited'), 100));
    expect(await Promise.race([answered, waited])).toBe('waited');
  });

  it('can tell of an error although the work was done', async () => {
    github.fault({ action: { ...outages.badGatewayPage, workDone: true } });
    expect((await request()).status).toBe(502);
    expect(wasWritten()).toBe(kind === 'PATCH');
    expect(github.requests.at(-1)?.points).toBe(0);
  });
});

describe('GraphQL errors', () => {
  const trouble = expect.stringContaining('Something went wrong while executing your query');

  it('come with no data', async () => {
    github.fault({ graphql: /issue/, action: outages.graphqlTrouble });
    const response = await kinds.GraphQL?.();
    expect(response?.status).toBe(200);
    expect(await response?.json()).toEqual({ data: null, errors: [{ message: trouble }] });
  });

  it('come beside the rest of the data', async () => {
    const path = ['repository', 'issue'];
    github.fault({ action: { graphqlError: { path } } });
    const response = await kinds.GraphQL?.();
    expect(await response?.json()).toEqual({
      data: { repository: { issue: null } },
      errors: [{ path, message: trouble }],
    });
  });
});
