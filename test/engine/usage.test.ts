import { describe, expect, it } from 'vitest';
import { usagePerDay } from '../../lib/core/metrics/usage.ts';
import { createUsage } from '../../lib/engine/usage.ts';
import { listCounters } from '../../lib/store/counters.ts';
import { connect } from '../../lib/store/db.ts';
import { createSyncStore } from '../../lib/store/syncs.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const API = 'https://api.github.com/';

describe('what is asked of GitHub', () => {
  function start(...answers: readonly Response[]) {
    const db = connect();
    const left = [...answers];
    const usage = createUsage({
      fetch: async () => left.shift() ?? Promise.reject(new TypeError('Failed to fetch')),
      syncs: createSyncStore(db),
      now: () => NOW,
    });
    return {
      db,
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
    const { db, usage, askAll } = start(ok(), ok({}, 304), ...limits, exhausted, ok({}, 403));
    await askAll();
    expect(await listCounters(db)).toEqual([]);
    await usage.flush();
    await usage.flush();
    const counts = { requests: 6, points: 5, notModified: 1, limitWaits: 3 };
    expect(await listCounters(db)).toEqual([{ day: '2026-11-20', counts }]);
    expect(usagePerDay(await listCounters(db), NOW)).toEqual([
      { day: '2026-11-20', requests: 6, points: 5, limitWaits: 3 },
    ]);
  });

  it('costs by query what GitHub counts more than before; of the first of an hour at least one', async () => {
    const { db, usage, askAll } = start(query(40), query(46), query(46), query(1, 2), query(3, 2));
    await askAll();
    await usage.flush();
    const [day] = await listCounters(db);
    expect(day?.counts).toEqual({ requests: 5, points: 1 + 6 + 1 + 1 + 2 });
  });

  it('is counted also when no answer comes', async () => {
    const { db, usage } = start();
    await expect(usage.fetch(API)).rejects.toThrow('Failed to fetch');
    await usage.flush();
    expect((await listCounters(db))[0]?.counts).toEqual({ requests: 1 });
  });

  it("goes into the store with a poll's own counts, in one write", async () => {
    const { db, usage, askAll } = start(ok(), ok({}, 304));
    await askAll();
    await usage.syncs.count('2026-11-20', { polls: 2, unchanged: 1 });
    await usage.flush();
    const counts = { polls: 2, unchanged: 1, requests: 2, points: 1, notModified: 1 };
    expect(await listCounters(db)).toEqual([{ day: '2026-11-20', counts }]);
  });
});
