import { describe, expect, it } from 'vitest';
import { issueChecklist } from '../../lib/core/refs.ts';
import { read } from '../../lib/github/ask.ts';
import { createClient } from '../../lib/github/client.ts';
import { readGenerationFacts } from '../../lib/github/generation-facts.ts';
import { createGitHub } from '../../lib/github/github.ts';
import { listIssues } from '../../lib/github/list-issues.ts';
import { readMaster } from '../../lib/github/read-checklist.ts';
import { createIssue } from '../../lib/github/write.ts';
import { clientFor, DEMO, failureOf, issueOf, unwrap, useLocalGitHub } from './world.ts';

type Sent = { readonly url: string; readonly init: RequestInit };

const DRAFT = { title: 'T', body: '', labels: [], milestone: undefined, assignees: [] };
const QUERY = { creator: 'ann', since: '2020-01-01T00:00:00Z' };

describe('a client', () => {
  it('asks past every cache, without cookies, under its own clock, and names the version', async () => {
    const { client, sent } = answering(() =>
      json({ number: 1, html_url: 'https://x', labels: [] }, 201),
    );
    await createIssue(client, DEMO, DRAFT);
    const [{ url, init }] = sent as [Sent];
    expect(url).toBe('https://api.github.com/repos/ann/demo/issues');
    expect(init).toMatchObject({ cache: 'no-store', credentials: 'omit', redirect: 'manual' });
    expect(init.signal).toBeInstanceOf(AbortSignal);
    const headers = new Headers(init.headers);
    expect(headers.get('x-github-api-version')).toBe('2022-11-28');
    expect(headers.get('authorization')).toBe('token ghp_CANARY');
  });

  it('follows no page link to another host', async () => {
    const { client, sent } = answering(() =>
      json([], 200, { link: '<https://evil.test/repositories/1/issues?page=2>; rel="next"' }),
    );
    expect(failureOf(await listIssues(client, DEMO, QUERY)).code).toBe('internal');
    expect(sent.map(({ url }) => new URL(url).host)).toEqual(['api.github.com']);
  });

  it('believes no answer that comes from another host', async () => {
    const { client } = answering(() => {
      const response = json([]);
      Object.defineProperty(response, 'redirected', { value: true });
      Object.defineProperty(response, 'url', { value: 'https://evil.test/issues' });
      return response;
    });
    expect((await listIssues(client, DEMO, QUERY)).ok).toBe(false);
  });

  it('takes a redirect that the browser hides for what it is: nothing was written', async () => {
    const { client, sent } = answering(({ init }) => {
      if (init.method === 'GET') return json({ full_name: 'ann/new' });
      if (sent.length > 2) return json({ number: 7, html_url: 'https://x', labels: [] }, 201);
      const hidden = new Response(null);
      Object.defineProperty(hidden, 'type', { value: 'opaqueredirect' });
      Object.defineProperty(hidden, 'status', { value: 0 });
      return hidden;
    });
    expect(unwrap(await createIssue(client, DEMO, DRAFT)).number).toBe(7);
    expect(sent.map(({ url, init }) => `${init.method} ${new URL(url).pathname}`)).toEqual([
      'POST /repos/ann/demo/issues',
      'GET /repos/ann/demo',
      'POST /repos/ann/new/issues',
    ]);
  });

  it('sends nothing while the browser is offline, and says that it did not', async () => {
    const { client, sent } = answering(() => json({}));
    Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
    try {
      expect(failureOf(await createIssue(client, DEMO, DRAFT)).code).toBe('offline');
    } finally {
      Reflect.deleteProperty(navigator, 'onLine');
    }
    expect(sent).toEqual([]);
  });

  it.each(['\u200bghp_CANARY', 'ghp_CANARY\u00e9', 'ghp_CANARY\n'])(
    'says of a token that cannot be sent that it is the token, and sends nothing: %j',
    async (token) => {
      const { sent, fetch } = answering(() => json({}));
      const client = createClient({ host: 'github.com', token, fetch, timeoutMs: 1_000 });
      for (const answer of [
        await createIssue(client, DEMO, DRAFT),
        await createGitHub(client).readAccount(),
      ]) {
        expect(failureOf(answer).code).toBe('token-malformed');
        expect(JSON.stringify(answer)).not.toContain('CANARY');
      }
      expect(sent).toEqual([]);
    },
  );

  it('does not call a request that it will not send a fault of the network', async () => {
    const { client, sent } = answering(() => json({}));
    const away = await read(client, DEMO, () => client.octokit.request('https://example.com/x'));
    expect(failureOf(away)).toMatchObject({ code: 'internal' });
    const broken = await read(client, DEMO, () =>
      client.octokit.request('GET /user', { headers: { 'if-none-match': '\u200b' } }),
    );
    expect(failureOf(broken)).toMatchObject({ code: 'internal' });
    expect(sent).toEqual([]);
  });

  it('takes a created issue without a number for an unknown outcome', async () => {
    const { client } = answering(() => json({ message: 'hello from a captive portal' }, 201));
    expect(failureOf(await createIssue(client, DEMO, DRAFT)).code).toBe('unknown-outcome');
  });
});

describe('a survey', () => {
  const world = useLocalGitHub();

  it('goes on without what the token may not see', async () => {
    world.github.addRepo('ann/partly');
    const repo = { ...DEMO, name: 'partly' };
    const number = world.github.addIssue('ann/partly', {
      title: 'T',
      body: '- [ ] a',
      author: 'ann',
    });
    const fetch: typeof globalThis.fetch = async (...request) => {
      const response = await world.github.fetch(...request);
      const answer = await response.json();
      answer.data.repository.issueOrPullRequest.timelineItems.nodes.push(null);
      answer.errors = [{ type: 'FORBIDDEN', message: 'Resource protected by organization SAML' }];
      return json(answer);
    };
    const client = createClient({
      host: 'github.com',
      token: world.token,
      fetch,
      timeoutMs: 5_000,
    });
    const facts = unwrap(
      await readGenerationFacts(client, {
        checklist: issueChecklist(issueOf(number, repo)),
        target: repo,
        pageUser: 'ann',
        allowOtherUser: false,
        references: () => [],
      }),
    );
    expect(facts.master.body).toBe('- [ ] a');
  });

  it('names the repository that it cannot see', async () => {
    world.github.addRepo('ann/seen');
    const repo = { ...DEMO, name: 'seen' };
    const number = world.github.addIssue('ann/seen', {
      title: 'T',
      body: '- [ ] a',
      author: 'ann',
    });
    const query = {
      checklist: issueChecklist(issueOf(number, repo)),
      target: { ...DEMO, name: 'nowhere' },
      pageUser: 'ann',
      allowOtherUser: false,
      references: () => [],
    };
    const problem = failureOf(await readGenerationFacts(world.client, query));
    expect(problem.code).toBe('not-found');
    expect(problem.message).toContain('ann/nowhere');
  });

  it('says of a fine-grained token that it may wait for its approval', async () => {
    world.github.addRepo('ann/private', { private: true });
    const number = world.github.addIssue('ann/private', { title: 'T', author: 'ann' });
    const { token } = world.github.addUser('fia', { scopes: null, token: 'github_pat_fia' });
    const answer = await readMaster(
      clientFor(world.github, token),
      issueChecklist(issueOf(number, { ...DEMO, name: 'private' })),
    );
    expect(failureOf(answer).code).toBe('approval-pending');
  });
});

function answering(answer: (sent: Sent) => Response) {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const request = { url: String(input), init };
    // A harmless question that may come before the first write to a host.
    if (request.url.endsWith('/graphql')) return json({ data: { viewer: { login: 'ann' } } });
    sent.push(request);
    return answer(request);
  };
  const client = createClient({
    host: 'github.com',
    token: 'ghp_CANARY',
    fetch,
    timeoutMs: 1_000,
  });
  return { client, sent, fetch };
}

function json(data: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(data), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
}
