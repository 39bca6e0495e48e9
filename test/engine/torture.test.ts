import { describe, expect, it } from 'vitest';
import type { JobPorts } from '../../lib/ports.ts';
import { type TortureResult, torture, tortureNaively } from './torture-run.ts';

/** A sample of `npm run torture`; other seeds than its first ones. */
const SEEDS = Array.from({ length: 60 }, (_, index) => 50_000 + index);

describe('a job through kills, faults, lag, lost journals and people at work', () => {
  it('doubles, loses and mislinks nothing, and keeps every byte of people', async () => {
    for (const seed of SEEDS) {
      const { duplicates, missing, wrongLinks, damaged } = await torture(seed);
      expect({ seed, duplicates, missing, wrongLinks, damaged }).toEqual({
        seed,
        duplicates: 0,
        missing: 0,
        wrongLinks: 0,
        damaged: false,
      });
    }
  }, 120_000);
});

describe('the torture itself', () => {
  it('catches an engine that saves no intent', async () => {
    expect(await sum(30, withoutIntent)).toMatchObject({
      duplicates: expect.toSatisfy(isPositive),
    });
  });

  it('catches an engine that believes its first look-up', async () => {
    expect(await sum(30, hasty)).toMatchObject({ duplicates: expect.toSatisfy(isPositive) });
  });

  it('catches an engine that does not look for what it overwrote', async () => {
    expect(await sum(40, forgetful)).toMatchObject({ damaged: expect.toSatisfy(isPositive) });
  });

  it('catches a plain script', async () => {
    let duplicates = 0;
    for (const seed of SEEDS.slice(0, 20)) duplicates += (await tortureNaively(seed)).duplicates;
    expect(duplicates).toBeGreaterThan(0);
  });
});

/** Writes `planned` where the engine writes `intent`: what it does not know, it does again. */
function withoutIntent(ports: JobPorts): JobPorts {
  return {
    ...ports,
    store: {
      ...ports.store,
      save: (id, save) =>
        ports.store.save(id, {
          ...save,
          ...(save.rows && {
            rows: save.rows.map((row) =>
              row.phase === 'intent' || row.phase === 'uncertain'
                ? { ...row, phase: 'planned' }
                : row,
            ),
          }),
        }),
    },
  };
}

/** Looks once, at once, and takes "not listed yet" for "not created". */
function hasty(ports: JobPorts): JobPorts {
  return { ...ports, timing: { ...ports.timing, lookUpAfterMs: [0] } };
}

/** Keeps no record of what it wrote. */
function forgetful(ports: JobPorts): JobPorts {
  return { ...ports, store: { ...ports.store, loadUnverified: async () => undefined } };
}

async function sum(seeds: number, spoil: (ports: JobPorts) => JobPorts) {
  const total = { duplicates: 0, damaged: 0 };
  for (const seed of SEEDS.slice(0, seeds)) {
    const result: Pick<TortureResult, 'duplicates' | 'damaged'> = await torture(seed, spoil);
    total.duplicates += result.duplicates;
    total.damaged += result.damaged ? 1 : 0;
  }
  return total;
}

function isPositive(count: number): boolean {
  return count > 0;
}
