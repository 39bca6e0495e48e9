import { describe, expect, it } from 'vitest';
import type { RepoRef } from '../../lib/core/refs.ts';
import { searchIssues } from '../../lib/github/search-issues.ts';
import { answeringWith, failureOf, unwrap, useLocalGitHub } from './world.ts';

describe('a search for an issue', () => {
  const world = useLocalGitHub();

  it('finds open and closed issues by words of their titles, without pull requests', async () => {
    const repo = make('words');
    const login = add(repo, 'Login works with a password');
    const closed = add(repo, 'LOGIN with a key');
    world.github.editIssue('ann/words', closed, { state: 'closed' }, 'ann');
    add(repo, 'Logout');
    world.github.addPull('ann/words', { title: 'Login with nothing', author: 'ann' });
    add(make('words-elsewhere'), 'Login with a password');

    expect(await found(repo, 'login with')).toEqual([closed, login]);
    expect(await found(repo, 'with LOGIN password')).toEqual([login]);
    expect(await found(repo, 'nothing')).toEqual([]);
    expect(world.github.requests.map(({ operation }) => operation)).toEqual(
      Array.from({ length: 3 }, () => 'graphql:query:Search'),
    );
  });

  it('answers ten at most, with what planning looks at', async () => {
    const repo = make('ten');
    for (let count = 0; count < 12; count += 1) add(repo, `Test ${count}`);
    const issues = unwrap(await searchIssues(world.client, repo, 'test'));
    expect(issues).toHaveLength(10);
    expect(issues[0]).toMatchObject({ kind: 'issue', author: 'ann', state: 'open', body: '' });
  });

  it.each([
    'repo:ann/quotes-else quotes',
    'author:nobody quotes',
    '-quotes "repo:x/y',
    'quotes) OR (is:pr',
    'in:body NOT "quotes\\" author:x',
    'is:closed quotes#1',
    '\u0000quotes\n\trepo',
  ])('takes qualifiers, quotes and operators as words: %j', async (text) => {
    const name = `quotes-${text.length}-${text.codePointAt(0)}`;
    const repo = make(name);
    const title = 'repo ann quotes else author nobody x y is pr in body closed 1';
    add(repo, title);
    expect(await found(repo, text)).toHaveLength(1);
    const [request] = world.github.requests;
    const { wanted } = JSON.parse(request?.body ?? '').variables;
    expect(wanted).toMatch(new RegExp(`^repo:ann/${name} is:issue in:title [\\w ]+$`));
  });

  it('asks nothing where there are no words, and cuts very long texts at a word', async () => {
    const repo = make('long');
    for (const text of ['', '  ', '#', ':-)', 'not', 'AND or']) {
      expect(await found(repo, text)).toEqual([]);
    }
    expect(world.github.requests).toHaveLength(0);
    expect(await found(repo, 'word '.repeat(1_000))).toEqual([]);
    const { wanted } = JSON.parse(world.github.requests[0]?.body ?? '').variables;
    expect(wanted).toMatch(/ word$/);
    expect(wanted.split('in:title ')[1].length).toBeLessThanOrEqual(250);
  });

  it('by number, reference or address answers that one issue', async () => {
    const [repo, other] = [make('numbers'), make('numbers-too')];
    const first = add(repo, '2 apples');
    const there = add(other, 'there');
    for (const text of [`${first}`, ` #${first} `, `ann/numbers#${first}`]) {
      expect(await found(repo, text)).toEqual([first]);
    }
    const address = `https://github.com/ann/numbers-too/issues/${there}#issuecomment-1`;
    const [issue] = unwrap(await searchIssues(world.client, repo, address));
    expect(issue).toMatchObject({ ref: { repo: other, number: there }, title: 'there' });
    expect(world.github.requests).toHaveLength(4);
  });

  it('by number says what is wrong with it: a pull request, or nothing that GitHub shows', async () => {
    const repo = make('nothing');
    const pull = world.github.addPull('ann/nothing', { title: 'P', author: 'ann' });
    const gone = add(repo, 'gone');
    world.github.deleteIssue('ann/nothing', gone);
    const named = failureOf(await searchIssues(world.client, repo, `${pull}`));
    expect(named).toMatchObject({
      code: 'names-pull-request',
      message: `#${pull} is a pull request, not an issue.`,
    });
    for (const text of [`#${gone}`, '#99', 'https://github.example.com/a/b/issues/1'])
      expect(failureOf(await searchIssues(world.client, repo, text)).code).toBe('no-such-issue');
  });

  it('fails when GitHub fails, or answers something else', async () => {
    const repo = make('broken');
    const strange = answeringWith({ data: { hello: 'portal' } });
    expect(failureOf(await searchIssues(strange, repo, 'word')).code).toBe('server-error');
    world.github.fault({ path: '/graphql', times: 2, action: { status: 502, body: {} } });
    expect(failureOf(await searchIssues(world.client, repo, 'word')).code).toBe('server-error');
    expect(failureOf(await searchIssues(world.client, repo, '#1')).code).toBe('server-error');
  });

  function make(name: string): RepoRef {
    world.github.addRepo(`ann/${name}`);
    return { host: 'github.com', owner: 'ann', name };
  }

  function add({ name }: RepoRef, title: string): number {
    return world.github.addIssue(`ann/${name}`, { title, author: 'ann' });
  }

  async function found(repo: RepoRef, text: string): Promise<readonly number[]> {
    return unwrap(await searchIssues(world.client, repo, text)).map(({ ref }) => ref.number);
  }
});
