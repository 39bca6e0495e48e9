import { describe, expect, it } from 'vitest';
import { type Result, succeed } from '../../lib/core/failures.ts';
import type { ReconcilePorts } from '../../lib/ports.ts';
import { race } from './sync-race.ts';

/** A sample of `npm run torture`; other seeds than its first ones. */
const ROUNDS = Array.from({ length: 80 }, (_, index) => 70_000 + index);

describe('two browsers and people on one checklist, with kills, lost answers and lists that lag', () => {
  it('lose no edit, double no number, leave ticks by hand, and come to one text', async () => {
    let kills = 0;
    let writes = 0;
    for (const seed of ROUNDS) {
      const result = await race(seed);
      kills += result.kills;
      writes += result.writes;
      expect({ ...result, lost: result.told ? [] : result.lost }).toMatchObject({
        seed,
        lost: [],
        doubled: [],
        wrong: [],
        unsettled: false,
      });
    }
    // The rounds were not idle.
    expect(writes).toBeGreaterThan(ROUNDS.length);
    expect(kills).toBeGreaterThan(10);
  }, 240_000);
});

describe('the race itself', () => {
  it('catches an engine that does not look for what it overwrote', async () => {
    const forgetful = (ports: ReconcilePorts): ReconcilePorts => ({
      ...ports,
      store: { ...ports.store, loadUnverified: async () => undefined },
    });
    expect(await countLost(40, forgetful)).toBeGreaterThan(0);
  }, 60_000);

  it('catches an engine that does not see the edit history', async () => {
    const blind = (ports: ReconcilePorts): ReconcilePorts => {
      const { readMaster, readSyncMaster } = ports.github;
      return {
        ...ports,
        github: {
          ...ports.github,
          readMaster: async (ref) => withoutHistory(await readMaster(ref)),
          readSyncMaster: async (ref) => withoutHistory(await readSyncMaster(ref)),
        },
      };
    };
    expect(await countLost(40, blind)).toBeGreaterThan(0);
  }, 60_000);
});

async function countLost(
  rounds: number,
  spoil: (ports: ReconcilePorts) => ReconcilePorts,
): Promise<number> {
  let lost = 0;
  for (const seed of ROUNDS.slice(0, rounds)) lost += (await race(seed, spoil)).lost.length;
  return lost;
}

function withoutHistory<T extends object>(answer: Result<T>): Result<T> {
  return answer.ok ? succeed({ ...answer.value, history: [] }) : answer;
}
