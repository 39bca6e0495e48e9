import { describe, expect, it } from 'vitest';
import { type IssueRef, issueKey, type RepoRef } from '../../lib/core/refs.ts';
import { readFollowed } from '../../lib/github/read-followed.ts';
import { readPulls } from '../../lib/github/read-pulls.ts';
import { answeringWith, clientFor, failureOf, unwrap, useLocalGitHub } from './world.ts';

const REVERTS = { mentions: false, reverts: true };

describe('reverted pull requests', () => {
  const world = useLocalGitHub();

  describe('that closed followed issues', () => {
    it('name what reverted them, in the same request', async () => {
      const name = make('closed');
      const [kept, undone] = [add(name), add(name)];
      const [good, bad] = [close(name, kept), close(name, undone)];
      world.github.addPull(name, {
        title: 'P',
        body: `About #${good}`,
        author: 'ann',
        merged: true,
      });
      const revert = openRevert(name, bad);
      const before = await closers(undone);
      world.github.mergePull(name, revert, 'ann');
      world.github.clearRequests();
      const after = await closers(undone, kept);

      expect(before).toEqual([[bad, undefined]]);
      expect(after).toEqual([
        [bad, revert],
        [good, undefined],
      ]);
      // The second asks whether the revert was reverted.
      expect(world.github.requests).toHaveLength(2);
    });

    it('cost one request per 100 issues, of 6 points, where nothing was reverted', async () => {
      const name = make('many');
      const issues = Array.from({ length: 100 }, () => add(name));
      for (const issue of issues.slice(0, 10)) close(name, issue);
      unwrap(await readFollowed(world.client, issues, REVERTS));
      expect(world.github.requests.map(({ graphqlCost }) => graphqlCost)).toEqual([6]);
    });

    it('are told apart from those whose revert was reverted', async () => {
      const name = make('twice');
      const issue = add(name);
      const pull = close(name, issue);
      const revert = world.github.revertPull(name, pull, 'ann');
      const again = world.github.revertPull(name, revert, 'ann');
      expect(await closers(issue)).toEqual([[pull, undefined]]);
      world.github.revertPull(name, again, 'ann');
      expect(await closers(issue)).toEqual([[pull, revert]]);
    });

    it('are found past the first three of an issue, and past twenty mentions', async () => {
      const name = make('deep');
      const [crowded, famous] = [add(name), add(name)];
      const many = Array.from({ length: 5 }, () => {
        edit(name, crowded, 'open');
        return close(name, crowded);
      });
      const pull = close(name, famous);
      const reverts = [...many, pull].map((each) => world.github.revertPull(name, each, 'ann'));
      for (let count = 0; count < 21; count += 1) {
        world.github.addIssue(name, { title: 'M', body: `#${pull}`, author: 'ann' });
      }
      const found = await closers(crowded, famous);
      expect(found).toEqual([...many, pull].map((each, index) => [each, reverts[index]]));
    });

    it('are found by their commit too', async () => {
      const name = make('commit');
      const issue = add(name);
      const pull = world.github.addPull(name, { title: 'P', author: 'ann', merged: true });
      world.github.closeByCommit(name, issue.number, { by: 'ann', pull });
      const revert = world.github.revertPull(name, pull, 'ann');
      expect(await closers(issue)).toEqual([[pull, revert]]);
    });

    it('stay as they are when they are reverted on another branch or only in words elsewhere', async () => {
      const [name, other] = [make('branches'), make('elsewhere')];
      const issue = add(name);
      const pull = close(name, issue);
      const body = `Reverts ${name}#${pull}`;
      world.github.addPull(name, { title: 'R', body, author: 'ann', base: 'v1', merged: true });
      world.github.addPull(other, { title: 'R', body, author: 'ann', merged: true });
      world.github.addIssue(name, { title: 'R', body, author: 'ann' });
      expect(await closers(issue)).toEqual([[pull, undefined]]);
    });

    it('are not asked for unless reconcile does', async () => {
      const name = make('plain');
      const issue = add(name);
      world.github.revertPull(name, close(name, issue), 'ann');
      world.github.clearRequests();
      const seen = unwrap(await readFollowed(world.client, [issue], { mentions: false }))[
        issueKey(issue)
      ];
      expect(seen).toMatchObject({ closers: [expect.not.objectContaining({ revertedBy: 1 })] });
      expect(world.github.requests.map(({ graphqlCost }) => graphqlCost)).toEqual([1]);
    });
  });

  describe('that items name', () => {
    it('come with title, state and what they close', async () => {
      const [name, other] = [make('named'), make('named-other')];
      const [first, second, linked] = [add(name), add(other), add(name)];
      const body = `Closes #${first.number}, fixes ${other}#${second.number}`;
      const open = world.github.addPull(name, { title: 'Open', body, author: 'ann' });
      world.github.linkPull(name, linked.number, open);
      const closed = world.github.addPull(name, { title: 'C', author: 'ann', state: 'closed' });
      const released = world.github.addPull(name, {
        title: 'Release',
        body: `Fixes #${first.number}`,
        author: 'ann',
        base: 'release',
        merged: true,
      });
      const asked = [open, closed, released].map((number) => at(name, number));
      const seen = unwrap(await readPulls(world.client, asked));

      expect(asked.map((pull) => seen[issueKey(pull)])).toEqual([
        named(at(name, open), 'Open', 'open', [first, second, linked]),
        named(at(name, closed), 'C', 'closed', []),
        named(at(name, released), 'Release', 'merged', [first]),
      ]);
      expect(world.github.requests.map(({ graphqlCost }) => graphqlCost)).toEqual([1]);
    });

    it('name what reverted them', async () => {
      const name = make('named-reverted');
      const pull = world.github.addPull(name, { title: 'P', author: 'ann', merged: true });
      const open = world.github.addPull(name, { title: 'O', author: 'ann' });
      const revert = world.github.revertPull(name, pull, 'ann');
      world.github.addPull(name, { title: `Revert #${open}`, author: 'ann', merged: true });
      const seen = unwrap(await readPulls(world.client, [at(name, pull), at(name, open)]));
      expect(seen[issueKey(at(name, pull))]?.revertedBy?.ref.number).toBe(revert);
      expect(seen[issueKey(at(name, open))]?.revertedBy).toBeUndefined();
    });

    it('are missing when they are issues, hidden, gone, or of another host', async () => {
      const [name, secret] = [make('missing'), make('named-secret')];
      world.github.updateRepo(secret, { private: true });
      const hidden = world.github.addPull(secret, { title: 'P', author: 'ann' });
      const foreign = { ...at(name, 1), repo: { ...repo('missing'), host: 'github.example.com' } };
      const pulls = [add(name), at(secret, hidden), at(name, 99), foreign];
      const stranger = clientFor(world.github, world.github.addUser('eve').token);
      expect(unwrap(await readPulls(stranger, pulls))).toEqual({});
      expect(unwrap(await readPulls(world.client, []))).toEqual({});
    });

    it('keep the key that was asked for when their repository was renamed', async () => {
      const name = make('before');
      const pull = world.github.addPull(name, { title: 'P', author: 'ann', merged: true });
      const revert = world.github.revertPull(name, pull, 'ann');
      world.github.renameRepo(name, 'ann/after');
      world.github.editIssue('ann/after', revert, { body: `Reverts #${pull}` }, 'ann');
      const seen = unwrap(await readPulls(world.client, [at(name, pull)]));
      expect(seen[issueKey(at(name, pull))]).toMatchObject({
        ref: { repo: repo('after'), number: pull },
        revertedBy: { ref: { repo: repo('after'), number: revert } },
      });
    });

    it('are asked 100 at a time, at 2 points', async () => {
      const name = make('crowd');
      const pulls = Array.from({ length: 101 }, () =>
        at(name, world.github.addPull(name, { title: 'P', author: 'ann' })),
      );
      expect(Object.keys(unwrap(await readPulls(world.client, pulls)))).toHaveLength(101);
      expect(world.github.requests.map(({ graphqlCost }) => graphqlCost)).toEqual([2, 1]);
    });

    it('fail together when GitHub fails, or answers something else', async () => {
      const name = make('broken');
      const pull = at(
        name,
        world.github.addPull(name, { title: 'P', author: 'ann', merged: true }),
      );
      const nothing = answeringWith({ data: { r0: {} } });
      expect(failureOf(await readPulls(nothing, [pull])).code).toBe('server-error');
      world.github.revertPull(name, pull.number, 'ann');
      world.github.fault({ path: '/graphql', skip: 1, action: { status: 502, body: {} } });
      expect(failureOf(await readPulls(world.client, [pull])).code).toBe('server-error');
    });
  });

  function make(name: string): string {
    world.github.addRepo(`ann/${name}`);
    return `ann/${name}`;
  }

  function add(name: string): IssueRef {
    return at(name, world.github.addIssue(name, { title: 'T', author: 'ann' }));
  }

  function close(name: string, issue: IssueRef): number {
    const body = `Closes #${issue.number}`;
    return world.github.addPull(name, { title: 'P', body, author: 'ann', merged: true });
  }

  function edit(name: string, issue: IssueRef, state: 'open' | 'closed') {
    world.github.editIssue(name, issue.number, { state }, 'ann');
  }

  function openRevert(name: string, pull: number): number {
    return world.github.addPull(name, { title: 'R', body: `Reverts #${pull}`, author: 'ann' });
  }

  /** Numbers of closers, each with that of its revert. */
  async function closers(...issues: readonly IssueRef[]) {
    const seen = unwrap(await readFollowed(world.client, issues, REVERTS));
    return issues.flatMap((issue) => {
      const one = seen[issueKey(issue)];
      if (one === undefined || one === 'unreadable') throw new Error(`it is ${one}`);
      return one.closers
        .map(({ ref, revertedBy }) => [ref.number, revertedBy?.ref.number])
        .sort(([a = 0], [b = 0]) => a - b);
    });
  }
});

function named(ref: IssueRef, title: string, state: string, closes: readonly IssueRef[]) {
  return { ref, title, state, closes, revertedBy: undefined };
}

function repo(name: string): RepoRef {
  return { host: 'github.com', owner: 'ann', name };
}

function at(fullName: string, number: number): IssueRef {
  return { repo: repo(fullName.split('/')[1] ?? ''), number };
}
