import { describe, expect, it } from 'vitest';
import { issueChecklist } from '../../lib/core/refs.ts';
import { readMaster } from '../../lib/github/read-checklist.ts';
import { updateMaster } from '../../lib/github/write.ts';
import { clientFor, failureOf, issueOf, unwrap, useLocalGitHub } from './world.ts';

const BODY = '﻿# Plan\r\n- [ ] a \t\r\n- [x] b\n\n`12n` "34n" \\u0041 é 👩‍👧 \u2028 </script>\r';

describe('the master', () => {
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
    expect(failureOf(answer).code).toMatch(/^(forbidden|not-found)$/);
    expect(world.github.issue('ann/public', number).body).toBe('x');
  });

  function repo(name: string) {
    return { host: 'github.com', owner: 'ann', name };
  }
});
