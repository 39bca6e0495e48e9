import { type FieldNode, Kind, parse, type SelectionSetNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { type IssueRef, issueChecklist, issueKey, type RepoRef } from '../../lib/core/refs.ts';
import type { Followed, FollowedByKey } from '../../lib/core/sync/sync-facts.ts';
import { formatMarker } from '../../lib/core/text/marker.ts';
import { readFollowed } from '../../lib/github/read-followed.ts';
import type { FaultAction } from '../local-github/local-github.ts';
import { answeringWith, clientFor, failureOf, unwrap, useLocalGitHub } from './world.ts';

const PLAIN = { mentions: false };
const MENTIONS = { mentions: true };

describe('followed issues and pull requests', () => {
  const world = useLocalGitHub();

  it('come with their states and reasons, of several repositories in one request', async () => {
    const [here, there] = [make('states'), make('states-too')];
    const issues = [
      add(here),
      add(here, { state: 'closed', stateReason: 'completed' }),
      add(here, { state: 'closed', stateReason: 'not_planned' }),
      add(there, { state: 'closed', stateReason: 'duplicate' }),
    ];
    const seen = unwrap(await readFollowed(world.client, issues, PLAIN));
    expect(issues.map((issue) => at(seen, issue))).toMatchObject([
      { kind: 'issue', state: 'open', reason: undefined, closedAt: undefined, title: 'T' },
      { state: 'closed', reason: 'completed' },
      { state: 'closed', reason: 'not-planned' },
      { state: 'closed', reason: 'duplicate', ref: issues[3] },
    ]);
    const stored = world.github.issue(here, issues[1]?.number ?? 0);
    expect(at(seen, issues[1]).closedAt).toBe(iso(stored.closedAt ?? 0));
    expect(world.github.requests).toHaveLength(1);
  });

  it('name the issue that GitHub shows them under', async () => {
    const name = make('parents');
    const parent = add(name);
    const child = {
      ...parent,
      number: world.github.addIssue(name, { title: 'C', author: 'ann', parent: parent.number }),
    };
    const other = add(name);
    const seen = unwrap(await readFollowed(world.client, [child, other], PLAIN));
    expect(at(seen, child).parent).toEqual(parent);
    expect(at(seen, other)).not.toHaveProperty('parent');
  });

  it('tell when an issue was reopened, unless something happened to its state since', async () => {
    const name = make('reopened');
    const [fresh, reopened, closedAgain] = [add(name), add(name), add(name)];
    for (const issue of [reopened, closedAgain]) {
      edit(name, issue, { state: 'closed' });
      edit(name, issue, { state: 'open' });
      edit(name, issue, { title: 'T2', body: 'edited' });
    }
    edit(name, closedAgain, { state: 'closed', stateReason: 'not_planned' });
    const seen = unwrap(await readFollowed(world.client, [fresh, reopened, closedAgain], PLAIN));
    const events = world.github.issue(name, reopened.number).events;
    const event = events.find(({ detail }) => detail.kind === 'reopened');
    expect(at(seen, reopened)).toMatchObject({ state: 'open', reopenedAt: iso(event?.at ?? 0) });
    expect(at(seen, fresh).reopenedAt).toBeUndefined();
    expect(at(seen, closedAgain)).toMatchObject({ reopenedAt: undefined, reason: 'not-planned' });
  });

  it('name the merged pull requests that closed an issue, each once', async () => {
    const name = make('closers');
    const issue = add(name);
    const first = merge(name, `Closes #${issue.number}`);
    edit(name, issue, { state: 'open' });
    const second = merge(name, `Fixes #${issue.number}`);
    world.github.addPull(name, { title: 'P', body: `Closes #${issue.number}`, author: 'ann' });
    world.github.addPull(name, {
      title: 'P',
      body: `Closes #${issue.number}`,
      author: 'ann',
      state: 'closed',
    });
    const byHand = world.github.addPull(name, { title: 'linked', author: 'ann' });
    world.github.linkPull(name, issue.number, byHand);
    world.github.mergePull(name, byHand, 'ann');
    const seen = at(unwrap(await readFollowed(world.client, [issue], PLAIN)), issue);
    expect(numbers(seen.closers)).toEqual([first, second, byHand]);
    const stored = world.github.issue(name, first);
    expect(seen.closers.find(({ ref }) => ref.number === first)).toEqual({
      ref: { repo: issue.repo, number: first },
      mergedAt: iso(stored.pull?.mergedAt ?? 0),
      base: 'main',
      closed: true,
    });
    expect(seen.closers.map(({ closed }) => closed)).toEqual([true, true, undefined]);
    expect(world.github.requests).toHaveLength(1);
  });

  it('remember who closed an issue although the description names it no longer', async () => {
    const name = make('renamed-closer');
    const issue = add(name);
    const pull = merge(name, `Closes #${issue.number}`);
    world.github.editIssue(name, pull, { body: 'nothing' }, 'ann');
    const seen = at(unwrap(await readFollowed(world.client, [issue], PLAIN)), issue);
    expect(numbers(seen.closers)).toEqual([pull]);
  });

  it('find the pull requests of commits that closed issues, with one request more for all', async () => {
    const name = make('commits');
    const [squashed, pushed, alone] = [add(name), add(name), add(name)];
    const squash = world.github.addPull(name, {
      title: `Fix (closes #${squashed.number})`,
      author: 'ann',
    });
    world.github.mergePull(name, squash, 'ann', { commit: true });
    const pull = merge(name, 'no keyword');
    world.github.closeByCommit(name, pushed.number, { by: 'ann', pull });
    world.github.closeByCommit(name, alone.number, { by: 'ann' });
    const issues = [squashed, pushed, alone];
    const seen = unwrap(await readFollowed(world.client, issues, PLAIN));
    expect(issues.map((issue) => numbers(at(seen, issue).closers))).toEqual([[squash], [pull], []]);
    expect(world.github.requests.map(({ operation }) => operation)).toEqual([
      'graphql:query:Batch',
      'graphql:query:Commits',
    ]);
  });

  it('name closing pull requests of other repositories', async () => {
    const [name, other] = [make('target'), make('source')];
    const issue = add(name);
    const pull = merge(other, `Closes ${name}#${issue.number}`);
    const seen = at(unwrap(await readFollowed(world.client, [issue], PLAIN)), issue);
    expect(seen.state).toBe('closed');
    expect(seen.closers.map(({ ref }) => ref)).toEqual([{ repo: repo('source'), number: pull }]);
  });

  it('keep the names of private repositories to themselves, unless the issue is private too', async () => {
    const [shown, hidden, secret] = [make('shown'), make('hidden'), make('secret')];
    for (const name of [hidden, secret]) world.github.updateRepo(name, { private: true });
    const [open, own] = [add(shown), add(hidden)];
    const pull = merge(secret, `Closes ${shown}#${open.number}, closes ${hidden}#${own.number}`);
    const seen = unwrap(await readFollowed(world.client, [open, own], MENTIONS));
    expect(at(seen, open)).toMatchObject({ state: 'closed', closers: [], mentions: [] });
    expect(numbers(at(seen, own).closers)).toEqual([pull]);
  });

  it('tell of a pull request whether, when and where it was merged', async () => {
    const name = make('pulls');
    const open = world.github.addPull(name, { title: 'O', author: 'ann' });
    const closed = world.github.addPull(name, { title: 'C', author: 'ann', state: 'closed' });
    const merged = world.github.addPull(name, { title: 'M', author: 'ann', base: 'release/1' });
    world.github.mergePull(name, merged, 'ann');
    const pulls = [open, closed, merged].map((number) => ({ repo: repo('pulls'), number }));
    const seen = unwrap(await readFollowed(world.client, pulls, MENTIONS));
    const nothing = { reason: undefined, closers: [], mentions: [], reopenedAt: undefined };
    expect(pulls.map((pull) => at(seen, pull))).toMatchObject([
      { kind: 'pull-request', state: 'open', merged: undefined, title: 'O', ...nothing },
      { kind: 'pull-request', state: 'closed', merged: undefined, ...nothing },
      { state: 'closed', merged: { ref: pulls[2], base: 'release/1' }, ...nothing },
    ]);
  });

  it('come with merged pull requests that mention an issue, only when these are asked for', async () => {
    const name = make('mentions');
    const issue = add(name);
    const text = `Fixes #${issue.number}\r\nreally`;
    const released = world.github.addPull(name, {
      title: 'Backport',
      body: text,
      author: 'ann',
      base: 'release/1',
    });
    world.github.mergePull(name, released, 'ann');
    world.github.addPull(name, { title: 'open', body: text, author: 'ann', base: 'release/1' });
    world.github.addIssue(name, { title: 'issue', body: text, author: 'ann' });
    const without = at(unwrap(await readFollowed(world.client, [issue], PLAIN)), issue);
    expect(without).toMatchObject({ state: 'open', closers: [], mentions: [] });
    const seen = at(unwrap(await readFollowed(world.client, [issue], MENTIONS)), issue);
    expect(seen.mentions).toEqual([
      {
        ref: { repo: issue.repo, number: released },
        mergedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        base: 'release/1',
        text: `Backport\n${text}`,
      },
    ]);
    expect(world.github.requests).toHaveLength(2);
  });

  it('come with our marker', async () => {
    const name = make('marked');
    const marker = {
      state: 'v1',
      checklist: issueChecklist({ repo: repo('marked'), number: 1 }),
      item: 'key',
      text: 'hash',
      run: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    } as const;
    const body = `Part of #1\n\n${formatMarker(marker)}`;
    const number = world.github.addIssue(name, { title: 'T', body, author: 'ann' });
    const issue = { repo: repo('marked'), number };
    expect(at(unwrap(await readFollowed(world.client, [issue], PLAIN)), issue).marker).toEqual(
      marker,
    );
  });

  it('are unreadable one by one when they are gone or out of reach', async () => {
    const name = make('holes');
    make('secret');
    world.github.updateRepo('ann/secret', { private: true });
    const [good, deleted, discussion] = [add(name), add(name), add(name)];
    const secret = add('ann/secret');
    world.github.deleteIssue(name, deleted.number);
    world.github.convertToDiscussion(name, discussion.number);
    const never = { repo: repo('holes'), number: 999 };
    const nowhere = { repo: repo('nowhere'), number: 1 };
    const issues = [good, deleted, discussion, secret, never, nowhere];
    const stranger = clientFor(world.github, world.github.addUser('eve').token);
    const seen = unwrap(await readFollowed(stranger, issues, PLAIN));
    expect(issues.map((issue) => seen[issueKey(issue)])).toMatchObject([
      { state: 'open' },
      ...Array.from({ length: 5 }, () => 'unreadable'),
    ]);
    // Each number that is hidden in a repository that is not: it may have been moved.
    expect(world.github.requests.map(({ operation }) => operation)).toEqual([
      'graphql:query:Batch',
      'issues/get',
      'issues/get',
      'issues/get',
    ]);
  });

  it('are followed to another repository, under the name that was asked for', async () => {
    const [name, target] = [make('from'), make('to')];
    add(target);
    const [issue, hidden] = [add(name), add(name)];
    world.github.addRepo('ann/vault', { private: true });
    world.github.transferIssue(name, hidden.number, 'ann/vault');
    const number = world.github.transferIssue(name, issue.number, target);
    world.github.editIssue(target, number, { state: 'closed', stateReason: 'not_planned' }, 'ann');
    const stranger = clientFor(world.github, world.github.addUser('kim').token);
    const seen = unwrap(await readFollowed(stranger, [issue, hidden], PLAIN));
    expect(at(seen, issue)).toMatchObject({
      ref: { repo: repo('to'), number },
      state: 'closed',
      reason: 'not-planned',
    });
    expect(seen[issueKey(hidden)]).toBe('unreadable');
    expect(Object.keys(seen)).toHaveLength(2);
  });

  it('of a renamed repository are read at once, and say where they are', async () => {
    const name = make('old-name');
    const issue = add(name);
    world.github.renameRepo(name, 'ann/new-name');
    const seen = at(unwrap(await readFollowed(world.client, [issue], PLAIN)), issue);
    expect(seen.ref).toEqual({ repo: repo('new-name'), number: issue.number });
    expect(world.github.requests).toHaveLength(1);
  });

  it('of other hosts are not asked, and doubles are asked once', async () => {
    const issue = add(make('doubles'));
    const shouted = { ...issue, repo: { ...issue.repo, owner: 'ANN', name: 'DOUBLES' } };
    const foreign = { ...issue, repo: { ...issue.repo, host: 'github.example.com' } };
    const seen = unwrap(await readFollowed(world.client, [issue, shouted, foreign], PLAIN));
    expect(Object.keys(seen)).toEqual([issueKey(issue)]);
    world.github.clearRequests();
    expect(unwrap(await readFollowed(world.client, [foreign], PLAIN))).toEqual({});
    expect(world.github.requests).toHaveLength(0);
  });

  it('are asked 100 at a time, 50 with mentions, each at two points and far below GitHub\u2019s node limit', async () => {
    const name = make('many');
    const issues = Array.from({ length: 101 }, () => add(name));
    unwrap(await readFollowed(world.client, issues, PLAIN));
    const plain = queries();
    expect(plain.map((query) => query.match(/: issueOrPullRequest/g)?.length)).toEqual([100, 1]);
    expect(costOf(plain[0] ?? '')).toEqual({ points: 2, nodes: 15_000 });
    world.github.clearRequests();
    unwrap(await readFollowed(world.client, issues, MENTIONS));
    const mentioned = queries();
    expect(mentioned.map((query) => query.match(/: issueOrPullRequest/g)?.length)).toEqual([
      50, 50, 1,
    ]);
    expect(costOf(mentioned[0] ?? '')).toEqual({ points: 1.5, nodes: 12_500 });
  });

  it('fail together when one request fails', async () => {
    const name = make('parts');
    const issues = Array.from({ length: 101 }, () => add(name));
    world.github.fault({ path: '/graphql', skip: 1, action: { status: 502, body: {} } });
    expect(failureOf(await readFollowed(world.client, issues, PLAIN)).code).toBe('server-error');
  });

  it('fail when it cannot be told whether a hidden issue was moved', async () => {
    const name = make('unsure');
    const [issue, deleted] = [add(name), add(name)];
    world.github.deleteIssue(name, deleted.number);
    world.github.fault({ path: /\/issues\/2/, action: { status: 500, body: {} } });
    const answer = await readFollowed(world.client, [issue, deleted], PLAIN);
    expect(failureOf(answer).code).toBe('server-error');
  });

  it('fail when the pull requests of commits cannot be read', async () => {
    const name = make('lost-commits');
    const issue = add(name);
    world.github.closeByCommit(name, issue.number, { by: 'ann' });
    world.github.fault({ graphql: /query Commits/, action: { status: 502, body: {} } });
    const answer = await readFollowed(world.client, [issue], PLAIN);
    expect(failureOf(answer).code).toBe('server-error');
  });

  it.each<[string, FaultAction, string]>([
    ['lost connection', { reset: true }, 'offline'],
    ['500', { status: 500, body: { message: 'Server Error' } }, 'server-error'],
    ['HTML with 200', { status: 200, body: '<html>Unicorn' }, 'server-error'],
    ['half JSON', { status: 200, body: '{"data": {"r0": {"i1": nu' }, 'server-error'],
    ['broken off', { truncate: true }, 'offline'],
    ['hanging', { hang: true }, 'server-error'],
    ['JSON of somebody else', { status: 200, body: { hello: 'portal' } }, 'server-error'],
    ['an empty answer', { status: 200, body: { data: {} } }, 'server-error'],
    [
      'a repository without its issues',
      { status: 200, body: { data: { r0: {} } } },
      'server-error',
    ],
    ['token revoked', { status: 401, body: { message: 'Bad credentials' } }, 'bad-token'],
  ])('are not guessed when the answer goes wrong: %s', async (what, action, code) => {
    const issue = add(make(`wrong-${what.replaceAll(' ', '-')}`));
    const client = clientFor(world.github, world.token, action.hang ? 300 : 5_000);
    world.github.fault({ path: '/graphql', times: 2, action });
    expect(failureOf(await readFollowed(client, [issue], PLAIN)).code).toBe(code);
  });

  it.each([
    ['a timeout', { message: 'Something went wrong', path: ['r0', 'i1'] }, 'server-error'],
    ['a limit', { type: 'RATE_LIMITED', message: 'API rate limit exceeded' }, 'rate-limited'],
    ['an unknown type', { type: 'SERVICE_UNAVAILABLE', message: 'x' }, 'server-error'],
  ])('are not half read: data with %s', async (_what, error, code) => {
    const issue = { repo: repo('x'), number: 1 };
    const client = answeringWith({ data: { r0: { i1: NODE } }, errors: [error] });
    expect(failureOf(await readFollowed(client, [issue], PLAIN)).code).toBe(code);
    const alone = answeringWith({ data: { r0: { i1: NODE } } });
    expect((await readFollowed(alone, [issue], PLAIN)).ok).toBe(true);
  });

  it('are read although the token may not see the pull requests around them', async () => {
    const issue = { repo: repo('x'), number: 1 };
    const errors = [
      { type: 'FORBIDDEN', message: 'SAML', path: ['r0', 'i1', 'closedByPullRequestsReferences'] },
      { type: 'FORBIDDEN', message: 'SAML', path: ['r0', 'i1', 'stateEvents', 'nodes', 0] },
    ];
    const node = {
      ...NODE,
      stateEvents: { nodes: [null, { __typename: 'ClosedEvent', closer: null }] },
      closedByPullRequestsReferences: null,
    };
    const client = answeringWith({ data: { r0: { i1: node } }, errors });
    const seen = at(unwrap(await readFollowed(client, [issue], PLAIN)), issue);
    expect(seen).toMatchObject({ state: 'closed', reason: 'completed', closers: [] });
  });

  it('of an organization that requires SSO are unreadable, the others are not', async () => {
    const [shut, open] = [
      { repo: repo('x'), number: 1 },
      { repo: repo('y'), number: 1 },
    ];
    const error = { type: 'FORBIDDEN', message: 'SAML', path: ['r0'] };
    const client = answeringWith({ data: { r0: null, r1: { i1: NODE } }, errors: [error] });
    const seen = unwrap(await readFollowed(client, [shut, open], PLAIN));
    expect(seen[issueKey(shut)]).toBe('unreadable');
    expect(at(seen, open).state).toBe('closed');
  });

  function make(name: string): string {
    world.github.addRepo(`ann/${name}`);
    return `ann/${name}`;
  }

  function add(name: string, change?: Parameters<typeof world.github.editIssue>[2]): IssueRef {
    const number = world.github.addIssue(name, { title: 'T', author: 'ann' });
    if (change !== undefined) world.github.editIssue(name, number, change, 'ann');
    return { repo: repo(name.split('/')[1] ?? ''), number };
  }

  function edit(
    name: string,
    issue: IssueRef,
    change: Parameters<typeof world.github.editIssue>[2],
  ) {
    world.github.editIssue(name, issue.number, change, 'ann');
  }

  function merge(name: string, body: string): number {
    const number = world.github.addPull(name, { title: 'P', body, author: 'ann' });
    world.github.mergePull(name, number, 'ann');
    return number;
  }

  function queries(): readonly string[] {
    return world.github.requests.map(({ graphqlQuery }) => graphqlQuery ?? '');
  }
});

/** An issue as GraphQL gives it. */
const NODE = {
  __typename: 'Issue',
  number: 1,
  title: 'T',
  body: '',
  state: 'CLOSED',
  stateReason: null,
  closedAt: '2026-01-01T00:00:00Z',
  repository: { nameWithOwner: 'ann/x' },
  stateEvents: { nodes: [] },
  closedByPullRequestsReferences: { nodes: [] },
};

function repo(name: string): RepoRef {
  return { host: 'github.com', owner: 'ann', name };
}

function at(seen: FollowedByKey, issue: IssueRef | undefined): Followed {
  const found = issue && seen[issueKey(issue)];
  if (found === undefined || found === 'unreadable') throw new Error(`it is ${found}`);
  return found;
}

function numbers(pulls: Followed['closers']): readonly number[] {
  return pulls.map(({ ref }) => ref.number).sort((a, b) => a - b);
}

function iso(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/**
 * What GitHub counts before it answers: a request for each connection under each node above it, 100 to a point; and all
 * nodes that the connections may give
 * (https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api).
 */
function costOf(query: string): { readonly points: number; readonly nodes: number } {
  const document = parse(query);
  const fragments = new Map<string, SelectionSetNode>();
  let requests = 0;
  let nodes = 0;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition.selectionSet);
    }
  }
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) walk(definition.selectionSet, 1);
  }
  return { points: requests / 100, nodes };

  function walk(set: SelectionSetNode | undefined, above: number) {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) walk(fragments.get(selection.name.value), above);
      else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, above);
      else walkField(selection, above);
    }
  }

  function walkField(field: FieldNode, above: number) {
    const size = field.arguments?.find(({ name }) => /^(first|last)$/.test(name.value))?.value;
    if (size?.kind !== Kind.INT) return walk(field.selectionSet, above);
    const below = above * Number(size.value);
    requests += above;
    nodes += below;
    walk(field.selectionSet, below);
  }
}
