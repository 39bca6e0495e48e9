import { describe, expect, it } from 'vitest';
import type { DayCounts } from '../../lib/core/metrics/metric-facts.ts';
import { usagePerDay } from '../../lib/core/metrics/usage.ts';
import { createUsage } from '../../lib/engine/usage.ts';
import type { SyncStore } from '../../lib/store-ports.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const API = 'https://api.github.com/';

describe('what is asked of GitHub', () => {
  function start(...answers: readonly Response[]) {
    const counted = countedDays();
    const left = [...answers];
    const usage = createUsage({
      fetch: async () => left.shift() ?? Promise.reject(new TypeError('Failed to fetch')),
      syncs: counted.syncs,
      now: () => NOW,
    });
    return {
      days: counted.days,
      usage,
      askAll: async () => {
        for (const _ of answers) await usage.fetch(API);
      },
    };
  }

  const ok = (headers: Record<string, string> = {}, status = 200) =>
    new Response(null, { status, headers });
  const query = (used: number, reset = 1) =>
    ok({
      'x-ratelimit-resource': 'graphql',
      'x-ratelimit-used': String(used),
      'x-ratelimit-reset': String(reset),
    });

  it('is counted by day: requests, points, and waits for a limit', async () => {
    const limits = [ok({}, 429), ok({ 'retry-after': '60' }, 403)];
    const exhausted = ok({ 'x-ratelimit-remaining': '0' }, 403);
    const { days, usage, askAll } = start(ok(), ok({}, 304), ...limits, exhausted, ok({}, 403));
    await askAll();
    expect(days()).toEqual([]);
    await usage.flush();
    await usage.flush();
    const counts = { requests: 6, points: 5, notModified: 1, limitWaits: 3 };
    expect(days()).toEqual([{ day: '2026-11-20', counts }]);
    expect(usagePerDay(days(), NOW)).toEqual([
      { day: '2026-11-20', requests: 6, points: 5, limitWaits: 3 },
    ]);
  });

  it('costs by query what GitHub counts more than before; of the first of an hour at least one', async () => {
    const { days, usage, askAll } = start(
      query(40),
      query(46),
      query(46),
      query(1, 2),
      query(3, 2),
    );
    await askAll();
    await usage.flush();
    const [day] = days();
    expect(day?.counts).toEqual({ requests: 5, points: 1 + 6 + 1 + 1 + 2 });
  });

  it('is counted also when no answer comes', async () => {
    const { days, usage } = start();
    await expect(usage.fetch(API)).rejects.toThrow('Failed to fetch');
    await usage.flush();
    expect(days()[0]?.counts).toEqual({ requests: 1 });
  });

  it("goes into the store with a poll's own counts, in one write", async () => {
    const { days, usage, askAll } = start(ok(), ok({}, 304));
    await askAll();
    await usage.syncs.count('2026-11-20', { polls: 2, unchanged: 1 });
    await usage.flush();
    const counts = { polls: 2, unchanged: 1, requests: 2, points: 1, notModified: 1 };
    expect(days()).toEqual([{ day: '2026-11-20', counts }]);
  });
});

/** What sync remembers, of which only the counts are kept. */
function countedDays(): { readonly syncs: SyncStore; readonly days: () => readonly DayCounts[] } {
  const all = new Map<string, Record<string, number>>();
  return {
    syncs: {
      loadRecord: async () => undefined,
      saveRecord: async () => {},
      removeRecord: async () => {},
      loadCursor: async () => undefined,
      saveCursor: async () => {},
      listUnverified: async () => [],
      count: async (day, counts) => {
        const sums = all.get(day) ?? {};
        for (const [name, added] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + added;
        all.set(day, sums);
      },
    },
    days: () => [...all].map(([day, counts]) => ({ day, counts })),
  };
}
