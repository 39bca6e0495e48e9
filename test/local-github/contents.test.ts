import { Octokit } from '@octokit/rest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalGitHub, startLocalGitHub } from './local-github.ts';
import { openApi } from './openapi/openapi.ts';

const REPO = 'octo-org/plan';
const PATH = '.github/masterlist.yml';
const TEXT = 'tick: closed\r\n# größer\n';

let github: LocalGitHub;
let token: string;

beforeEach(async () => {
  github = await startLocalGitHub();
  token = github.addUser('maintainer', { scopes: null }).token;
  github.addRepo(REPO, { collaborators: { maintainer: 'push' } });
  github.addIssue(REPO, { title: 'Plan', author: 'maintainer' });
  github.putFile(REPO, PATH, TEXT);
});

afterEach(async () => {
  github.assertConforming();
  await github.close();
});

function rest(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return github.fetch(`https://api.github.com/repos/${REPO}/contents/${path}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
}

async function graphql(expression: string) {
  const query = `query ($expression: String!) { repository(owner: "octo-org", name: "plan") {
    isArchived defaultBranchRef { name } issue(number: 1) { title }
    object(expression: $expression) { ... on Blob { text byteSize isBinary isTruncated oid } }
  } }`;
  const answer = await github.fetch('https://api.github.com/graphql', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { expression } }),
  });
  return (await answer.json()) as {
    data: { repository: Readonly<Record<string, unknown>> };
    errors?: unknown;
  };
}

describe('a file of the default branch', () => {
  it.each(['HEAD', 'main', 'refs/heads/main'])('is a blob at %s', async (ref) => {
    expect(await graphql(`${ref}:${PATH}`)).toEqual({
      data: {
        repository: {
          isArchived: false,
          defaultBranchRef: { name: 'main' },
          issue: { title: 'Plan' },
          object: {
            text: TEXT,
            byteSize: Buffer.byteLength(TEXT),
            isBinary: false,
            isTruncated: false,
            // printf 'tick: closed\r\n# größer\n' | git hash-object --stdin
            oid: 'f77fda567fe1139c958ed9dd0b30bd6a7b5ecc94',
          },
        },
      },
    });
  });

  it.each(['release:a', 'HEAD:.github/other.yml'])('is null as %s', async (expression) => {
    const { data, errors } = await graphql(expression);
    expect([data.repository.object, errors]).toEqual([null, undefined]);
  });

  it('follows the default branch and is gone when removed', async () => {
    github.updateRepo(REPO, { defaultBranch: 'trunk' });
    expect((await graphql(`trunk:${PATH}`)).data.repository.object).toMatchObject({ text: TEXT });
    github.putFile(REPO, PATH, 'new');
    expect((await graphql(`HEAD:${PATH}`)).data.repository.object).toMatchObject({ text: 'new' });
    github.removeFile(REPO, PATH);
    expect((await graphql(`HEAD:${PATH}`)).data.repository.object).toBeNull();
    expect(() => github.removeFile(REPO, PATH)).toThrow('no file');
  });

  it('is not its folder, which is a tree', async () => {
    const { data, errors } = await graphql('HEAD:.github');
    expect([data.repository.object, errors]).toEqual([{}, undefined]);
  });

  it('has no text when it is binary', async () => {
    github.putFile(REPO, PATH, 'a\0b');
    expect((await graphql(`HEAD:${PATH}`)).data.repository.object).toMatchObject({
      isBinary: true,
      text: null,
    });
  });

  it('comes by REST as base64 with an ETag, or raw', async () => {
    const response = await rest(PATH);
    const body = (await response.json()) as { content: string };
    const etag = response.headers.get('etag') ?? '';

    expect(openApi().checkAnswer('GET', `/repos/${REPO}/contents/${PATH}`, 200, body)).toEqual([]);
    expect(Buffer.from(body.content, 'base64').toString()).toBe(TEXT);
    expect((await rest(PATH, { 'if-none-match': etag })).status).toBe(304);
    const raw = await rest(PATH, { accept: 'application/vnd.github.raw+json' });
    expect(await raw.text()).toBe(TEXT);
    expect((await rest('missing.yml')).status).toBe(404);
    expect((await rest(`${PATH}?ref=release`)).status).toBe(404);
    github.putFile(REPO, PATH, 'new');
    expect((await rest(PATH, { 'if-none-match': etag })).status).toBe(200);
  });
});

describe('a token without the permission for contents', () => {
  beforeEach(() => github.restrictToken(token, { permissions: { contents: 'none' } }));

  it('gets everything but files of a private repository', async () => {
    github.updateRepo(REPO, { private: true });
    const { data, errors } = await graphql(`HEAD:${PATH}`);
    expect(data.repository).toMatchObject({ object: null, issue: { title: 'Plan' } });
    expect(errors).toMatchObject([{ type: 'FORBIDDEN', path: ['repository', 'object'] }]);
    expect((await rest(PATH)).status).toBe(403);
  });

  it('still reads public files', async () => {
    const { data, errors } = await graphql(`HEAD:${PATH}`);
    expect([data.repository.object, errors]).toMatchObject([{ text: TEXT }, undefined]);
    expect((await rest(PATH)).status).toBe(200);
  });
});

it('follows a renamed repository and hides a private one', async () => {
  const octokit = new Octokit({ auth: token, request: { fetch: github.fetch } });
  const read = (name: string) =>
    octokit.graphql(
      'query ($name: String!) { repository(owner: "octo-org", name: $name) { nameWithOwner } }',
      { name },
    );
  github.renameRepo(REPO, 'octo-org/renamed');
  expect(await read('plan')).toEqual({ repository: { nameWithOwner: 'octo-org/renamed' } });
  github.updateRepo('octo-org/renamed', { private: true });
  github.removeCollaborator('octo-org/renamed', 'maintainer');
  await expect(read('renamed')).rejects.toMatchObject({ errors: [{ type: 'NOT_FOUND' }] });
});
