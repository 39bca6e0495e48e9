import { describe, expect, it } from 'vitest';
import { readRoles } from '../../lib/github/read-roles.ts';
import { clientFor, unwrap, useLocalGitHub } from './world.ts';

const world = useLocalGitHub();

describe('the rights of people', () => {
  it('are those of triage or more, in one request', async () => {
    const collaborators = { tom: 'triage', rita: 'pull', 'tom-2': 'push' } as const;
    world.github.addRepo('ann/roles', { collaborators });
    const repo = { host: 'github.com', owner: 'ann', name: 'roles' };
    const asked = ['tom', 'rita', 'tom-2', 'mallory', 'ann'];
    expect(unwrap(await readRoles(world.client, repo, asked))).toEqual({
      tom: true,
      rita: false,
      'tom-2': true,
      mallory: false,
      ann: true,
    });
    expect(world.github.requests).toHaveLength(1);
  });

  it('are not told to those who may not write', async () => {
    world.github.addRepo('ann/closed', { collaborators: { bob: 'triage', tom: 'push' } });
    const { token } = world.github.addUser('bob');
    const repo = { host: 'github.com', owner: 'ann', name: 'closed' };
    const client = clientFor(world.github, token);
    expect(unwrap(await readRoles(client, repo, ['tom']))).toEqual({});
  });
});
