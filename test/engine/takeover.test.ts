import { describe, expect, it } from 'vitest';
import type { JobPorts } from '../../lib/ports.ts';
import { type Spoil, takeover } from './takeover.ts';

/** A sample of `npm run torture`; other seeds than its first ones. */
const SEEDS = Array.from({ length: 12 }, (_, index) => 50_000 + index);

describe('two machines that take runs over from each other', () => {
  it('create nothing twice, whenever they are stopped and woken', async () => {
    let takeovers = 0;
    for (const seed of SEEDS) {
      const { duplicates, missing, wrongLinks, damaged, ...counts } = await takeover(seed);
      takeovers += counts.takeovers;
      expect({ seed, duplicates, missing, wrongLinks, damaged }).toEqual({
        seed,
        duplicates: 0,
        missing: 0,
        wrongLinks: 0,
        damaged: false,
      });
    }
    expect(takeovers).toBeGreaterThan(0);
  }, 120_000);

  it('would create issues twice if a run that was silent did not write its claim again', async () => {
    expect(await countDoubled(withWaits({ claimSilentMs: Number.MAX_VALUE }))).toBeGreaterThan(0);
  }, 120_000);
});

async function countDoubled(spoil: Spoil): Promise<number> {
  let doubled = 0;
  for (const seed of SEEDS) doubled += (await takeover(seed, spoil)).duplicates;
  return doubled;
}

function withWaits(waits: Partial<JobPorts['timing']>): Spoil {
  return (ports) => ({ ...ports, timing: { ...ports.timing, ...waits } });
}
