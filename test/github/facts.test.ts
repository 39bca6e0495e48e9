import { describe, expect, it } from 'vitest';
import type { FactsQuery } from '../../lib/core/github.ts';
import { issueChecklist, issueKey } from '../../lib/core/refs.ts';
import { checkRepo, readAccount } from '../../lib/github/accounts.ts';
import { readGenerationFacts } from '../../lib/github/generation-facts.ts';
import { readKnownIssues } from '../../lib/github/read-issues.ts';
import { now } from '../clock.ts';
import { clientFor, DEMO, failureOf, issueOf, unwrap, useLocalGitHub } from './world.ts';

describe('the facts for a plan', () => {
  const world = useLocalGitHub();
  let made = 0;

  function plan(options: Parameters<typeof world.github.addRepo>[1] = {}) {
    made += 1;
    const repo = { host: 'github.com', owner: 'ann', name: `plan${made}` };
    const name = `ann/${repo.name}`;
    world.github.addRepo(name, options);
    const number = world.github.addIssue(name, {
      title: 'Test plan',
      body: '- [ ] a #2\r\n- [ ] b',
      author: 'ann',
    });
    return { repo, name, checklist: issueOf(number, repo) };
  }

  function query(checklist: FactsQuery['checklist'], more: Partial<FactsQuery> = {}): FactsQuery {
    return {
      checklist,
      target: checklist.repo,
      pageUser: 'ann',
      allowOtherUser: false,
      references: () => [],
      ...more,
    };
  }

  it('need one request for master, target and candidates', async () => {
    const { repo, name, checklist } = plan({ labels: ['bug'], milestones: ['v1'] });
    const child = world.github.addIssue(name, {
      title: 'a',
      body: `Part of #${checklist.number}\n<!-- m -->`,
      author: 'bob',
    });
    const pull = world.github.addPull(name, {
      title: 'p',
      body: `See #${checklist.number}`,
      author: 'ann',
      merged: true,
    });
    world.github.clearRequests();
    const facts = unwrap(
      await readGenerationFacts(
        world.client,
        query(issueChecklist(checklist), { references: () => [issueOf(child, repo), checklist] }),
      ),
    );
    expect(world.github.requests).toHaveLength(1);
    expect(facts.viewer).toBe('ann');
    expect(facts.master).toMatchObject({
      title: 'Test plan',
      body: '- [ ] a #2\r\n- [ ] b',
      viewerCanUpdate: true,
      isPullRequest: false,
    });
    expect(facts.target).toMatchObject({
      archived: false,
      issuesEnabled: true,
      canCreate: true,
      canLabel: true,
      canWrite: true,
      milestones: ['v1'],
    });
    expect(facts.target.labels).toContain('bug');
    expect(facts.referenced[issueKey(issueOf(child, repo))]).toMatchObject({ title: 'a' });
    expect(facts.candidates.map(({ ref }) => ref.number).sort()).toEqual([child, pull].sort());
    expect(facts.candidates.find(({ kind }) => kind === 'pull-request')).toMatchObject({
      stateReason: 'merged',
    });
    expect(facts.looked).toMatchObject({ issues: 2, complete: true });
  });

  it('reach cross-references that are older than the recent issues', async () => {
    const { name, checklist } = plan();
    const child = world.github.addIssue(name, {
      title: 'old child',
      body: `Part of #${checklist.number}`,
      author: 'ann',
    });
    for (let index = 0; index < 100; index += 1) {
      world.github.addIssue(name, { title: `${index}`, author: 'ann' });
    }
    const facts = unwrap(await readGenerationFacts(world.client, query(issueChecklist(checklist))));
    expect(facts.candidates.map(({ ref }) => ref.number)).toContain(child);
    expect(facts.looked.complete).toBe(false);
  });

  it('find a milestone past the first hundred, with a token and without (case 40)', async () => {
    const titles = Array.from({ length: 120 }, (_, index) => `v${index}`);
    const { checklist } = plan({ milestones: titles, labels: titles });
    const asked = query(issueChecklist(checklist));
    const [own, open] = await Promise.all([
      readGenerationFacts(world.client, asked),
      readGenerationFacts(clientFor(world.github, undefined), asked),
    ]);
    for (const facts of [unwrap(own), unwrap(open)]) {
      expect(facts.target.milestones).toEqual(titles);
      expect(facts.target.labels).toEqual(expect.arrayContaining(titles));
    }
  });

  it('say who may not set labels', async () => {
    const { checklist } = plan();
    const reader = clientFor(world.github, world.github.addUser('facts-reader').token);
    const facts = unwrap(await readGenerationFacts(reader, query(issueChecklist(checklist))));
    expect(facts.target).toMatchObject({ canLabel: false, canWrite: false });
    expect(facts.master.viewerCanUpdate).toBe(false);
  });

  it('of a public issue can be read without a token', async () => {
    const { repo, name, checklist } = plan({ labels: ['bug'] });
    const child = world.github.addIssue(name, { title: 'a', author: 'bob' });
    const stranger = clientFor(world.github, undefined);
    const facts = unwrap(
      await readGenerationFacts(
        stranger,
        query(issueChecklist(checklist), {
          references: () => [issueOf(child, repo), issueOf(999, repo)],
        }),
      ),
    );
    expect(facts.viewer).toBeUndefined();
    expect(facts.master.body).toBe('- [ ] a #2\r\n- [ ] b');
    expect(facts.referenced[issueKey(issueOf(child, repo))]).toMatchObject({ title: 'a' });
    expect(facts.referenced[issueKey(issueOf(999, repo))]).toBeUndefined();
    expect(facts.target.canCreate).toBe(false);
  });

  it('say of a master that is a pull request that it is one', async () => {
    const { repo, name } = plan();
    const pull = world.github.addPull(name, { title: 'p', body: '- [ ] a', author: 'ann' });
    const facts = unwrap(
      await readGenerationFacts(world.client, query(issueChecklist(issueOf(pull, repo)))),
    );
    expect(facts.master.isPullRequest).toBe(true);
  });

  it('tell a moved master and where it went', async () => {
    const { repo, name, checklist } = plan();
    const { name: other } = plan();
    world.github.transferIssue(name, checklist.number, other);
    const problem = failureOf(
      await readGenerationFacts(
        world.client,
        query(issueChecklist(issueOf(checklist.number, repo))),
      ),
    );
    expect(problem).toMatchObject({ code: 'transferred' });
    expect(problem.url).toContain(`https://github.com/${other}/issues/`);
  });

  it('ask 120 references in three requests, of several repositories, and know which are missing', async () => {
    const { repo, name } = plan();
    const other = plan();
    for (let index = 0; index < 60; index += 1) {
      world.github.addIssue(name, { title: `${index}`, author: 'ann' });
      world.github.addIssue(other.name, { title: `o${index}`, author: 'ann' });
    }
    world.github.clearRequests();
    const refs = Array.from({ length: 60 }, (_, index) => index + 3).flatMap((number) => [
      issueOf(number, repo),
      issueOf(number, other.repo),
    ]);
    const known = unwrap(await readKnownIssues(world.client, [...refs, ...refs]));
    expect(world.github.requests).toHaveLength(3);
    expect(known[issueKey(issueOf(3, repo))]).toMatchObject({ title: '1' });
    expect(known[issueKey(issueOf(3, other.repo))]).toMatchObject({ title: 'o1' });
    expect(known[issueKey(issueOf(62, repo))]).toBeUndefined();
  });
});

describe('an account', () => {
  const world = useLocalGitHub();

  it('of a classic token has scopes and an end', async () => {
    // GitHub tells whole seconds.
    const inAMonth = Math.ceil(now() / 1_000) * 1_000 + 30 * 86_400_000;
    const expiresAt = new Date(inAMonth).toISOString();
    const { token } = world.github.addUser('carl', { scopes: ['repo', 'gist'], expiresAt });
    expect(unwrap(await readAccount(clientFor(world.github, token)))).toEqual({
      login: 'carl',
      kind: 'classic',
      scopes: ['repo', 'gist'],
      expiresAt,
    });
  });

  it('of a fine-grained token has no scopes', async () => {
    const { token } = world.github.addUser('dora', { scopes: null });
    expect(unwrap(await readAccount(clientFor(world.github, token)))).toMatchObject({
      kind: 'fine-grained',
      scopes: [],
      expiresAt: undefined,
    });
  });

  it('with a wrong token is refused', async () => {
    const answer = await readAccount(clientFor(world.github, 'nonsense'));
    expect(failureOf(answer).code).toBe('bad-token');
  });

  it('may not see a repository', async () => {
    world.github.addRepo('ann/hidden', { private: true });
    const { token } = world.github.addUser('fine', {
      scopes: null,
      token: 'github_pat_fine',
    });
    const problem = await checkRepo(clientFor(world.github, token), { ...DEMO, name: 'hidden' });
    expect(problem?.code).toBe('approval-pending');
    expect(await checkRepo(world.client, { ...DEMO, name: 'hidden' })).toBeUndefined();
  });
});
