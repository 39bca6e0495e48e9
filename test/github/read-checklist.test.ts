import { describe, expect, it } from 'vitest';
import { issueChecklist, type RepoRef } from '../../lib/core/refs.ts';
import {
  readMaster,
  readRights,
  readSyncMaster,
  readVersions,
} from '../../lib/github/read-checklist.ts';
import { updateMaster } from '../../lib/github/write.ts';
import type { FaultAction } from '../local-github/local-github.ts';
import { answeringWith, clientFor, failureOf, issueOf, unwrap, useLocalGitHub } from './world.ts';

const RULES = '.github/masterlist.yml';
const BODY = '\uFEFF# Plan\r\n- [ ] a \t\r\n- [x] b\u2028\r';

describe('the master', () => {
  const BODY = '﻿# Plan\r\n- [ ] a \t\r\n- [x] b\n\n`12n` "34n" \\u0041 é 👩‍👧 \u2028 </script>\r';
  const world = useLocalGitHub();

  function master(repo: string, body: string = BODY): number {
    world.github.addRepo(repo, { collaborators: { bob: 'push' } });
    return world.github.addIssue(repo, { title: 'Plan', body, author: 'ann' });
  }

  it('is read byte for byte with rights and history in one request', async () => {
    const number = master('ann/demo');
    world.github.editIssue('ann/demo', number, { body: `${BODY}2` }, 'bob');
    world.github.editIssue('ann/demo', number, { body: `${BODY}3` }, 'ann');
    const read = unwrap(await readMaster(world.client, issueChecklist(issueOf(number))));
    expect(read).toMatchObject({
      title: 'Plan',
      state: 'open',
      locked: false,
      viewerCanUpdate: true,
    });
    expect(read.text).toBe(`${BODY}3`);
    expect(read.history[0]).toMatchObject({ editor: 'ann', text: `${BODY}3` });
    expect(read.history[1]).toMatchObject({ editor: 'bob', text: `${BODY}2` });
    expect(world.github.requests).toHaveLength(1);
  });

  it('tells its rights alone in one small request, as they are now', async () => {
    const number = master('ann/rights');
    const rights = () => readRights(world.client, issueChecklist(issueOf(number, repo('rights'))));
    expect(unwrap(await rights())).toEqual({
      archived: false,
      locked: false,
      viewerCanUpdate: true,
    });
    expect(world.github.requests).toHaveLength(1);
    world.github.editIssue('ann/rights', number, { locked: true }, 'ann');
    expect(unwrap(await rights()).locked).toBe(true);
    world.github.updateRepo('ann/rights', { archived: true });
    expect(unwrap(await rights())).toMatchObject({ archived: true, viewerCanUpdate: false });
    world.github.deleteIssue('ann/rights', number);
    expect(failureOf(await rights()).code).toBe('gone');
  });

  it('has no history before its first edit', async () => {
    const number = master('ann/fresh');
    const read = await readMaster(world.client, issueChecklist(issueOf(number, repo('fresh'))));
    expect(unwrap(read).history).toEqual([]);
  });

  it('is written byte for byte and answers what GitHub holds', async () => {
    const number = master('ann/written');
    const answer = await updateMaster(
      world.client,
      issueChecklist(issueOf(number, repo('written'))),
      `${BODY}!\r\n`,
    );
    expect(unwrap(answer)).toBe(`${BODY}!\r\n`);
    expect(world.github.issue('ann/written', number).body).toBe(`${BODY}!\r\n`);
  });

  it('of a renamed repository is read and written at its new place', async () => {
    const number = master('ann/before', 'old');
    world.github.renameRepo('ann/before', 'ann/after');
    expect(
      unwrap(await readMaster(world.client, issueChecklist(issueOf(number, repo('before'))))).text,
    ).toBe('old');
    unwrap(
      await updateMaster(world.client, issueChecklist(issueOf(number, repo('before'))), 'new'),
    );
    expect(world.github.issue('ann/after', number).body).toBe('new');
  });

  it.each([
    [
      'a pull request',
      'is-pull-request',
      (name: string) => world.github.addPull(name, { title: 'P', author: 'ann' }),
    ],
    [
      'deleted',
      'gone',
      (name: string) => {
        const number = world.github.addIssue(name, { title: 'T', author: 'ann' });
        world.github.deleteIssue(name, number);
        return number;
      },
    ],
    [
      'transferred',
      'transferred',
      (name: string) => {
        const number = world.github.addIssue(name, { title: 'T', author: 'ann' });
        world.github.transferIssue(name, number, 'ann/elsewhere');
        return number;
      },
    ],
    ['never there', 'not-found', () => 999],
  ])('that is %s is told as %s', async (_what, code, make) => {
    world.github.addRepo('ann/elsewhere');
    const name = `odd-${code}`;
    world.github.addRepo(`ann/${name}`);
    const number = make(`ann/${name}`);
    expect(
      failureOf(await readMaster(world.client, issueChecklist(issueOf(number, repo(name))))).code,
    ).toBe(code);
  });

  it('that was transferred is not written, and its new address is named', async () => {
    world.github.addRepo('ann/from');
    world.github.addRepo('ann/to');
    const number = world.github.addIssue('ann/from', { title: 'T', body: 'x', author: 'ann' });
    const there = world.github.transferIssue('ann/from', number, 'ann/to');
    const problem = failureOf(
      await updateMaster(world.client, issueChecklist(issueOf(number, repo('from'))), 'y'),
    );
    expect(problem).toMatchObject({ code: 'transferred' });
    expect(problem.url).toBe(`https://github.com/ann/to/issues/${there}`);
    expect(world.github.issue('ann/to', there).body).toBe('x');
    expect(world.github.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
  });

  it('of a private repository is hidden from strangers', async () => {
    world.github.addRepo('ann/secret', { private: true });
    const number = world.github.addIssue('ann/secret', { title: 'T', author: 'ann' });
    const stranger = clientFor(world.github, world.github.addUser('eve').token);
    const answer = await readMaster(stranger, issueChecklist(issueOf(number, repo('secret'))));
    expect(failureOf(answer).code).toBe('not-found');
  });

  it('is not written by somebody without rights', async () => {
    world.github.addRepo('ann/public');
    const number = world.github.addIssue('ann/public', { title: 'T', body: 'x', author: 'ann' });
    const stranger = clientFor(world.github, world.github.addUser('mallory').token);
    const read = unwrap(
      await readMaster(stranger, issueChecklist(issueOf(number, repo('public')))),
    );
    expect(read.viewerCanUpdate).toBe(false);
    const answer = await updateMaster(
      stranger,
      issueChecklist(issueOf(number, repo('public'))),
      'y',
    );
    expect(failureOf(answer).code).toBe('role-missing');
    expect(world.github.issue('ann/public', number).body).toBe('x');
  });

  function repo(name: string) {
    return { host: 'github.com', owner: 'ann', name };
  }
});

describe('the master as sync reads it', () => {
  const world = useLocalGitHub();

  function master(name: string, body = BODY): number {
    world.github.addRepo(`ann/${name}`, { collaborators: { bob: 'push' } });
    return world.github.addIssue(`ann/${name}`, { title: 'Plan', body, author: 'ann' });
  }

  it('brings text, times, rights, history and rules in one request', async () => {
    const number = master('whole');
    world.github.editIssue('ann/whole', number, { body: `${BODY}!`, state: 'closed' }, 'bob');
    world.github.putFile('ann/whole', RULES, '\uFEFFnotPlanned: tick\r\n');
    const read = unwrap(
      await readSyncMaster(world.client, issueChecklist(issueOf(number, repo('whole')))),
    );
    const stored = world.github.issue('ann/whole', number);
    expect(read).toMatchObject({
      text: `${BODY}!`,
      title: 'Plan',
      state: 'closed',
      locked: false,
      viewerCanUpdate: true,
      createdAt: iso(stored.createdAt),
      closedAt: iso(stored.closedAt ?? 0),
      historyComplete: true,
      rulesFile: { kind: 'text', text: '\uFEFFnotPlanned: tick\r\n' },
      ref: issueOf(number, repo('whole')),
      archived: false,
    });
    expect(read.history.map(({ editor, text }) => [editor, text])).toEqual([
      ['bob', `${BODY}!`],
      ['ann', BODY],
    ]);
    expect(read).not.toHaveProperty('templates');
    expect(world.github.requests).toHaveLength(1);
  });

  it('brings the issue templates and forms of the repository in the same request where they are asked for', async () => {
    const number = master('formal');
    const folder = '.github/ISSUE_TEMPLATE';
    world.github.putFile('ann/formal', `${folder}/bug.md`, '- [ ] Reproduced');
    world.github.putFile('ann/formal', `${folder}/task.yml`, 'name: Task');
    world.github.putFile('ann/formal', `${folder}/old/unused.md`, '- [ ] Unused');
    const checklist = issueChecklist(issueOf(number, repo('formal')));
    const read = unwrap(await readSyncMaster(world.client, checklist, { templates: true }));
    expect(read.templates?.toSorted()).toEqual(['- [ ] Reproduced', 'name: Task']);
    expect(world.github.requests).toHaveLength(1);
    expect(unwrap(await readSyncMaster(world.client, checklist))).not.toHaveProperty('templates');
  });

  it('was never edited: its history is whole and empty, and it has no rules file', async () => {
    const number = master('fresh');
    const read = unwrap(
      await readSyncMaster(world.client, issueChecklist(issueOf(number, repo('fresh')))),
    );
    expect(read).toMatchObject({
      history: [],
      historyComplete: true,
      closedAt: undefined,
      rulesFile: { kind: 'none' },
    });
  });

  it('says when there are more versions, and gives up to 100, newest first, in one request', async () => {
    const number = master('busy', 'v0');
    for (let edit = 1; edit <= 104; edit += 1) {
      world.github.editIssue('ann/busy', number, { body: `v${edit}` }, 'ann');
    }
    const read = unwrap(
      await readSyncMaster(world.client, issueChecklist(issueOf(number, repo('busy')))),
    );
    expect(read.historyComplete).toBe(false);
    expect(read.history.map(({ text }) => text).slice(0, 2)).toEqual(['v104', 'v103']);
    world.github.clearRequests();
    const versions = unwrap(
      await readVersions(world.client, issueChecklist(issueOf(number, repo('busy')))),
    );
    expect(versions.map(({ text }) => text)).toEqual(
      Array.from({ length: 100 }, (_, index) => `v${104 - index}`),
    );
    expect(versions.slice(0, read.history.length)).toEqual(read.history);
    expect(world.github.requests).toHaveLength(1);
  });

  it('is whole although the token may not read files', async () => {
    world.github.addRepo('ann/closed', { private: true, collaborators: { bob: 'push' } });
    world.github.putFile('ann/closed', RULES, 'notPlanned: tick');
    const number = world.github.addIssue('ann/closed', { title: 'T', body: BODY, author: 'ann' });
    const { token } = world.github.addUser('bob', { scopes: null, token: 'github_pat_bob' });
    world.github.restrictToken(token, {
      repos: ['ann/closed'],
      permissions: { issues: 'write', contents: 'none' },
    });
    const client = clientFor(world.github, token);
    const read = unwrap(
      await readSyncMaster(client, issueChecklist(issueOf(number, repo('closed')))),
    );
    expect(read).toMatchObject({ text: BODY, rulesFile: { kind: 'unreadable' } });
    expect(world.github.requests).toHaveLength(1);
  });

  it('has a rules file that is no text: it cannot be read', async () => {
    const number = master('binary');
    world.github.putFile('ann/binary', RULES, 'a\0b');
    const read = unwrap(
      await readSyncMaster(world.client, issueChecklist(issueOf(number, repo('binary')))),
    );
    expect(read.rulesFile).toEqual({ kind: 'unreadable' });
  });

  it.each([
    ['cut off by GitHub', { isTruncated: true }, { kind: 'unreadable' }],
    ['of unknown encoding', { text: null, isBinary: null }, { kind: 'unreadable' }],
    ['empty', { text: '' }, { kind: 'text', text: '' }],
    ['a folder', { __typename: 'Tree', text: undefined }, { kind: 'none' }],
  ])('has a rules file that is %s', async (_what, change, expected) => {
    const blob = { __typename: 'Blob', text: 'a: 1', isBinary: false, isTruncated: false };
    const client = answeringWith({
      data: { repository: { ...REPOSITORY, rules: { ...blob, ...change } } },
    });
    expect(unwrap(await readSyncMaster(client, issueChecklist(issueOf(1)))).rulesFile).toEqual(
      expected,
    );
  });

  it('does not call a history whole that GitHub does not show', async () => {
    const node = { ...REPOSITORY.issueOrPullRequest, userContentEdits: null };
    const client = answeringWith({
      data: { repository: { ...REPOSITORY, issueOrPullRequest: node } },
    });
    expect(unwrap(await readSyncMaster(client, issueChecklist(issueOf(1))))).toMatchObject({
      history: [],
      historyComplete: false,
    });
  });

  it('says where its repository is now, and that it is archived', async () => {
    const number = master('before');
    world.github.renameRepo('ann/before', 'ann/after');
    world.github.updateRepo('ann/after', { archived: true });
    const read = unwrap(
      await readSyncMaster(world.client, issueChecklist(issueOf(number, repo('before')))),
    );
    expect(read).toMatchObject({ ref: issueOf(number, repo('after')), archived: true, text: BODY });
  });

  it.each([
    [
      'a pull request',
      'is-pull-request',
      (name: string) => world.github.addPull(name, { title: 'P', author: 'ann' }),
    ],
    [
      'deleted',
      'gone',
      (name: string) => {
        const number = world.github.addIssue(name, { title: 'T', author: 'ann' });
        world.github.deleteIssue(name, number);
        return number;
      },
    ],
    [
      'a discussion now',
      'gone',
      (name: string) => {
        const number = world.github.addIssue(name, { title: 'T', author: 'ann' });
        world.github.convertToDiscussion(name, number);
        return number;
      },
    ],
    [
      'transferred',
      'transferred',
      (name: string) => {
        const number = world.github.addIssue(name, { title: 'T', author: 'ann' });
        world.github.transferIssue(name, number, 'ann/elsewhere');
        return number;
      },
    ],
    ['never there', 'not-found', () => 999],
  ])('that is %s is told as %s, by its versions too', async (what, code, make) => {
    const name = `odd-${what.replaceAll(' ', '-')}`;
    world.github.addRepo('ann/elsewhere');
    world.github.addRepo(`ann/${name}`);
    const issue = issueOf(make(`ann/${name}`), repo(name));
    expect(failureOf(await readSyncMaster(world.client, issueChecklist(issue))).code).toBe(code);
    expect(world.github.requests.length).toBeLessThanOrEqual(3);
    expect(failureOf(await readVersions(world.client, issueChecklist(issue))).code).toBe(code);
  });

  it('of a repository made private meanwhile is not found', async () => {
    const number = master('hidden');
    world.github.updateRepo('ann/hidden', { private: true });
    const stranger = clientFor(world.github, world.github.addUser('eve').token);
    const answer = await readSyncMaster(stranger, issueChecklist(issueOf(number, repo('hidden'))));
    expect(failureOf(answer).code).toBe('not-found');
  });

  it('that GraphQL would show at another place is told as moved', async () => {
    const node = {
      ...REPOSITORY.issueOrPullRequest,
      url: 'https://github.com/ann/other/issues/7',
      repository: { nameWithOwner: 'ann/other' },
    };
    const client = answeringWith({
      data: { repository: { ...REPOSITORY, issueOrPullRequest: node } },
    });
    expect(failureOf(await readSyncMaster(client, issueChecklist(issueOf(1))))).toMatchObject({
      code: 'transferred',
      url: 'https://github.com/ann/other/issues/7',
    });
  });

  it.each([
    ['a timeout beside the data', { message: 'Something went wrong' }, 'server-error'],
    [
      'a timeout of the rules file',
      { message: 'Something went wrong', path: ['repository', 'rules'] },
      'server-error',
    ],
    [
      'a history that may not be seen',
      {
        type: 'FORBIDDEN',
        message: 'You are blocked.',
        path: ['repository', 'issueOrPullRequest', 'userContentEdits'],
      },
      'forbidden',
    ],
    ['a limit', { type: 'RATE_LIMITED', message: 'API rate limit exceeded' }, 'rate-limited'],
  ])('is no half truth: %s', async (_what, error, code) => {
    const client = answeringWith({ data: { repository: REPOSITORY }, errors: [error] });
    expect(failureOf(await readSyncMaster(client, issueChecklist(issueOf(1)))).code).toBe(code);
  });

  it.each<[string, FaultAction, string]>([
    ['lost connection', { reset: true }, 'offline'],
    ['502', { status: 502, body: { message: 'Bad gateway' } }, 'server-error'],
    ['HTML with status 200', { status: 200, body: '<html>' }, 'server-error'],
    ['JSON of somebody else', { status: 200, body: { hello: 'captive portal' } }, 'server-error'],
    ['broken off', { truncate: true }, 'offline'],
    ['no answer in time', { hang: true }, 'server-error'],
    ['token revoked', { status: 401, body: { message: 'Bad credentials' } }, 'bad-token'],
  ])('is not read when the answer goes wrong: %s', async (what, action, code) => {
    const name = `wrong-${what.replaceAll(' ', '-')}`;
    const number = master(name);
    const client = clientFor(world.github, world.token, action.hang ? 300 : 5_000);
    world.github.fault({ path: '/graphql', times: 2, action });
    expect(
      failureOf(await readSyncMaster(client, issueChecklist(issueOf(number, repo(name))))).code,
    ).toBe(code);
  });

  function repo(name: string): RepoRef {
    return { host: 'github.com', owner: 'ann', name };
  }
});

const REPOSITORY = {
  nameWithOwner: 'ann/demo',
  isArchived: false,
  rules: null,
  issueOrPullRequest: {
    __typename: 'Issue',
    title: 'T',
    body: 'b',
    state: 'OPEN',
    locked: false,
    viewerCanUpdate: true,
    createdAt: '2026-01-01T00:00:00Z',
    closedAt: null,
    url: 'https://github.com/ann/demo/issues/1',
    repository: { nameWithOwner: 'ann/demo' },
    userContentEdits: { totalCount: 0, nodes: [] },
  },
};

function iso(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
