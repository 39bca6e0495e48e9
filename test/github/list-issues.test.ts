import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RepoRef } from '../../lib/core/refs.ts';
import type { Client } from '../../lib/github/client.ts';
import { sweepIssues } from '../../lib/github/list-issues.ts';
import { type LocalGitHub, startLocalGitHub } from '../local-github/local-github.ts';
import { answeringWith, clientFor, failureOf, unwrap } from './world.ts';

const MINUTE = 60_000;

describe('the sweep of a repository', () => {
  let github: LocalGitHub;
  let client: Client;
  let now = Date.parse('2026-11-20T12:00:00Z');

  beforeAll(async () => {
    github = await startLocalGitHub({ clock: () => now });
    client = clientFor(github, github.addUser('ann').token);
  });
  afterEach(() => {
    github.assertConforming();
    github.clearRequests();
    github.clearFaults();
  });
  afterAll(() => github.close());

  it('brings all issues created since a time, newest first, without pull requests and older ones', async () => {
    const repo = make('since');
    add(repo, 'older');
    const from = at();
    add(repo, 'first');
    github.addPull('ann/since', { title: 'pull', author: 'ann' });
    const last = add(repo, 'last');
    github.editIssue('ann/since', last, { state: 'closed', stateReason: 'duplicate' }, 'ann');
    github.addComment('ann/since', 1, 'the older one was updated', 'ann');
    const { issues, complete } = unwrap(await sweepIssues(client, repo, from));

    expect(issues.map(({ title }) => title)).toEqual(['last', 'first']);
    expect(issues[0]).toMatchObject({
      ref: { repo, number: last },
      state: 'closed',
      stateReason: 'duplicate',
      kind: 'issue',
    });
    expect(complete).toBe(true);
    expect(github.requests.map(({ operation }) => operation)).toEqual(['issues/list-for-repo']);
  });

  it('ends with the first page that holds an older issue', async () => {
    const repo = make('pages');
    for (let count = 0; count < 350; count += 1) add(repo, 'older');
    const from = at();
    for (let count = 0; count < 150; count += 1) add(repo, 'new');
    for (let number = 1; number <= 350; number += 1) {
      github.addComment('ann/pages', number, 'updated', 'ann');
    }
    const { issues, complete } = unwrap(await sweepIssues(client, repo, from));
    expect([issues.length, complete, github.requests.length]).toEqual([150, true, 2]);
  });

  it('says that it is not complete after 30 pages', async () => {
    const repo = make('endless');
    const from = at();
    for (let count = 0; count < 3_000; count += 1) add(repo, 'new');
    expect(unwrap(await sweepIssues(client, repo, from))).toMatchObject({ complete: true });
    add(repo, 'one more');
    github.clearRequests();
    const { issues, complete } = unwrap(await sweepIssues(client, repo, from));
    expect([issues.length, complete, github.requests.length]).toEqual([3_000, false, 30]);
  });

  it('finds a renamed repository, and says where its issues are', async () => {
    const repo = make('old');
    const from = at();
    const number = add(repo, 'T');
    github.renameRepo('ann/old', 'ann/new');
    const { issues } = unwrap(await sweepIssues(client, repo, from));
    expect(issues.map(({ ref }) => ref)).toEqual([{ repo: { ...repo, name: 'new' }, number }]);
  });

  it('fails as a whole when a page fails', async () => {
    const repo = make('broken');
    const from = at();
    for (let count = 0; count < 101; count += 1) add(repo, 'new');
    github.fault({ path: /page=2/, action: { status: 502, body: {} } });
    expect(failureOf(await sweepIssues(client, repo, from)).code).toBe('server-error');
  });

  it('fails when the answer is no list, and when there is no such repository', async () => {
    const repo = make('odd');
    const strange = answeringWith({ hello: 'portal' });
    expect(failureOf(await sweepIssues(strange, repo, at())).code).toBe('server-error');
    const nowhere = { ...repo, name: 'nowhere' };
    expect(failureOf(await sweepIssues(client, nowhere, at())).code).toBe('not-found');
  });

  function make(name: string): RepoRef {
    github.addRepo(`ann/${name}`);
    return { host: 'github.com', owner: 'ann', name };
  }

  function add({ owner, name }: RepoRef, title: string): number {
    now += MINUTE;
    return github.addIssue(`${owner}/${name}`, { title, author: 'ann' });
  }

  function at(): string {
    now += MINUTE;
    return new Date(now).toISOString();
  }
});
