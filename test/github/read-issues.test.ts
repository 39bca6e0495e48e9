import { describe, expect, it } from 'vitest';
import type { IssueRef } from '../../lib/core/refs.ts';
import { readIssueDates } from '../../lib/github/read-issues.ts';
import { DEMO, failureOf, issueOf, unwrap, useLocalGitHub } from './world.ts';

describe("GitHub's dates of issues", () => {
  const world = useLocalGitHub();
  const make = (name: string) => {
    world.github.addRepo(`ann/${name}`);
    const repo = { ...DEMO, name };
    const add = (title = 'One') =>
      issueOf(world.github.addIssue(`ann/${name}`, { title, author: 'ann' }), repo);
    const close = ({ number }: IssueRef, stateReason: 'completed' | 'not_planned' | 'duplicate') =>
      world.github.editIssue(`ann/${name}`, number, { state: 'closed', stateReason }, 'ann');
    return { repo, name: `ann/${name}`, add, close };
  };

  it('say when each was made and closed, and why', async () => {
    const { add, close } = make('dates');
    const [open, done, refused, double] = [add(), add(), add(), add()];
    close(done, 'completed');
    close(refused, 'not_planned');
    close(double, 'duplicate');
    const dates = unwrap(await readIssueDates(world.client, [open, done, refused, double]));
    expect(dates.map(({ issue, reason }) => [issue, reason])).toEqual([
      [open, undefined],
      [done, 'completed'],
      [refused, 'not-planned'],
      [double, 'duplicate'],
    ]);
    expect(dates.map(({ closedAt }) => closedAt === undefined)).toEqual([
      true,
      false,
      false,
      false,
    ]);
    for (const { createdAt, closedAt = createdAt } of dates) {
      expect(Date.parse(closedAt)).toBeGreaterThanOrEqual(Date.parse(createdAt));
    }
  });

  it('count a reopened issue as open', async () => {
    const { add, close, name } = make('reopened');
    const issue = add();
    close(issue, 'completed');
    world.github.editIssue(name, issue.number, { state: 'open' }, 'ann');
    expect(unwrap(await readIssueDates(world.client, [issue]))).toMatchObject([
      { closedAt: undefined, reason: undefined },
    ]);
  });

  it('leave out pull requests, and what GitHub does not show', async () => {
    const { add, name, repo } = make('others');
    const issue = add();
    const pull = world.github.addPull(name, { title: 'Work', author: 'ann' });
    const gone = add();
    world.github.deleteIssue(name, gone.number);
    const hidden = issueOf(1, { ...DEMO, name: 'nowhere' });
    const asked = [issueOf(pull, repo), gone, hidden, issue];
    const dates = unwrap(await readIssueDates(world.client, asked));
    expect(dates.map((one) => one.issue)).toEqual([issue]);
  });

  it('are read 100 in a request, at a point each', async () => {
    const { repo } = make('many');
    for (let count = 0; count < 101; count += 1) {
      world.github.addIssue('ann/many', { title: `${count}`, author: 'ann' });
    }
    world.github.clearRequests();
    const issues = Array.from({ length: 101 }, (_, index) => issueOf(index + 1, repo));
    expect(unwrap(await readIssueDates(world.client, issues))).toHaveLength(101);
    const { requests, points } = world.github.report();
    expect([requests, points.total]).toEqual([2, 2]);
  });

  it('are all there or none: trouble with one request is trouble with all', async () => {
    const { repo } = make('trouble');
    const issues = Array.from({ length: 101 }, (_, index) => issueOf(index + 1, repo));
    world.github.fault({ path: '/graphql', skip: 1, action: { status: 502, body: {} } });
    expect(failureOf(await readIssueDates(world.client, issues)).code).toBe('server-error');
    expect(world.github.requests).toHaveLength(2);
  });

  it('of nothing ask nobody', async () => {
    expect(unwrap(await readIssueDates(world.client, []))).toEqual([]);
    expect(world.github.requests).toEqual([]);
  });
});
