import { utcDay } from '../core/metrics/calendar.ts';
import type { Usage } from '../ports.ts';
import type { SyncStore } from '../store-ports.ts';

/** What is asked of GitHub, counted. Names as `USAGE_COUNTERS` has them. */
type Counts = Record<'requests' | 'points' | 'notModified' | 'limitWaits', number>;

/** What counting depends on. */
export interface UsageContext {
  readonly fetch: typeof globalThis.fetch;
  readonly syncs: SyncStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Counts all that goes through its `fetch`. */
export function createUsage({ fetch, syncs, now }: UsageContext): Usage {
  let counts = noCounts();
  const used = new Map<string, number>();
  const take = () => {
    const taken = Object.entries(counts).filter(([, count]) => count > 0);
    counts = noCounts();
    return Object.fromEntries(taken);
  };
  return {
    fetch: async (input, init) => {
      counts.requests++;
      const answer = await fetch(input, init);
      counts.points += pointsOf(answer, used);
      if (answer.status === 304) counts.notModified++;
      if (isLimit(answer)) counts.limitWaits++;
      return answer;
    },
    syncs: { ...syncs, count: (day, more) => syncs.count(day, { ...more, ...take() }) },
    flush: async () => {
      const taken = take();
      if (Object.keys(taken).length === 0) return;
      await syncs.count(utcDay(now()), taken).catch(console.error);
    },
  };
}

function noCounts(): Counts {
  return { requests: 0, points: 0, notModified: 0, limitWaits: 0 };
}

/**
 * A REST request costs one point, a 304 none (docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api).
 * What a query costs shows by how much more GitHub counts as used than at the query before; of the first one, or
 * after an hour is over, only that it is one at least. Other programs with the same token count along.
 */
function pointsOf({ status, headers }: Response, used: Map<string, number>): number {
  if (status === 304) return 0;
  const count = Number(headers.get('x-ratelimit-used') ?? Number.NaN);
  if (headers.get('x-ratelimit-resource') !== 'graphql' || Number.isNaN(count)) return 1;
  const hour = headers.get('x-ratelimit-reset') ?? '';
  const before = used.get(hour);
  if (before === undefined) used.clear();
  used.set(hour, Math.max(before ?? 0, count));
  return before === undefined ? 1 : Math.max(1, count - before);
}

/** What GitHub says when it asks to wait, as far as it shows without reading the answer. */
function isLimit({ status, headers }: Response): boolean {
  if (status === 429 || headers.has('retry-after')) return true;
  return status === 403 && headers.get('x-ratelimit-remaining') === '0';
}
