import { describe, expect, it } from 'vitest';
import type { Pace } from '../../lib/core/engine/pace.ts';
import { type Client, createClient } from '../../lib/github/client.ts';
import { createGates, type Gates } from '../../lib/github/gate.ts';
import { createGitHub } from '../../lib/github/github.ts';
import { now } from '../clock.ts';
import { DEMO, failureOf } from './world.ts';

const MINUTE = 60_000;

/** Gates at a time that tests set, and GitHub as it answers now. */
function newWorld() {
  const stored = new Map<string, Pace>();
  const world = { now: now(), requests: 0, closings: 0, answer: (): Response => ok() };
  const paces = {
    load: async (account: string) => stored.get(account),
    change: async (account: string, change: (pace: Pace | undefined) => Pace) => {
      const pace = change(stored.get(account));
      stored.set(account, pace);
      return pace;
    },
  };
  const newGates = (): Gates =>
    createGates({
      paces,
      now: () => world.now,
      onClose: () => {
        world.closings += 1;
      },
    });
  const clientOf = (gates: Gates, account: string): Client =>
    createClient({
      host: 'github.com',
      token: 'ghp_CANARY',
      fetch: async () => {
        world.requests += 1;
        return world.answer();
      },
      timeoutMs: 5_000,
      gate: gates(account, MINUTE),
    });
  const ask = (gates: Gates, account: string) =>
    createGitHub(clientOf(gates, account)).checkRepo(DEMO);
  return { world, stored, newGates, clientOf, ask };
}

function ok(): Response {
  return Response.json({ id: 1, full_name: 'ann/demo' });
}

function limit(headers: Readonly<Record<string, string>> = {}, status = 403): Response {
  const message = 'You have exceeded a secondary rate limit.';
  return Response.json({ message }, { status, headers });
}

describe('the gate of an account', () => {
  it('lets nobody through once one request met a limit, and tells all until when', async () => {
    const { world, newGates, ask, clientOf } = newWorld();
    const gates = newGates();
    world.answer = () => limit({ 'retry-after': '0' });
    await ask(gates, 'ann');
    expect(world.requests).toBe(1);

    const until = await gates('ann', MINUTE).close(world.now + MINUTE);
    world.answer = ok;
    const read = await ask(gates, 'ann');
    const draft = { title: 'One', body: '', labels: [], milestone: undefined, assignees: [] };
    const written = await createGitHub(clientOf(gates, 'ann')).createIssue(DEMO, draft);
    expect(read).toMatchObject({ code: 'rate-limited', retryAt: until });
    expect(failureOf(written)).toMatchObject({ code: 'rate-limited', retryAt: until });
    expect(world.requests).toBe(1);
  });

  it('opens at that time, and not before', async () => {
    const { world, newGates, ask } = newWorld();
    const gates = newGates();
    await gates('ann', MINUTE).close(world.now + MINUTE);
    world.now += MINUTE - 1;
    expect(await ask(gates, 'ann')).toBeDefined();
    world.now += 1;
    expect(await ask(gates, 'ann')).toBeUndefined();
    expect(world.requests).toBe(1);
  });

  it('is none of another account', async () => {
    const { world, newGates, ask } = newWorld();
    const gates = newGates();
    await gates('ann', MINUTE).close(world.now + MINUTE);
    expect(await ask(gates, 'bob')).toBeUndefined();
  });

  it('stays closed when the worker dies', async () => {
    const { world, newGates, ask } = newWorld();
    await newGates()('ann', MINUTE).close(world.now + MINUTE);
    expect(await ask(newGates(), 'ann')).toMatchObject({ retryAt: world.now + MINUTE });
    expect(world.requests).toBe(0);
  });

  it('holds back who asks while it is being stored', async () => {
    const { world, newGates, ask } = newWorld();
    const gates = newGates();
    const closing = gates('ann', MINUTE).close(world.now + MINUTE);
    expect(await ask(gates, 'ann')).toMatchObject({ code: 'rate-limited' });
    await closing;
    expect(world.requests).toBe(0);
  });

  it('waits a minute where GitHub names no time, twice as long at the next, until something went well', async () => {
    const { world, stored, newGates } = newWorld();
    const gate = newGates()('ann', MINUTE);
    world.now = (await gate.close(undefined)) + 1;
    expect((await gate.close(undefined)) - world.now).toBe(2 * MINUTE);
    world.now += 2 * MINUTE;
    await gate.answered();
    await gate.answered();
    expect(stored.get('ann')?.limits).toBe(0);
    expect((await gate.close(undefined)) - world.now).toBe(MINUTE);
  });

  it('takes answers that came together for one limit, and the longest wait', async () => {
    const { world, stored, newGates } = newWorld();
    const gate = newGates()('ann', MINUTE);
    await Promise.all([gate.close(world.now + 5_000), gate.close(world.now + MINUTE)]);
    await gate.close(world.now + 1_000);
    expect(stored.get('ann')).toMatchObject({ limits: 1, limitedUntil: world.now + MINUTE });
  });

  it('does not stay closed for a day when the clock was set back', async () => {
    const { world, newGates, ask } = newWorld();
    const gates = newGates();
    await gates('ann', MINUTE).close(world.now + MINUTE);
    world.now -= 86_400_000;
    expect(await ask(gates, 'ann')).toBeUndefined();
    await gates('ann', MINUTE).close(world.now + MINUTE);
    expect(await ask(gates, 'ann')).toMatchObject({ retryAt: world.now + MINUTE });
  });

  it('closes by what was asked, also where GraphQL says so in an answer that went well', async () => {
    const { world, newGates, clientOf } = newWorld();
    const gates = newGates();
    const errors = [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }];
    world.answer = () => Response.json({ data: null, errors });
    const answer = await createGitHub(clientOf(gates, 'ann')).readKnownIssues([
      { repo: DEMO, number: 1 },
    ]);
    expect(failureOf(answer).code).toBe('rate-limited');
    expect(failureOf(answer).retryAt).toBeGreaterThan(world.now);
    expect(world.closings).toBe(1);
    expect(await gates('ann', MINUTE).closedUntil()).toBe(failureOf(answer).retryAt);
  });

  it('is closed by a storage that fails, too', async () => {
    const { world } = newWorld();
    const broken = async () => {
      throw new Error('the disk is full');
    };
    const gates = createGates({
      paces: { load: broken, change: broken },
      now: () => world.now,
      onClose: () => {},
    });
    const gate = gates('ann', MINUTE);
    const until = await gate.close(undefined);
    expect(until).toBe(world.now + MINUTE);
    expect(await gate.closedUntil()).toBe(until);
  });
});
