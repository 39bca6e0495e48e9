import { beforeEach, describe, expect, it } from 'vitest';
import { type FailureCode, isOfToken, mayHaveArrived } from '../../lib/core/failures.ts';
import { issueChecklist } from '../../lib/core/refs.ts';
import { listIssues } from '../../lib/github/list-issues.ts';
import { readMaster } from '../../lib/github/read-checklist.ts';
import { translate } from '../../lib/github/translate.ts';
import { createIssue, updateMaster } from '../../lib/github/write.ts';
import { now } from '../clock.ts';
import type { FaultAction } from '../local-github/local-github.ts';
import { clientFor, DEMO, failureOf, issueOf, unwrap, useLocalGitHub } from './world.ts';

const DRAFT = { title: 'One', body: 'x', labels: [], milestone: undefined, assignees: [] };
const HTML = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<html>Unicorn</html>',
} satisfies FaultAction;

const UNNUMBERED = { html_url: 'https://github.com/', labels: [], milestone: null, assignees: [] };

describe('when an answer goes wrong', () => {
  const world = useLocalGitHub();
  let number = 0;
  let slow = 0;

  beforeEach(() => {
    if (number === 0) {
      world.github.addRepo('ann/demo');
      number = world.github.addIssue('ann/demo', { title: 'Plan', body: 'x', author: 'ann' });
    }
  });

  it.each<[string, FaultAction]>([
    ['the connection is lost after the work', { resetAfter: true }],
    ['the connection is lost before the work', { reset: true }],
    [
      'GitHub answers 502',
      { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>' },
    ],
    ['GitHub answers 500 as JSON', { status: 500, body: { message: 'Server Error' } }],
    ['a page of HTML comes with status 200', HTML],
    ['the answer breaks off', { truncate: true }],
    ['an answer names no number', { status: 201, body: UNNUMBERED }],
    ['no answer comes in time', { hang: true }],
  ])('a creation is of unknown outcome and sent once: %s', async (_what, action) => {
    const client = clientFor(world.github, world.token, action.hang ? 300 : 5_000);
    world.github.fault({ method: 'POST', path: /\/issues$/, action });
    expect(failureOf(await createIssue(client, DEMO, DRAFT)).code).toBe('unknown-outcome');
    const sent = world.github.requests.filter(({ operation }) => operation === 'issues/create');
    expect(sent).toHaveLength(1);
  });

  it.each<[string, FaultAction, string]>([
    ['lost connection', { reset: true }, 'offline'],
    ['502', { status: 502, body: { message: 'Bad gateway' } }, 'server-error'],
    ['HTML with status 200', HTML, 'server-error'],
    ['broken off', { truncate: true }, 'offline'],
    ['no answer in time', { hang: true }, 'server-error'],
    [
      'GraphQL that went wrong, with status 200',
      { status: 200, body: { data: null, errors: [{ message: 'Something went wrong' }] } },
      'server-error',
    ],
  ])('a read says so and claims nothing: %s', async (_what, action, code) => {
    const client = clientFor(world.github, world.token, action.hang ? 300 : 5_000);
    // A read may be asked once more.
    world.github.fault({ path: '/graphql', times: 2, action });
    expect(failureOf(await readMaster(client, issueChecklist(issueOf(number)))).code).toBe(code);
  });

  it('a look-up whose second page fails is no look-up', async () => {
    world.github.addRepo('ann/many');
    for (let index = 0; index < 101; index += 1) {
      world.github.addIssue('ann/many', { title: `${index}`, author: 'ann' });
    }
    const many = { ...DEMO, name: 'many' };
    const query = { creator: 'ann', since: '2020-01-01T00:00:00Z' };
    expect(unwrap(await listIssues(world.client, many, query))).toHaveLength(101);
    world.github.fault({ path: /page=2/, action: { status: 502, body: {} } });
    expect(failureOf(await listIssues(world.client, many, query)).code).toBe('server-error');
  });

  it.each<[string, number, FaultAction['headers'], string, number | undefined]>([
    ['secondary', 403, { 'retry-after': '7' }, 'You have exceeded a secondary rate limit.', 7_000],
    ['secondary without a time', 403, {}, 'You have exceeded a secondary rate limit.', undefined],
    ['429', 429, { 'retry-after': '60' }, 'Too many requests', 60_000],
    ['too quickly (403)', 403, {}, 'was submitted too quickly', undefined],
    ['too quickly (422)', 422, {}, 'Validation Failed: was submitted too quickly', undefined],
    ['abuse', 403, {}, 'You have triggered an abuse detection mechanism.', undefined],
  ])('a limit is a time, not an error: %s', async (_what, status, headers, message, wait) => {
    const fault = { status, headers: headers ?? {}, body: { message } };
    world.github.fault({ method: 'PATCH', path: /\/issues/, action: fault });
    const before = now();
    // The local GitHub remembers whom it told to wait.
    const client = clientFor(world.github, world.github.addUser(`slow-${++slow}`).token);
    const problem = failureOf(await updateMaster(client, issueChecklist(issueOf(number)), 'y'));
    expect(problem.code).toBe('rate-limited');
    if (wait === undefined) expect(problem.retryAt).toBeUndefined();
    else expect((problem.retryAt ?? 0) - before).toBeGreaterThanOrEqual(wait);
  });

  it('the primary limit ends when GitHub says, by its own clock', () => {
    const theirs = Date.parse('2020-01-01T00:00:00Z');
    const headers = {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(theirs / 1_000 + 90),
      date: new Date(theirs).toUTCString(),
    };
    const response = { status: 403, headers, data: { message: 'API rate limit exceeded.' } };
    const error = Object.assign(new Error('limit'), { status: 403, response });
    const asked = { access: 'write', repo: DEMO, host: DEMO.host, token: 'classic' } as const;
    expect(translate(error, asked, 5_000)).toMatchObject({ code: 'rate-limited', retryAt: 95_000 });
  });

  it.each<[string, number, FaultAction['headers'], unknown, string]>([
    ['a wrong token', 401, {}, { message: 'Bad credentials' }, 'bad-token'],
    [
      'an archived repository',
      403,
      {},
      { message: 'Repository was archived so is read-only.' },
      'archived',
    ],
    [
      'a token that may only read',
      403,
      {},
      { message: 'Resource not accessible by personal access token' },
      'read-only-token',
    ],
    [
      'single sign-on',
      403,
      { 'x-github-sso': 'required; url=https://github.com/orgs/x/sso?authorization_request=1' },
      { message: 'Resource protected by organization SAML enforcement.' },
      'sso-required',
    ],
    ['a deleted issue', 410, {}, { message: 'This issue was deleted' }, 'gone'],
    [
      'issues turned off',
      410,
      {},
      { message: 'Issues are disabled for this repo' },
      'issues-disabled',
    ],
    [
      'a locked issue',
      403,
      {},
      { message: 'Unable to create comment because issue is locked.' },
      'locked',
    ],
    ['another refusal', 403, {}, { message: 'You are blocked.' }, 'forbidden'],
    [
      'a classic token without scopes',
      404,
      { 'x-oauth-scopes': 'gist', 'x-accepted-oauth-scopes': 'public_repo, repo' },
      { message: 'Not Found' },
      'read-only-token',
    ],
  ])('a refusal of a write is told apart: %s', async (_what, status, headers, body, code) => {
    world.github.fault({
      method: 'PATCH',
      path: /\/issues/,
      action: { status, headers: headers ?? {}, body },
    });
    const problem = failureOf(
      await updateMaster(world.client, issueChecklist(issueOf(number)), 'y'),
    );
    expect(problem.code).toBe(code);
    if (code === 'sso-required') expect(problem.url).toContain('https://github.com/orgs/x/sso');
  });

  it.each(['https://evil.test/orgs/x/sso', 'https://github.com@evil.test/', 'javascript:alert(1)'])(
    'a refusal leads to no page elsewhere: %s',
    async (url) => {
      const headers = { 'x-github-sso': `required; url=${url}` };
      const action = { status: 403, headers, body: { message: 'Protected by SAML.' } };
      world.github.fault({ method: 'PATCH', path: /\/issues/, action });
      const answer = await updateMaster(world.client, issueChecklist(issueOf(number)), 'y');
      const problem = failureOf(answer);
      expect(problem).toMatchObject({ code: 'sso-required' });
      expect(problem.url).toBeUndefined();
    },
  );

  it.each<[string, string, FailureCode, RegExp, string | undefined]>([
    [
      'a network that is not allowed',
      'Although you appear to have the correct authorization credentials, the `archived-saml` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.',
      'ip-not-allowed',
      /network/,
      undefined,
    ],
    ['a suspended account', 'Sorry. Your account was suspended', 'suspended', /Support/, undefined],
    [
      'a token that lives too long for the organization',
      "The 'locked' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 90 days. Please adjust your token's lifetime at the following URL: https://github.com/settings/personal-access-tokens/12",
      'token-lifetime',
      /lifetime/,
      'https://github.com/settings/personal-access-tokens/12',
    ],
    [
      'a classic token that the organization forbids',
      '`acme` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions.',
      'classic-token-forbidden',
      /fine-grained/,
      undefined,
    ],
    [
      'a fine-grained token that the organization forbids',
      "The 'acme' organization forbids access via a fine-grained personal access token.",
      'token-kind-forbidden',
      /which tokens it allows/,
      undefined,
    ],
    [
      'an app that nobody approved',
      'Although you appear to have the correct authorization credentials, the `acme` organization has enabled OAuth App access restrictions, meaning that data access to third-parties is limited. For more information on these restrictions, including how to enable this app, visit https://docs.example.com/x',
      'app-not-approved',
      /approve/,
      undefined,
    ],
    [
      'an unverified email address',
      'At least one email address must be verified to do that.',
      'email-unverified',
      /Verify/,
      'https://github.com/settings/emails',
    ],
    [
      'single sign-on without an address',
      'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.',
      'sso-required',
      /Authorize/,
      'https://github.com/settings/tokens',
    ],
    [
      'a role that is missing',
      'Must have admin rights to Repository.',
      'role-missing',
      /Triage role/,
      undefined,
    ],
    ['a blocked repository', 'Repository access blocked', 'repository-blocked', /owner/, undefined],
    [
      'a repository that is being moved',
      'Repository has been locked for migration',
      'repository-blocked',
      /owner/,
      undefined,
    ],
    [
      'a limit of a maintainer',
      'An owner of this repository has limited the ability to comment to users that are collaborators on this repository.',
      'interactions-limited',
      /maintainer/,
      undefined,
    ],
    ['words that nobody knows', 'You are blocked.', 'forbidden', /what it names/, undefined],
  ])(
    'a refusal names its real cause, and what helps (case 43): %s',
    (_what, message, code, helps, url) => {
      for (const access of ['read', 'write'] as const) {
        const asked = { access, repo: DEMO, host: DEMO.host, token: 'fine-grained' } as const;
        for (const error of [refusal(403, message), graphqlRefusal('FORBIDDEN', message)]) {
          const problem = translate(error, asked, 0);
          expect(problem).toMatchObject({ code, action: expect.stringMatching(helps) });
          if (code !== 'sso-required') expect(problem.message).toContain(message);
          expect(problem.url).toBe(url);
        }
      }
    },
  );

  it.each<[string, number, string, FailureCode]>([
    [
      'too many failed ones from this network',
      403,
      'Maximum number of login attempts exceeded. Please try again later.',
      'sign-in-refused',
    ],
    ['words that are not of GitHub', 401, 'Proxy Authentication', 'sign-in-refused'],
    ['a token that it does not know', 401, 'Bad credentials', 'bad-token'],
  ])('only GitHub itself calls a token bad: %s', (_what, status, message, code) => {
    for (const access of ['read', 'write'] as const) {
      const asked = { access, repo: DEMO, host: DEMO.host, token: 'classic' } as const;
      const problem = translate(refusal(status, message), asked, 0);
      expect(problem.code).toBe(code);
      expect(isOfToken(problem.code)).toBe(code === 'bad-token');
      expect(mayHaveArrived(problem.code)).toBe(false);
    }
  });

  it('the limit of requests without a token leads to the options', () => {
    const asked = { access: 'read', repo: DEMO, host: DEMO.host, token: 'none' } as const;
    const message = 'API rate limit exceeded for 192.0.2.1.';
    expect(translate(refusal(403, message), asked, 0)).toMatchObject({
      code: 'rate-limited-without-token',
      resolveAt: 'options',
    });
  });

  it('a token that may not read is told from one that may not write', () => {
    const message = 'Resource not accessible by personal access token';
    const codes = (['read', 'write'] as const).map((access) => {
      const asked = { access, repo: DEMO, host: DEMO.host, token: 'fine-grained' } as const;
      return translate(refusal(403, message), asked, 0).code;
    });
    expect(codes).toEqual(['token-cannot-read', 'read-only-token']);
  });

  it('scopes that are missing are named, with the page where a token gets them', () => {
    const message =
      "Your token has not been granted the required scopes to execute this query. The 'id' field requires one of the following scopes: ['read:org'].";
    const asked = { access: 'read', repo: DEMO, host: DEMO.host, token: 'classic' } as const;
    const problem = translate(graphqlRefusal('INSUFFICIENT_SCOPES', message), asked, 0);
    expect(problem).toMatchObject({
      code: 'scopes-missing',
      url: 'https://github.com/settings/tokens',
    });
    expect(problem.message).toContain('read:org');
  });

  it("a rejected creation carries GitHub's own reason", async () => {
    const problem = failureOf(
      await createIssue(world.client, DEMO, { ...DRAFT, body: 'y'.repeat(65_537) }),
    );
    expect(problem).toMatchObject({ code: 'rejected' });
    expect(problem.message).toContain('65536');
  });

  it('names no token in any failure', async () => {
    const client = clientFor(world.github, 'github_pat_CANARY', 300);
    for (const action of [
      { reset: true },
      { hang: true },
      { status: 401, body: {} },
      { truncate: true },
    ]) {
      world.github.fault({ method: 'PATCH', path: /\/issues/, action });
      const answer = await updateMaster(client, issueChecklist(issueOf(number)), 'y');
      expect(JSON.stringify(answer)).not.toContain('CANARY');
    }
  });
});

function refusal(status: number, message: string): Error {
  const response = { status, headers: {}, data: { message } };
  return Object.assign(new Error(message), { status, response });
}

function graphqlRefusal(type: string, message: string): Error {
  const error = Object.assign(new Error(message), { errors: [{ type, message }], headers: {} });
  error.name = 'GraphqlResponseError';
  return error;
}
