import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { Failure, Result } from '../../lib/core/failures.ts';
import type { IssueRef, RepoRef } from '../../lib/core/refs.ts';
import { type Client, createClient } from '../../lib/github/client.ts';
import { type LocalGitHub, startLocalGitHub } from '../local-github/local-github.ts';

/** The repository that these tests write to. */
export const DEMO: RepoRef = { host: 'github.com', owner: 'ann', name: 'demo' };

/** A reference to an issue of the demo repository. */
export function issueOf(number: number, repo: RepoRef = DEMO): IssueRef {
  return { repo, number };
}

/** One local GitHub for a file; each test gets fresh users and repositories, and ends with a look at every request. */
export function useLocalGitHub() {
  const world: { github: LocalGitHub; token: string; client: Client } = {} as never;
  const owners: string[] = [];
  beforeAll(async () => {
    world.github = await startLocalGitHub();
  });
  beforeEach(() => {
    const { github } = world;
    github.clearRequests();
    github.clearFaults();
    if (owners.length === 0) {
      owners.push('ann');
      world.token = github.addUser('ann').token;
      github.addUser('bob');
    }
    world.client = clientFor(github, world.token);
  });
  afterEach(() => world.github.assertConforming());
  afterAll(() => world.github.close());
  return world;
}

/** A client as the product makes it, only that it reaches the local GitHub. */
export function clientFor(
  github: LocalGitHub,
  token: string | undefined,
  timeoutMs = 5_000,
): Client {
  return createClient({ host: 'github.com', token, fetch: github.fetch, timeoutMs });
}

/** The value of an answer that must be one. */
export function unwrap<T>(answer: Result<T>): T {
  if (!answer.ok) throw new Error(`${answer.failure.code}: ${answer.failure.message}`);
  return answer.value;
}

/** The failure of an answer that must be one. */
export function failureOf(answer: Result<unknown>): Failure {
  if (answer.ok) throw new Error('expected a failure');
  return answer.failure;
}

/** A client whose every request is answered with this JSON; for answers that the local GitHub never gives. */
export function answeringWith(...answers: readonly unknown[]): Client {
  let next = 0;
  const fetch: typeof globalThis.fetch = async () => {
    const answer = answers[Math.min(next, answers.length - 1)];
    next += 1;
    return new Response(JSON.stringify(answer), {
      headers: { 'content-type': 'application/json' },
    });
  };
  return createClient({ host: 'github.com', token: 'ghp_CANARY', fetch, timeoutMs: 1_000 });
}
